"""Facts as they are kept and read, and typed values beside them, on both databases. Domain rule 29."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.services.performance import facts
from bot.services.performance.facts import Measured
from models.performance.indicator import Indicator, IndicatorFact, Level, Source
from models.performance.plan import Aspect, PlanItem, PlanResult, WorkPlan
from models.performance.progress import WeeklyEntry, WeeklyReport, WeekStatus
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.plan_rules import PlanStatus, ResultKind
from tests.factories import small_city, staff

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
TODAY = date(2026, 11, 24)


async def an_indicator(session: AsyncSession, code: str, aggregation: Aggregation, **more: object) -> Indicator:
    row = Indicator(
        code=code,
        name=f"Indikator {code}",
        measure_unit="%",
        polarity=Polarity.HIGHER,
        aggregation=aggregation,
        **{"level": Level.CITY, "source": Source.SETTLED_IN_TIME, **more},
    )
    session.add(row)
    await session.flush()
    return row


async def a_line(session: AsyncSession, whose: int, indicator: Indicator, weeks: dict[date, str]) -> None:
    """An approved plan with one line for the indicator, and its weeks."""
    plan = WorkPlan(employee_id=whose, year=2026, created_at=NOW, status=PlanStatus.APPROVED, approved_at=NOW)
    session.add(plan)
    await session.flush()
    result = PlanResult(plan_id=plan.id, position=1, kind=ResultKind.MAIN, title="Laporan selesai")
    session.add(result)
    await session.flush()
    item = PlanItem(
        plan_id=plan.id,
        result_id=result.id,
        position=1,
        name=indicator.name,
        indicator_id=indicator.id,
        aspect=Aspect.QUANTITY,
        polarity=indicator.polarity,
        aggregation=indicator.aggregation,
        measure_unit=indicator.measure_unit,
        low=Decimal(100),
        high=Decimal(100),
        q1=Decimal(25),
    )
    session.add(item)
    await session.flush()
    for week, value in weeks.items():
        at = datetime(week.year, week.month, week.day, tzinfo=UTC) + timedelta(days=4)
        report = WeeklyReport(employee_id=whose, week=week, due_at=at, reported_at=at, status=WeekStatus.REPORTED)
        session.add(report)
        await session.flush()
        session.add(WeeklyEntry(report_id=report.id, line_id=item.id, value=Decimal(value), entered_at=at))
    await session.flush()


async def test_the_newest_fact_of_the_period_counts_and_a_second_count_of_a_day_replaces_it(database: Database) -> None:
    async with database.begin() as session:
        one = await an_indicator(session, "a", Aggregation.LAST)
        other = await an_indicator(session, "b", Aggregation.LAST)
        for day, value in ((date(2026, 11, 1), "80"), (TODAY, "85.5"), (date(2026, 12, 1), "99")):
            await facts.keep(session, "2026", day, {one.id: Measured(Decimal(value), 10, 8, 10)}, NOW)
        await facts.keep(session, "2026", TODAY, {one.id: Measured(Decimal("86.25"), 12)}, NOW)
        await facts.keep(session, "2026-Q3", date(2026, 9, 30), {one.id: Measured(Decimal(70), 3)}, NOW)
        await facts.keep(session, "2026", TODAY, {other.id: Measured(None, 0)}, NOW)
    async with database.read() as session:
        newest = await facts.latest_facts(session, [one.id, other.id], TODAY)
        quarters = await facts.quarter_facts(session, one.id, TODAY)
        assert await facts.latest_facts(session, [], TODAY) == {}
        rows = await session.scalar(select(func.count()).select_from(IndicatorFact))
    assert (newest[one.id].value, newest[one.id].n, newest[one.id].numerator) == (Decimal("86.25"), 12, None)
    assert (newest[other.id].value, newest[other.id].n) == (None, 0)  # no record: no value, never 0
    assert {number: fact.value for number, fact in quarters.items()} == {3: Decimal(70)}
    assert rows == 5


@pytest.mark.parametrize(("aggregation", "expected"), [("sum", "12"), ("last", "5"), ("mean", "4")])
async def test_rule_29_weeks_of_3_4_5_are_12_5_or_4_beside_the_fact(
    database: Database, aggregation: str, expected: str
) -> None:
    weeks = {date(2026, 10, 5): "3", date(2026, 10, 12): "4", date(2026, 10, 19): "5"}
    async with database.begin() as session:
        await small_city(session)
        people = await staff(session, NOW)
        one = await an_indicator(session, "a", Aggregation(aggregation), owner_id=people["officer"].id)
        await a_line(session, people["officer"].id, one, weeks)
        await a_line(session, people["head"].id, one, {})
        await facts.keep(session, "2026", TODAY, {one.id: Measured(Decimal(expected), 7)}, NOW)
    async with database.read() as session:
        found = (await facts.beside(session, [one.id], TODAY))[one.id]
    assert [(typed.employee_id, typed.value) for typed in found.typed] == [(people["officer"].id, Decimal(expected))]
    assert not found.differs


async def test_a_typed_value_that_is_not_the_fact_is_told_beside_it_the_owner_first(database: Database) -> None:
    async with database.begin() as session:
        await small_city(session)
        people = await staff(session, NOW)
        one = await an_indicator(session, "a", Aggregation.LAST, owner_id=people["verifier"].id)
        bare = await an_indicator(session, "b", Aggregation.LAST)
        await a_line(session, people["admin"].id, one, {date(2026, 11, 2): "90"})
        await a_line(session, people["verifier"].id, one, {date(2026, 11, 2): "95"})
        await facts.keep(session, "2026", TODAY, {one.id: Measured(Decimal("90.004"), 7)}, NOW)
    seen: list[str] = []
    event.listen(database.engine.sync_engine, "before_cursor_execute", lambda *call: seen.append(call[2]))
    async with database.read() as session:
        found = await facts.beside(session, [one.id, bare.id], TODAY)
    assert [typed.name for typed in found[one.id].typed] == ["Pegawai Verifier", "Pegawai Admin"]
    assert found[one.id].differs
    assert (found[bare.id].fact, found[bare.id].typed, found[bare.id].differs) == (None, (), False)
    assert len([statement for statement in seen if statement.lstrip().upper().startswith("SELECT")]) == 3
