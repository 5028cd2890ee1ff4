"""Where an indicator should stand on a day, and whether it does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models.rules.performance.achievement import Polarity, Target
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.pace import (
    PaceLimits,
    PaceStatus,
    YearPoint,
    expected_at,
    pace_status,
    quarter_days,
    year_point,
)
from models.rules.working_time import WorkCalendar

D = Decimal
LIMITS = PaceLimits(on_track=D(95), at_risk=D(80))
START, HALF, END = D(0), D("0.5"), D(1)


def of(*levels: int | None) -> list[Target | None]:
    return [None if level is None else Target.of(D(level)) for level in levels]


def single(number: str) -> Target:
    return Target.of(D(number))


@pytest.mark.parametrize(
    ("year", "quarter", "first", "last"),
    [
        (2026, 0, date(2026, 1, 1), date(2026, 3, 31)),
        (2026, 1, date(2026, 4, 1), date(2026, 6, 30)),
        (2026, 3, date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_quarters(year: int, quarter: int, first: date, last: date) -> None:
    assert quarter_days(year, quarter) == (first, last)


@pytest.mark.parametrize(
    ("day", "quarter", "over"),
    [
        (date(2026, 1, 1), 0, 0),  # New Year is off
        (date(2026, 1, 2), 0, 1),
        (date(2026, 1, 4), 0, 1),  # Sunday
        (date(2026, 3, 17), 0, 50),
        (date(2026, 3, 24), 0, 50),  # Nyepi and Idul Fitri: no pace is lost
        (date(2026, 10, 1), 3, 1),
    ],
)
def test_the_line_runs_over_working_days(calendar: WorkCalendar, day: date, quarter: int, over: int) -> None:
    point = year_point(day, calendar)
    whole = len(calendar.working_days(*quarter_days(2026, quarter)))
    assert point == (quarter, D(over) / whole)


def test_the_last_day_of_a_quarter_completes_it(calendar: WorkCalendar) -> None:
    assert year_point(date(2026, 12, 31), calendar) == (3, 1)


@pytest.mark.parametrize(
    ("aggregation", "polarity", "split", "point", "expected"),
    [
        # SUM: the quarters add up, the present one by its share.
        ("sum", "higher", of(10, 20, 30, 40), (0, START), "0"),
        ("sum", "higher", of(10, 20, 30, 40), (0, HALF), "5"),
        ("sum", "higher", of(10, 20, 30, 40), (2, HALF), "45"),
        ("sum", "higher", of(10, 20, 30, 40), (3, END), "100"),
        ("sum", "higher", of(None, 20, None, 40), (2, HALF), "20"),
        # A ceiling is there from the first day of its quarter.
        ("sum", "lower", of(3, 3, 3, 3), (0, START), "3"),
        ("sum", "lower", of(3, 3, 3, 3), (1, HALF), "6"),
        # LAST: a straight line from level to level, at first flat.
        ("last", "higher", of(60, 70, 80, 90), (0, HALF), "60"),
        ("last", "higher", of(60, 70, 80, 90), (1, START), "60"),
        ("last", "higher", of(60, 70, 80, 90), (1, HALF), "65"),
        ("last", "higher", of(60, 70, 80, 90), (3, END), "90"),
        ("last", "lower", of(8, 6, 4, 4), (1, HALF), "7"),
        ("last", "higher", of(60, None, None, 90), (2, HALF), "60"),  # the level of before holds
        ("last", "higher", of(60, None, None, 90), (3, HALF), "75"),
        # Yes or no: at the end of its quarter.
        ("last", "yes_no", of(None, None, 1, None), (3, START), "1"),
        ("last", "yes_no", of(None, None, 1, None), (2, END), "1"),
        # MEAN: the mean of the levels so far.
        ("mean", "higher", of(80, 90, 90, 90), (0, START), "80"),
        ("mean", "higher", of(80, 90, 90, 90), (1, END), "85"),
        ("mean", "higher", of(80, 80, 80, 80), (2, HALF), "80"),
        ("mean", "higher", of(None, 80, 90, 90), (2, END), "85"),
    ],
)
def test_expected(
    aggregation: str, polarity: str, split: list[Target | None], point: tuple[int, Decimal], expected: str
) -> None:
    value = expected_at(Aggregation(aggregation), Polarity(polarity), split, YearPoint(*point))
    assert value == single(expected)


@pytest.mark.parametrize(
    ("aggregation", "polarity", "split", "point"),
    [
        ("sum", "higher", of(None, 5, 5, 5), (0, HALF)),
        ("mean", "higher", of(None, 5, 5, 5), (0, END)),
        ("last", "higher", of(None, 5, 5, 5), (0, HALF)),
        ("last", "yes_no", of(None, None, 1, None), (2, HALF)),
    ],
)
def test_nothing_due_yet(
    aggregation: str, polarity: str, split: list[Target | None], point: tuple[int, Decimal]
) -> None:
    assert expected_at(Aggregation(aggregation), Polarity(polarity), split, YearPoint(*point)) is None


@pytest.mark.parametrize(("baseline", "expected"), [("40", "50"), ("-10", "30")])
def test_the_baseline_is_where_a_level_starts(baseline: str, expected: str) -> None:
    point = YearPoint(0, HALF)
    value = expected_at(Aggregation.LAST, Polarity.HIGHER, of(60, 60, 60, 60), point, D(baseline))
    assert value == single(expected)


def test_a_range_has_a_floor_that_grows_and_a_ceiling_that_stands() -> None:
    split = [Target.of(D(10), D(20))] * 4
    assert expected_at(Aggregation.SUM, Polarity.RANGE, split, YearPoint(1, HALF)) == (15, 40)
    assert expected_at(Aggregation.SUM, Polarity.HIGHER, split, YearPoint(1, HALF)) == (15, 30)
    assert expected_at(Aggregation.LAST, Polarity.RANGE, split, YearPoint(1, HALF)) == (10, 20)


@pytest.mark.parametrize(
    ("polarity", "value", "expected", "status"),
    [
        ("higher", "95", "100", "on_track"),
        ("higher", "94.99", "100", "at_risk"),
        ("higher", "80", "100", "at_risk"),
        ("higher", "79.99", "100", "behind"),
        ("higher", "0", "0", "not_due"),  # the first day of the year
        ("lower", "3", "3", "on_track"),
        ("lower", "3.3", "3", "at_risk"),
        ("lower", "4", "3", "behind"),
        ("lower", "0", "0", "on_track"),
        ("lower", "1", "0", "behind"),
        ("range", "50", "50", "on_track"),
        ("range", "58", "50", "at_risk"),
        ("yes_no", "0", "1", "behind"),
    ],
)
def test_status(polarity: str, value: str, expected: str, status: str) -> None:
    assert pace_status(Polarity(polarity), D(value), single(expected), LIMITS) is PaceStatus(status)


def test_silence_is_not_failure() -> None:
    assert pace_status(Polarity.HIGHER, None, single("10"), LIMITS) is PaceStatus.NO_DATA
    assert pace_status(Polarity.HIGHER, None, None, LIMITS) is PaceStatus.NOT_DUE
    assert pace_status(Polarity.HIGHER, D(3), Target.of(D(0), D(4)), LIMITS) is PaceStatus.ON_TRACK
