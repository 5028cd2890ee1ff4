"""What the weekly reports make of a plan's lines: values, and where each line stands against its target and pace."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.performance.in_force import Line
from models.performance.progress import COUNTED, WeeklyEntry, WeeklyReport
from models.rules.performance.achievement import Target, achievement
from models.rules.performance.aggregation import value_at
from models.rules.performance.pace import PaceLimits, PaceStatus, YearPoint, expected_at, pace_status
from models.rules.performance.plan_rules import split_of

#: The weeks of a line: (Monday, value), in order of the weeks.
Weeks = Sequence[tuple[date, Decimal]]


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a line stands on a day: its value so far, the year's target, the pace, and what it reached (raw per cent).

    `value` and `reached` are None without a report; `due` is None while nothing is.
    """

    line: Line
    value: Decimal | None
    due: Target | None
    reached: Decimal | None
    status: PaceStatus


async def weekly(
    session: AsyncSession, line_ids: Collection[int] | None, first: date, last: date
) -> dict[int, list[tuple[date, Decimal]]]:
    """The values of each line (None: of all) from the week of `first` to that of `last`, both Mondays: one query.

    Returned reports do not count.
    """
    statement = (
        select(WeeklyEntry.line_id, WeeklyReport.week, WeeklyEntry.value)
        .join(WeeklyReport, WeeklyReport.id == WeeklyEntry.report_id)
        .where(
            true() if line_ids is None else WeeklyEntry.line_id.in_(line_ids),
            WeeklyReport.week >= first,
            WeeklyReport.week <= last,
            WeeklyReport.status.in_(COUNTED),
        )
        .order_by(WeeklyReport.week, WeeklyEntry.id)
    )
    found: dict[int, list[tuple[date, Decimal]]] = {}
    for line_id, week, value in await session.execute(statement):
        found.setdefault(line_id, []).append((week, value))
    return found


def stand(line: Line, weeks: Weeks, day: date, point: YearPoint, limits: PaceLimits, since: date) -> Stand:
    """Where a line stands at the end of `day` by the weeks from `since` on; `point` is the day within its year."""
    item = line.item
    value = value_at(item.aggregation, weeks, day, since)
    split = split_of(item.aggregation, item.low, item.high, item.quarters)
    due = expected_at(item.aggregation, item.polarity, split, point)
    return Stand(
        line=line,
        value=value,
        due=due,
        reached=achievement(item.polarity, value, item.low, item.high),
        status=pace_status(item.polarity, value, due, limits),
    )


def pace_limits(facts: Mapping[str, str]) -> PaceLimits:
    """From which per cent of the pace a line is on track or only at risk, as the city set it."""
    return PaceLimits(
        on_track=Decimal(facts.get("performance.on_track", "95")),
        at_risk=Decimal(facts.get("performance.at_risk", "75")),
    )


def first_week(year: int) -> date:
    """The Monday of the first week whose report belongs to the year: the week of its first Thursday (ISO)."""
    return date.fromisocalendar(year, 1, 1)
