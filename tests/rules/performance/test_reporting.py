"""How a weekly report lives, until when it is open, and which values are offered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models.errors import Refusal
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.reporting import WeekStatus, guesses, is_open, require_value, require_week_step

R, V, B = WeekStatus.REPORTED, WeekStatus.VERIFIED, WeekStatus.RETURNED


@pytest.mark.parametrize("before", WeekStatus)
@pytest.mark.parametrize("after", WeekStatus)
def test_what_may_follow(before: WeekStatus, after: WeekStatus) -> None:
    allowed = {(R, R), (R, V), (R, B), (B, R), (V, R), (V, B)}
    if (before, after) in allowed:
        require_week_step(before, after)
    else:
        with pytest.raises(Refusal, match="week_not_now"):
            require_week_step(before, after)


@pytest.mark.parametrize(
    ("week", "today", "is_it"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), True),  # the running week from its Monday
        (date(2026, 11, 30), date(2026, 11, 29), False),  # none to come
        (date(2026, 11, 24), date(2026, 11, 27), False),  # no Monday
        (date(2026, 9, 28), date(2026, 12, 31), True),  # the quarter began in it
        (date(2026, 9, 21), date(2026, 10, 2), True),  # in the first days the week before, too
        (date(2026, 9, 21), date(2026, 10, 5), False),
        (date(2026, 12, 28), date(2027, 1, 4), True),
    ],
)
def test_a_week_is_open_through_its_quarter(week: date, today: date, is_it: bool) -> None:
    assert is_open(week, today) is is_it


@pytest.mark.parametrize(
    ("polarity", "value", "refused"),
    [
        (Polarity.HIGHER, "0", None),
        (Polarity.HIGHER, "-0.1", "value_negative"),
        (Polarity.LOWER, "1000000000", "value_too_large"),
        (Polarity.YES_NO, "1", None),
        (Polarity.YES_NO, "2", "value_yes_no"),
    ],
)
def test_values_that_can_be(polarity: Polarity, value: str, refused: str | None) -> None:
    if refused is None:
        assert require_value(polarity, Decimal(value)) == Decimal(value)
    else:
        with pytest.raises(Refusal, match=refused):
            require_value(polarity, Decimal(value))


def numbers(*texts: str) -> list[Decimal]:
    return [Decimal(text) for text in texts]


@pytest.mark.parametrize(
    ("aggregation", "unit", "known", "offered"),
    [
        (Aggregation.SUM, "dokumen", {}, numbers("0", "1", "2", "3", "5", "10")),
        (Aggregation.SUM, "dokumen", {"last": "3"}, numbers("3", "4", "2", "8", "0")),
        (Aggregation.SUM, "dokumen", {"last": "0"}, numbers("0", "1", "5")),
        (Aggregation.LAST, "%", {"last": "99.5", "target": "90"}, numbers("99.5", "98.5", "90")),
        (Aggregation.LAST, "nilai", {"system": "91.48", "target": "88"}, numbers("91.48", "88")),
        (Aggregation.MEAN, "hari", {"last": "2", "system": "2"}, numbers("2", "3", "1")),
    ],
)
def test_the_values_offered(aggregation: Aggregation, unit: str, known: dict[str, str], offered: list[Decimal]) -> None:
    given = {name: Decimal(value) for name, value in known.items()}
    assert guesses(aggregation, Polarity.HIGHER, unit, **given) == offered


def test_yes_or_no_is_one_or_nought() -> None:
    assert guesses(Aggregation.LAST, Polarity.YES_NO, "ya/tidak", Decimal(0)) == numbers("1", "0")
