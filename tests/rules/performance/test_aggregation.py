"""From the values of weeks to the value of an indicator: rule 29."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models.rules.performance.aggregation import Aggregation, value_at

FIRST, SECOND, THIRD = date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)
WEEKS = [(FIRST, Decimal(3)), (SECOND, Decimal(4)), (THIRD, Decimal(5))]


@pytest.mark.parametrize(("aggregation", "expected"), [("sum", 12), ("last", 5), ("mean", 4)])
def test_rule_29_sum_last_mean(aggregation: str, expected: int) -> None:
    assert value_at(Aggregation(aggregation), WEEKS, date(2026, 11, 24)) == expected
    assert value_at(Aggregation(aggregation), reversed(WEEKS), date(2026, 11, 24)) == expected


@pytest.mark.parametrize(
    ("aggregation", "day", "since", "expected"),
    [
        ("sum", SECOND, None, 7),  # only up to that day, which counts
        ("last", date(2026, 11, 15), None, 4),
        ("mean", SECOND, None, Decimal("3.5")),
        ("sum", THIRD, SECOND, 9),  # only from that day, which counts
        ("mean", THIRD, THIRD, 5),
        ("sum", date(2026, 11, 1), None, None),  # nothing yet is not zero
        ("last", date(2026, 12, 1), date(2026, 12, 1), None),
        ("mean", FIRST, SECOND, None),
    ],
)
def test_at_a_day(aggregation: str, day: date, since: date | None, expected: Decimal | None) -> None:
    assert value_at(Aggregation(aggregation), WEEKS, day, since) == expected


def test_of_two_about_one_day_the_later_is_the_last() -> None:
    assert value_at(Aggregation.LAST, [*WEEKS, (THIRD, Decimal(9)), (FIRST, Decimal(1))], THIRD) == 9


def test_nothing_reported() -> None:
    assert all(value_at(kind, [], THIRD) is None for kind in Aggregation)
