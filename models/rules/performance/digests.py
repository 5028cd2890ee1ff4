"""When a superior's digest of the team is due, and whether there is enough in it to be sent (our design).

Only on working days in office hours, not to whoever is away that day. On the first working day of a week it is the
weekly one, which always comes to whoever wants it; on the others the daily one, which comes only with something new.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from models.errors import Refusal
from models.rules.performance.weeks import days_of, week_of
from models.rules.working_time import WorkCalendar


class DigestKind(StrEnum):
    """Which of the two a day brings."""

    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a superior wants: the daily one, the weekly one, and at which hour (local)."""

    daily: bool = True
    weekly: bool = True
    hour: int = 8


def kind_on(day: date, calendar: WorkCalendar, wish: Wish) -> DigestKind | None:
    """Which digest a day brings; None on a day off and where it is not wanted."""
    if not calendar.is_working_day(day):
        return None
    if wish.weekly and day == days_of(week_of(day), calendar)[0]:
        return DigestKind.WEEKLY
    return DigestKind.DAILY if wish.daily else None


def moment_on(day: date, calendar: WorkCalendar, hour: int, *, quiet: bool = True) -> datetime:
    """From when on it may be sent on a working day, in UTC; an hour outside of the office's is its opening."""
    wished = datetime.combine(day, time(hour), calendar.zone).astimezone(UTC)
    if not quiet:
        return wished
    moment = calendar.next_office_moment(wished)
    return moment if calendar.local_day(moment) == day else calendar.opens(day)


def is_due(now: datetime, calendar: WorkCalendar, wish: Wish, *, quiet: bool = True) -> DigestKind | None:
    """The digest that is due now; after closing time it is over for that day. `quiet`: only in office hours."""
    day = calendar.local_day(now)
    kind = kind_on(day, calendar, wish)
    if kind is None or now < moment_on(day, calendar, wish.hour, quiet=quiet):
        return None
    return None if quiet and calendar.next_office_moment(now) > now else kind


def is_told(kind: DigestKind, keys: Collection[str], before: Collection[str]) -> bool:
    """Whether it is sent: the weekly one always, the daily one with something that the last one did not say."""
    return kind is DigestKind.WEEKLY or bool(set(keys) - set(before))


def require_hour(hour: int, calendar: WorkCalendar, day: date) -> int:
    """An hour of the office; refused with `no_such_choice`."""
    if hour not in hours(calendar, day):
        raise Refusal("no_such_choice")
    return hour


def hours(calendar: WorkCalendar, day: date) -> list[int]:
    """The hours that can be chosen: those in which the office of the nearest working day is open."""
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    opens, closes = (at.astimezone(calendar.zone) for at in (calendar.opens(day), calendar.closes(day)))
    return list(range(opens.hour + bool(opens.minute), closes.hour))
