"""When a quiz is open, and how choices are written: a row each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.rules.training.quiz import LONGEST_CHOICE, read_choices, shuffled, window_after, window_before

START = datetime(2026, 12, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Satu", "*Dua"], (["Satu", "Dua"], 1)),
        (["Satu *", "Dua", "", "  Tiga  kali "], (["Satu", "Dua", "Tiga kali"], 0)),
        (["✅ Satu", "Dua"], (["Satu", "Dua"], 0)),
        (["Satu", "Dua"], None),  # none is marked
        (["*Satu", "*Dua"], None),  # two are
        (["*Satu"], None),  # nothing to choose from
        (["*Satu", "satu"], None),  # the same twice
        (["*", "Dua"], None),  # nothing behind the star
        (["*a", "b", "c", "d", "e", "f"], (["a", "b", "c", "d", "e", "f"], 0)),
        (["*a", "b", "c", "d", "e", "f", "g"], None),  # more than six
        (["*" + "x" * LONGEST_CHOICE, "y"], (["x" * LONGEST_CHOICE, "y"], 0)),
        (["*" + "x" * (LONGEST_CHOICE + 1), "y"], None),
        ([], None),
    ],
)
def test_choices_as_people_write_them(lines: list[str], expected: tuple[list[str], int] | None) -> None:
    assert read_choices(lines) == expected


def test_the_one_before_is_open_from_hours_before_until_minutes_after_the_beginning() -> None:
    window = window_before(START, 24, 30)
    assert not window.is_open(START - timedelta(hours=24, seconds=1))
    assert window.is_open(START - timedelta(hours=24))
    assert window.is_open(START + timedelta(minutes=29))
    assert not window.is_open(START + timedelta(minutes=30))


def test_the_one_after_is_open_from_the_end() -> None:
    window = window_after(START, 72)
    assert not window.is_open(START - timedelta(seconds=1))
    assert window.is_open(START)
    assert not window.is_open(START + timedelta(hours=72))


def test_the_order_is_a_persons_own_and_stays() -> None:
    assert shuffled(7, 3, 6) == shuffled(7, 3, 6)
    assert sorted(shuffled(7, 3, 6)) == list(range(6))
    assert len({tuple(shuffled(sitting, 3, 6)) for sitting in range(1, 40)}) > 20
    assert {shuffled(sitting, 3, 4)[0] for sitting in range(1, 40)} == {0, 1, 2, 3}, "the first is right for nobody"
