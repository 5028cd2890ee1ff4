"""Who fulfils a rule of recognition, and what others lack: rule 32."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refusal
from models.rules.performance.recognition import (
    Criteria,
    Criterion,
    CriterionKind,
    RecognitionFacts,
    RecognitionVerdict,
    Shortfall,
    drawn_to_mean,
    judge,
    nominees,
    read_criteria,
    require_fixed_before,
)

D = Decimal
MEANS = {CriterionKind.RATING: D(3), CriterionKind.CONFIRMED: D(80)}
GOOD = RecognitionFacts(
    main=(D(100), D(110)),
    weeks_due=50,
    weeks_reported=48,
    ratings=40,
    rating_sum=148,
    settled=20,
    in_time=19,
    confirmed=18,
    reopened=1,
)
#: As the administrator writes it.
STORED = {
    "conditions": [
        {"kind": "main_indicators", "limit": 100, "weight": 1},
        {"kind": "weeks_reported", "limit": "90", "smallest": 20},
        {"kind": "no_upheld_complaint", "limit": 0},
        {"kind": "rating", "limit": "3.4", "smallest": 10, "prior": 20, "weight": "1"},
        {"kind": "settled_in_time", "limit": 90, "smallest": 5},
        {"kind": "confirmed", "limit": 80, "smallest": 5, "prior": 10},
        {"kind": "reopened", "limit": 10, "smallest": 5},
    ],
    "deduction": "0.5",
    "most": 3,
}
CRITERIA = read_criteria(STORED)


@pytest.mark.parametrize(
    ("changes", "lacking"),
    [
        ({}, {}),
        # Every main indicator, not their mean; what is not known is not met.
        ({"main": (D("99.99"), D(140))}, {"main_indicators": Shortfall.MISSED}),
        ({"main": (D(100), None)}, {"main_indicators": Shortfall.NO_DATA}),
        ({"main": ()}, {"main_indicators": Shortfall.NO_DATA}),
        # Reports complete in 90 % of the weeks.
        ({"weeks_reported": 45}, {}),
        ({"weeks_reported": 44}, {"weeks_reported": Shortfall.MISSED}),
        ({"weeks_due": 19, "weeks_reported": 19}, {"weeks_reported": Shortfall.TOO_FEW}),
        ({"weeks_due": 0, "weeks_reported": 0}, {"weeks_reported": Shortfall.NO_DATA}),
        ({"upheld_complaints": 1}, {"no_upheld_complaint": Shortfall.MISSED}),
        # 40 ratings of 3.7 and 20 of the city's 3.0 are 3.47; nine of 4.0 are too few whatever they say.
        ({"ratings": 9, "rating_sum": 36}, {"rating": Shortfall.TOO_FEW}),
        ({"ratings": 12, "rating_sum": 48}, {"rating": Shortfall.MISSED}),  # 3.375
        ({"ratings": 14, "rating_sum": 56}, {}),  # 3.41
        ({"ratings": 0, "rating_sum": 0}, {"rating": Shortfall.NO_DATA}),
        # Reports: in time, confirmed, not reopened.
        ({"in_time": 17}, {"settled_in_time": Shortfall.MISSED}),
        ({"confirmed": 15}, {"confirmed": Shortfall.MISSED}),
        ({"reopened": 2}, {}),
        ({"reopened": 3}, {"reopened": Shortfall.MISSED}),
        (
            {"upheld_complaints": 2, "in_time": 0},
            {"no_upheld_complaint": Shortfall.MISSED, "settled_in_time": Shortfall.MISSED},
        ),
    ],
)
def test_rule_32_why_not_me(changes: dict[str, object], lacking: dict[str, Shortfall]) -> None:
    verdict = judge(CRITERIA, replace(GOOD, **changes), MEANS)  # type: ignore[arg-type]
    assert {finding.criterion.kind.value: finding.shortfall for finding in verdict.shortfalls} == lacking
    assert verdict.fulfilled is (not lacking)
    assert len(verdict.findings) == len(CRITERIA.conditions)


def test_rule_32_the_score_loses_by_reopened_reports() -> None:
    """Mean of 105 (indicators) and 3.4667 x 25 (ratings), less half a point per per cent reopened (5 %)."""
    verdict = judge(CRITERIA, GOOD, MEANS)
    assert verdict.score is not None
    assert verdict.score.quantize(D("0.0001")) == D("93.3333")
    without = judge(CRITERIA, replace(GOOD, reopened=0), MEANS)
    assert without.score == verdict.score + D("2.5")


def test_the_order_may_weigh_anything_but_complaints() -> None:
    weighed = Criteria(
        (Criterion(CriterionKind.REOPENED, D(50), weight=D(3)), Criterion(CriterionKind.CONFIRMED, D(0)))
    )
    assert judge(weighed, GOOD, {}).score == 95
    assert judge(weighed, RecognitionFacts(), {}).score is None
    with pytest.raises(ValueError, match="condition only"):
        read_criteria({"conditions": [{"kind": "no_upheld_complaint", "limit": 0, "weight": 1}]})


@pytest.mark.parametrize(
    ("total", "n", "mean", "prior", "expected"),
    [
        ("12", 3, "3", 20, "3.13"),  # three happy residents
        ("1140", 300, "3", 20, "3.75"),  # three hundred
        ("12", 3, None, 20, "4.00"),  # the city has no mean yet
        ("12", 3, "3", 0, "4.00"),
        ("0", 0, "3", 20, None),
    ],
)
def test_rule_32_few_are_drawn_to_the_mean(
    total: str, n: int, mean: str | None, prior: int, expected: str | None
) -> None:
    found = drawn_to_mean(D(total), n, None if mean is None else D(mean), prior)
    assert (found and str(round(found, 2))) == expected


@given(st.integers(1, 500), st.integers(0, 100), st.decimals(1, 4, places=2))
def test_drawn_is_never_beyond_the_mean(n: int, prior: int, mean: Decimal) -> None:
    found = drawn_to_mean(D(4 * n), n, mean, prior)
    assert found is not None
    assert mean <= round(found, 10) <= 4


def _able(score: str | None) -> RecognitionVerdict:
    return RecognitionVerdict((), None if score is None else D(score))


def test_rule_32_an_order_without_a_bottom() -> None:
    lacking = judge(CRITERIA, replace(GOOD, upheld_complaints=1), MEANS)
    people = [("a", _able("90")), ("b", lacking), ("c", _able("95")), ("d", _able("90")), ("e", _able("80"))]
    assert [(nominee.who, nominee.place) for nominee in nominees(people)] == [("c", 1), ("a", 2), ("d", 2), ("e", 4)]
    # Two are nominated: whoever equals the second, too.
    assert [nominee.who for nominee in nominees(people, 2)] == ["c", "a", "d"]
    assert [nominee.who for nominee in nominees([("x", _able(None)), ("y", lacking)], 1)] == ["x"]
    assert nominees([("b", lacking)]) == []


@pytest.mark.parametrize(
    ("fixed", "first", "good"),
    [
        (date(2026, 9, 30), date(2026, 10, 1), True),
        (date(2026, 10, 1), date(2026, 10, 1), False),
        (date(2026, 11, 24), date(2026, 10, 1), False),
    ],
)
def test_rule_32_fixed_before_the_period(fixed: date, first: date, good: bool) -> None:
    if good:
        assert require_fixed_before(fixed, first) is None
        return
    with pytest.raises(Refusal, match="rule_fixed_late"):
        require_fixed_before(fixed, first)


def test_stored_criteria_are_read() -> None:
    assert CRITERIA.deduction == D("0.5")
    assert CRITERIA.most == 3
    assert CRITERIA.conditions[3] == Criterion(CriterionKind.RATING, D("3.4"), 10, 20, D(1))
    assert {criterion.kind for criterion in CRITERIA.conditions} == set(CriterionKind)
    assert read_criteria({"conditions": [{"kind": "rating", "limit": 3}]}).most is None


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"conditions": []},
        {"conditions": "rating"},
        {"conditions": [{"kind": "rating", "limit": 3}], "lowest": 5},
        {"conditions": [{"kind": "rating"}]},
        {"conditions": [{"kind": "beauty", "limit": 3}]},
        {"conditions": [{"kind": "rating", "limit": 3.4}]},  # a binary float
        {"conditions": [{"kind": "rating", "limit": True}]},
        {"conditions": [{"kind": "rating", "limit": "many"}]},
        {"conditions": [{"kind": "rating", "limit": "NaN"}]},
        {"conditions": [{"kind": "rating", "limit": -1}]},
        {"conditions": [{"kind": "rating", "limit": 3, "smallest": "1.5"}]},
        {"conditions": [{"kind": "rating", "limit": 3, "colour": 1}]},
        {"conditions": [{"kind": "rating", "limit": 3}, {"kind": "rating", "limit": 4}]},
        {"conditions": ["rating"]},
    ],
)
def test_criteria_that_say_something_else(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_criteria(data)
