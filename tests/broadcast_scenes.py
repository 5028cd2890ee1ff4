"""Scenes that tests of broadcasts share: the staff of the small city, a written broadcast, the duty's next look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from bot.jobs import broadcasts as duty
from bot.services import city as cities
from models.broadcasts.broadcast import Broadcast
from models.organisation import CityFact
from models.outbox import OutboxMessage
from tests.driver import Phone, Stage
from tests.factories import STAFF


async def know(stage: Stage, **facts: str) -> None:
    """Facts of the city about broadcasts."""
    async with stage.db.begin() as session:
        cities.forget(session)
        session.add_all(CityFact(key=f"broadcast.{key}", value=value) for key, value in facts.items())


async def phone_of(stage: Stage, role: str) -> Phone:
    """A civil servant's phone, after Start."""
    phone = stage.person(role.title(), telegram_id=STAFF[role])
    await phone.starts()
    return phone


async def phones(stage: Stage, *roles: str) -> list[Phone]:
    return [await phone_of(stage, role) for role in roles or STAFF]


async def write(
    phone: Phone,
    text: str = "Apel Senin pukul 07.30",
    kind: str = "Perintah kedinasan",
    answers: str | None = "Saya hadir",
    circle: str = "Pegawai",
) -> None:
    """From /siarkan to the question for the audience."""
    await phone.says("/siarkan")
    await phone.presses("Buat pengumuman baru")
    await phone.presses(kind)
    await phone.says(text)
    await phone.presses("Lanjut")
    if answers is not None:
        await phone.presses(answers)
    await phone.presses("Lanjut")
    await phone.presses(circle)


async def finish(phone: Phone, *, answers: bool = True) -> None:
    """From the audience to the summary, to be sent at once."""
    await phone.presses("Lanjut")
    await phone.presses("Sudah, lanjut")
    await phone.presses("Sekarang")
    if answers:
        await phone.presses("Tidak perlu")


async def send(phone: Phone, **options: Any) -> None:
    """A whole broadcast, sent at once."""
    await write(phone, **options)
    await finish(phone, answers=options.get("answers", "x") is not None)
    await phone.presses("📣 Kirim")


async def look(stage: Stage) -> dict[str, int]:
    """The duty looks once, and everything that follows happens."""
    assert stage.product is not None
    counts = await duty.run(stage.product.runtime)
    await stage.settle()
    return counts


async def newest(stage: Stage) -> Broadcast:
    async with stage.db.read() as session:
        return (await session.scalars(select(Broadcast).order_by(Broadcast.id.desc()).limit(1))).one()


async def outbox_of(stage: Stage, broadcast_id: int) -> Sequence[OutboxMessage]:
    async with stage.db.read() as session:
        rows = select(OutboxMessage).where(OutboxMessage.broadcast_id == broadcast_id).order_by(OutboxMessage.id)
        return (await session.scalars(rows)).all()
