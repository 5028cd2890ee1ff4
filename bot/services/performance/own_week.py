"""One employee's week as it is reported: every line of the plan with its last value, its pace, the records' value."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.acting import Acting
from bot.services.city import City
from bot.services.performance import facts, in_force, values, weekly
from bot.services.performance.in_force import InForce, Line
from bot.services.performance.values import Stand
from models.attachment import Attachment
from models.errors import Refusal
from models.performance.indicator import Indicator, IndicatorFact
from models.performance.progress import COUNTED, WeeklyEntry, WeeklyReport
from models.rules.performance.pace import YearPoint, year_point
from models.rules.performance.reporting import WeekStatus, guesses, is_open
from models.rules.performance.weeks import is_monotonous, week_of

WEEK = timedelta(weeks=1)
_DAYS = timedelta(days=4)
#: How often "same as last week" in a row is flagged where the city does not say (`performance.same_weeks`).
SAME_WEEKS = "3"


@dataclass(frozen=True, slots=True)
class Reporting(Acting):
    """Who reports or checks, and when: the first argument of what is done to weekly reports."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of the plan in one week: what stood there before, what is due, what is reported already.

    `last` is the newest value of an earlier week, of the week `last_week`; `streak` counts how often it was only taken
    over. `system` is what the records give. `files` counts the evidence of `entry`.
    """

    line: Line
    code: str | None
    stand: Stand
    last: Decimal | None = None
    last_week: date | None = None
    streak: int = 0
    system: Decimal | None = None
    entry: WeeklyEntry | None = None
    files: int = 0

    @property
    def guesses(self) -> list[Decimal]:
        """The values that are offered as buttons."""
        item, due = self.line.item, self.stand.due
        target = due.low if due is not None and due.low == due.low.to_integral_value() else item.low
        return guesses(item.aggregation, item.polarity, item.measure_unit, self.last, self.system, target)


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """A week of one employee: when it is due (None: not owed), its lines, and the report if there is one."""

    employee_id: int
    week: date
    due_at: datetime | None
    plan: InForce
    asked: tuple[Asked, ...]
    report: WeeklyReport | None = None
    same_weeks: int = 3

    def of(self, line_id: int) -> Asked | None:
        """One line."""
        return next((one for one in self.asked if one.line.id == line_id), None)

    @property
    def missing(self) -> list[Asked]:
        """The lines without a value."""
        return [one for one in self.asked if one.entry is None]

    def is_monotonous(self, streak: int) -> bool:
        """Whether the same value was taken over so often that it is flagged."""
        return is_monotonous(streak, self.same_weeks)


async def of(by: Reporting, week: date) -> OwnWeek:
    """The own week; refused with `no_plan_in_force` or `week_closed`. One given back stays open until then."""
    own = await if_planned(by, week)
    returned = own is not None and own.report is not None and own.report.status is WeekStatus.RETURNED
    if not returned and not is_open(week, by.today):
        raise Refusal("week_closed")
    return own or _no_plan()


async def if_planned(by: Reporting, week: date) -> OwnWeek | None:
    """The own week, None without a plan in force for it."""
    return (await of_employees(by, [by.employee_id], week)).get(by.employee_id)


def _no_plan() -> OwnWeek:
    raise Refusal("no_plan_in_force")


async def of_employees(by: Reporting, employee_ids: Collection[int], week: date) -> dict[int, OwnWeek]:
    """The week of several employees with a plan in force, in a fixed number of queries."""
    session, city = by.session, by.city
    plans = await in_force.of(session, employee_ids, weekly.plan_year(week))
    lines = [line for plan in plans.values() for line in plan.lines]
    past = await _past(session, [line.id for line in lines], week)
    codes = await indicator_codes(session, lines)
    known = await facts.latest_facts(session, sorted(codes), min(by.today, week + WEEK))
    reports = await weekly.reports(session, week, plans)
    entries = await entries_of(session, [report.id for report in reports.values()])
    files = await count_files(session, [entry.id for found in entries.values() for entry in found])
    owed = {one.employee_id: one for one in await weekly.expected(session, city, week, list(plans))}
    point = year_point(_last_day(week, by.today), city.calendar)
    same = int(city.fact("performance.same_weeks", SAME_WEEKS))
    found = {}
    for employee_id, plan in plans.items():
        report = reports.get(employee_id)
        there = {entry.line_id: entry for entry in entries.get(report.id, ())} if report is not None else {}
        asked = tuple(
            _asked(city, line, past.get(line.id, ()), week, point, codes, known, there.get(line.id), files)
            for line in plan.lines
        )
        owing = owed.get(employee_id)
        due = owing.due_at if owing is not None else None
        found[employee_id] = OwnWeek(employee_id, week, due, plan, asked, report, same)
    return found


def _last_day(week: date, today: date) -> date:
    """The day of the plan's year on which the week stands: its Friday, or today where that is still to come."""
    year = weekly.plan_year(week)
    return max(min(week + _DAYS, max(today, week), date(year, 12, 31)), date(year, 1, 1))


