"""The rows behind a period's facts, of many employees at once: one query each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.complaint import Complaint
from models.employee import Employee
from models.performance.evaluation import Feedback
from models.performance.plan import PlanItem
from models.performance.progress import COUNTED, WeeklyEntry, WeeklyReport
from models.rules.complaint_flow import Status, Verdict
from models.rules.performance.evaluation_period import EvaluationPeriod


@dataclass(frozen=True, slots=True)
class Week:
    """One reported week."""

    week: date
    late: bool
    corrected: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Words of a period: of which day (ISO), about which line, of which kind and by whom (feedback only)."""

    day: str
    text: str
    line: str | None = None
    kind: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """Residents' reports that the employee worked on and that were settled in the period; `scores` were given.

    `upheld`: reports about the employee that were closed as found true; confidential ones are never counted.
    """

    settled: int = 0
    in_time: int = 0
    confirmed: int = 0
    reopened: int = 0
    scores: int = 0
    score_sum: int = 0
    upheld: int = 0


async def weeks(session: AsyncSession, employee_ids: Collection[int], first: date, last: date) -> dict[int, list[Week]]:
    """The weeks that each reported, from Monday to Monday; returned reports do not count."""
    statement = (
        select(WeeklyReport.employee_id, WeeklyReport.week, WeeklyReport.late, WeeklyReport.corrected_at)
        .where(
            WeeklyReport.employee_id.in_(employee_ids),
            WeeklyReport.week >= first,
            WeeklyReport.week <= last,
            WeeklyReport.status.in_(COUNTED),
        )
        .order_by(WeeklyReport.week)
    )
    found: dict[int, list[Week]] = {}
    for employee, week, late, corrected_at in await session.execute(statement):
        found.setdefault(employee, []).append(Week(week, late, corrected_at is not None))
    return found


async def obstacles(
    session: AsyncSession, employee_ids: Collection[int], first: date, last: date
) -> dict[int, list[Told]]:
    """What stood in the way, as it was reported, the newest first."""
    statement = (
        select(WeeklyReport.employee_id, WeeklyReport.week, PlanItem.name, WeeklyEntry.obstacle)
        .join(WeeklyReport, WeeklyReport.id == WeeklyEntry.report_id)
        .join(PlanItem, PlanItem.id == WeeklyEntry.line_id)
        .where(
            WeeklyReport.employee_id.in_(employee_ids),
            WeeklyReport.week >= first,
            WeeklyReport.week <= last,
            WeeklyEntry.obstacle.is_not(None),
        )
        .order_by(WeeklyReport.week.desc(), WeeklyEntry.id)
    )
    found: dict[int, list[Told]] = {}
    for employee, week, line, words in await session.execute(statement):
        found.setdefault(employee, []).append(Told(week.isoformat(), words or "", line))
    return found


async def feedback(
    session: AsyncSession, employee_ids: Collection[int], zone: ZoneInfo, period: EvaluationPeriod
) -> dict[int, list[Told]]:
    """Praise and advice of the period, the newest first."""
    since, until = moments(zone, period.first, period.last)
    author = aliased(Employee)
    statement = (
        select(Feedback, author.name, PlanItem.name)
        .join(author, author.id == Feedback.author_id)
        .outerjoin(PlanItem, PlanItem.id == Feedback.line_id)
        .where(Feedback.employee_id.in_(employee_ids), Feedback.at >= since, Feedback.at < until)
        .order_by(Feedback.at.desc(), Feedback.id.desc())
    )
    found: dict[int, list[Told]] = {}
    for row, name, line in await session.execute(statement):
        day = row.at.astimezone(zone).date().isoformat()
        found.setdefault(row.employee_id, []).append(Told(day, row.text, line, row.kind.value, name))
    return found


def moments(zone: ZoneInfo, first: date, last: date) -> tuple[datetime, datetime]:
    """From the beginning of the first day to the end of the last, in UTC."""
    begin, end = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (first, last + timedelta(days=1)))
    return begin, end


def _times(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))


def settled_columns() -> list[Any]:
    """Sums over settled reports: all, in time, confirmed, reopened, scored, sum of scores."""
    settled_at = func.coalesce(Complaint.followed_up_at, Complaint.closed_at)
    return [
        func.count(),
        _times(settled_at <= Complaint.settle_due_at),
        _times(Complaint.verdict == Verdict.SOLVED),
        _times(or_(Complaint.reopened > 0, Complaint.verdict == Verdict.NOT_SOLVED)),
        _times(Complaint.score.is_not(None)),
        func.coalesce(func.sum(Complaint.score), 0),
    ]


def closed_within(zone: ZoneInfo, period: EvaluationPeriod) -> Any:
    """The condition of a report that was closed in the period."""
    since, until = moments(zone, period.first, period.last)
    return and_(Complaint.status == Status.CLOSED, Complaint.closed_at >= since, Complaint.closed_at < until)


async def service(
    session: AsyncSession, employee_ids: Collection[int], zone: ZoneInfo, period: EvaluationPeriod
) -> dict[int, Service]:
    """Reports that each had when they were closed, and reports about each that were upheld: two queries."""
    within = closed_within(zone, period)
    statement = (
        select(Complaint.officer_id, *settled_columns())
        .where(Complaint.officer_id.in_(employee_ids), within)
        .group_by(Complaint.officer_id)
    )
    about = (
        select(Complaint.conflict_employee_id, func.count())
        .where(
            Complaint.conflict_employee_id.in_(employee_ids),
            ~Complaint.confidential,
            Complaint.verdict == Verdict.SOLVED,
            within,
        )
        .group_by(Complaint.conflict_employee_id)
    )
    upheld = {employee: count for employee, count in await session.execute(about)}
    sums = {employee: [int(n or 0) for n in row] for employee, *row in await session.execute(statement)}
    return {one: Service(*[*sums.get(one, [0] * 6), upheld.get(one, 0)]) for one in {*sums, *upheld} if one is not None}
