"""The windows of the room's code, as a table with the clock; the stages of reminders; meetings as people write them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.rules.training.attendance_code import code_at, doors_open, is_code, step_of
from models.rules.training.meetings import parse_deadline, parse_meeting
from models.rules.training.reminders import Stage, stage_due

#: The beginning of a step of thirty seconds.
STEP = datetime(2026, 12, 1, 1, 0, 0, tzinfo=UTC)
WIB = ZoneInfo("Asia/Jakarta")


# A code shown so many seconds into its step → seconds after that, and whether it is still taken.
@pytest.mark.parametrize(
    ("shown", "later", "taken"),
    [
        (0, 0, True),  # at once
        (0, 29, True),  # the same step
        (0, 30, True),  # the step after it
        (0, 59, True),  # its last second
        (0, 60, False),  # two steps on
        (29, 0, True),
        (29, 30, True),
        (29, 31, False),  # shown late, so over sooner
        (10, -30, False),  # a code that nobody has shown yet
    ],
)
def test_a_code_lives_for_its_step_and_the_next(shown: int, later: int, taken: bool) -> None:
    at = STEP + timedelta(seconds=shown)
    code = code_at("secret", 7, at)
    assert is_code("secret", 7, code.long, at + timedelta(seconds=later)) is taken
    assert is_code("secret", 7, code.digits, at + timedelta(seconds=later)) is taken


def test_a_code_is_of_one_session_and_one_secret() -> None:
    code = code_at("secret", 7, STEP)
    assert not is_code("secret", 8, code.long, STEP)
    assert not is_code("other", 7, code.long, STEP)
    assert not is_code("secret", 7, "", STEP)
    assert len(code.digits) == 6
    assert code.digits.isdigit()
    assert [step_of(STEP + timedelta(seconds=n)) - step_of(STEP) for n in (0, 29, 30)] == [0, 0, 1]


# Minutes from the beginning of a meeting of an hour → whether its doors are open.
@pytest.mark.parametrize(("minutes", "is_open"), [(-31, False), (-30, True), (0, True), (60, True), (61, False)])
def test_the_doors(minutes: int, is_open: bool) -> None:
    assert doors_open(STEP, STEP + timedelta(hours=1), STEP + timedelta(minutes=minutes)) is is_open


# (day, hour) of a look at a meeting on the 28th at 09.00 → the reminder that is due.
@pytest.mark.parametrize(
    ("day", "hour", "stage"),
    [
        (24, 12, None),
        (25, 6, None),  # before the hour
        (25, 7, Stage.THREE_DAYS),
        (25, 19, Stage.THREE_DAYS),  # caught up within the day
        (25, 20, None),  # never at night
        (26, 9, None),
        (27, 7, Stage.ONE_DAY),
        (28, 7, Stage.MORNING),
        (28, 9, None),  # it has begun
        (29, 7, None),
    ],
)
def test_reminders(day: int, hour: int, stage: Stage | None) -> None:
    starts = datetime(2026, 11, 28, 9, tzinfo=WIB)
    assert stage_due(starts, datetime(2026, 11, day, hour, tzinfo=WIB), time(7)) is stage


NOW = datetime(2026, 11, 24, 10, tzinfo=WIB)


@pytest.mark.parametrize(
    ("words", "begin", "end", "place"),
    [
        ("1 Desember 2026 08.00-12.00", (1, 8, 0), (12, 0), ""),
        ("01-12-2026 08:30 s.d. 12:15 WIB, Aula", (1, 8, 30), (12, 15), "Aula"),
        ("1 desember 8.00 sampai 9.30, Ruang 2.", (1, 8, 0), (9, 30), "Ruang 2"),
    ],
)
def test_meetings(words: str, begin: tuple[int, int, int], end: tuple[int, int], place: str) -> None:
    found = parse_meeting(words, NOW)
    assert found is not None
    assert found.starts_at == datetime(2026, 12, *begin, tzinfo=WIB)
    assert (found.ends_at.hour, found.ends_at.minute, found.place) == (*end, place)


@pytest.mark.parametrize("words", ["besok saja", "1 Desember 2026", "08.00-12.00", "1 Desember 2026 12.00-08.00"])
def test_what_is_no_meeting(words: str) -> None:
    assert parse_meeting(words, NOW) is None


def test_deadlines() -> None:
    assert parse_deadline("28 November 2026", NOW) == datetime(2026, 11, 28, 23, 59, tzinfo=WIB)
    assert parse_deadline("28 November 2026 pukul 12.00", NOW) == datetime(2026, 11, 28, 12, tzinfo=WIB)
    assert parse_deadline("kapan saja", NOW) is None
