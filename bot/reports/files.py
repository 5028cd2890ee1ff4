"""Files that are made when they are sent: a notice's kind → what its file holds.

A sheet or a picture may take seconds, so nobody makes one inside an update's transaction: the handler puts a notice of
one of these kinds, and the sender has the file made, outside any transaction, just before it goes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.db import Database


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file of our own: its name, its bytes, and whether it is shown as a picture or kept as a document."""

    name: str
    content: bytes
    picture: bool = False


#: Makes the files of a notice from its values; it opens its own reading sessions.
Maker = Callable[[Database, dict[str, Any], datetime], Awaitable[Sequence[MadeFile]]]
