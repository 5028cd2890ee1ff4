"""The weeks of the demo's civil servants since January, for every plan in force: some late, some missing, some stuck.

Of the last week a part is still missing and the rest waits for its superior; the running week is open for everybody
who has a phone on the page. The verifier never misses one and is above every target: somebody with a phone is to be
recognised.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from bot.services.demo.people import PERSONAS
from bot.services.performance import chain, in_force, values, weekly
from bot.services.performance.in_force import InForce, Line
from bot.services.performance.weekly import Owing
from models.employee import Employee
from models.performance.progress import WeeklyEntry, WeeklyEvent, WeeklyReport
from models.person import Person
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.reporting import WeekStatus
from models.rules.performance.weeks import week_of, weeks_between
from models.rules.permissions import Role

_WEEK = timedelta(weeks=1)
#: In a hundred weeks: so many are missing, late, and of the last week missing.
MISSING, LATE, LAST_MISSING, STUCK, GIVEN_BACK = 4, 7, 30, 6, 6
WEEKS_A_YEAR = 48
#: How good somebody is: from, to, and who is to be recognised.
SKILL, EXEMPLARY = (0.72, 1.15), 1.15
#: What stood in the way, in the words of the city.
OBSTACLES = (
    "Listrik padam dua hari, layanan tertunda",
    "Suku cadang belum datang dari pemasok",
    "Dua pegawai cuti bersamaan",
    "Jaringan pusat lambat sejak Rabu",
    "Berkas pemohon banyak yang kurang lengkap",
)
RETURNED = "Mohon lampirkan buktinya untuk butir pertama."


@dataclass(frozen=True, slots=True)
class _Teller:
    """What every week of the story is made with: how good somebody is decides about the numbers."""

    dice: random.Random
    city: City
    now: datetime
    superiors: Mapping[int, int | None]
    skill: Mapping[int, float]

    @property
    def running(self) -> date:
        """The Monday of this week."""
        return week_of(self.city.today(self.now))


async def tell_weeks(session: AsyncSession, city: City, now: datetime) -> None:
    """Insert them. Nobody is told: what the demo invents sends no notices."""
    today, dice = city.today(now), random.Random(52)
    running = week_of(today)
    plans = await in_force.of_everyone(session, weekly.plan_year(running))
    exemplary = await _exemplary(session)
    skill = {each: EXEMPLARY if each == exemplary else dice.uniform(*SKILL) for each in plans}
    teller = _Teller(dice, city, now, await chain.superiors(session, list(plans), today), skill)
    weeks = weeks_between(values.first_week(weekly.plan_year(running)), running - _WEEK)
    for week, owed in (await weekly.expected_weeks(session, city, weeks, list(plans))).items():
        chance = LAST_MISSING if week == running - _WEEK else MISSING
        told = [
            (one, _report(teller, one)) for one in owed if dice.randrange(100) >= chance or one.employee_id == exemplary
        ]
        session.add_all(report for _one, report in told)
        await session.flush()
        for one, report in told:
            session.add_all(_rows(teller, plans[one.employee_id], report))
    await session.flush()


async def _exemplary(session: AsyncSession) -> int | None:
    number = next(one.telegram_id for one in PERSONAS if one.role is Role.VERIFIER)
    statement = select(Employee.id).join(Person, Person.id == Employee.person_id).where(Person.telegram_id == number)
    return (await session.scalars(statement)).one_or_none()


def _report(teller: _Teller, one: Owing) -> WeeklyReport:
    """When it came and what became of it: the older ones are accepted, the last ones wait."""
    late = teller.dice.randrange(100) < LATE
    hours = teller.dice.uniform(17, 30) if late else -teller.dice.uniform(0.2, 5)
    at = one.due_at + timedelta(hours=hours)
    superior = teller.superiors.get(one.employee_id)
    report = WeeklyReport(
        employee_id=one.employee_id,
        week=one.week,
        due_at=one.due_at,
        status=WeekStatus.REPORTED,
        late=late,
        reported_at=min(at, teller.now),
        demo=True,
    )
    if superior is not None and one.week < teller.running - _WEEK:
        report.status, report.decided_by_id = WeekStatus.VERIFIED, superior
        report.decided_at = min(at + timedelta(hours=teller.dice.uniform(1, 60)), teller.now)
    elif superior is not None and teller.dice.randrange(100) < GIVEN_BACK:
        report.status, report.decided_by_id, report.decided_at = WeekStatus.RETURNED, superior, teller.now
    return report


def _rows(teller: _Teller, plan: InForce, report: WeeklyReport) -> Sequence[WeeklyEntry | WeeklyEvent]:
    entries = [_entry(teller, line, report) for line in plan.lines]
    new = {str(entry.line_id): {"old": None, "new": {"value": f"{entry.value:f}"}} for entry in entries}
    steps: list[tuple[WeekStatus, datetime, str | None, dict[str, Any]]]
    steps = [(WeekStatus.REPORTED, report.reported_at, None, new)]
    if report.status is not WeekStatus.REPORTED:
        words = RETURNED if report.status is WeekStatus.RETURNED else None
        steps.append((report.status, report.decided_at or teller.now, words, {}))
    events = [
        WeeklyEvent(
            report_id=report.id,
            at=at,
            status_before=WeekStatus.REPORTED,
            status_after=status,
            text=words,
            values=changed,
        )
        for status, at, words, changed in steps
    ]
    return [*entries, *events]


def _entry(teller: _Teller, line: Line, report: WeeklyReport) -> WeeklyEntry:
    stuck = teller.dice.randrange(100) < STUCK
    return WeeklyEntry(
        report_id=report.id,
        line_id=line.id,
        value=_value(teller, line, report),
        obstacle=teller.dice.choice(OBSTACLES) if stuck else None,
        entered_at=report.reported_at,
    )


def _value(teller: _Teller, line: Line, report: WeeklyReport) -> Decimal:
    """A number that somebody of this skill would report in this week of the year."""
    item, dice = line.item, teller.dice
    skill, part = teller.skill[report.employee_id], report.week.isocalendar().week / WEEKS_A_YEAR
    target = float(item.high)
    if item.polarity is Polarity.YES_NO:
        return Decimal(int(part * skill > 0.7))
    if item.polarity is Polarity.LOWER:
        found = target * dice.uniform(0.8, 1.1) / skill
    elif item.aggregation is Aggregation.SUM:
        found = target / WEEKS_A_YEAR * skill * dice.uniform(0.4, 1.6)
    elif item.aggregation is Aggregation.LAST:
        found = target * min(0.8 + 0.2 * part, 1) * min(skill + 0.1, 1.05) * dice.uniform(0.98, 1.02)
    else:
        found = target * min(skill + 0.1, 1.08) * dice.uniform(0.94, 1.04)
    if item.aggregation is Aggregation.SUM and item.polarity is Polarity.LOWER:
        found /= WEEKS_A_YEAR
    whole = item.aggregation is Aggregation.SUM and item.low == item.low.to_integral_value()
    most = 100.0 if item.measure_unit == "%" else found
    return Decimal(str(round(min(found, most), 0 if whole else 1)))
