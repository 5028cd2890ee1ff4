"""Working days and office hours of the city, in its own zone.

Source: Perpres 21/2023 (Monday to Friday); holidays and cuti bersama are days off; no notice is pushed out of
office hours or during the Friday prayer (domain section 8). All hours are the city's data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

#: Opening and closing time of one day, local.
Hours = tuple[time, time]

_FRIDAY = 4
_ONE_DAY = timedelta(days=1)
_HOURS = re.compile(r"(\d{1,2})[.:](\d{2})\s*[-–]\s*(\d{1,2})[.:](\d{2})")


def parse_hours(text: str) -> Hours | None:
    """`08.00-16.00` as two times, empty text as closed; ValueError if it is neither."""
    if not text.strip():
        return None
    match = _HOURS.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    opens, closes = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
    if opens >= closes:
        raise ValueError(text)
    return opens, closes


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """When the city works: `hours` from Monday to Sunday (None is closed), `prayer` the break on Fridays."""

    days_off: frozenset[date]
    hours: tuple[Hours | None, ...]
    prayer: Hours | None
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if len(self.hours) != 7 or not any(self.hours):
            raise ValueError("seven days, at least one of them open")

    def local_day(self, moment: datetime) -> date:
        """The city's date at that moment: 23.30 WIB belongs to its own day, not to the UTC day."""
        return moment.astimezone(self.zone).date()

    def is_working_day(self, day: date) -> bool:
        """Neither a closed weekday nor a holiday nor cuti bersama."""
        return self.hours[day.weekday()] is not None and day not in self.days_off

    def working_days(self, first: date, last: date) -> list[date]:
        """The working days from `first` to `last`, both included; none if `last` is earlier."""
        count = (last - first).days + 1
        return [day for day in (first + _ONE_DAY * step for step in range(count)) if self.is_working_day(day)]

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days after `start` are over when `end` ends: the inverse of `add_working_days`."""
        return len(self.working_days(start + _ONE_DAY, end))

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which itself is day 0; `count` 0 gives `day`."""
        following = self._working_days_after(day)
        for _ in range(count):
            day = next(following)
        return day

    def last_working_day(self, day: date) -> date:
        """`day`, or the nearest working day before it."""
        while not self.is_working_day(day):
            day -= _ONE_DAY
        return day

    def opens(self, day: date) -> datetime:
        """Opening time of a working day, in UTC."""
        return self._at(day, self._hours(day)[0])

    def closes(self, day: date) -> datetime:
        """Closing time of a working day, in UTC."""
        return self._at(day, self._hours(day)[1])

    def next_office_moment(self, now: datetime) -> datetime:
        """`now` if the office is open and nobody prays, else the next such moment, in UTC."""
        today = self.local_day(now)
        for day in (today, self.add_working_days(today, 1)):
            for opens, closes in self.openings(day):
                if now < closes:
                    return max(now, opens).astimezone(UTC)
        raise AssertionError("a working day has an opening")

    def openings(self, day: date) -> list[tuple[datetime, datetime]]:
        """From when to when the office is open on a day, in UTC: nothing on a day off, two parts around a prayer."""
        if not self.is_working_day(day):
            return []
        opens, closes = self.opens(day), self.closes(day)
        if day.weekday() != _FRIDAY or self.prayer is None:
            return [(opens, closes)]
        begin, end = (self._at(day, at) for at in self.prayer)
        return [part for part in ((opens, begin), (end, closes)) if part[0] < part[1]]

    def _working_days_after(self, day: date) -> Iterator[date]:
        while True:
            day += _ONE_DAY
            if self.is_working_day(day):
                yield day

    def _hours(self, day: date) -> Hours:
        hours = self.hours[day.weekday()]
        if hours is None:
            raise ValueError(f"{day} is closed")
        return hours

    def _at(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)
