"""Which kinds of notices come with a file, and who makes it."""

from __future__ import annotations

from bot.reports import city_workbook, register
from bot.reports.files import Maker

MAKERS: dict[str, Maker] = {
    "workbook_ready": city_workbook.make,
    "register_ready": register.make,
}
