"""The demo's work plans: complete, linked from the top down, most in force, a few on their way."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.services.city import know
from bot.services.demo.people import PERSONAS, create_people
from bot.services.demo.performance.plans import tell_plans
from bot.services.demo.seeding import WORDS
from bot.services.imports.seeding import seed_city
from bot.services.performance import in_force
from bot.services.performance.plans import reading
from models.employee import Employee
from models.outbox import OutboxMessage
from models.performance.plan import CoreValue, WorkPlan
from models.person import Person
from models.rules.performance.plan_rules import PlanStatus
from tests.driver import START
from tests.services.demo.story import words_and_dice

YEAR = START.year


@pytest.fixture
async def told(database: Database) -> Database:
    async with database.begin() as session:
        await seed_city(session, START.date())
    async with database.begin() as session:
        words, dice = words_and_dice(WORDS)
        await create_people(session, words, dice, START)
        await tell_plans(session, await know(session, START), START)
    return database


async def employee(session: AsyncSession, name: str) -> Employee:
    persona = next(one for one in PERSONAS if one.name == name)
    statement = select(Employee).join(Person, Person.id == Employee.person_id)
    return (await session.scalars(statement.where(Person.telegram_id == persona.telegram_id))).one()


async def test_every_plan_is_complete_and_linked_but_at_the_top(told: Database) -> None:
    async with told.read() as session:
        top = await employee(session, "Hamid")
        plans = (await session.scalars(select(WorkPlan).order_by(WorkPlan.id))).all()
        assert len(plans) > 50
        for plan in plans:
            found = await reading.whole(session, plan.id)
            assert not found.gaps(links_needed=plan.employee_id != top.id)
            assert set(found.behaviours) == set(CoreValue)
        assert not (await session.scalars(select(OutboxMessage))).all(), "nobody is told"


async def test_most_are_in_force_and_some_are_on_their_way(told: Database) -> None:
    async with told.read() as session:
        statuses = Counter(await session.scalars(select(WorkPlan.status)))
        everybody = set(await session.scalars(select(Employee.id)))
        held = await in_force.of_everyone(session, YEAR)
    assert statuses[PlanStatus.APPROVED] > 40
    rest = (PlanStatus.DRAFT, PlanStatus.SUBMITTED, PlanStatus.RETURNED, PlanStatus.SUPERSEDED)
    assert all(statuses[status] >= 1 for status in rest)
    assert len(everybody - held.keys()) == 6, "five on their way, one has none"


async def test_the_phones_on_the_page_have_what_they_show(told: Database) -> None:
    async with told.read() as session:
        dewi, boss, top = [await employee(session, name) for name in ("Dewi", "Zulkifli", "Hamid")]
        held = await in_force.of(session, [dewi.id, boss.id, top.id], YEAR)
        waiting = (await session.scalars(select(WorkPlan).where(WorkPlan.superior_id == boss.id))).all()
    assert (dewi.supervisor_id, boss.supervisor_id, top.supervisor_id) == (boss.id, top.id, None)
    assert 4 <= len(held[dewi.id].lines) <= 5
    assert held[dewi.id].lines[0].item.indicator_id is not None
    assert [plan.status for plan in waiting].count(PlanStatus.SUBMITTED) == 1


async def test_a_later_version_keeps_the_lines(told: Database) -> None:
    async with told.read() as session:
        second = (await session.scalars(select(WorkPlan).where(WorkPlan.number == 2))).one()
        items = (await reading.whole(session, second.id)).items
    assert second.reason
    assert all(item.origin_id is not None and item.origin_id < item.id for item in items)
