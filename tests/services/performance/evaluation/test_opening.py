"""Evaluations are opened for a period that is over, at the superior of its last day, on both databases. Rule 26."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from bot.db import Database
from bot.services.performance.evaluation import opening
from bot.services.performance.evaluation.period_facts import gather_one
from models.employee import Employee
from models.outbox import OutboxMessage
from models.performance.evaluation import Evaluation
from models.performance.placement import Placement
from models.performance.plan import PlanItem
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.evaluation_period import EvaluationPeriod
from tests import performance_scenes as scenes
from tests.factories import small_city
from tests.performance_scenes import NOW, Team

Q3 = EvaluationPeriod(2026, 3)


@pytest.fixture
async def people(database: Database) -> Team:
    """`boss` leads `worker`, whose third quarter is open."""
    async with database.begin() as session:
        await small_city(session)
        found = await scenes.team(session, boss=None, worker="boss")
        found.line = await scenes.plan(session, found.ids["worker"])
        await opening.open_period(await scenes.system(session), Q3)
    return found


async def number(database: Database) -> int:
    async with database.read() as session:
        return (await session.scalars(select(Evaluation.id).order_by(Evaluation.id))).one()


@pytest.mark.parametrize(("last_day", "appraiser"), [(Q3.last, "other"), (Q3.last - timedelta(days=1), "boss")])
async def test_after_a_transfer_the_superior_of_the_last_day_evaluates(
    database: Database, last_day: date, appraiser: str
) -> None:
    async with database.begin() as session:
        await small_city(session)
        found = await scenes.team(session, top=None, boss="top", other="top", worker="boss")
        await scenes.plan(session, found.ids["worker"])
        session.add(
            Placement(employee_id=found.ids["worker"], unit_id=2, supervisor_id=found.ids["other"], last_day=last_day)
        )
        await opening.open_period(await scenes.system(session), Q3)
    row = await scenes.one(database, Evaluation, await number(database))
    assert (row.appraiser_id, row.decider_id) == (found.ids[appraiser], found.ids["top"])
    assert row.unit_id == (2 if appraiser == "other" else 1)


async def test_opened_once_and_superiors_told_with_their_number(database: Database, people: Team) -> None:
    january = datetime(2027, 1, 4, 3, tzinfo=UTC)
    async with database.begin() as session:
        counts = await opening.open_due(await scenes.system(session, january))
    assert counts == {"opened": 2, "told": 2}, "the fourth quarter and the year"
    async with database.begin() as session:
        assert await opening.open_due(await scenes.system(session, january)) == {"opened": 0, "told": 0}
    async with database.read() as session:
        quarters = sorted(await session.scalars(select(Evaluation.quarter)))
        told = await session.scalar(
            select(func.count()).select_from(OutboxMessage).where(OutboxMessage.kind == "evaluations_opened")
        )
    assert (quarters, told) == ([0, 3, 4], 2)


@pytest.mark.parametrize(
    ("approved", "opened"),
    [(datetime(2026, 9, 30, 3, tzinfo=UTC), 1), (datetime(2026, 10, 1, 3, tzinfo=UTC), 0), (None, 0)],
)
async def test_only_with_a_plan_in_force_in_the_period(
    database: Database, approved: datetime | None, opened: int
) -> None:
    async with database.begin() as session:
        await small_city(session)
        found = await scenes.team(session, boss=None, worker="boss")
        await scenes.plan(session, found.ids["worker"], approved_at=approved)
        assert sum((await opening.open_period(await scenes.system(session), Q3)).values()) == opened


async def test_who_has_no_superior_is_opened_and_left_to_human_resources(database: Database) -> None:
    async with database.begin() as session:
        await small_city(session)
        found = await scenes.team(session, boss=None)
        await scenes.plan(session, found.ids["boss"])
        assert dict(await opening.open_period(await scenes.system(session), Q3)) == {None: 1}
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Employee)) == 1


async def test_a_plain_yes_counts_only_in_the_quarter_where_it_is_due(database: Database) -> None:
    async with database.begin() as session:
        await small_city(session)
        found = await scenes.team(session, boss=None, worker="boss")
        line = await scenes.plan(session, found.ids["worker"])
        item = await session.get_one(PlanItem, line)
        item.polarity, item.aggregation = Polarity.YES_NO, Aggregation.LAST
        item.low = item.high = item.q4 = Decimal(1)
        item.q1 = item.q2 = item.q3 = None
        await scenes.week(session, found.ids["worker"], line, date(2026, 8, 3), "0")
        by = await scenes.system(session)
        quarter = await gather_one(session, by.city, found.ids["worker"], Q3, NOW)
        year = await gather_one(session, by.city, found.ids["worker"], EvaluationPeriod(2026, 0), NOW)
    assert [(fact.target, fact.reached) for fact in quarter.lines] == [(None, None)]
    assert [fact.reached for fact in year.lines] == [Decimal(0)]
