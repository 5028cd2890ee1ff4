"""How a weekly report lives, until when a week can be reported, and which values are offered first (rules 28, 30)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from models.errors import Refusal
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.weeks import week_of

_WEEK = timedelta(weeks=1)


class WeekStatus(StrEnum):
    """Life of a weekly report: reported, then verified, or returned and reported anew."""

    REPORTED = "reported"
    VERIFIED = "verified"
    RETURNED = "returned"


#: What may follow a state. A correction makes it REPORTED again: the superior looks once more.
STEPS: dict[WeekStatus, tuple[WeekStatus, ...]] = {
    WeekStatus.REPORTED: (WeekStatus.REPORTED, WeekStatus.VERIFIED, WeekStatus.RETURNED),
    WeekStatus.RETURNED: (WeekStatus.REPORTED,),
    WeekStatus.VERIFIED: (WeekStatus.REPORTED, WeekStatus.RETURNED),
}
#: How many values are offered as buttons.
MOST_GUESSES = 6
_ONE, _FIVE, _HUNDRED = Decimal(1), Decimal(5), Decimal(100)
#: Offered for an amount of which nothing is known yet.
_FIRST_AMOUNTS = tuple(Decimal(number) for number in (0, 1, 2, 3, 5, 10))
#: Words for per cent as a unit.
_PER_CENT = frozenset({"%", "persen", "peratus"})
#: No week's work of one person is this large: a slip of the finger, or a number of something else.
LARGEST = Decimal(10) ** 9


def require_week_step(before: WeekStatus, after: WeekStatus) -> None:
    """Refuse with `week_not_now` what does not follow."""
    if after not in STEPS[before]:
        raise Refusal("week_not_now")


def quarter_start(day: date) -> date:
    """The first day of the quarter of a day."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def first_open_week(today: date) -> date:
    """The oldest week that can be reported or corrected: the quarter's first, in its first days the one before."""
    return min(week_of(quarter_start(today)), week_of(today) - _WEEK)


def is_open(week: date, today: date) -> bool:
    """Whether a week can be reported or corrected today: never one to come."""
    return week == week_of(week) and first_open_week(today) <= week <= week_of(today)


def require_value(polarity: Polarity, value: Decimal) -> Decimal:
    """The value; refused with `value_negative`, `value_too_large` or `value_yes_no`."""
    if value < 0:
        raise Refusal("value_negative")
    if value >= LARGEST:
        raise Refusal("value_too_large")
    if polarity is Polarity.YES_NO and value not in (0, 1):
        raise Refusal("value_yes_no")
    return value


def guesses(
    aggregation: Aggregation,
    polarity: Polarity,
    measure_unit: str,
    last: Decimal | None = None,
    system: Decimal | None = None,
    target: Decimal | None = None,
) -> list[Decimal]:
    """The values worth a button, the likeliest first: the system's, then around the last one."""
    if polarity is Polarity.YES_NO:
        return [_ONE, Decimal(0)]
    around: Iterable[Decimal | None]
    if last is None:
        around = _FIRST_AMOUNTS if aggregation is Aggregation.SUM else (target,)
    elif aggregation is Aggregation.SUM:
        around = (last, last + _ONE, last - _ONE, last + _FIVE, Decimal(0))
    else:
        around = (last, last + _ONE, last - _ONE, target)
    most = _HUNDRED if measure_unit.strip().casefold() in _PER_CENT else LARGEST
    kept = dict.fromkeys(value for value in (system, *around) if value is not None and 0 <= value <= most)
    return list(kept)[:MOST_GUESSES]
