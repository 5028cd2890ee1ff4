"""How the year goes: one clock walks from day to day, and everybody does what the dice say."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select

from bot.db import Database
from bot.services.city import know
from bot.services.performance import checking, reporting, weekly_reminders
from bot.services.performance.evaluation import opening, rating
from bot.services.performance.evaluation.judging import Judging
from bot.services.performance.own_week import Reporting
from bot.services.performance.reporting import Given
from models.performance.evaluation import Evaluation
from models.performance.progress import WeeklyReport
from models.rules.performance.predicate import Rating
from models.rules.performance.reporting import WeekStatus, is_open
from models.rules.permissions import Presser
from tests.year.calendar import at, days_of, is_worked
from tests.year.people import FIRST, WEEKS, Staff, transfer

#: What somebody does with a week, of a hundred: on the own last day, the Monday after, never.
HABITS = (("in_time", 78), ("late", 14), ("never", 8))
#: From this day of the month on superiors rate: the last weeks of the quarter are corrected by then.
RATED_FROM = 14
QUARTER_ENDS = (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31))


@dataclass(slots=True)
class YearCourse:
    """The walk, and what it did, as the test remembers it."""

    db: Database
    staff: Staff
    dice: random.Random
    #: (employee, week) → when it was first reported.
    reported: dict[tuple[int, date], datetime] = field(default_factory=dict)
    #: (employee, week, line) → what it says in the end.
    said: dict[tuple[int, date, int], Decimal] = field(default_factory=dict)
    #: report → who checked it on which day.
    checked: list[tuple[int, int, date]] = field(default_factory=list)
    returned: int = 0
    corrected: set[tuple[int, date]] = field(default_factory=set)
    evaluated: dict[tuple[int, int], int] = field(default_factory=dict)

    async def walk(self) -> None:
        """Fifty-two weeks, and the first days of the next year."""
        habits = {}
        for number in range(WEEKS):
            week = FIRST + timedelta(weeks=number)
            await self._transfers(week)
            for member in self.staff.members:
                habits[member, week] = self.dice.choices(*zip(*HABITS, strict=True))[0]
            for offset in range(7):
                await self._day(week + timedelta(days=offset), week, habits)
        for number in range(2):
            week = FIRST + timedelta(weeks=WEEKS + number)
            for offset in range(7):
                await self._day(week + timedelta(days=offset), week, habits)

    async def _day(self, day: date, week: date, habits: dict[tuple[int, date], str]) -> None:
        if not is_worked(day):
            return
        before = week - timedelta(weeks=1)
        await self._evaluations(day)
        await self._remind(at(day, 9, 5))
        if day == next(iter(days_of(week)), None):
            for member in self.staff.members:
                if habits.get((member, before)) == "late" and days_of(before):
                    await self._report(member, before, at(day, 10))
        await self._remind(at(day, 13, 35))
        for member in self.staff.members:
            own = days_of(week, self.staff.away.get(member, set()))
            if own and own[-1] == day and habits.get((member, week)) == "in_time":
                await self._report(member, week, at(day, 14))
        await self._remind(at(day, 14, 35))
        if day.weekday() in (1, 3):
            await self._check(at(day, 15, 30))

    async def _transfers(self, week: date) -> None:
        if (week - FIRST).days % 56 == 28:
            member = self.dice.choice(self.staff.members)
            head = self.dice.choice([one for one in self.staff.heads if one != self.staff.superior(member, week)])
            async with self.db.begin() as session:
                await transfer(session, self.staff, member, head, week)

    async def _remind(self, now: datetime) -> None:
        async with self.db.begin() as session:
            await weekly_reminders.remind(session, await know(session, now), now)

    async def _report(self, member: int, week: date, now: datetime) -> None:
        first, second, third = self.staff.lines[member]
        values = {
            first: Decimal(self.dice.randint(0, 18)),
            second: Decimal(self.dice.randint(600, 1000)) / 10,
            third: Decimal(self.dice.randint(200, 900)) / 100,
        }
        if self.dice.random() < 0.1:
            values.pop(third)
        await self._send(member, week, values, now)
        self.reported.setdefault((member, week), now)

    async def _send(self, member: int, week: date, values: dict[int, Decimal], now: datetime, why: str = "") -> None:
        async with self.db.begin() as session:
            presser = Presser(self.staff.person_of[member], member)
            by = Reporting(session, await know(session, now), presser, now)
            await reporting.send(by, week, {line: Given(value) for line, value in values.items()}, why or None)
        self.said.update({(member, week, line): value for line, value in values.items()})

    async def _check(self, now: datetime) -> None:
        """Whoever leads that day checks what waits; one in twelve goes back, and is sent anew at once."""
        day = now.astimezone(at(FIRST, 0).tzinfo).date()
        async with self.db.read() as session:
            waiting = select(WeeklyReport).where(WeeklyReport.status == WeekStatus.REPORTED).order_by(WeeklyReport.id)
            rows = [(row.id, row.employee_id, row.week, row.version) for row in await session.scalars(waiting)]
        for report, member, week, version in rows:
            who = self.dice.choice(sorted(self.staff.may_check(member, day)))
            back = self.dice.random() < 1 / 12
            async with self.db.begin() as session:
                by = Reporting(session, await know(session, now), Presser(self.staff.person_of[who], who), now)
                if back:
                    await checking.give_back(by, report, version, "Mohon dilengkapi")
                else:
                    await checking.verify(by, report, version)
            self.checked.append((report, who, day))
            if back:
                self.returned += 1
                await self._change(member, week, now + timedelta(minutes=20))
            elif self.dice.random() < 0.05 and is_open(week, day):
                await self._change(member, week, now + timedelta(minutes=20), "Salah hitung")

    async def _change(self, member: int, week: date, now: datetime, why: str = "") -> None:
        line = self.staff.lines[member][0]
        await self._send(member, week, {line: self.said[member, week, line] + 1}, now, why)
        self.corrected.add((member, week))

    async def _evaluations(self, day: date) -> None:
        """When a quarter is over it is opened for everybody; a fortnight later, rated by who led on its last day."""
        now = at(day, 9)
        async with self.db.begin() as session:
            by = Judging(session, await know(session, now), Presser(0), now)
            await opening.open_due(by)
        if day.month % 3 != 1 or day.day < RATED_FROM:
            return
        async with self.db.read() as session:
            rows = await session.scalars(select(Evaluation).where(Evaluation.rated_at.is_(None)))
            waiting = [(row.id, row.employee_id, row.quarter, row.appraiser_id) for row in rows]
        for number, member, quarter, appraiser in waiting:
            assert appraiser is not None
            async with self.db.begin() as session:
                by = Judging(
                    session, await know(session, now), Presser(self.staff.person_of[appraiser], appraiser), now
                )
                await rating.rate(by, number, rating.Judgement(Rating.MEETS, Rating.MEETS, "Sesuai rencana"))
            self.evaluated[member, quarter] = appraiser
