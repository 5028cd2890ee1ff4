"""Which version of a plan counts, and where its lines stand, on both databases. Domain rules 27 and 29."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.services.city import know
from bot.services.performance import in_force, values
from models.performance.plan import Aspect, PlanItem, PlanResult, WorkPlan
from models.performance.progress import WeeklyEntry, WeeklyReport, WeekStatus
from models.rules.performance.achievement import Polarity, Target
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.pace import PaceStatus, year_point
from models.rules.performance.plan_rules import PlanStatus, ResultKind
from tests.factories import small_city, staff

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
APPROVED = datetime(2026, 1, 12, 3, tzinfo=UTC)
CHANGED = datetime(2026, 7, 6, 3, tzinfo=UTC)


async def plan(
    session: AsyncSession, whose: int, number: int, target: int, **state: object
) -> tuple[WorkPlan, PlanItem]:
    row = WorkPlan(employee_id=whose, year=2026, number=number, created_at=APPROVED, **state)
    session.add(row)
    await session.flush()
    result = PlanResult(plan_id=row.id, position=1, kind=ResultKind.MAIN, title="Lampu jalan menyala")
    session.add(result)
    await session.flush()
    quarter = Decimal(target) / 4
    item = PlanItem(
        plan_id=row.id,
        result_id=result.id,
        position=1,
        name="Lampu yang diperbaiki",
        aspect=Aspect.QUANTITY,
        polarity=Polarity.HIGHER,
        aggregation=Aggregation.SUM,
        measure_unit="titik",
        low=Decimal(target),
        high=Decimal(target),
        q1=quarter,
        q2=quarter,
        q3=quarter,
        q4=quarter,
    )
    session.add(item)
    await session.flush()
    return row, item


async def report(session: AsyncSession, whose: int, line: int, week: date, value: str, status: WeekStatus) -> None:
    at = datetime(week.year, week.month, week.day, tzinfo=UTC) + timedelta(days=4)
    row = WeeklyReport(employee_id=whose, week=week, due_at=at, reported_at=at, status=status)
    session.add(row)
    await session.flush()
    session.add(WeeklyEntry(report_id=row.id, line_id=line, value=Decimal(value), entered_at=at))
    await session.flush()


@pytest.fixture
async def whose(database: Database) -> int:
    """Two versions: 100 until July, 200 since; a draft of a third. Five weeks, one of them returned."""
    async with database.begin() as session:
        await small_city(session)
        officer = (await staff(session, NOW))["officer"].id
        _, first = await plan(session, officer, 1, 100, status=PlanStatus.SUPERSEDED, approved_at=APPROVED)
        _, second = await plan(session, officer, 2, 200, status=PlanStatus.APPROVED, approved_at=CHANGED)
        second.origin_id = first.id
        await plan(session, officer, 3, 300, status=PlanStatus.DRAFT)
        for number, value in enumerate(("12.5", "0.0001", "30", "40")):
            week = date(2026, 6, 29) + timedelta(weeks=number)
            await report(session, officer, first.id, week, value, WeekStatus.VERIFIED)
        await report(session, officer, first.id, date(2026, 11, 16), "999", WeekStatus.RETURNED)
    return officer


async def test_the_newest_approved_version_counts_and_the_past_keeps_its_own(database: Database, whose: int) -> None:
    async with database.read() as session:
        now = await in_force.own(session, whose, 2026)
        then = await in_force.on(session, [whose], date(2026, 6, 30))
        before = await in_force.on(session, [whose], date(2026, 1, 11))
        everyone = await in_force.of_everyone(session, 2026)
        assert await in_force.own(session, whose, 2025) is None
    assert now is not None
    assert (now.plan.number, now.lines[0].item.low) == (2, Decimal(200))
    assert then[whose].plan.number == 1
    assert before == {}
    assert list(everyone) == [whose]
    assert now.lines[0].id == then[whose].lines[0].id  # the weekly values stay with the line
    assert now.numbered(1) is now.lines[0]
    assert now.numbered(2) is None


async def test_rule_29_a_line_adds_up_its_weeks_without_the_returned_one(database: Database, whose: int) -> None:
    day = date(2026, 11, 24)
    async with database.read() as session:
        city = await know(session, NOW)
        now = await in_force.own(session, whose, 2026)
        assert now is not None
        line = now.lines[0]
        since = values.first_week(2026)
        weeks = (await values.weekly(session, [line.id], since, day))[line.id]
        assert (await values.weekly(session, None, since, day)) == {line.id: weeks}
    point = year_point(day, city.calendar)
    stand = values.stand(line, weeks, day, point, values.pace_limits(city.facts), since)
    assert stand.value == Decimal("82.5001")
    assert stand.reached == Decimal("41.25005")
    assert stand.due == Target.of(150 + 50 * point.share)
    assert stand.status is PaceStatus.BEHIND
