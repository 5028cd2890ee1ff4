"""The normalised gain of Hake: a row each."""

from __future__ import annotations

from fractions import Fraction

import pytest

from models.rules.training.gain import gain, mean, percent


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (40, 70, Fraction(1, 2)),  # half of what was missing was learnt
        (0, 100, Fraction(1)),  # everything
        (50, 50, Fraction(0)),  # nothing
        (60, 40, Fraction(-1, 2)),  # less than before
        (90, 100, Fraction(1)),  # a little was missing, all of it was learnt
        (0, 0, Fraction(0)),
        (100, 100, None),  # nothing could be learnt
        (100, 50, None),
    ],
)
def test_the_gain(before: int, after: int, expected: Fraction | None) -> None:
    assert gain(Fraction(before), Fraction(after)) == expected


def test_thirds_stay_exact() -> None:
    assert percent(1, 3) == Fraction(100, 3)
    assert mean([percent(1, 3), percent(2, 3)]) == 50
    assert mean([]) is None
    assert gain(percent(1, 3), percent(2, 3)) == Fraction(1, 2)
