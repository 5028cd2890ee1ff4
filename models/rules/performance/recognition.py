"""Who fulfils a rule of recognition, by what, and what others lack (design; domain section 3, rule 32).

A rule is data, fixed before the period it is about. Few ratings are drawn toward the city's mean, so that three happy
residents do not outweigh three hundred. There is an order among those who fulfil the rule, and none among the others.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from models.errors import Refusal
from models.rules.performance.achievement import average

_HUNDRED = Decimal(100)
#: From the scale of ratings, 1-4, to per cent.
_PER_RATING = Decimal(25)

Who = TypeVar("Who", bound=Hashable)


class CriterionKind(StrEnum):
    """What a criterion looks at."""

    MAIN_INDICATORS = "main_indicators"
    WEEKS_REPORTED = "weeks_reported"
    NO_UPHELD_COMPLAINT = "no_upheld_complaint"
    RATING = "rating"
    SETTLED_IN_TIME = "settled_in_time"
    CONFIRMED = "confirmed"
    REOPENED = "reopened"


#: Good is what stays at or below the limit.
_AT_MOST = frozenset({CriterionKind.NO_UPHELD_COMPLAINT, CriterionKind.REOPENED})


class Shortfall(StrEnum):
    """Why a criterion is not fulfilled: the limit is missed, there is too little to judge by, or nothing at all."""

    MISSED = "missed"
    TOO_FEW = "too_few"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition. `limit`: per cent, ratings 1-4, or a number of complaints; for complaints and REOPENED the most.

    `smallest`: of so many indicators, weeks, ratings or reports at least. `prior`: so many cases of the city's mean are
    added. `weight`: how much it counts for the order, 0: it is a condition only.
    """

    kind: CriterionKind
    limit: Decimal
    smallest: int = 0
    prior: int = 0
    weight: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Criteria:
    """A rule's conditions, the points lost per per cent of reopened reports, and how many are nominated (None: all)."""

    conditions: tuple[Criterion, ...]
    deduction: Decimal = Decimal(0)
    most: int | None = None


@dataclass(frozen=True, slots=True)
class RecognitionFacts:
    """What the records say of a civil servant or a unit in the period; `main` are achievements in per cent.

    Of `settled` reports, `in_time`, `confirmed` (by the resident) and `reopened` are parts.
    """

    main: tuple[Decimal | None, ...] = ()
    weeks_due: int = 0
    weeks_reported: int = 0
    upheld_complaints: int = 0
    ratings: int = 0
    rating_sum: int = 0
    settled: int = 0
    in_time: int = 0
    confirmed: int = 0
    reopened: int = 0


@dataclass(frozen=True, slots=True)
class CriterionFinding:
    """One condition held against the facts: the value (exact, drawn to the mean where so), of how many cases."""

    criterion: Criterion
    value: Decimal | None
    n: int
    shortfall: Shortfall | None = None


@dataclass(frozen=True, slots=True)
class RecognitionVerdict:
    """All findings, the answer to "why not me?" among them, and the score that orders who fulfils the rule."""

    findings: tuple[CriterionFinding, ...]
    score: Decimal | None

    @property
    def fulfilled(self) -> bool:
        """Whether every condition is."""
        return not self.shortfalls

    @property
    def shortfalls(self) -> tuple[CriterionFinding, ...]:
        """What is lacking."""
        return tuple(finding for finding in self.findings if finding.shortfall is not None)


@dataclass(frozen=True, slots=True)
class Nominee(Generic[Who]):
    """Somebody who fulfils the rule, with the place in the order; equal scores share one."""

    who: Who
    place: int
    verdict: RecognitionVerdict


def read_criteria(data: Mapping[str, object]) -> Criteria:
    """The criteria as they are stored (`conditions`, `deduction`, `most`); ValueError where they say something else."""
    unknown = data.keys() - {"conditions", "deduction", "most"}
    conditions = data.get("conditions")
    if unknown or not isinstance(conditions, list) or not conditions:
        raise ValueError(f"conditions, deduction, most: {sorted(unknown)}")
    read = tuple(_criterion(condition) for condition in conditions)
    if len({criterion.kind for criterion in read}) < len(read):
        raise ValueError("one condition of each kind")
    most = data.get("most")
    return Criteria(read, _number(data.get("deduction", 0)), None if most is None else _count(most))


def require_fixed_before(fixed_on: date, first: date) -> None:
    """Refused with `rule_fixed_late`: a rule counts only for periods that begin after it was fixed."""
    if fixed_on >= first:
        raise Refusal("rule_fixed_late")


def drawn_to_mean(total: Decimal, n: int, mean: Decimal | None, prior: int) -> Decimal | None:
    """The mean of n cases together with `prior` cases of the city's mean; None without a case of one's own."""
    if not n:
        return None
    return total / n if mean is None else (total + mean * prior) / (n + prior)


