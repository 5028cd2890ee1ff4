"""How weeks and values went over time: for strips, heat maps and the line beside its pace."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.reports.performance.standing import MOST_NAMED, among
from bot.services.city import City
from bot.services.performance import in_force, values, weekly
from bot.services.performance.in_force import Line
from models.performance.progress import WeeklyReport
from models.rules.performance.achievement import Target
from models.rules.performance.aggregation import value_at
from models.rules.performance.pace import expected_at, year_point
from models.rules.performance.plan_rules import split_of
from models.rules.performance.weeks import weeks_between

_WEEK = timedelta(weeks=1)
_FRIDAY = timedelta(days=4)


class Past(StrEnum):
    """How a week went for somebody."""

    REPORTED = "reported"
    LATE = "late"
    MISSING = "missing"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Course:
    """A line over its year: at the end of each week what was reached and what should have been."""

    line: Line
    weeks: tuple[date, ...]
    values: tuple[Decimal | None, ...]
    due: tuple[Target | None, ...]


async def past(
    session: AsyncSession, city: City, people: Collection[int], weeks: Sequence[date]
) -> dict[int, list[Past]]:
    """How each of these weeks went for each of these people: three queries."""
    named = list(people) if len(people) <= MOST_NAMED else None
    owed = await weekly.expected_weeks(session, city, weeks, named)
    owing = {(one.employee_id, week) for week, found in owed.items() for one in found}
    statement = select(WeeklyReport.employee_id, WeeklyReport.week, WeeklyReport.late).where(
        WeeklyReport.week >= min(weeks), WeeklyReport.week <= max(weeks), among(WeeklyReport.employee_id, people)
    )
    there = {(employee, week): late for employee, week, late in await session.execute(statement)}
    return {one: [_state((one, week), there, owing) for week in weeks] for one in people}


def _state(key: tuple[int, date], there: dict[tuple[int, date], bool], owing: Collection[tuple[int, date]]) -> Past:
    if key in there:
        return Past.LATE if there[key] else Past.REPORTED
    return Past.MISSING if key in owing else Past.NONE


def weeks_before(week: date, count: int) -> list[date]:
    """So many Mondays up to this one, the oldest first."""
    return [week - _WEEK * ago for ago in reversed(range(count))]


async def course(session: AsyncSession, city: City, employee_id: int, line_id: int, week: date) -> Course | None:
    """A line of somebody's plan in force up to a week; None where the plan has no such line."""
    year = weekly.plan_year(week)
    plan = await in_force.own(session, employee_id, year)
    line = next((one for one in plan.lines if one.id == line_id), None) if plan is not None else None
    if line is None:
        return None
    first = values.first_week(year)
    reported = (await values.weekly(session, [line_id], first, week)).get(line_id, [])
    item, mondays = line.item, weeks_between(first, week)
    split = split_of(item.aggregation, item.low, item.high, item.quarters)
    reached, due = [], []
    for monday in mondays:
        friday = min(monday + _FRIDAY, date(year, 12, 31))
        reached.append(value_at(item.aggregation, reported, friday, first))
        point = year_point(max(friday, date(year, 1, 1)), city.calendar)
        due.append(expected_at(item.aggregation, item.polarity, split, point))
    return Course(line, tuple(mondays), tuple(reached), tuple(due))
