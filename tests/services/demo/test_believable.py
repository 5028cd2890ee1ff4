"""The demo's months are believable: offices work in office hours, and most people can be reached."""

import pytest
from sqlalchemy import func, select

from bot.db import Database
from bot.services.city import know
from bot.services.demo.people import PERSONAS
from bot.services.demo.seeding import seed_demo
from bot.services.desk.colleagues import loads
from bot.services.imports.seeding import seed_city
from models.complaint import Complaint, ComplaintEvent
from models.employee import Employee, RoleGrant
from models.person import Person
from models.rules.complaint_flow import OPEN
from models.rules.permissions import Role
from tests.driver import START

#: Their steps are told by the clock, not by somebody at a desk.
BY_CLOCK = ("system", "job")


@pytest.fixture
async def told(database: Database) -> Database:
    async with database.begin() as session:
        await seed_city(session, START.date())
    async with database.begin() as session:
        assert await seed_demo(session, START, lambda: None)
    return database


async def test_the_officer_with_a_phone_has_own_open_reports_and_gets_the_next_one(told: Database) -> None:
    dewi = next(persona for persona in PERSONAS if persona.role is Role.OFFICER)
    async with told.read() as session:
        mine = await session.scalar(
            select(Employee).join(Person, Person.id == Employee.person_id).where(Person.telegram_id == dewi.telegram_id)
        )
        assert mine is not None
        own = (await session.scalars(select(Complaint).where(Complaint.officer_id == mine.id))).all()
        granted = select(RoleGrant.employee_id).where(RoleGrant.unit_id == mine.unit_id, RoleGrant.role == Role.OFFICER)
        team = await loads(session, sorted(set(await session.scalars(granted))))
    is_open = [row for row in own if row.status in OPEN]
    assert 1 <= len(is_open) <= 2
    assert all(row.first_response_at is not None and not row.record().restricted for row in is_open)
    assert all(team[mine.id] < load for who, load in team.items() if who != mine.id)


async def test_history_happens_in_office_hours_to_people_who_can_be_reached(told: Database) -> None:
    async with told.read() as session:
        calendar = (await know(session, START)).calendar
        rows = select(ComplaintEvent.at, ComplaintEvent.role).order_by(ComplaintEvent.id)
        moments = [at for at, role in await session.execute(rows) if role not in BY_CLOCK]
        reach = dict((await session.execute(select(Person.reachable, func.count()).group_by(Person.reachable))).all())
        away = await session.scalar(
            select(func.count(Complaint.id))
            .join(Person, Person.id == Complaint.reporter_id)
            .where(Person.reachable.is_(False))
        )
        filed = await session.scalar(select(func.count()).select_from(Complaint))
    office = [at for at in moments if calendar.next_office_moment(at) == at]
    assert len(moments) > 500
    assert len(office) / len(moments) > 0.9
    assert all(at <= START for at in moments)
    assert reach[True] > 5 * reach[False] > 0
    assert 0 < away < filed / 5
