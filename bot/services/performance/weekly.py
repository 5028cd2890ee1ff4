"""Who owes which week's report, and which are there: for lists, digests and reminders, in constant queries.

A week is owed by whoever has a plan that was approved before it was due, is on the roster on its last working day, and
was not on leave on all its working days. A week without working days is owed by nobody (domain rule 30).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from bot.services.performance import chain
from models.employee import Employee
from models.performance.plan import WorkPlan
from models.performance.progress import WeeklyReport
from models.rules.performance.plan_rules import PlanStatus
from models.rules.performance.reporting import first_open_week
from models.rules.performance.weeks import days_of, due_at, week_of, weeks_between

_DAYS = timedelta(days=6)
#: How far reminders of a week reach beyond it, so that days of leave there are known, too.
AFTERWARDS = timedelta(days=21)
DUE, ONCE_APPROVED = "15.00", (PlanStatus.APPROVED, PlanStatus.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Owing:
    """Who owes the report of a week, until when; `person_id` is None without an account.

    `away` holds the days of leave from its Monday to three weeks after.
    """

    employee_id: int
    person_id: int | None
    name: str
    unit_id: int
    week: date
    due_at: datetime
    away: frozenset[date]


def plan_year(week: date) -> int:
    """The year to whose plan a week belongs: that of its Thursday (ISO)."""
    return week.isocalendar().year


def due_hour(city: City) -> time:
    """At which hour a week is due on its last working day (`performance.weekly_due`)."""
    return hour_of(city, "performance.weekly_due", DUE)


def hour_of(city: City, key: str, default: str) -> time:
    """An hour of the city's data, `15.00`."""
    hour, _, minute = city.fact(key, default).replace(":", ".").partition(".")
    return time(int(hour), int(minute or 0))


async def expected(
    session: AsyncSession, city: City, week: date, employee_ids: Collection[int] | None = None
) -> list[Owing]:
    """Who must report that week (its Monday), of these employees or of all, by name: two queries."""
    return (await expected_weeks(session, city, [week], employee_ids))[week]


async def expected_weeks(
    session: AsyncSession, city: City, weeks: Sequence[date], employee_ids: Collection[int] | None = None
) -> dict[date, list[Owing]]:
    """The same of several weeks, still two queries."""
    found: dict[date, list[Owing]] = {week: [] for week in weeks}
    if not weeks or (employee_ids is not None and not employee_ids):
        return found
    years = {plan_year(week) for week in weeks}
    planned = await _planned(session, years, employee_ids)
    ids = None if employee_ids is None else sorted({employee.id for employee, _year, _since in planned})
    away = await chain.on_leave(session, ids, min(weeks), max(weeks) + AFTERWARDS)
    for week in weeks:
        usual = due_at(week, city.calendar, due_hour(city))
        for employee, year, since in planned:
            days = frozenset(day for day in away.get(employee.id, ()) if week <= day <= week + AFTERWARDS)
            due = usual if not days else due_at(week, city.calendar, due_hour(city), days)
            if year == plan_year(week) and due is not None and since <= due and _serves(city, employee, due):
                owing = Owing(employee.id, employee.person_id, employee.name, employee.unit_id, week, due, days)
                found[week].append(owing)
    return found


def _serves(city: City, employee: Employee, due: datetime) -> bool:
    """Whether the employee is on the roster on the day when it is due."""
    last = city.calendar.local_day(due)
    return (employee.valid_from or last) <= last <= (employee.valid_to or last)


async def _planned(
    session: AsyncSession, years: Collection[int], employee_ids: Collection[int] | None
) -> list[tuple[Employee, int, datetime]]:
    """Employees by name, the year, and since when they have an approved plan for it."""
    whose: ColumnElement[bool] = WorkPlan.employee_id.is_not(None)
    if employee_ids is not None:
        whose = WorkPlan.employee_id.in_(employee_ids)
    approved = (
        select(WorkPlan.employee_id, WorkPlan.year, func.min(WorkPlan.approved_at).label("since"))
        .where(whose, WorkPlan.year.in_(years), WorkPlan.status.in_(ONCE_APPROVED), WorkPlan.approved_at.is_not(None))
        .group_by(WorkPlan.employee_id, WorkPlan.year)
        .subquery()
    )
    statement = (
        select(Employee, approved.c.year, approved.c.since)
        .join(approved, approved.c.employee_id == Employee.id)
        .order_by(Employee.name, Employee.id)
    )
    return [(employee, year, since) for employee, year, since in await session.execute(statement)]


async def report(session: AsyncSession, employee_id: int, week: date) -> WeeklyReport | None:
    """One employee's report of a week."""
    return (await reports(session, week, [employee_id])).get(employee_id)


async def reports(
    session: AsyncSession, week: date, employee_ids: Collection[int] | None = None
) -> dict[int, WeeklyReport]:
    """The reports of a week by employee, of these or of all: one query."""
    statement = select(WeeklyReport).where(WeeklyReport.week == week).order_by(WeeklyReport.id)
    if employee_ids is not None:
        statement = statement.where(WeeklyReport.employee_id.in_(employee_ids))
    return {row.employee_id: row for row in await session.scalars(statement)}


async def missing(
    session: AsyncSession, city: City, week: date, employee_ids: Collection[int] | None = None
) -> list[Owing]:
    """Who owes that week and has not reported, by name: three queries. One returned has been reported."""
    owing = await expected(session, city, week, employee_ids)
    there = await reports(session, week, employee_ids)
    return [one for one in owing if one.employee_id not in there]


async def missing_weeks(session: AsyncSession, city: City, employee_id: int, now: datetime) -> list[Owing]:
    """The weeks of this quarter that are over and not reported, the oldest first (the running one once it is due)."""
    today = city.today(now)
    weeks = weeks_between(first_open_week(today), week_of(today))
    owed = await expected_weeks(session, city, weeks, [employee_id])
    statement = select(WeeklyReport.week).where(WeeklyReport.employee_id == employee_id, WeeklyReport.week.in_(weeks))
    there = set(await session.scalars(statement))
    return [one for week in weeks for one in owed[week] if week not in there and one.due_at <= now]


async def due_of(session: AsyncSession, city: City, employee_id: int, week: date) -> datetime | None:
    """When this week is or was due for one employee by the calendar and the own leave; None: it is not owed."""
    away = await chain.on_leave(session, [employee_id], week, week + _DAYS)
    return due_at(week, city.calendar, due_hour(city), away.get(employee_id, frozenset()))


def working_days(city: City, week: date) -> list[date]:
    """The working days of a week."""
    return days_of(week, city.calendar)
