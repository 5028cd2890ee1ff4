"""Achievement of a target, bands, and the score of the older regulation: domain section 3, rules 22-24."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refusal
from models.rules.performance.achievement import (
    AchievementBand,
    Polarity,
    Target,
    achievement,
    average,
    band,
    displayed,
    iki_score,
    require_target,
    shown,
)
from models.rules.skm import rounded

D = Decimal
numbers = st.decimals(0, 10_000, places=2)
targets = st.tuples(numbers, numbers).map(sorted).filter(lambda pair: pair[0] > 0)


@pytest.mark.parametrize(
    ("polarity", "realisation", "low", "high", "expected"),
    [
        # Printed in the regulation.
        ("higher", "70", "80", "90", "87.50"),
        ("higher", "92", "80", "90", "102.22"),  # printed as 113: a misprint
        ("lower", "6.5", "7", "8", "107.14"),
        ("lower", "9", "7", "8", "87.50"),
        # Inside a range, and exactly on a single number.
        ("higher", "80", "80", "90", "100"),
        ("higher", "85", "80", "90", "100"),
        ("lower", "8", "7", "8", "100"),
        ("higher", "95", "95", "95", "100"),
        # A single number: R/T and 2 - R/T.
        ("higher", "93", "95", "95", "97.89"),
        ("higher", "0", "95", "95", "0"),
        ("higher", "300", "100", "100", "300"),
        ("lower", "2", "4", "4", "150"),
        ("lower", "0", "4", "4", "200"),
        ("lower", "5", "4", "4", "75"),
        # Both sides bad: below as higher, above as lower, never more than 100.
        ("range", "36", "40", "50", "90"),
        ("range", "45", "40", "50", "100"),
        ("range", "55", "40", "50", "90"),
        ("range", "110", "40", "50", "0"),
        # Yes or no.
        ("yes_no", "1", "1", "1", "100"),
        ("yes_no", "0", "1", "1", "0"),
        ("yes_no", "0", "0", "0", "100"),  # no is what is wanted
        ("yes_no", "1", "0", "0", "0"),
    ],
)
def test_rule_22_achievement(polarity: str, realisation: str, low: str, high: str, expected: str) -> None:
    value = achievement(Polarity(polarity), D(realisation), D(low), D(high))
    assert value is not None
    assert rounded(value) == D(expected)


@pytest.mark.parametrize(
    ("polarity", "realisation", "low", "high", "expected"),
    [
        ("lower", "9", "4", "4", "0"),  # 2 - 2.25 is negative
        ("lower", "8", "4", "4", "0"),
        ("higher", "-3", "5", "5", "0"),  # a shrinking growth rate
        # T = 0.
        ("lower", "0", "0", "0", "100"),
        ("lower", "1", "0", "0", "0"),
        ("lower", "-1", "0", "0", "100"),
        ("range", "0", "0", "0", "100"),
        ("range", "1", "0", "0", "0"),
        ("range", "-1", "0", "2", "0"),
    ],
)
def test_rule_23_never_below_zero_and_targets_of_zero(
    polarity: str, realisation: str, low: str, high: str, expected: str
) -> None:
    assert achievement(Polarity(polarity), D(realisation), D(low), D(high)) == D(expected)


@pytest.mark.parametrize(
    ("polarity", "low", "high", "code"),
    [
        ("higher", "0", "0", "target_zero"),
        ("higher", "0", "5", "target_zero"),
        ("higher", "9", "8", "target_order"),
        ("lower", "-1", "5", "target_negative"),
        ("yes_no", "0", "1", "target_yes_no"),
        ("yes_no", "2", "2", "target_yes_no"),
    ],
)
def test_rule_23_targets_that_measure_nothing(polarity: str, low: str, high: str, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        require_target(Polarity(polarity), D(low), D(high))
    with pytest.raises(Refusal, match=code):
        achievement(Polarity(polarity), D(1), D(low), D(high))


def test_rule_23_display_caps_at_120_and_the_raw_value_stays() -> None:
    raw = achievement(Polarity.HIGHER, D(300), D(100), D(100))
    assert raw == 300
    assert displayed(raw) == 120
    assert displayed(raw, D(110)) == 110
    assert displayed(D(87)) == 87
    assert shown(D("107.142857")) == D("107.14")
    assert shown(D("87.505")) == D("87.51")  # half up


def test_no_realisation_no_achievement() -> None:
    assert achievement(Polarity.HIGHER, None, D(5), D(5)) is None


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((D(300), D(60)), D(90)),  # 120 and 60: the runaway hides no failure
        ((D(100), None), D(100)),
        ((None,), None),
        ((), None),
    ],
)
def test_average(values: tuple[Decimal | None, ...], expected: Decimal | None) -> None:
    assert average(values) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("300", "very_high"),
        ("91", "very_high"),
        ("90.4", "very_high"),
        ("90.01", "very_high"),
        ("90.004", "high"),  # shown as 90.00
        ("90", "high"),
        ("75.01", "high"),
        ("75", "medium"),
        ("65.01", "medium"),
        ("65", "low"),
        ("50.01", "low"),
        ("50", "very_low"),
        ("0", "very_low"),
    ],
)
def test_rule_24_bands(value: str, expected: str) -> None:
    assert band(D(value)) is AchievementBand(expected)


@pytest.mark.parametrize(
    ("percent", "at_maximum", "expected"),
    [
        # Printed: 85 of 85 is 109, 93 of 95 is 98 % and 88.
        ("100", False, "109"),
        ("97.894", False, "88"),
        ("98", False, "88"),
        ("100", True, "120"),  # the most that is possible
        ("98", True, "88"),
        ("113", False, "120"),
        ("111", False, "120"),
        ("110", False, "120"),
        ("101", False, "110"),
        ("99", False, "89"),
        ("80", False, "70"),
        ("79.5", False, "70"),
        ("79", False, "69"),
        ("60", False, "50"),
        ("59", False, "49"),
        ("0", False, "0"),
    ],
)
def test_iki_score(percent: str, at_maximum: bool, expected: str) -> None:
    assert iki_score(D(percent), at_maximum) == D(expected)


@given(st.sampled_from([Polarity.HIGHER, Polarity.LOWER, Polarity.RANGE]), numbers, targets)
def test_better_is_never_worth_less(polarity: Polarity, realisation: Decimal, pair: list[Decimal]) -> None:
    value = achievement(polarity, realisation, *pair)
    one_more = achievement(polarity, realisation + 1, *pair)
    assert value is not None
    assert one_more is not None
    assert value >= 0
    if polarity is Polarity.HIGHER:
        assert one_more >= value
    elif polarity is Polarity.LOWER:
        assert one_more <= value
    else:
        assert value <= 100


def test_a_target_is_a_number_or_a_range() -> None:
    assert Target.of(D(5)) == (5, 5)
    assert Target.of(D(5), D(7)) == (5, 7)
