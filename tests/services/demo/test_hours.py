"""The demo's training hours: some lack them, some do not, a certificate waits, and nobody is told."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.db import Database
from bot.reports.training import hours_standing
from bot.reports.training.hours_standing import Asked, Side, Whom
from bot.services.city import know
from bot.services.demo.people import PERSONAS
from bot.services.demo.seeding import seed_demo
from bot.services.imports.seeding import seed_city
from bot.services.people import presser_of
from bot.services.training import ledger
from bot.services.training.desk import Doing
from models.outbox import OutboxMessage, OutboxStatus
from models.person import Person
from models.rules import nip
from models.rules.permissions import Role
from tests.driver import START


async def test_everybody_finds_something_about_hours(database: Database) -> None:
    async with database.begin() as session:
        await seed_city(session, START.date())
    async with database.begin() as session:
        assert await seed_demo(session, START, lambda: None)
    async with database.read() as session:
        by = Doing(session, await know(session, START), START)
        who = {}
        for role in (Role.HR, Role.HEAD, Role.OFFICER):
            number = next(one.telegram_id for one in PERSONAS if one.role is role)
            person = (await session.scalars(select(Person).where(Person.telegram_id == number))).one()
            who[role] = await presser_of(session, person, START)
        city = await hours_standing.standing(by, who[Role.HR], Asked(Whom.CITY))
        team = await hours_standing.standing(by, who[Role.HEAD], Asked(Whom.TEAM))
        full = await hours_standing.standing(by, who[Role.HR], Asked(Whom.CITY, Side.FULL))
        lines = await hours_standing.everybody(by, START.year, by.today)
        waiting = await ledger.waiting(by)
        queued = await session.scalar(select(func.count()).where(OutboxMessage.status == OutboxStatus.QUEUED))
    assert 0 < len(city.lines) < city.of
    assert len(city.units) > 5
    assert 0 < len(team.lines) < team.of
    assert who[Role.OFFICER].employee_id in {one.id for one in team.lines}
    assert [one.hours for one in full.lines] == [28]
    assert full.of == 2
    assert len(waiting) == 1
    assert queued == 0
    for one in lines:  # a contract's number stands in the NIP of whoever has one
        read = nip.read(one.nip, by.today)
        assert isinstance(read, nip.Nip)
        assert read.kind == one.kind
