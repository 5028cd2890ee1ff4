"""The demo's public events: one to come with questions, one held with answers, minutes and its reports."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.db import Database
from bot.services.city import know
from bot.services.demo.people import PERSONAS
from bot.services.demo.seeding import seed_demo
from bot.services.forums import asking, browsing
from bot.services.forums.desk import Gathering
from bot.services.imports.seeding import seed_city
from models.forum import ForumStatus
from models.outbox import OutboxMessage, OutboxStatus
from models.person import Person
from models.rules.permissions import Presser
from tests.driver import START


async def test_siti_finds_both_events_and_the_loop_is_told(database: Database) -> None:
    async with database.begin() as session:
        await seed_city(session, START.date())
    async with database.begin() as session:
        assert await seed_demo(session, START, lambda: None)
    async with database.read() as session:
        siti = await session.scalar(select(Person.id).where(Person.telegram_id == PERSONAS[0].telegram_id)) or 0
        by = Gathering(session, await know(session, START), Presser(siti), START)
        (coming,) = (await browsing.upcoming(by, 0)).lines
        (held,) = (await browsing.past(by, 0)).lines
        card = await browsing.card(by, held.forum.id)
        (asked,) = await asking.own(by, held.forum.id)
        queued = select(func.count()).where(OutboxMessage.status == OutboxStatus.QUEUED)
        assert await session.scalar(queued) == 0
    assert coming.registered
    assert held.registered
    assert held.forum.status is ForumStatus.REPORTED
    assert (card.answers, card.outcome.reports, card.outcome.finished) == (2, 7, 5)
    assert asked.answer is not None
