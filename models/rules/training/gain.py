"""What a course taught, by a quiz before and after it: the normalised gain of R. R. Hake (1998).

The gain is the part of what could still be learnt that was learnt: (after - before) / (100 - before), both the mean
percentages of the same people.
"""

from __future__ import annotations

from fractions import Fraction

FULL = 100


def percent(points: int, questions: int) -> Fraction:
    """The share of right answers, from 0 to 100."""
    return Fraction(FULL * points, questions)


def mean(values: list[Fraction]) -> Fraction | None:
    """The mean; None of nothing."""
    return sum(values, Fraction(0)) / len(values) if values else None


def gain(before: Fraction, after: Fraction) -> Fraction | None:
    """The normalised gain, at most 1 and below 0 where less is known after; None where nothing could be learnt."""
    if before == FULL:
        return None
    return (after - before) / (FULL - before)
