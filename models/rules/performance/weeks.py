"""The reporting week: Monday to Friday of the ISO week in the city's zone, named by its Monday (domain section 8).

It is due on its last working day at a set hour; a week without one needs no report. Days of leave are no working days
of that person: whoever is away on Friday owes the week on Thursday, and is never reminded on such a day (rule 30).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from models.rules.working_time import WorkCalendar

_WEEKDAYS = 5
_ONE_DAY = timedelta(days=1)
_NOWHERE: Collection[date] = frozenset()


class Reminder(NamedTuple):
    """One reminder of a week: `stage` names it (`-120` minutes before, `1` working day after), `at` in UTC."""

    stage: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ReminderPlan:
    """When to remind, as the city's data: so many minutes before it is due, so many working days after, at an hour."""

    minutes_before: tuple[int, ...]
    days_after: tuple[int, ...]
    hour_after: time


def week_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - _ONE_DAY * day.weekday()


def week_name(week: date) -> str:
    """The ISO name of a week, which sorts by time: `2026-W48`."""
    year, number, _ = week.isocalendar()
    return f"{year}-W{number:02d}"


def weeks_between(first: date, last: date) -> list[date]:
    """The Mondays of the weeks that lie in, or begin or end within, two days."""
    count = (week_of(last) - week_of(first)).days // 7 + 1
    return [week_of(first) + timedelta(weeks=step) for step in range(count)]


def days_of(week: date, calendar: WorkCalendar, leave: Collection[date] = _NOWHERE) -> list[date]:
    """The working days of a week, Monday to Friday, on which one is not on leave."""
    days = calendar.working_days(week, week + _ONE_DAY * (_WEEKDAYS - 1))
    return [day for day in days if day not in leave]


def due_at(week: date, calendar: WorkCalendar, hour: time, leave: Collection[date] = _NOWHERE) -> datetime | None:
    """When the report of a week is due, in UTC; None: no report is needed."""
    days = days_of(week, calendar, leave)
    return _at(days[-1], hour, calendar) if days else None


def is_late(reported_at: datetime, due: datetime | None) -> bool:
    """Whether a report came after it was due; what was never due is never late."""
    return due is not None and reported_at > due


def reminders(
    week: date, calendar: WorkCalendar, hour: time, plan: ReminderPlan, leave: Collection[date] = _NOWHERE
) -> list[Reminder]:
    """The reminders of a week in order of time, each at a moment when the office is open and nobody prays.

    One before the due time that falls out of office hours moves to the next such moment, and is left out where that
    is no longer before or a day of leave. `leave` has to hold the days after the week, too.
    """
    due = due_at(week, calendar, hour, leave)
    if due is None:
        return []
    wished = [(-minutes, due - timedelta(minutes=minutes)) for minutes in plan.minutes_before]
    before = [Reminder(stage, calendar.next_office_moment(at)) for stage, at in wished]
    after = [_after(due, days, calendar, plan.hour_after, leave) for days in plan.days_after]
    kept = [reminder for reminder in before if reminder.at < due and calendar.local_day(reminder.at) not in leave]
    return sorted([*kept, *after], key=lambda reminder: reminder.at)


def reminder_now(planned: Iterable[Reminder], now: datetime, reported: bool) -> Reminder | None:
    """The newest reminder whose time has come, only for who has not reported; those before it are passed over."""
    if reported:
        return None
    return max((reminder for reminder in planned if reminder.at <= now), key=lambda it: it.at, default=None)


def same_in_a_row(values: Sequence[Decimal]) -> int:
    """How many of the newest values, oldest first, repeat the one before: 0 after a change or with one value."""
    repeats = 0
    for before, after in pairwise(values):
        repeats = repeats + 1 if after == before else 0
    return repeats


def is_monotonous(repeats: int, most: int) -> bool:
    """Whether "same as last week" was said so often that it is flagged: with `most` 3, at the third time."""
    return repeats >= most


def _after(due: datetime, days: int, calendar: WorkCalendar, hour: time, leave: Collection[date]) -> Reminder:
    day, left = calendar.local_day(due), days
    while left:
        day = calendar.add_working_days(day, 1)
        left -= day not in leave
    return Reminder(days, _office_moment(_at(day, hour, calendar), day, calendar))


def _office_moment(at: datetime, day: date, calendar: WorkCalendar) -> datetime:
    """An hour of a working day, moved into that day's office hours where it lies outside."""
    moved = calendar.next_office_moment(at)
    return moved if calendar.local_day(moved) == day else calendar.next_office_moment(calendar.opens(day))


def _at(day: date, hour: time, calendar: WorkCalendar) -> datetime:
    return datetime.combine(day, hour, calendar.zone).astimezone(UTC)
