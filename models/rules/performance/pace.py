"""Where an indicator should stand on a day, and whether it does (design).

The yearly target is split over four quarters: for SUM each quarter's own amount (together the year's), for LAST the
level at the end of the quarter, for MEAN the level within it. Inside a quarter the line is straight over working
days: a week of holidays puts nobody behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from models.rules.performance.achievement import Polarity, Target, achievement
from models.rules.performance.aggregation import Aggregation
from models.rules.working_time import WorkCalendar

QUARTERS = 4
#: What is due in each quarter; None where nothing is (before somebody came, or not yet set).
Split = Sequence[Target | None]
_NOTHING = Target(Decimal(0), Decimal(0))
_ONE_DAY = timedelta(days=1)


class PaceStatus(StrEnum):
    """Against the pace of the target: on it, below it, far below, nothing reported, nothing due yet."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    BEHIND = "behind"
    NO_DATA = "no_data"
    NOT_DUE = "not_due"


class YearPoint(NamedTuple):
    """A day within its year: how many quarters are over (0-3) and the share of the present one that is (0-1)."""

    quarter: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class PaceLimits:
    """Per cent of the pace from which an indicator is on track, and from which it is only at risk: the city's data."""

    on_track: Decimal
    at_risk: Decimal


def quarter_days(year: int, quarter: int) -> tuple[date, date]:
    """The first and the last day of a quarter, counted from 0."""
    first = date(year, quarter * 3 + 1, 1)
    following = date(year + 1, 1, 1) if quarter == QUARTERS - 1 else date(year, quarter * 3 + 4, 1)
    return first, following - _ONE_DAY


def year_point(day: date, calendar: WorkCalendar) -> YearPoint:
    """The day as a point of its year; `day` itself is over. Computed once for all indicators of a sweep."""
    quarter = (day.month - 1) // 3
    first, last = quarter_days(day.year, quarter)
    whole = len(calendar.working_days(first, last))
    over = len(calendar.working_days(first, day))
    return YearPoint(quarter, Decimal(over) / whole if whole else Decimal(1))


def expected_at(
    aggregation: Aggregation, polarity: Polarity, split: Split, point: YearPoint, baseline: Decimal | None = None
) -> Target | None:
    """What should be reached at that point; None while nothing is due.

    SUM adds up the quarters; a ceiling (LOWER, the high end of RANGE) counts in full from the first day of its
    quarter, for time does not use it up. LAST goes from the level before (at first the baseline) to the quarter's
    level; yes or no is due at the end of its quarter only. MEAN is the mean of the levels so far.
    """
    if aggregation is Aggregation.SUM:
        return _sum(polarity, split, point)
    if aggregation is Aggregation.MEAN:
        return _mean(split, point)
    return _level(polarity, split, point, baseline)


def pace_percent(polarity: Polarity, value: Decimal, expected: Target) -> Decimal | None:
    """The value as per cent of the pace; None where the pace is still zero and more is better."""
    if polarity is Polarity.HIGHER and expected.low <= 0:
        return None
    return achievement(polarity, value, *expected)


def pace_status(polarity: Polarity, value: Decimal | None, expected: Target | None, limits: PaceLimits) -> PaceStatus:
    """Whether a value keeps the pace."""
    if expected is None or (polarity is Polarity.HIGHER and expected.high <= 0):
        return PaceStatus.NOT_DUE
    if value is None:
        return PaceStatus.NO_DATA
    percent = pace_percent(polarity, value, expected)
    if percent is None or percent >= limits.on_track:
        return PaceStatus.ON_TRACK
    return PaceStatus.AT_RISK if percent >= limits.at_risk else PaceStatus.BEHIND


def _sum(polarity: Polarity, split: Split, point: YearPoint) -> Target | None:
    due = split[: point.quarter + 1]
    if not any(due):
        return None
    over, present = [part or _NOTHING for part in due[:-1]], due[-1] or _NOTHING
    low = present.low * (1 if polarity is Polarity.LOWER else point.share)
    high = present.high * (point.share if polarity is Polarity.HIGHER else 1)
    return Target(low + sum(part.low for part in over), high + sum(part.high for part in over))


def _mean(split: Split, point: YearPoint) -> Target | None:
    weighted = [(part, Decimal(1)) for part in split[: point.quarter]] + [(split[point.quarter], point.share)]
    present = [(part, weight) for part, weight in weighted if part is not None]
    if not present:
        return None
    total = sum((weight for _, weight in present), Decimal(0))
    if not total:
        return present[-1][0]
    low = sum((part.low * weight for part, weight in present), Decimal(0)) / total
    high = sum((part.high * weight for part, weight in present), Decimal(0)) / total
    return Target(low, high)


def _level(polarity: Polarity, split: Split, point: YearPoint, baseline: Decimal | None) -> Target | None:
    before = next((part for part in reversed(split[: point.quarter]) if part is not None), None)
    present = split[point.quarter]
    if present is None or (polarity is Polarity.YES_NO and point.share < 1):
        return before
    if before is None:
        before = present if baseline is None else Target.of(max(baseline, Decimal(0)))
    return Target(_between(before.low, present.low, point.share), _between(before.high, present.high, point.share))


def _between(start: Decimal, end: Decimal, share: Decimal) -> Decimal:
    return start + (end - start) * share
