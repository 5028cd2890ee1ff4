"""Which kinds of notices come with a file, and who makes it."""

from __future__ import annotations

from bot.reports import register
from bot.reports.files import Maker

MAKERS: dict[str, Maker] = {
    "register_ready": register.make,
}
