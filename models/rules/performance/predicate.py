"""The predicate of a civil servant's work: a judgement in two parts, and what may be said beside it.

Source: PermenPANRB 6/2022 (matrix of results and behaviour), SE MenPANRB on the evaluation of performance (spread by
the predicate of the organisation), PerBKN 3/2023 (credit points). Nothing here decides: the superior does, with a
reason (domain section 3, rules 25 and 26).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from models.rules.performance.achievement import MET, average
from models.rules.skm import rounded


class Rating(StrEnum):
    """Of results and of behaviour: di atas, sesuai, di bawah ekspektasi."""

    ABOVE = "above"
    MEETS = "meets"
    BELOW = "below"


class Predicate(StrEnum):
    """Sangat baik, baik, butuh perbaikan, kurang/misconduct, sangat kurang."""

    VERY_GOOD = "very_good"
    GOOD = "good"
    NEEDS_IMPROVEMENT = "needs_improvement"
    POOR = "poor"
    VERY_POOR = "very_poor"


class OrganisationPredicate(StrEnum):
    """Of a unit's own performance: istimewa, baik, butuh perbaikan, kurang, sangat kurang."""

    EXCELLENT = "excellent"
    GOOD = "good"
    NEEDS_IMPROVEMENT = "needs_improvement"
    POOR = "poor"
    VERY_POOR = "very_poor"


#: (results, behaviour) → predicate.
MATRIX: dict[tuple[Rating, Rating], Predicate] = {
    (Rating.ABOVE, Rating.ABOVE): Predicate.VERY_GOOD,
    (Rating.ABOVE, Rating.MEETS): Predicate.GOOD,
    (Rating.ABOVE, Rating.BELOW): Predicate.POOR,
    (Rating.MEETS, Rating.ABOVE): Predicate.GOOD,
    (Rating.MEETS, Rating.MEETS): Predicate.GOOD,
    (Rating.MEETS, Rating.BELOW): Predicate.POOR,
    (Rating.BELOW, Rating.ABOVE): Predicate.NEEDS_IMPROVEMENT,
    (Rating.BELOW, Rating.MEETS): Predicate.NEEDS_IMPROVEMENT,
    (Rating.BELOW, Rating.BELOW): Predicate.VERY_POOR,
}

#: PerBKN 3/2023: per cent of the coefficient of a year.
CREDIT_PERCENT: dict[Predicate, Decimal] = {
    Predicate.VERY_GOOD: Decimal(150),
    Predicate.GOOD: Decimal(100),
    Predicate.NEEDS_IMPROVEMENT: Decimal(75),
    Predicate.POOR: Decimal(50),
    Predicate.VERY_POOR: Decimal(25),
}


def predicate(results: Rating, behaviour: Rating) -> Predicate:
    """The cell of the matrix."""
    return MATRIX[results, behaviour]


@dataclass(frozen=True, slots=True)
class SuggestionLimits:
    """From which average (per cent) a rating of results is suggested, as the city's data; no `above`: never."""

    meets: Decimal = MET
    above: Decimal | None = None


def suggestion(
    main: Sequence[Decimal | None], additional: Sequence[Decimal | None], limits: SuggestionLimits
) -> Rating | None:
    """What the achievements suggest for the results: MEETS or ABOVE, or None: nothing is suggested.

    MEETS needs the average and every main indicator met. Low or missing values suggest nothing: to find the cause is
    the superior's, and who did not report has not failed (design).
    """
    mean = average([*main, *additional])
    if not main or mean is None or any(value is None or value < MET for value in main):
        return None
    if limits.above is not None and mean >= limits.above:
        return Rating.ABOVE
    return Rating.MEETS if mean >= limits.meets else None


@dataclass(frozen=True, slots=True)
class SpreadRule:
    """How much per cent of the people may, or must, have one of these predicates; `some`: at least one person."""

    predicates: frozenset[Predicate]
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    some: bool = False


@dataclass(frozen=True, slots=True)
class SpreadWarning:
    """A rule that the ratings do not keep, and the share (per cent, two decimals) that was found."""

    rule: SpreadRule
    share: Decimal


def _spread(
    *predicates: Predicate, at_least: int | None = None, at_most: int | None = None, some: bool = False
) -> SpreadRule:
    low, high = (None if bound is None else Decimal(bound) for bound in (at_least, at_most))
    return SpreadRule(frozenset(predicates), low, high, some)


#: SE MenPANRB: the pattern of an organisation's predicates. Only a warning follows from it.
PATTERN: dict[OrganisationPredicate, tuple[SpreadRule, ...]] = {
    OrganisationPredicate.EXCELLENT: (_spread(Predicate.VERY_GOOD, at_most=70),),
    OrganisationPredicate.GOOD: (
        _spread(Predicate.GOOD, at_most=70),
        _spread(Predicate.NEEDS_IMPROVEMENT, Predicate.POOR, some=True),
    ),
    OrganisationPredicate.NEEDS_IMPROVEMENT: (
        _spread(Predicate.NEEDS_IMPROVEMENT, at_least=60),
        _spread(Predicate.VERY_GOOD, at_most=10),
    ),
    OrganisationPredicate.POOR: (
        _spread(Predicate.POOR, at_least=60),
        _spread(Predicate.NEEDS_IMPROVEMENT, at_least=10),
        _spread(Predicate.VERY_GOOD, at_most=10),
    ),
    OrganisationPredicate.VERY_POOR: (
        _spread(Predicate.VERY_POOR, at_least=60),
        _spread(Predicate.POOR, Predicate.NEEDS_IMPROVEMENT, at_least=10),
        _spread(Predicate.VERY_GOOD, at_most=0),
    ),
}


def spread_warnings(
    organisation: OrganisationPredicate,
    counts: Mapping[Predicate, int],
    smallest: int,
    pattern: Mapping[OrganisationPredicate, Iterable[SpreadRule]] = PATTERN,
) -> list[SpreadWarning]:
    """Which rules of the pattern the ratings break; none below `smallest` people, where shares mean nothing."""
    people = sum(counts.values())
    if people < max(smallest, 1):
        return []
    warnings = []
    for rule in pattern[organisation]:
        share = Decimal(100) * sum(counts.get(name, 0) for name in rule.predicates) / people
        too_few = (rule.at_least is not None and share < rule.at_least) or (rule.some and not share)
        if too_few or (rule.at_most is not None and share > rule.at_most):
            warnings.append(SpreadWarning(rule, rounded(share)))
    return warnings


def credit_points(rating: Predicate, coefficient: Decimal, months: int = 12) -> Decimal:
    """Angka kredit of so many months in a rank with this yearly coefficient (the city's data); for information."""
    return rounded(CREDIT_PERCENT[rating] * coefficient * months / 1200)
