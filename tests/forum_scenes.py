"""Public events of the tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from models.forum import Forum, ForumStatus
from tests.driver import START, Phone, Stage

TITLE = "Sembang Berbenah"
CODE = "sembang-berbenah"


def row(**values: Any) -> Forum:
    """An open event of the first unit in a week, from 10.00 to 12.00, with two seats."""
    starts = values.pop("starts_at", START + timedelta(days=7))
    defaults: dict[str, Any] = {
        "code": CODE,
        "title": TITLE,
        "about": "Bicara tentang jalan dan parit.",
        "unit_id": 1,
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "closes_at": starts - timedelta(days=1),
        "place": "Aula Contoh",
        "seats": 2,
        "poster": [],
        "minutes_file": [],
        "status": ForumStatus.OPEN,
        "created_at": START,
    }
    return Forum(**(defaults | values))


async def forum(stage: Stage, **values: Any) -> int:
    """The same, stored; its id."""
    async with stage.db.begin() as session:
        found = row(**values)
        session.add(found)
        await session.flush()
        return found.id


async def stored(stage: Stage, forum_id: int = 1) -> Forum:
    """The event as the database has it now."""
    async with stage.db.read() as session:
        return await session.get_one(Forum, forum_id)


async def count(stage: Stage, table: type, *conditions: Any) -> int:
    """How many rows."""
    async with stage.db.read() as session:
        return await session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0


async def looks_at(phone: Phone, title: str = TITLE) -> None:
    """Open the card of a coming event."""
    await phone.says("/acara")
    await phone.presses("Acara yang akan datang")
    await phone.presses(title)


async def asks(phone: Phone, words: str, how: str = "tanpa nama") -> None:
    """Send a question ahead of the event whose card is open."""
    await phone.presses("Kirim pertanyaan")
    await phone.says(words)
    await phone.presses(how)
