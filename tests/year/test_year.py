"""A whole year of fifty civil servants under one clock; every total is recomputed here from the raw rows.

Holidays and cuti bersama, leave, transfers, stand-ins, late and corrected weeks, reminders, four quarters and the year.
"""

from __future__ import annotations

import asyncio
import random
import shutil
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.db import Database
from bot.services.performance.evaluation.frozen import thaw
from bot.services.performance.evaluation.period_facts import PeriodFacts
from models.performance.evaluation import Evaluation
from models.rules.performance.aggregation import Aggregation
from tests.factories import small_city
from tests.year.calendar import ZONE, at, days_of, is_worked, quarter_of
from tests.year.course import QUARTER_ENDS, YearCourse
from tests.year.people import FIRST, LINES, WEEKS, hire

SEED = 20261124
ALL_WEEKS = [FIRST + timedelta(weeks=number) for number in range(WEEKS)]
PARTS = Decimal(10_000)
YEAR = 0

pytestmark = [pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def year(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> YearCourse:
    """The year, walked once."""
    path = tmp_path_factory.mktemp("year") / "gurindam.sqlite"
    shutil.copyfile(sqlite_template, path)
    return asyncio.run(walked(f"sqlite:///{path}"))


async def walked(url: str) -> YearCourse:
    database = Database(url)
    dice = random.Random(SEED)
    async with database.begin() as session:
        await small_city(session)
        staff = await hire(session, dice)
    course = YearCourse(database, staff, dice)
    await course.walk()
    await database.close()
    course.db = Database(url)
    return course


async def rows(year: YearCourse, statement: str) -> list[Any]:
    """Raw rows: of the product only the connection."""
    async with year.db.read() as session:
        return list((await session.execute(text(statement))).all())


async def evaluations(year: YearCourse) -> dict[tuple[int, int], tuple[Evaluation, PeriodFacts]]:
    async with year.db.read() as session:
        found = (await session.scalars(select(Evaluation))).all()
    return {(row.employee_id, row.quarter): (row, thaw(row.facts)) for row in found}


async def raw_values(year: YearCourse) -> dict[tuple[int, date, int], Decimal]:
    """(employee, week, line) → value, of reports that were not returned."""
    found = await rows(
        year,
        "SELECT r.employee_id, r.week, e.line_id, e.value FROM weekly_entry e "
        "JOIN weekly_report r ON r.id = e.report_id "
        "WHERE r.status IN ('reported', 'verified') ORDER BY r.week",
    )
    return {(who, date.fromisoformat(week), line): Decimal(value) / PARTS for who, week, line, value in found}


def moment(stored: str) -> datetime:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)


def owed(year: YearCourse, member: int, quarter: int) -> set[date]:
    """The weeks of a quarter (YEAR: of the year) on which somebody worked a day."""
    away = year.staff.away.get(member, set())
    return {week for week in ALL_WEEKS if quarter in (YEAR, quarter_of(week)) and days_of(week, away)}


async def test_something_of_everything_happened(year: YearCourse) -> None:
    kinds = Counter(kind for (kind,) in await rows(year, "SELECT kind FROM outbox"))
    late = (await rows(year, "SELECT count(*) FROM weekly_report WHERE late"))[0][0]
    print(f"\n{len(year.reported)} reports, {late} late, {year.returned} returned, {len(year.corrected)} corrected")
    print(f"{len(year.checked)} checks, {len(year.evaluated)} evaluations, {dict(kinds)}")
    assert len(year.reported) > 2000
    assert min(late, year.returned, len(year.corrected), kinds["week_push"], kinds["week_reminder"]) > 50
    assert len(year.evaluated) == len(year.staff.members) * 5


async def test_every_value_that_was_said_stands_in_the_rows_and_no_other(year: YearCourse) -> None:
    assert await raw_values(year) == year.said


async def test_rule_28_late_is_what_came_after_the_own_last_working_day(year: YearCourse) -> None:
    found = await rows(year, "SELECT employee_id, week, late, reported_at, corrected_at FROM weekly_report")
    assert len(found) == len(year.reported)
    for who, stored, late, reported_at, corrected_at in found:
        week = date.fromisoformat(stored)
        own = days_of(week, year.staff.away.get(who, set()))
        assert bool(late) is bool(own and moment(reported_at) > at(own[-1], 15)), (who, week)
        assert (corrected_at is not None) is ((who, week) in year.corrected)


async def test_rule_28_a_correction_keeps_what_stood_there(year: YearCourse) -> None:
    found = await rows(
        year,
        "SELECT r.employee_id, r.week, count(*) FROM weekly_event v JOIN weekly_report r ON r.id = v.report_id "
        "WHERE v.status_after = 'reported' GROUP BY r.employee_id, r.week HAVING count(*) > 1",
    )
    assert {(who, date.fromisoformat(week)) for who, week, _ in found} == year.corrected


async def test_rule_29_the_totals_of_each_quarter_and_of_the_year_are_those_of_the_rows(year: YearCourse) -> None:
    raw, found = await raw_values(year), await evaluations(year)
    for (member, quarter), (_row, facts) in found.items():
        for line_id, line, (_unit, aggregation, _polarity, _target) in zip(
            year.staff.lines[member], facts.lines, LINES, strict=True
        ):
            weeks = [week for week in ALL_WEEKS if quarter in (YEAR, quarter_of(week))]
            values = [raw[member, week, line_id] for week in weeks if (member, week, line_id) in raw]
            expected = {
                Aggregation.SUM: sum(values, Decimal(0)),
                Aggregation.LAST: values[-1],
                Aggregation.MEAN: sum(values, Decimal(0)) / len(values),
            }[aggregation]
            assert line.value == expected, (member, quarter, line.number)


async def test_the_achievement_and_its_average_are_those_of_the_regulation(year: YearCourse) -> None:
    targets = {
        number: Decimal(low) / PARTS for number, low in await rows(year, "SELECT id, low FROM plan_item ORDER BY id")
    }
    for (member, quarter), (row, facts) in (await evaluations(year)).items():
        capped = []
        for line_id, line, (_unit, aggregation, polarity, _target) in zip(
            year.staff.lines[member], facts.lines, LINES, strict=True
        ):
            share = 4 if aggregation is Aggregation.SUM and quarter != YEAR else 1
            target, value = targets[line_id] / share, line.value
            assert value is not None
            ratio = 100 * value / target
            reached = ratio if polarity.value == "higher" else max(Decimal(0), 200 - ratio)
            assert line.reached == pytest.approx(reached)
            capped.append(min(reached, Decimal(120)))
        assert row.average == pytest.approx(sum(capped) / len(capped), abs=Decimal("0.0001"))


async def test_the_weeks_due_reported_late_and_missing_are_those_of_the_calendar(year: YearCourse) -> None:
    late = {
        (who, date.fromisoformat(week))
        for who, week in await rows(year, "SELECT employee_id, week FROM weekly_report WHERE late")
    }
    for (member, quarter), (row, facts) in (await evaluations(year)).items():
        assert row.rated_at is not None
        weeks = {week for week in owed(year, member, quarter) if last_moment(year, member, week) <= row.rated_at}
        there = {week for who, week in year.reported if who == member and quarter in (YEAR, quarter_of(week))}
        known = {week for week in there if year.reported[member, week] <= row.rated_at}
        assert facts.weeks.due == len(weeks | known), (member, quarter)
        assert facts.weeks.reported == len(known)
        assert facts.weeks.late == len({week for week in known if (member, week) in late})


def last_moment(year: YearCourse, member: int, week: date) -> datetime:
    return at(days_of(week, year.staff.away.get(member, set()))[-1], 15)


async def test_rule_31_only_the_superior_of_that_day_or_who_stood_in_has_checked(year: YearCourse) -> None:
    owners = dict(await rows(year, "SELECT id, employee_id FROM weekly_report"))
    checked: dict[int, list[int]] = defaultdict(list)
    for report, who, day in year.checked:
        assert who in year.staff.may_check(owners[report], day)
        checked[report].append(who)
    stored = await rows(year, "SELECT id, decided_by_id FROM weekly_report WHERE decided_by_id IS NOT NULL")
    assert all(decider == checked[report][-1] for report, decider in stored)
    stood_in = {who for acting in year.staff.stand_ins.values() for who, _, _ in acting}
    assert stood_in & {who for _, who, _ in year.checked} == stood_in


async def test_rule_26_each_period_is_rated_by_who_led_on_its_last_day(year: YearCourse) -> None:
    ends = dict(enumerate(QUARTER_ENDS, start=1)) | {YEAR: QUARTER_ENDS[-1]}
    for (member, quarter), appraiser in year.evaluated.items():
        assert appraiser == year.staff.superior(member, ends[quarter])
    moved = [member for member in year.staff.members if len(year.staff.led_by[member]) > 1]
    assert len({year.evaluated[member, 1] != year.evaluated[member, 4] for member in moved}) > 0
    assert any(year.evaluated[member, 1] != year.evaluated[member, 4] for member in moved)


async def test_rule_30_reminders_come_once_to_the_missing_on_days_they_work(year: YearCourse) -> None:
    member_of = {person: member for member, person in year.staff.person_of.items()}
    found = await rows(
        year, "SELECT key, person_id, not_before FROM outbox WHERE kind IN ('week_push', 'week_reminder')"
    )
    assert len({key for key, _, _ in found}) == len(found)
    for key, person, not_before in found:
        member, when = member_of[person], moment(not_before)
        local = when.astimezone(ZONE)
        _, name, _stage, _ = key.split(":")
        week = datetime.strptime(f"{name}-1", "%G-W%V-%u").date()  # noqa: DTZ007 - a day
        assert is_worked(local.date(), year.staff.away.get(member, set())), key
        assert 8 <= local.hour < 16
        assert not (local.weekday() == 4 and (11, 30) <= (local.hour, local.minute) < (13, 30)) or local.hour >= 13
        assert days_of(week, year.staff.away.get(member, set()))
        first = year.reported.get((member, week))
        assert first is None or first >= when, key


async def test_rule_30_whoever_worked_that_week_was_asked(year: YearCourse) -> None:
    asked = {
        (int(person), key.split(":")[1])
        for key, person in await rows(year, "SELECT key, person_id FROM outbox WHERE kind = 'week_push'")
    }
    for member in year.staff.members:
        for week in owed(year, member, YEAR):
            iso = week.isocalendar()
            assert (year.staff.person_of[member], f"{iso.year}-W{iso.week:02d}") in asked, (member, week)
