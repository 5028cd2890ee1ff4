"""The reporting week, its due time and its reminders: domain section 8, rules 28 and 30."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.performance.weeks import (
    Reminder,
    ReminderPlan,
    days_of,
    due_at,
    is_late,
    is_monotonous,
    reminder_now,
    reminders,
    same_in_a_row,
    week_name,
    week_of,
    weeks_between,
)
from models.rules.working_time import WorkCalendar

WIB = ZoneInfo("Asia/Jakarta")
THREE = time(15)
PLAN = ReminderPlan(minutes_before=(240, 60), days_after=(1, 3), hour_after=time(9))
WEEK = date(2026, 11, 23)
weeks = st.dates(date(2025, 1, 6), date(2027, 11, 1)).map(week_of)


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


@pytest.mark.parametrize(
    ("day", "week", "name"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), "2026-W48"),
        (date(2026, 11, 27), date(2026, 11, 23), "2026-W48"),
        (date(2026, 11, 29), date(2026, 11, 23), "2026-W48"),  # Sunday ends it
        (date(2027, 1, 1), date(2026, 12, 28), "2026-W53"),
        (date(2025, 12, 29), date(2025, 12, 29), "2026-W01"),
    ],
)
def test_week_of_a_day(day: date, week: date, name: str) -> None:
    assert week_of(day) == week
    assert week_name(week) == name


def test_weeks_between() -> None:
    assert weeks_between(date(2026, 11, 22), date(2026, 11, 30)) == [date(2026, 11, day) for day in (16, 23, 30)]
    assert weeks_between(WEEK, WEEK) == [WEEK]


@pytest.mark.parametrize(
    ("week", "leave", "due"),
    [
        (date(2026, 11, 23), (), "2026-11-27 15:00"),
        (date(2026, 12, 21), (), "2026-12-23 15:00"),  # Thursday cuti bersama, Friday Christmas
        (date(2026, 3, 16), (), "2026-03-17 15:00"),  # Nyepi and Idul Fitri from Wednesday on
        (date(2025, 3, 31), (), None),  # Idul Fitri: no working day at all
        # Leave: the person's own last day; none: nothing is due.
        (date(2026, 11, 23), (date(2026, 11, 27),), "2026-11-26 15:00"),
        (date(2026, 11, 23), (date(2026, 11, 24),), "2026-11-27 15:00"),
        (date(2026, 11, 23), tuple(date(2026, 11, day) for day in range(23, 28)), None),
    ],
)
def test_due_on_the_last_working_day(
    calendar: WorkCalendar, week: date, leave: tuple[date, ...], due: str | None
) -> None:
    found = due_at(week, calendar, THREE, leave)
    assert found == (None if due is None else wib(due))
    assert found is None or found.tzinfo is UTC
    assert (found is None) is (not days_of(week, calendar, leave))


@pytest.mark.parametrize(
    ("reported", "late"),
    [("2026-11-27 14:59", False), ("2026-11-27 15:00", False), ("2026-11-27 15:01", True), ("2026-12-01 08:00", True)],
)
def test_rule_28_late_after_it_was_due(calendar: WorkCalendar, reported: str, late: bool) -> None:
    assert is_late(wib(reported), due_at(WEEK, calendar, THREE)) is late


def test_rule_28_what_was_never_due_is_never_late() -> None:
    assert not is_late(wib("2025-04-10 08:00"), None)


@pytest.mark.parametrize(
    ("week", "leave", "expected"),
    [
        # Friday: 11.00 is before prayer, 14.00 after; then Monday and Wednesday at nine.
        (
            WEEK,
            (),
            [(-240, "2026-11-27 11:00"), (-60, "2026-11-27 14:00"), (1, "2026-11-30 09:00"), (3, "2026-12-02 09:00")],
        ),
        # Before Christmas; afterwards over the holidays and the weekend.
        (
            date(2026, 12, 21),
            (),
            [(-240, "2026-12-23 11:00"), (-60, "2026-12-23 14:00"), (1, "2026-12-28 09:00"), (3, "2026-12-30 09:00")],
        ),
        # Away on Friday and Monday.
        (
            WEEK,
            (date(2026, 11, 27), date(2026, 11, 30)),
            [(-240, "2026-11-26 11:00"), (-60, "2026-11-26 14:00"), (1, "2026-12-01 09:00"), (3, "2026-12-03 09:00")],
        ),
        (date(2025, 3, 31), (), []),
    ],
)
def test_rule_30_reminders(
    calendar: WorkCalendar, week: date, leave: tuple[date, ...], expected: list[tuple[int, str]]
) -> None:
    found = reminders(week, calendar, THREE, PLAN, leave)
    assert found == [Reminder(stage, wib(at)) for stage, at in expected]


@pytest.mark.parametrize(
    ("minutes", "at"),
    [
        (180, "2026-11-27 13:30"),  # 12.00 is prayer
        (600, "2026-11-27 08:00"),  # 05.00 is night
        (24 * 60, "2026-11-26 15:00"),
        (30 * 24 * 60, None),  # a day of leave
    ],
)
def test_rule_30_before_moves_into_office_hours(calendar: WorkCalendar, minutes: int, at: str | None) -> None:
    plan = ReminderPlan((minutes,), (), time(9))
    leave = () if at else (date(2026, 10, 28),)
    found = reminders(WEEK, calendar, THREE, plan, leave)
    assert found == ([Reminder(-minutes, wib(at))] if at else [])


@pytest.mark.parametrize(("hour", "at"), [(time(5), "08:00"), (time(18), "08:00"), (time(12), "12:00")])
def test_rule_30_after_stays_on_its_day(calendar: WorkCalendar, hour: time, at: str) -> None:
    found = reminders(WEEK, calendar, THREE, ReminderPlan((), (1,), hour))
    assert found == [Reminder(1, wib(f"2026-11-30 {at}"))]


@given(
    weeks,
    st.sets(st.integers(-7, 20)),
    st.lists(st.integers(1, 3000), max_size=3),
    st.lists(st.integers(1, 6), max_size=3),
    st.times(),
)
def test_rule_30_never_on_a_day_off_never_at_night_never_on_leave(
    calendar: WorkCalendar, week: date, away: set[int], before: list[int], after: list[int], hour: time
) -> None:
    leave = {week + timedelta(days=day) for day in away}
    for reminder in reminders(week, calendar, THREE, ReminderPlan(tuple(before), tuple(after), hour), leave):
        day = calendar.local_day(reminder.at)
        assert calendar.is_working_day(day)
        assert day not in leave
        assert calendar.next_office_moment(reminder.at) == reminder.at


@pytest.mark.parametrize(
    ("now", "reported", "stage"),
    [
        ("2026-11-27 10:59", False, None),
        ("2026-11-27 11:00", False, -240),
        ("2026-11-27 14:30", False, -60),
        ("2026-11-27 14:30", True, None),
        ("2026-12-09 09:00", False, 3),  # after days of silence of ours, one reminder, not four
    ],
)
def test_rule_30_only_who_has_not_reported(calendar: WorkCalendar, now: str, reported: bool, stage: int | None) -> None:
    planned = reminders(WEEK, calendar, THREE, PLAN)
    found = reminder_now(planned, wib(now), reported)
    assert (found and found.stage) == stage


@pytest.mark.parametrize(
    ("values", "repeats", "flagged"),
    [
        ("", 0, False),
        ("3", 0, False),
        ("3 3", 1, False),
        ("3 3 3", 2, False),
        ("3 3 3 3", 3, True),
        ("3 3 3 3 3", 4, True),
        ("3 3 3 3 4", 0, False),
        ("5 3 3.0", 1, False),
    ],
)
def test_the_same_again(values: str, repeats: int, flagged: bool) -> None:
    found = same_in_a_row([Decimal(value) for value in values.split()])
    assert found == repeats
    assert is_monotonous(found, 3) is flagged
