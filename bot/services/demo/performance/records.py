"""Months of applications at the counters of the civil registry: quick ones, slow moves, some that are still open."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from bot.services.performance.records import counter
from models.employee import Employee
from models.organisation import Service, Unit
from models.performance.service_record import RecordSource, ServiceRecord
from models.rules.performance.durations import is_on_time, working_minutes

SEED = 1784
DAYS_BACK = 160
UNIT = "disdukcapil"
#: Service → how many applications a working day brings (of ten), and the usual hours until it is done.
SERVICES = {
    "ktp-rekam": (34, 3.0),
    "ktp-ganti": (18, 3.5),
    "ktp-ubah": (11, 3.5),
    "kk": (26, 4.5),
    "akta-lahir": (16, 4.0),
    "akta-mati": (7, 3.5),
    "akta-kawin": (2, 5.0),
    "akta-cerai": (1, 5.0),
    "kia": (13, 2.5),
    "pindah": (9, 14.0),
    "datang": (6, 12.0),
    "biodata": (5, 4.0),
    "ikd": (9, 0.6),
}
#: Of a hundred: those that take three times as long, those whose file is complete only days later.
SLOW, INCOMPLETE = 12, 8


async def tell_records(session: AsyncSession, city: City, now: datetime) -> None:
    """Insert them; the numbers go on as the counter gives them."""
    dice = random.Random(SEED)
    unit = await session.scalar(select(Unit.id).where(Unit.code == UNIT))
    staff = list(await session.scalars(select(Employee.id).where(Employee.unit_id == unit).order_by(Employee.id)))
    known = {service.code: service for service in city.services.values()}
    rows: list[dict[str, Any]] = []
    for code in SERVICES:
        if code in known and staff:
            rows += _Counter(city, dice, known[code], staff, now).rows()
    if rows:
        await session.execute(insert(ServiceRecord), rows)


class _Counter:
    """One service's applications, day after day."""

    def __init__(self, city: City, dice: random.Random, service: Service, staff: list[int], now: datetime) -> None:
        self.city, self.dice, self.service, self.staff, self.now = city, dice, service, staff, now
        self.often, self.usual = SERVICES[service.code]
        self.given: dict[int, int] = {}

    def rows(self) -> Iterator[dict[str, Any]]:
        """From the oldest day to today."""
        today, calendar = self.city.today(self.now), self.city.calendar
        for day in calendar.working_days(today - timedelta(days=DAYS_BACK), today):
            many, tenth = divmod(self.often, 10)
            for _ in range(many + (self.dice.randint(1, 10) <= tenth)):
                at = calendar.opens(day) + timedelta(minutes=self.dice.randint(0, 400))
                if at < self.now:
                    yield self._row(calendar.next_office_moment(at))

    def _row(self, at: datetime) -> dict[str, Any]:
        complete: datetime | None = at
        if self.dice.randint(1, 100) <= INCOMPLETE:
            complete = self._later(at, self.dice.uniform(20, 70))
        hours = max(0.1, self.dice.gauss(self.usual, self.usual / 3)) * (3 if self.dice.randint(1, 100) <= SLOW else 1)
        finished = None if complete is None else self._working_later(complete, hours)
        year = self.city.today(at).year
        self.given[year] = self.given.get(year, 0) + 1
        return {
            "service_id": self.service.id,
            "unit_id": self.city.successor(self.service.unit_id).id,
            "number": f"{self.service.code.upper()}-{year}-{self.given[year]:05d}",
            "received_at": at,
            "complete_at": complete,
            "source": RecordSource.COUNTER,
            "touched_at": finished or complete or at,
            "recorded_by_id": self.dice.choice(self.staff),
            "demo": True,
            "version": 1,
            **self._measured(complete, finished),
        }

    def _measured(self, complete: datetime | None, finished: datetime | None) -> dict[str, Any]:
        if complete is None or finished is None:
            return dict.fromkeys(("finished_at", "finished_on", "minutes", "on_time"))
        minutes = working_minutes(complete, finished, self.city.calendar)
        limit = counter.standard(self.city, self.service.id, complete)
        return {
            "finished_at": finished,
            "finished_on": self.city.today(finished),
            "minutes": minutes,
            "on_time": is_on_time(minutes, limit),
        }

    def _later(self, at: datetime, hours: float) -> datetime | None:
        """An office moment so many hours later; None while that is not over."""
        moment = self.city.calendar.next_office_moment(at + timedelta(hours=hours))
        return moment if moment < self.now else None

    def _working_later(self, at: datetime, hours: float) -> datetime | None:
        """So many working hours later; None while that is not over."""
        calendar, left = self.city.calendar, timedelta(hours=hours)
        moment = calendar.next_office_moment(at)
        while True:
            day = calendar.local_day(moment)
            for opens, closes in calendar.openings(day):
                begin = max(moment, opens)
                if begin < closes and begin + left <= closes:
                    return begin + left if begin + left < self.now else None
                left -= max(closes - begin, timedelta())
            moment = calendar.opens(calendar.add_working_days(day, 1))
            if moment > self.now:
                return None
