"""A crowd that agreed to news, and a broadcast to it: for the kill test and the bench."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select

from bot.db import Database
from bot.sandbox import Sandbox
from models.broadcasts.broadcast import Broadcast, BroadcastKind, BroadcastStatus
from models.conversation import Conversation
from models.employee import Employee
from models.outbox import OutboxMessage, OutboxStatus
from models.person import Consent, Person, Purpose
from models.rules.audience import Audience, Circle

FIRST = 6_000_000
BATCH = 5_000
TEXT = "Pasar murah besok pukul 08.00"


def gather(sandbox: Sandbox, size: int) -> None:
    """Phones whose owners have started the bot."""
    for number in range(size):
        sandbox.add_person(f"Warga {number}", FIRST + number)
        sandbox.chats[FIRST + number].bot_status = "member"


async def agree(database: Database, size: int, now: datetime) -> None:
    """Their persons, with the consent."""
    async with database.begin() as session:
        for start in range(0, size, BATCH):
            wanted = [
                {"telegram_id": FIRST + number, "name": f"Warga {number}", "language": "id", "created_at": now}
                for number in range(start, min(start + BATCH, size))
            ]
            await session.execute(insert(Person), wanted)
        agreed = select(Person.id).where(Person.telegram_id >= FIRST, Person.telegram_id < FIRST + size)
        ids = list(await session.scalars(agreed.order_by(Person.id)))
        for start in range(0, size, BATCH):
            some = ids[start : start + BATCH]
            given = {"purpose": Purpose.BROADCASTS, "version": "1", "given_at": now}
            await session.execute(insert(Consent), [{"person_id": one, **given} for one in some])
            talks = [{"person_id": one, "draft": {}, "updated_at": now} for one in some]
            await session.execute(insert(Conversation), talks)


async def announce(database: Database, now: datetime) -> int:
    """A broadcast to all of them whose time has come; its id."""
    async with database.begin() as session:
        author = (await session.scalars(select(Employee.id).order_by(Employee.id).limit(1))).one()
        row = Broadcast(
            kind=BroadcastKind.NEWS,
            title="Pasar murah",
            contents={"id": TEXT},
            audience=Audience(Circle.RESIDENTS).stored(),
            author_id=author,
            created_at=now,
            send_at=now,
        )
        session.add(row)
        await session.flush()
        row.move(BroadcastStatus.SCHEDULED, now)
    return row.id


async def ended(database: Database, broadcast_id: int) -> dict[OutboxStatus, int]:
    """How many ended how."""
    async with database.read() as session:
        rows = await session.scalars(
            select(OutboxMessage.status).where(OutboxMessage.broadcast_id == broadcast_id).order_by(OutboxMessage.id)
        )
        found: dict[OutboxStatus, int] = {}
        for status in rows:
            found[status] = found.get(status, 0) + 1
        return found


def got(sandbox: Sandbox, size: int) -> list[int]:
    """How often each of them got it."""
    chats = (sandbox.history(FIRST + number) for number in range(size))
    return [sum(TEXT in (message.get("text") or "") for message in chat) for chat in chats]
