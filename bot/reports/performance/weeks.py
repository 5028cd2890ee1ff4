"""Who reported the newest week that was due, who did not, and what stood in the way: bulk, for everybody at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.reports.performance.standing import MOST_NAMED, among
from bot.services.city import City
from bot.services.performance import weekly
from models.performance.progress import WeeklyEntry, WeeklyReport
from models.rules.performance.reporting import WeekStatus
from models.rules.performance.weeks import due_at, week_of

_WEEK = timedelta(weeks=1)
#: So long a time without a working day never was: no city closes for two months.
MOST_WEEKS = 9


class Report(NamedTuple):
    """One report of the week: its number, whose, its state, whether it came late."""

    id: int
    employee_id: int
    status: WeekStatus
    late: bool


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stood in somebody's way, in the own words."""

    entry_id: int
    employee_id: int
    line_id: int
    words: str


@dataclass(frozen=True, slots=True)
class WeekState:
    """A week: who owed it, which reports there are, and the obstacles told in it and since."""

    week: date
    owing: frozenset[int]
    reports: dict[int, Report]
    obstacles: dict[int, list[Obstacle]]


def newest_due(city: City, now: datetime) -> date:
    """The Monday of the newest week whose report was due; weeks without working days are passed over."""
    week = week_of(city.today(now))
    for _ in range(MOST_WEEKS):
        due = due_at(week, city.calendar, weekly.due_hour(city))
        if due is not None and due <= now:
            return week
        week -= _WEEK
    return week


def last_day(city: City, week: date) -> date:
    """The last working day of a week: on its pace the lines are measured."""
    days = weekly.working_days(city, week)
    return days[-1] if days else week


async def week_state(session: AsyncSession, city: City, week: date, people: Collection[int] | None = None) -> WeekState:
    """How a week stands for these people (None: for everybody): four queries."""
    named = people if people is None or len(people) <= MOST_NAMED else None
    owed = await weekly.expected(session, city, week, named)
    rows = await session.execute(
        select(WeeklyReport.id, WeeklyReport.employee_id, WeeklyReport.status, WeeklyReport.late).where(
            WeeklyReport.week == week, among(WeeklyReport.employee_id, people)
        )
    )
    return WeekState(
        week,
        frozenset(one.employee_id for one in owed),
        {row[1]: Report(*row) for row in rows},
        await _obstacles(session, week, people),
    )


async def _obstacles(session: AsyncSession, week: date, people: Collection[int] | None) -> dict[int, list[Obstacle]]:
    """Those of the week and of the one that runs, by employee, the newest first."""
    statement = (
        select(WeeklyEntry.id, WeeklyReport.employee_id, WeeklyEntry.line_id, WeeklyEntry.obstacle)
        .join(WeeklyReport, WeeklyReport.id == WeeklyEntry.report_id)
        .where(
            WeeklyReport.week >= week,
            WeeklyEntry.obstacle.is_not(None),
            WeeklyEntry.obstacle != "",
            among(WeeklyReport.employee_id, people),
        )
        .order_by(WeeklyReport.week.desc(), WeeklyEntry.id)
    )
    found: dict[int, list[Obstacle]] = {}
    for row in await session.execute(statement):
        found.setdefault(row[1], []).append(Obstacle(row[0], row[1], row[2], row[3] or ""))
    return found


async def waiting(session: AsyncSession, people: Collection[int] | None = None) -> dict[int, tuple[int, int]]:
    """How many reports of each wait for the superior, and the newest of them: one query."""
    statement = (
        select(WeeklyReport.employee_id, func.count(), func.max(WeeklyReport.id))
        .where(WeeklyReport.status == WeekStatus.REPORTED, among(WeeklyReport.employee_id, people))
        .group_by(WeeklyReport.employee_id)
    )
    return {employee: (number, newest) for employee, number, newest in await session.execute(statement)}
