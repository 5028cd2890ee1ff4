"""Until when: domain rules 10 and 11, the statute, pauses and warnings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.deadlines import Due, Limits, due, extend, warning_at
from models.rules.working_time import WorkCalendar

WIB = ZoneInfo("Asia/Jakarta")

LIMITS = Limits(
    working_days={"verification": 3, "information": 5, "complaint": 14, "inspection": 60, "auto_close": 10},
    statutory_days=60,
    warn_percent=80,
)
moments = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


@pytest.mark.parametrize(
    ("kind", "received", "expected"),
    [
        ("verification", "2026-03-17T09:00", "2026-03-27T16:00"),  # rule 11
        ("information", "2026-03-17T09:00", "2026-03-31T16:00"),
        ("complaint", "2026-03-17T09:00", "2026-04-14T16:00"),
        ("auto_close", "2026-03-17T09:00", "2026-04-08T16:00"),
        ("verification", "2026-11-24T23:30", "2026-11-27T16:00"),  # the WIB day, still Tuesday in the city
        ("verification", "2026-11-25T00:10", "2026-11-30T16:00"),
        ("verification", "2026-11-21T10:00", "2026-11-25T16:00"),  # received on a Saturday
        # 60 working days end after 60 calendar days: 2026-05-16, a Saturday after two days off.
        ("inspection", "2026-03-17T09:00", "2026-05-13T16:00"),
    ],
)
def test_due(calendar: WorkCalendar, kind: str, received: str, expected: str) -> None:
    assert due(kind, wib(received), calendar, LIMITS).at == wib(expected)


#: The table of limits as the city's data has it.
SP4N = Limits(
    {"verify": 3, "react": 5, "information": 5, "aspiration": 5, "complaint": 14, "complaint_inspection": 60}, 60, 80
)


@pytest.mark.parametrize(
    ("kind", "days"),
    [("verify", 3), ("react", 5), ("information", 5), ("aspiration", 5), ("complaint", 14)],
)
def test_rule_10_each_step_has_its_working_days(calendar: WorkCalendar, kind: str, days: int) -> None:
    received = wib("2026-03-17T09:00")
    last_day = calendar.local_day(due(kind, received, calendar, SP4N).at)
    assert calendar.working_days_between(calendar.local_day(received), last_day) == days


def test_rule_10_an_inspection_has_60_working_days_but_the_statute_of_60_calendar_days_comes_first(
    calendar: WorkCalendar,
) -> None:
    received = wib("2026-03-17T09:00")
    promise = due("complaint_inspection", received, calendar, SP4N)
    assert calendar.add_working_days(calendar.local_day(received), 60) == date(2026, 6, 26)
    assert (promise.at, promise.statutory_on) == (wib("2026-05-13T16:00"), date(2026, 5, 16))
    later = due("complaint_inspection", received, calendar, replace(SP4N, statutory_days=120))
    assert later.at == wib("2026-06-26T16:00")


def test_rule_11_a_report_of_17_march_2026_is_verified_by_27_march(calendar: WorkCalendar) -> None:
    assert due("verify", wib("2026-03-17T09:00"), calendar, SP4N).at == wib("2026-03-27T16:00")


def test_the_statutory_day_is_a_calendar_day(calendar: WorkCalendar) -> None:
    assert due("complaint", wib("2026-03-17T09:00"), calendar, LIMITS).statutory_on == date(2026, 5, 16)


@given(st.sampled_from(sorted(LIMITS.working_days)), moments)
def test_a_limit_ends_at_closing_time_of_a_working_day(calendar: WorkCalendar, kind: str, received: datetime) -> None:
    promise = due(kind, received, calendar, LIMITS)
    last_day = calendar.local_day(promise.at)
    assert promise.at == calendar.closes(last_day)
    assert calendar.is_working_day(last_day)
    assert last_day <= promise.statutory_on


@pytest.mark.parametrize(
    ("paused", "resumed", "expected"),
    [
        ("2026-11-25T09:00", "2026-11-25T15:00", "2026-12-14T16:00"),  # the same day costs nothing
        ("2026-11-25T09:00", "2026-11-26T08:00", "2026-12-15T16:00"),
        ("2026-11-27T09:00", "2026-11-30T08:00", "2026-12-15T16:00"),  # a weekend is one working day
        ("2026-11-25T09:00", "2026-12-03T08:00", "2026-12-22T16:00"),  # six working days
        ("2026-11-25T09:00", "2027-03-01T08:00", "2027-01-22T16:00"),  # never past the statute
    ],
)
def test_a_pause_is_added_back(calendar: WorkCalendar, paused: str, resumed: str, expected: str) -> None:
    promise = due("complaint", wib("2026-11-24T09:00"), calendar, LIMITS)
    assert promise == Due(wib("2026-12-14T16:00"), date(2027, 1, 23))
    assert extend(promise, wib(paused), wib(resumed), calendar).at == wib(expected)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("verification", "2026-11-26T08:00"),  # 2 of 3 days
        ("information", "2026-11-30T08:00"),  # 4 of 5
        ("complaint", "2026-12-09T08:00"),  # 11 of 14
    ],
)
def test_warning(calendar: WorkCalendar, kind: str, expected: str) -> None:
    received = wib("2026-11-24T09:00")
    promise = due(kind, received, calendar, LIMITS)
    assert warning_at(received, promise.at, calendar, LIMITS) == wib(expected)


def test_a_limit_of_one_day_warns_on_that_day(calendar: WorkCalendar) -> None:
    limits = Limits({"answer": 1}, 60, 80)
    received = datetime(2026, 11, 24, 9, tzinfo=WIB)
    promise = due("answer", received, calendar, limits)
    assert warning_at(received, promise.at, calendar, limits) == wib("2026-11-25T08:00")


@given(st.sampled_from(sorted(LIMITS.working_days)), moments)
def test_the_warning_comes_between_receipt_and_end(calendar: WorkCalendar, kind: str, received: datetime) -> None:
    promise = due(kind, received, calendar, LIMITS)
    assert received < warning_at(received, promise.at, calendar, LIMITS) < promise.at
