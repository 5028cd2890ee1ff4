"""When a digest is due and when it is told, as tables. Domain rule 30 (working days, office hours) and our design."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from models.errors import Refusal
from models.rules.performance.digests import DigestKind, Wish, hours, is_due, is_told, kind_on, moment_on, require_hour
from models.rules.working_time import WorkCalendar

ZONE = ZoneInfo("Asia/Jakarta")
WORK = (time(8), time(16))
#: Monday 16 November 2026 is a holiday here; Friday 20 has its prayer.
CALENDAR = WorkCalendar(
    days_off=frozenset({date(2026, 11, 16)}),
    hours=(WORK, WORK, WORK, WORK, WORK, None, None),
    prayer=(time(11, 30), time(13, 30)),
    zone=ZONE,
)
DAILY, WEEKLY = DigestKind.DAILY, DigestKind.WEEKLY
BOTH, ONLY_DAILY, ONLY_WEEKLY, NONE = Wish(), Wish(weekly=False), Wish(daily=False), Wish(False, False)


@pytest.mark.parametrize(
    ("day", "wish", "kind"),
    [
        (23, BOTH, WEEKLY),  # Monday
        (24, BOTH, DAILY),
        (27, BOTH, DAILY),  # Friday
        (28, BOTH, None),  # Saturday
        (29, BOTH, None),
        (16, BOTH, None),  # a holiday
        (17, BOTH, WEEKLY),  # the first working day of its week
        (18, BOTH, DAILY),
        (23, ONLY_DAILY, DAILY),
        (23, ONLY_WEEKLY, WEEKLY),
        (24, ONLY_WEEKLY, None),
        (23, NONE, None),
        (24, NONE, None),
    ],
)
def test_which_digest_a_day_brings(day: int, wish: Wish, kind: DigestKind | None) -> None:
    assert kind_on(date(2026, 11, day), CALENDAR, wish) is kind


@pytest.mark.parametrize(
    ("day", "clock", "hour", "quiet", "kind"),
    [
        (24, "07:59", 8, True, None),
        (24, "08:00", 8, True, DAILY),
        (24, "09:59", 10, True, None),
        (24, "10:00", 10, True, DAILY),
        (24, "15:59", 8, True, DAILY),  # the bot was away all morning
        (24, "16:00", 8, True, None),  # over for today
        (24, "21:00", 8, True, None),
        (24, "21:00", 8, False, DAILY),  # a city without quiet hours
        (24, "07:00", 5, True, None),
        (24, "08:00", 5, True, DAILY),  # an hour before opening is the opening
        (24, "08:00", 19, True, DAILY),  # one after closing, too
        (27, "12:00", 8, True, None),  # nobody is disturbed at prayer
        (27, "13:30", 8, True, DAILY),
        (27, "12:30", 12, True, None),
        (27, "13:30", 12, True, DAILY),
        (28, "10:00", 8, True, None),
        (28, "10:00", 8, False, None),  # a day off is a day off
        (16, "10:00", 8, True, None),
    ],
)
def test_rule_30_when_a_digest_is_due(day: int, clock: str, hour: int, quiet: bool, kind: DigestKind | None) -> None:
    now = datetime.combine(date(2026, 11, day), time.fromisoformat(clock), ZONE)
    assert is_due(now, CALENDAR, Wish(hour=hour), quiet=quiet) is kind


@pytest.mark.parametrize(
    ("kind", "keys", "before", "told"),
    [
        (DAILY, ["a"], [], True),
        (DAILY, ["a"], ["a"], False),
        (DAILY, ["a", "b"], ["a"], True),
        (DAILY, ["a"], ["a", "b"], False),  # less than yesterday is no news
        (DAILY, [], [], False),
        (WEEKLY, ["a"], ["a"], True),
        (WEEKLY, [], [], True),
    ],
)
def test_the_daily_one_comes_only_with_news(kind: DigestKind, keys: list[str], before: list[str], told: bool) -> None:
    assert is_told(kind, keys, before) is told


def test_hours_are_those_of_the_office() -> None:
    day = date(2026, 11, 28)
    assert hours(CALENDAR, day) == list(range(8, 16))
    assert require_hour(15, CALENDAR, day) == 15
    for hour in (7, 16, -1, 99):
        with pytest.raises(Refusal, match="no_such_choice"):
            require_hour(hour, CALENDAR, day)
    assert moment_on(date(2026, 11, 24), CALENDAR, 9).astimezone(ZONE).hour == 9
