"""Until when the city must have answered.

Source: SP4N-LAPOR limits in working days, UU 25/2009 with 60 calendar days; whichever comes first holds.
Day 0 is the day of receipt in the city's zone; a limit ends when the office closes on its last day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.rules.working_time import WorkCalendar


@dataclass(frozen=True, slots=True)
class Limits:
    """Working days by name, the statute's calendar days, the share of time that brings a warning."""

    working_days: Mapping[str, int]
    statutory_days: int
    warn_percent: int


@dataclass(frozen=True, slots=True)
class Due:
    """A promise: kept until `at`; `statutory_on` is the law's last calendar day, which no pause moves."""

    at: datetime
    statutory_on: date


def due(kind: str, received: datetime, calendar: WorkCalendar, limits: Limits) -> Due:
    """The promise for a `kind` of `limits.working_days` whose clock starts at `received`."""
    day = calendar.local_day(received)
    statutory_on = day + timedelta(days=limits.statutory_days)
    last_day = calendar.add_working_days(day, limits.working_days[kind])
    return Due(_earlier(last_day, statutory_on, calendar), statutory_on)


def extend(promise: Due, paused: datetime, resumed: datetime, calendar: WorkCalendar) -> Due:
    """The promise after a pause: working days that began in it are added back; the statute stays."""
    lost = calendar.working_days_between(calendar.local_day(paused), calendar.local_day(resumed))
    last_day = calendar.add_working_days(calendar.local_day(promise.at), lost)
    return Due(_earlier(last_day, promise.statutory_on, calendar), promise.statutory_on)


def warning_at(received: datetime, at: datetime, calendar: WorkCalendar, limits: Limits) -> datetime:
    """When to warn: the office opens on the working day that completes `warn_percent` of the time until `at`.

    At the earliest on the first working day after receipt, at the latest on the last day.
    """
    day = calendar.local_day(received)
    days = calendar.working_days_between(day, calendar.local_day(at))
    share = max(1, days * limits.warn_percent // 100)
    return min(at, calendar.opens(calendar.add_working_days(day, share)))


def _earlier(last_day: date, statutory_on: date, calendar: WorkCalendar) -> datetime:
    return calendar.closes(min(last_day, calendar.last_working_day(statutory_on)))