@dataclass(frozen=True, slots=True)
class _Past:
    week: date
    value: Decimal
    streak: int
    counted: bool


def _asked(
    city: City,
    line: Line,
    past: Sequence[_Past],
    week: date,
    point: YearPoint,
    codes: Mapping[int, str],
    known: Mapping[int, IndicatorFact],
    entry: WeeklyEntry | None,
    files: Mapping[int, int],
) -> Asked:
    before = next((one for one in reversed(past) if one.week < week), None)
    counted = [(one.week, one.value) for one in past if one.counted]
    limits, since = values.pace_limits(city.facts), values.first_week(weekly.plan_year(week))
    number = line.item.indicator_id or 0
    fact = known.get(number)
    return Asked(
        line=line,
        code=codes.get(number),
        stand=values.stand(line, counted, week + _DAYS, point, limits, since),
        last=before.value if before is not None else None,
        last_week=before.week if before is not None else None,
        streak=before.streak if before is not None else 0,
        system=fact.value if fact is not None else None,
        entry=entry,
        files=files.get(entry.id, 0) if entry is not None else 0,
    )


async def _past(session: AsyncSession, line_ids: Collection[int], week: date) -> dict[int, list[_Past]]:
    """What was reported for the lines from the year's first week to this one, in order."""
    statement = (
        select(WeeklyEntry.line_id, WeeklyReport.week, WeeklyEntry.value, WeeklyEntry.streak, WeeklyReport.status)
        .join(WeeklyReport, WeeklyReport.id == WeeklyEntry.report_id)
        .where(
            WeeklyEntry.line_id.in_(line_ids),
            WeeklyReport.week >= values.first_week(weekly.plan_year(week)),
            WeeklyReport.week <= week,
        )
        .order_by(WeeklyReport.week, WeeklyEntry.id)
    )
    found: dict[int, list[_Past]] = {}
    for line_id, monday, value, streak, status in await session.execute(statement):
        found.setdefault(line_id, []).append(_Past(monday, value, streak, status in COUNTED))
    return found


async def indicator_codes(session: AsyncSession, lines: Collection[Line]) -> dict[int, str]:
    """The codes of the indicators that lines are tied to, by id."""
    ids = {line.item.indicator_id for line in lines if line.item.indicator_id is not None}
    rows = await session.execute(select(Indicator.id, Indicator.code).where(Indicator.id.in_(ids)))
    return {number: code for number, code in rows}


async def entries_of(session: AsyncSession, report_ids: Collection[int]) -> dict[int, list[WeeklyEntry]]:
    """The entries of reports, by report."""
    statement = select(WeeklyEntry).where(WeeklyEntry.report_id.in_(report_ids)).order_by(WeeklyEntry.id)
    found: dict[int, list[WeeklyEntry]] = {}
    for entry in await session.scalars(statement):
        found.setdefault(entry.report_id, []).append(entry)
    return found


async def count_files(session: AsyncSession, entry_ids: Collection[int]) -> dict[int, int]:
    """How many files of evidence hang on each entry."""
    statement = (
        select(Attachment.entry_id, func.count())
        .where(Attachment.entry_id.in_(entry_ids))
        .group_by(Attachment.entry_id)
    )
    return {number: count for number, count in await session.execute(statement) if number is not None}


async def usual_week(by: Reporting) -> date:
    """Which week a report is most likely about: the running one; in its first days last week, if that is missing."""
    running = week_of(by.today)
    owed = await weekly.expected_weeks(by.session, by.city, [running - WEEK, running], [by.employee_id])
    now_due = next((one.due_at for one in owed[running]), None)
    is_last_day = now_due is None or by.city.today(now_due) <= by.today
    if not owed[running - WEEK] or (is_last_day and now_due is not None):
        return running
    before = await weekly.report(by.session, by.employee_id, running - WEEK)
    return running if before is not None else running - WEEK
