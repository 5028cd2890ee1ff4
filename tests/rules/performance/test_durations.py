"""Working time from the complete file to the finished document, and the figures of many."""

from __future__ import annotations

import statistics
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.performance.durations import (
    figures,
    is_on_time,
    median,
    percentile,
    standard_minutes,
    working_minutes,
)
from models.rules.working_time import WorkCalendar

WIB = ZoneInfo("Asia/Jakarta")
START = datetime(2026, 1, 1, tzinfo=WIB)
moments = st.integers(0, 200 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


@pytest.mark.parametrize(
    ("complete", "finished", "minutes"),
    [
        ("2026-11-24 09:00", "2026-11-24 10:30", 90),
        ("2026-11-24 09:00", "2026-11-24 09:00", 0),
        ("2026-11-24 10:00", "2026-11-24 09:00", 0),  # finished before it was complete
        ("2026-11-24 15:00", "2026-11-25 09:00", 120),  # a night is nothing
        ("2026-11-24 06:00", "2026-11-24 09:00", 60),  # the door opens at eight
        ("2026-11-24 17:00", "2026-11-24 22:00", 0),
        ("2026-11-27 11:00", "2026-11-27 14:00", 60),  # Friday prayer
        ("2026-11-27 15:00", "2026-11-30 09:00", 120),  # a weekend
        ("2026-12-23 15:00", "2026-12-28 08:30", 90),  # cuti bersama and Christmas
        ("2026-11-28 09:00", "2026-11-29 12:00", 0),
        ("2026-11-24 08:00", "2026-11-26 16:00", 3 * 480),
    ],
)
def test_working_minutes(calendar: WorkCalendar, complete: str, finished: str, minutes: int) -> None:
    assert working_minutes(wib(complete), wib(finished), calendar) == minutes


@given(moments, moments, moments)
def test_parts_add_up(calendar: WorkCalendar, one: datetime, two: datetime, three: datetime) -> None:
    first, middle, last = sorted((one, two, three))
    whole = working_minutes(first, last, calendar)
    assert whole == working_minutes(first, middle, calendar) + working_minutes(middle, last, calendar)
    assert 0 <= whole <= (last - first) // timedelta(minutes=1)


@pytest.mark.parametrize(
    ("complete", "days", "minutes"),
    [
        ("2026-11-24 10:00", 1, 360 + 480),  # to the closing of the next working day
        ("2026-11-24 10:00", 0, 360),
        ("2026-11-28 10:00", 1, 480),  # complete on a Saturday
        ("2026-12-23 15:00", 1, 60 + 480),
    ],
)
def test_a_standard_in_working_days(calendar: WorkCalendar, complete: str, days: int, minutes: int) -> None:
    assert standard_minutes(calendar, wib(complete), days) == minutes


@pytest.mark.parametrize(("minutes", "standard", "expected"), [(60, 60, True), (61, 60, False), (61, None, None)])
def test_on_time(minutes: int, standard: int | None, expected: bool | None) -> None:
    assert is_on_time(minutes, standard) is expected


@pytest.mark.parametrize(
    ("values", "middle", "ninetieth"),
    [
        ([], None, None),
        ([7], "7", 7),
        ([1, 2], "1.5", 2),
        ([3, 1, 2], "2", 3),
        (list(range(1, 11)), "5.5", 9),  # nine of ten take at most 9
        (list(range(1, 12)), "6", 10),
    ],
)
def test_median_and_p90(values: list[int], middle: str | None, ninetieth: int | None) -> None:
    assert median(values) == (None if middle is None else Decimal(middle))
    assert percentile(values, 90) == ninetieth


@given(st.lists(st.integers(0, 5000), min_size=1), st.integers(1, 100))
def test_against_the_definition(values: list[int], percent: int) -> None:
    found = percentile(values, percent)
    assert found is not None
    assert 100 * sum(value <= found for value in values) >= percent * len(values)
    assert 100 * sum(value < found for value in values) < percent * len(values)
    assert median(values) == Decimal(str(statistics.median(values)))


def test_figures() -> None:
    found = figures([(60, True), (120, False), (30, None), (90, True)])
    assert (found.n, found.median, found.p90, found.on_time, found.measured) == (4, 75, 120, 2, 3)
    assert found.on_time_share == Decimal(200) / 3
    assert figures([]).on_time_share is None
    assert figures([(5, None)]).on_time_share is None
