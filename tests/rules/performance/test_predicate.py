"""The matrix of predicates, the suggestion, the spread and credit points: domain section 3, rule 25."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.rules.performance.predicate import (
    CREDIT_PERCENT,
    MATRIX,
    PATTERN,
    OrganisationPredicate,
    Predicate,
    Rating,
    SuggestionLimits,
    credit_points,
    predicate,
    spread_warnings,
    suggestion,
)

D = Decimal
Counts = dict[Predicate, int]


@pytest.mark.parametrize(
    ("results", "behaviour", "expected"),
    [
        ("above", "above", "very_good"),
        ("above", "meets", "good"),
        ("above", "below", "poor"),
        ("meets", "above", "good"),
        ("meets", "meets", "good"),
        ("meets", "below", "poor"),
        ("below", "above", "needs_improvement"),
        ("below", "meets", "needs_improvement"),
        ("below", "below", "very_poor"),
    ],
)
def test_rule_25_nine_cells(results: str, behaviour: str, expected: str) -> None:
    assert predicate(Rating(results), Rating(behaviour)) is Predicate(expected)
    assert len(MATRIX) == 9


@pytest.mark.parametrize(
    ("main", "additional", "above", "expected"),
    [
        ([D(100)], [], None, Rating.MEETS),
        ([D(100), D(140)], [], None, Rating.MEETS),
        ([D(120), D(120)], [], D(110), Rating.ABOVE),
        ([D(110)], [], D(110), Rating.ABOVE),
        ([D(105)], [], D(110), Rating.MEETS),
        # One main indicator missed, by however little.
        ([D("99.99"), D(120)], [], None, None),
        # Additional ones only pull the average; capped, they lift it to 120 at most.
        ([D(100)], [D(90)], None, None),
        ([D(100)], [D(90), D(400)], None, Rating.MEETS),
        # What is not known suggests nothing: neither good nor bad.
        ([D(100), None], [], None, None),
        ([None], [], None, None),
        ([], [D(120)], None, None),
        ([D(20)], [], None, None),
    ],
)
def test_suggestion(
    main: list[Decimal | None], additional: list[Decimal | None], above: Decimal | None, expected: Rating | None
) -> None:
    assert suggestion(main, additional, SuggestionLimits(above=above)) is expected


@pytest.mark.parametrize(
    ("organisation", "counts", "broken"),
    [
        # Istimewa: sangat baik up to 70 %.
        ("excellent", {"very_good": 7, "good": 3}, []),
        ("excellent", {"very_good": 8, "good": 2}, ["80.00"]),
        # Baik: baik up to 70 %, somebody needs improvement.
        ("good", {"good": 7, "very_good": 2, "poor": 1}, []),
        ("good", {"good": 7, "very_good": 3}, ["0.00"]),
        ("good", {"good": 10}, ["100.00", "0.00"]),
        # Butuh perbaikan: 60 % of them at least, sangat baik 10 % at most.
        ("needs_improvement", {"needs_improvement": 6, "good": 3, "very_good": 1}, []),
        ("needs_improvement", {"needs_improvement": 5, "good": 3, "very_good": 2}, ["50.00", "20.00"]),
        # Kurang: 60 % kurang, 10 % butuh perbaikan, sangat baik 10 % at most.
        ("poor", {"poor": 6, "needs_improvement": 1, "good": 3}, []),
        ("poor", {"poor": 5, "very_good": 5}, ["50.00", "0.00", "50.00"]),
        # Sangat kurang: 60 % sangat kurang, 10 % kurang or butuh perbaikan, no sangat baik.
        ("very_poor", {"very_poor": 6, "poor": 1, "good": 3}, []),
        ("very_poor", {"very_poor": 9, "very_good": 1}, ["0.00", "10.00"]),
        # Too few people for shares.
        ("good", {"good": 4}, []),
        ("good", {}, []),
    ],
)
def test_spread(organisation: str, counts: dict[str, int], broken: list[str]) -> None:
    found = spread_warnings(
        OrganisationPredicate(organisation), {Predicate(name): count for name, count in counts.items()}, smallest=5
    )
    assert [str(warning.share) for warning in found] == broken
    assert all(warning.rule in PATTERN[OrganisationPredicate(organisation)] for warning in found)


@pytest.mark.parametrize(
    ("rating", "coefficient", "months", "expected"),
    [
        ("very_good", "12.5", 12, "18.75"),  # Ahli Pertama, a whole year
        ("good", "12.5", 2, "2.08"),
        ("good", "12.5", 12, "12.50"),
        ("needs_improvement", "12.5", 12, "9.38"),
        ("poor", "25", 6, "6.25"),
        ("very_poor", "12.5", 12, "3.13"),
    ],
)
def test_credit_points(rating: str, coefficient: str, months: int, expected: str) -> None:
    assert credit_points(Predicate(rating), D(coefficient), months) == D(expected)


def test_every_predicate_has_its_share_of_the_coefficient_and_every_organisation_its_pattern() -> None:
    assert CREDIT_PERCENT.keys() == set(Predicate)
    assert PATTERN.keys() == set(OrganisationPredicate)
