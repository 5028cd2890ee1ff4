"""Which needs of training a unit's figures show (domain section 5): a row each."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.rules.performance.achievement import Target
from models.rules.performance.pace import PaceStatus
from models.rules.skm import Element
from models.rules.training.needs import Answered, Counted, Need, NeedKind, NeedLimits, Paced, UnitFacts, Why, needs_of

LIMITS = NeedLimits(element_below=Decimal("3.06"), reports_factor=Decimal("1.25"), reports_smallest=5)


def d(value: str) -> Decimal:
    return Decimal(value)


@pytest.mark.parametrize(
    ("element", "value", "n", "weak"),
    [
        (Element.U7, "2.61", 34, True),
        (Element.U6, "3.0599", 34, False),  # shown as 3.06, so it is not below 3.06
        (Element.U6, "3.0549", 34, True),  # shown as 3.05
        (Element.U6, "3.06", 34, False),  # the limit itself is good enough
        (Element.U7, "1", 5, True),  # five people may be spoken of,
        (Element.U7, "1", 4, False),  # four not (domain section 7)
        (Element.U3, "1", 34, False),  # no training shortens a queue: only U6 and U7
        (Element.U7, None, 0, False),
    ],
)
def test_elements(element: Element, value: str | None, n: int, weak: bool) -> None:
    facts = UnitFacts(answered=[Answered(element, None if value is None else d(value), n)])
    found = needs_of(facts, LIMITS)
    assert [need.what for need in found] == ([element.code] if weak else [])
    for need in found:
        assert (need.kind, need.why, need.n) == (NeedKind.ELEMENT, Why.ELEMENT_BELOW, n)
        assert need.compare == d("3.06")
        assert need.value < need.compare


@pytest.mark.parametrize(
    ("value", "due", "status", "need"),
    [
        ("40", ("60", "60"), PaceStatus.BEHIND, (d("60"), Why.PACE_BEHIND)),
        ("55", ("60", "60"), PaceStatus.AT_RISK, (d("60"), Why.PACE_AT_RISK)),
        ("60", ("60", "60"), PaceStatus.ON_TRACK, None),
        ("20", ("14", "14"), PaceStatus.BEHIND, (d("14"), Why.PACE_BEHIND)),  # lower is better
        ("9", ("3", "7"), PaceStatus.AT_RISK, (d("7"), Why.PACE_AT_RISK)),  # above a range
        ("1", ("3", "7"), PaceStatus.AT_RISK, (d("3"), Why.PACE_AT_RISK)),  # below it
        (None, ("60", "60"), PaceStatus.NO_DATA, None),  # nothing known is no weakness
        ("0", None, PaceStatus.NOT_DUE, None),
    ],
)
def test_indicators(
    value: str | None, due: tuple[str, str] | None, status: PaceStatus, need: tuple[Decimal, Why] | None
) -> None:
    expected = None if due is None else Target(d(due[0]), d(due[1]))
    facts = UnitFacts(paced=[Paced("7", None if value is None else d(value), expected, status)])
    found = [(one.compare, one.why) for one in needs_of(facts, LIMITS)]
    assert found == ([] if need is None else [need])


@pytest.mark.parametrize(
    ("cases", "total", "usual", "frequent"),
    [
        (8, 10, "0.6", True),  # 80 % where 60 % is usual: more than 1.25 times
        (75, 100, "0.6", False),  # exactly 1.25 times is still usual
        (76, 100, "0.6", True),
        (4, 4, "0.2", False),  # too few to say anything
        (5, 5, "0.2", True),
        (0, 0, "0.2", False),  # a unit to which nobody writes
        (10, 10, "1", False),  # everybody gets only these
    ],
)
def test_reports(cases: int, total: int, usual: str, frequent: bool) -> None:
    found = needs_of(UnitFacts(counted=[Counted("complaint", cases, total, d(usual))]), LIMITS)
    assert len(found) == frequent
    for need in found:
        assert (need.kind, need.what, need.why) == (NeedKind.REPORTS, "complaint", Why.REPORTS_FREQUENT)
        assert (need.n, need.total) == (cases, total)
        assert need.value == Decimal(100 * cases) / total
        assert need.compare == 100 * d(usual)


def test_the_weakest_comes_first() -> None:
    facts = UnitFacts(
        answered=[Answered(Element.U6, d("2.9"), 20), Answered(Element.U7, d("2.6"), 20)],
        paced=[
            Paced("1", d("90"), Target(d("100"), d("100")), PaceStatus.AT_RISK),
            Paced("2", d("10"), Target(d("100"), d("100")), PaceStatus.BEHIND),
        ],
        counted=[Counted("complaint", 9, 10, d("0.5"))],
    )
    found = needs_of(facts, LIMITS)
    assert [need.what for need in found] == ["U7", "U6", "2", "1", "complaint"]
    assert found[0] == Need(NeedKind.ELEMENT, "U7", d("2.60"), d("3.06"), Why.ELEMENT_BELOW, 20)
