"""How long a service took, in working time, and what many such times say (domain section 6: the clock starts with
the complete file)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from models.rules.working_time import WorkCalendar

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class DurationFigures:
    """Of `n` finished applications: minutes in the middle, of nine in ten, and how many of `measured` were in time."""

    n: int
    median: Decimal | None
    p90: int | None
    on_time: int
    measured: int

    @property
    def on_time_share(self) -> Decimal | None:
        """In per cent, exact; None where nothing has a standard to be measured by."""
        return Decimal(100) * self.on_time / self.measured if self.measured else None


def working_minutes(complete_at: datetime, finished_at: datetime, calendar: WorkCalendar) -> int:
    """Whole minutes between two moments in which the office is open (not at night, on a day off, during prayer).

    0 where it was finished before it was complete, or outside office hours in between.
    """
    if finished_at <= complete_at:
        return 0
    first, last = calendar.local_day(complete_at), calendar.local_day(finished_at)
    open_time = timedelta()
    for day in calendar.working_days(first, last):
        for opens, closes in calendar.openings(day):
            open_time += max(min(closes, finished_at) - max(opens, complete_at), timedelta())
    return open_time // _MINUTE


def standard_minutes(calendar: WorkCalendar, complete_at: datetime, days: int) -> int:
    """The working minutes of a standard in working days: to the closing of the last of them, counted from the file."""
    last = calendar.add_working_days(calendar.local_day(complete_at), days)
    return working_minutes(complete_at, calendar.closes(calendar.last_working_day(last)), calendar)


def is_on_time(minutes: int, standard: int | None) -> bool | None:
    """Whether it kept the standard; None without one."""
    return None if standard is None else minutes <= standard


def median(values: Sequence[int]) -> Decimal | None:
    """The middle one, or the mean of the two in the middle; None of nothing."""
    ranked = sorted(values)
    if not ranked:
        return None
    half = len(ranked) // 2
    return Decimal(ranked[half]) if len(ranked) % 2 else Decimal(ranked[half - 1] + ranked[half]) / 2


def percentile(values: Sequence[int], percent: int) -> int | None:
    """Nearest rank: the smallest value that so many per cent do not exceed; None of nothing."""
    ranked = sorted(values)
    return ranked[max(-(-len(ranked) * percent // 100), 1) - 1] if ranked else None


def figures(finished: Iterable[tuple[int, bool | None]]) -> DurationFigures:
    """The figures of (minutes, on time) of finished applications."""
    rows = list(finished)
    minutes = [row[0] for row in rows]
    verdicts = [row[1] for row in rows if row[1] is not None]
    return DurationFigures(len(rows), median(minutes), percentile(minutes, 90), sum(verdicts), len(verdicts))
