"""Working days and office hours: the vectors of domain section 8."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.working_time import WorkCalendar, parse_hours

WIB = ZoneInfo("Asia/Jakarta")
OPEN = (time(8), time(16))

moments = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
days = st.dates(date(2025, 1, 1), date(2027, 6, 30))


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2026-03-17", 1, "2026-03-25"),  # Nyepi, Idul Fitri and cuti bersama
        ("2026-03-17", 3, "2026-03-27"),
        ("2026-03-17", 5, "2026-03-31"),
        ("2026-03-17", 10, "2026-04-08"),
        ("2026-03-17", 14, "2026-04-14"),
        ("2026-03-17", 60, "2026-06-26"),
        ("2026-05-13", 3, "2026-05-20"),
        ("2026-08-14", 5, "2026-08-24"),
        ("2026-12-23", 5, "2027-01-04"),
        ("2026-12-23", 14, "2027-01-18"),
        ("2026-11-21", 0, "2026-11-21"),  # day 0 may be a Saturday
        ("2026-11-21", 1, "2026-11-23"),
    ],
)
def test_add_working_days(calendar: WorkCalendar, start: str, count: int, expected: str) -> None:
    first, last = date.fromisoformat(start), date.fromisoformat(expected)
    assert calendar.add_working_days(first, count) == last
    assert calendar.working_days_between(first, last) == count


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-24", True),
        ("2026-11-21", False),  # Saturday
        ("2026-11-22", False),  # Sunday
        ("2026-12-25", False),  # a national holiday
        ("2026-12-24", False),  # cuti bersama
        ("2025-08-18", False),  # added by decree in the middle of the year
    ],
)
def test_is_working_day(calendar: WorkCalendar, day: str, works: bool) -> None:
    assert calendar.is_working_day(date.fromisoformat(day)) is works


@given(days, st.integers(0, 60))
def test_adding_and_counting_are_inverse(calendar: WorkCalendar, day: date, count: int) -> None:
    last = calendar.add_working_days(day, count)
    assert calendar.working_days_between(day, last) == count
    assert count == 0 or calendar.is_working_day(last)


def test_working_days_of_a_week(calendar: WorkCalendar) -> None:
    week = calendar.working_days(date(2026, 12, 21), date(2026, 12, 27))
    assert week == [date(2026, 12, 21), date(2026, 12, 22), date(2026, 12, 23)]
    assert calendar.working_days(date(2026, 12, 27), date(2026, 12, 21)) == []


def test_last_working_day(calendar: WorkCalendar) -> None:
    assert calendar.last_working_day(date(2026, 12, 27)) == date(2026, 12, 23)
    assert calendar.last_working_day(date(2026, 12, 23)) == date(2026, 12, 23)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-24T07:59", "2026-11-24T08:00"),  # Tuesday
        ("2026-11-24T08:00", "2026-11-24T08:00"),
        ("2026-11-24T15:59:59", "2026-11-24T15:59:59"),
        ("2026-11-24T16:00", "2026-11-25T08:00"),
        ("2026-11-24T12:00", "2026-11-24T12:00"),  # no prayer break on other days
        ("2026-11-27T11:29", "2026-11-27T11:29"),  # Friday
        ("2026-11-27T11:30", "2026-11-27T13:30"),
        ("2026-11-27T13:29", "2026-11-27T13:30"),
        ("2026-11-27T13:30", "2026-11-27T13:30"),
        ("2026-11-27T16:00", "2026-11-30T08:00"),
        ("2026-11-28T10:00", "2026-11-30T08:00"),  # Saturday
        ("2026-03-17T17:00", "2026-03-25T08:00"),  # before the long holiday
    ],
)
def test_next_office_moment(calendar: WorkCalendar, now: str, expected: str) -> None:
    assert calendar.next_office_moment(wib(now)) == wib(expected)


@given(moments)
def test_the_next_office_moment_is_open_and_not_earlier(calendar: WorkCalendar, now: datetime) -> None:
    moment = calendar.next_office_moment(now)
    local = moment.astimezone(WIB)
    assert moment >= now
    assert calendar.is_working_day(local.date())
    assert time(8) <= local.time() < time(16)
    assert local.weekday() != 4 or not time(11, 30) <= local.time() < time(13, 30)
    assert calendar.next_office_moment(moment) == moment


def test_the_day_is_the_city_s_day(calendar: WorkCalendar) -> None:
    late = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    assert calendar.local_day(late) == date(2026, 11, 24)
    assert calendar.local_day(late + timedelta(minutes=30)) == date(2026, 11, 25)


def test_opening_and_closing(calendar: WorkCalendar) -> None:
    assert calendar.opens(date(2026, 11, 24)) == wib("2026-11-24T08:00")
    assert calendar.closes(date(2026, 11, 24)) == wib("2026-11-24T16:00")
    with pytest.raises(ValueError, match="closed"):
        calendar.closes(date(2026, 11, 22))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("08.00-16.00", (time(8), time(16))),
        (" 7:30 – 16:30 ", (time(7, 30), time(16, 30))),
        ("", None),
    ],
)
def test_parse_hours(text: str, hours: tuple[time, time] | None) -> None:
    assert parse_hours(text) == hours


@pytest.mark.parametrize("text", ["pagi", "16.00-08.00", "08.00-25.00", "08.00"])
def test_hours_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_hours(text)


@pytest.mark.parametrize("hours", [(OPEN,) * 5, (None,) * 7])
def test_a_calendar_needs_a_week_with_an_open_day(hours: tuple[tuple[time, time] | None, ...]) -> None:
    with pytest.raises(ValueError, match="seven days"):
        WorkCalendar(frozenset(), hours, None, WIB)
