"""Moments as people write them, on Tuesday 24 November 2026 at ten in the city."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from models.rules.moments import parse_moment

NOW = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest.mark.parametrize(
    ("words", "day", "clock"),
    [
        ("besok 08.00", (2026, 11, 25), (8, 0)),
        ("hari ini 14:30", (2026, 11, 24), (14, 30)),
        ("hari ini 09.00", (2026, 11, 24), (9, 0)),
        ("09.00", (2026, 11, 25), (9, 0)),
        ("11.00 WIB", (2026, 11, 24), (11, 0)),
        ("Lusa, pukul 7", (2026, 11, 26), (7, 0)),
        ("Senin pukul 9", (2026, 11, 30), (9, 0)),
        ("Selasa 08.00", (2026, 12, 1), (8, 0)),
        ("selasa 11.00", (2026, 11, 24), (11, 0)),
        ("Jum'at jam 13.30", (2026, 11, 27), (13, 30)),
        ("25 November 2026 14.30", (2026, 11, 25), (14, 30)),
        ("25 nov 07.00", (2026, 11, 25), (7, 0)),
        ("1 Januari pukul 08.00", (2027, 1, 1), (8, 0)),
        ("25-12-2026 08.00", (2026, 12, 25), (8, 0)),
        ("Monday at 9", (2026, 11, 30), (9, 0)),
        ("tomorrow 08.00", (2026, 11, 25), (8, 0)),
    ],
)
def test_a_moment_in_words(words: str, day: tuple[int, int, int], clock: tuple[int, int]) -> None:
    assert parse_moment(words, NOW) == datetime(*day, *clock, tzinfo=NOW.tzinfo)


@pytest.mark.parametrize("words", ["", "besok", "nanti 08.00", "25.00", "besok 08.60", "31 Februari 2027 08.00"])
def test_what_is_none(words: str) -> None:
    assert parse_moment(words, NOW) is None