def judge(criteria: Criteria, facts: RecognitionFacts, means: Mapping[CriterionKind, Decimal]) -> RecognitionVerdict:
    """Hold every condition against the facts; `means` are the city's, for RATING (1-4) and the shares (per cent)."""
    findings = tuple(_find(criterion, facts, means.get(criterion.kind)) for criterion in criteria.conditions)
    return RecognitionVerdict(findings, _score(criteria, findings, facts))


def nominees(verdicts: Iterable[tuple[Who, RecognitionVerdict]], most: int | None = None) -> list[Nominee[Who]]:
    """Those who fulfil the rule, best first, as many as it allows (and whoever equals the last). No others, ever."""
    able = [(who, verdict) for who, verdict in verdicts if verdict.fulfilled]
    able.sort(key=lambda pair: pair[1].score or Decimal(0), reverse=True)
    scores = [verdict.score for _, verdict in able]
    placed = [Nominee(who, scores.index(verdict.score) + 1, verdict) for who, verdict in able]
    return [nominee for nominee in placed if most is None or nominee.place <= most]


def _find(criterion: Criterion, facts: RecognitionFacts, mean: Decimal | None) -> CriterionFinding:
    value, n = _value(criterion, facts, mean)
    if value is None:
        return CriterionFinding(criterion, None, n, Shortfall.NO_DATA)
    if n < criterion.smallest:
        return CriterionFinding(criterion, value, n, Shortfall.TOO_FEW)
    kept = value <= criterion.limit if criterion.kind in _AT_MOST else value >= criterion.limit
    return CriterionFinding(criterion, value, n, None if kept else Shortfall.MISSED)


def _value(criterion: Criterion, facts: RecognitionFacts, mean: Decimal | None) -> tuple[Decimal | None, int]:
    """What is compared with the limit, and of how many cases. Of the main indicators the lowest counts."""
    if criterion.kind is CriterionKind.MAIN_INDICATORS:
        known = [value for value in facts.main if value is not None]
        return (min(known) if known and len(known) == len(facts.main) else None), len(facts.main)
    if criterion.kind is CriterionKind.NO_UPHELD_COMPLAINT:
        return Decimal(facts.upheld_complaints), facts.upheld_complaints
    if criterion.kind is CriterionKind.RATING:
        return drawn_to_mean(Decimal(facts.rating_sum), facts.ratings, mean, criterion.prior), facts.ratings
    part, whole = _SHARES[criterion.kind](facts)
    return drawn_to_mean(_HUNDRED * part, whole, mean, criterion.prior), whole


_SHARES = {
    CriterionKind.WEEKS_REPORTED: lambda facts: (facts.weeks_reported, facts.weeks_due),
    CriterionKind.SETTLED_IN_TIME: lambda facts: (facts.in_time, facts.settled),
    CriterionKind.CONFIRMED: lambda facts: (facts.confirmed, facts.settled),
    CriterionKind.REOPENED: lambda facts: (facts.reopened, facts.settled),
}


def _score(criteria: Criteria, findings: Iterable[CriterionFinding], facts: RecognitionFacts) -> Decimal | None:
    """The weighted mean in per cent less the deduction; None where nothing is weighed or known."""
    weighed = [
        (points, finding.criterion.weight)
        for finding in findings
        if finding.criterion.weight and (points := _points(finding, facts)) is not None
    ]
    if not weighed:
        return None
    mean = sum((points * weight for points, weight in weighed), Decimal(0)) / sum(weight for _, weight in weighed)
    lost = criteria.deduction * _HUNDRED * facts.reopened / facts.settled if facts.settled else Decimal(0)
    return mean - lost


def _points(finding: CriterionFinding, facts: RecognitionFacts) -> Decimal | None:
    if finding.value is None:
        return None
    if finding.criterion.kind is CriterionKind.MAIN_INDICATORS:
        return average(facts.main)
    if finding.criterion.kind is CriterionKind.RATING:
        return finding.value * _PER_RATING
    return _HUNDRED - finding.value if finding.criterion.kind is CriterionKind.REOPENED else finding.value


def _criterion(data: object) -> Criterion:
    if not isinstance(data, Mapping) or not {"kind", "limit"} <= data.keys() <= _FIELDS:
        raise ValueError(f"kind, limit, smallest, prior, weight: {data}")
    criterion = Criterion(
        CriterionKind(data["kind"]),
        _number(data["limit"]),
        _count(data.get("smallest", 0)),
        _count(data.get("prior", 0)),
        _number(data.get("weight", 0)),
    )
    if criterion.kind is CriterionKind.NO_UPHELD_COMPLAINT and (criterion.weight or criterion.smallest):
        raise ValueError("complaints that were upheld are a condition only")
    return criterion


_FIELDS = {"kind", "limit", "smallest", "prior", "weight"}


def _number(value: object) -> Decimal:
    """A number as text or whole; never a binary float."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        try:
            number = Decimal(value)
        except ArithmeticError:
            raise ValueError(f"a number: {value}") from None
        if number.is_finite() and number >= 0:
            return number
    raise ValueError(f"a number: {value}")


def _count(value: object) -> int:
    number = _number(value)
    if number != number.to_integral_value():
        raise ValueError(f"a whole number: {value}")
    return int(number)
