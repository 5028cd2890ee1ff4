"""Days as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from models.rules.dates import months_after, parse_day


@pytest.mark.parametrize(
    "words",
    [
        *("31-12-2026", "31/12/2026", "31.12.2026", "31 12 2026", "2026-12-31", " 31 - 12 - 2026 "),
        *("31 Desember 2026", "31 des 2026", "31 Des. 2026", "31 Disember 2026", "31 December 2026"),
    ],
)
def test_a_day_is_understood(words: str) -> None:
    assert parse_day(words) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("word", "month"), [("Mei", 5), ("May", 5), ("Agustus", 8), ("Ogos", 8), ("Mac", 3), ("Oktober", 10)]
)
def test_months_in_three_languages(word: str, month: int) -> None:
    assert parse_day(f"1 {word} 2027") == date(2027, month, 1)


@pytest.mark.parametrize(
    "words", ["", "besok", "31-02-2027", "12-31-2026", "31 x 2026", "31-12-26", "31 foo 2026", "31122026"]
)
def test_anything_else_is_not(words: str) -> None:
    assert parse_day(words) is None


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 24), 1, date(2026, 12, 24)),
        (date(2026, 11, 24), 3, date(2027, 2, 24)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 24), 24, date(2028, 11, 24)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_months_later(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later
