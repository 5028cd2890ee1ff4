"""The demo's broadcasts: two that went out, with results, and a draft by human resources."""

from __future__ import annotations

from sqlalchemy import func, select, update

from bot.db import Database
from bot.services.city import know
from bot.services.demo.broadcasts import AGREES_EACH, tell_broadcasts
from bot.services.demo.people import PERSONAS
from models.broadcasts.broadcast import Broadcast, BroadcastStatus, Reaction
from models.outbox import OutboxMessage, OutboxStatus
from models.person import Consent, Person
from models.rules.permissions import Role
from tests.driver import START
from tests.factories import STAFF, small_city, staff

RESIDENTS = 10


async def test_two_went_out_and_one_is_a_draft(database: Database) -> None:
    yanti = next(one for one in PERSONAS if one.role is Role.HR)
    async with database.begin() as session:
        await small_city(session)
        await staff(session, START)
        account = Person.telegram_id == STAFF["hr"]
        await session.execute(update(Person).where(account).values(telegram_id=yanti.telegram_id))
        await session.execute(update(Person).where(Person.telegram_id == STAFF["head"]).values(reachable=False))
        residents = [
            Person(telegram_id=1000 + number, name="Warga", language="id", created_at=START)
            for number in range(RESIDENTS)
        ]
        session.add_all(residents)
        await session.flush()
        await tell_broadcasts(session, await know(session, START), residents, START)
    async with database.read() as session:
        rows = (await session.scalars(select(Broadcast).order_by(Broadcast.id))).all()
        statuses = [row.status for row in rows]
        assert statuses == [BroadcastStatus.DONE, BroadcastStatus.DONE, BroadcastStatus.DRAFT]
        assert rows[0].people == len(STAFF)
        ended = set(await session.scalars(select(OutboxMessage.status)))
        assert ended == {OutboxStatus.SENT, OutboxStatus.UNREACHABLE}
        assert await session.scalar(select(func.count()).select_from(Reaction)) > 0
        agreed = await session.scalar(select(func.count()).select_from(Consent))
        assert agreed == -(-RESIDENTS // AGREES_EACH)
