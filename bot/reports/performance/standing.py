"""Where every line of every plan stands, from sums made by the database: the weeks themselves are never read.

The same figures as `bot.services.performance.values` gives of one plan; a test holds the two together.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from bot.services.performance import values
from models.performance.plan import PlanItem, PlanResult, WorkPlan
from models.performance.progress import COUNTED, WeeklyEntry, WeeklyReport
from models.rules.performance.achievement import Polarity, Target, achievement
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.pace import (
    PaceLimits,
    PaceStatus,
    YearPoint,
    expected_at,
    pace_percent,
    pace_status,
    year_point,
)
from models.rules.performance.plan_rules import PlanStatus, ResultKind, split_of

#: Of more people than this everybody's rows are read and those of others dropped: no endless list in a statement.
MOST_NAMED = 300
#: After so many lines somebody else's turn comes.
YIELD = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """A line of a plan in force: its value so far, what is due by now, per cent of the pace and of the year's target.

    `value`, `pace` and `reached` are None without a report, `due` while nothing is.
    """

    employee_id: int
    line_id: int
    position: int
    name: str
    measure_unit: str
    is_main: bool
    indicator_id: int | None
    value: Decimal | None
    target: Target
    due: Target | None
    pace: Decimal | None
    reached: Decimal | None
    status: PaceStatus


@dataclass(frozen=True, slots=True)
class Sums:
    """What the weeks of a line come to: their sum, how many, and the newest value."""

    total: Decimal
    count: int
    last: Decimal

    def value(self, aggregation: Aggregation) -> Decimal:
        """The value by the line's own way of adding up (domain rule 29)."""
        if aggregation is Aggregation.LAST:
            return self.last
        return self.total if aggregation is Aggregation.SUM else self.total / self.count


def among(column: Any, people: Collection[int] | None) -> ColumnElement[bool]:
    """The condition that a row is about these people (None, or very many of them: about anybody)."""
    return true() if people is None or len(people) > MOST_NAMED else column.in_(people)


async def standings(
    session: AsyncSession, city: City, year: int, until: date, day: date, people: Collection[int] | None = None
) -> dict[int, list[Standing]]:
    """The lines of the plans in force of each, by the weeks of the year up to the week of `until`: three queries.

    `day` is the day on whose pace they are measured.
    """
    found = await sums(session, values.first_week(year), until, people)
    point, limits = year_point(day, city.calendar), values.pace_limits(city.facts)
    lines: dict[int, list[Standing]] = {}
    for place, row in enumerate(await session.execute(_lines(year, people))):
        if not place % YIELD:
            await asyncio.sleep(0)  # others are answered meanwhile
        employee, origin, kind = row[0], row.origin_id or row.id, row.kind
        if people is None or employee in people:
            lines.setdefault(employee, []).append(_standing(row, kind, found.get(origin), origin, point, limits))
    return lines


def _lines(year: int, people: Collection[int] | None) -> Any:
    item = PlanItem
    return (
        select(
            *(WorkPlan.employee_id, item.id, item.origin_id, item.position, item.name, item.measure_unit),
            *(item.polarity, item.aggregation, item.low, item.high, item.q1, item.q2, item.q3, item.q4),
            *(item.indicator_id, PlanResult.kind),
        )
        .join(item, item.plan_id == WorkPlan.id)
        .join(PlanResult, PlanResult.id == item.result_id)
        .where(WorkPlan.year == year, WorkPlan.status == PlanStatus.APPROVED, among(WorkPlan.employee_id, people))
        .order_by(WorkPlan.employee_id, item.position)
    )


def _standing(
    row: Any, kind: ResultKind, found: Sums | None, line_id: int, point: YearPoint, limits: PaceLimits
) -> Standing:
    aggregation: Aggregation = row.aggregation
    polarity: Polarity = row.polarity
    value = found.value(aggregation) if found is not None else None
    due = expected_at(
        aggregation, polarity, split_of(aggregation, row.low, row.high, (row.q1, row.q2, row.q3, row.q4)), point
    )
    status = pace_status(polarity, value, due, limits)
    measured = value is not None and due is not None and status is not PaceStatus.NOT_DUE
    return Standing(
        employee_id=row.employee_id,
        line_id=line_id,
        position=row.position,
        name=row.name,
        measure_unit=row.measure_unit,
        is_main=kind is ResultKind.MAIN,
        indicator_id=row.indicator_id,
        value=value,
        target=Target(row.low, row.high),
        due=due,
        pace=pace_percent(polarity, value, due) if measured and value is not None and due is not None else None,
        reached=achievement(polarity, value, row.low, row.high),
        status=status,
    )


async def sums(
    session: AsyncSession, first: date, last: date, people: Collection[int] | None = None
) -> dict[int, Sums]:
    """What the counted weeks of each line come to, added up by the database: two queries."""
    counted = (
        WeeklyReport.week >= first,
        WeeklyReport.week <= last,
        WeeklyReport.status.in_(COUNTED),
        among(WeeklyReport.employee_id, people),
    )
    grouped = (
        select(
            WeeklyEntry.line_id,
            func.sum(WeeklyEntry.value).label("total"),
            func.count().label("number"),
            func.max(WeeklyReport.week).label("week"),
        )
        .join(WeeklyReport, WeeklyReport.id == WeeklyEntry.report_id)
        .where(*counted)
        .group_by(WeeklyEntry.line_id)
    )
    totals = {line: (total, number) for line, total, number, _week in await session.execute(grouped)}
    newest = grouped.subquery()
    # Looked up from the entry, never by the index of weeks: a week has as many reports as the city has people.
    by_entry = func.coalesce(WeeklyReport.week, WeeklyReport.week)
    latest = (
        select(WeeklyEntry.line_id, WeeklyEntry.value)
        .join(WeeklyReport, WeeklyReport.id == WeeklyEntry.report_id)
        .join(newest, (newest.c.line_id == WeeklyEntry.line_id) & (newest.c.week == by_entry))
        .where(*counted)
    )
    return {line: Sums(*totals[line], value) for line, value in await session.execute(latest) if line in totals}
