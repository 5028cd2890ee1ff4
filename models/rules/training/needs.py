"""Which needs of training a unit's own figures show (domain section 5, design).

Three kinds of weak spots count: the two elements of the SKM that are about people (U6, U7), indicators that do not
keep the pace of their target, and classes of reports that come to the unit oftener than is usual in the city. Below
which figure something is weak is the city's data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from models.rules.performance.achievement import Target
from models.rules.performance.pace import PaceStatus
from models.rules.skm import Element, rounded
from models.rules.small_cells import is_publishable

#: The elements that a training can better: competence and behaviour of the staff.
ELEMENTS = (Element.U6, Element.U7)


class NeedKind(StrEnum):
    """From which figures it was seen."""

    ELEMENT = "element"
    INDICATOR = "indicator"
    REPORTS = "reports"


class Why(StrEnum):
    """The reason of a need."""

    ELEMENT_BELOW = "element_below"
    PACE_AT_RISK = "pace_at_risk"
    PACE_BEHIND = "pace_behind"
    REPORTS_FREQUENT = "reports_frequent"


@dataclass(frozen=True, slots=True)
class NeedLimits:
    """The city's data: the NRR below which an element is weak; a class of reports is frequent with so many of them
    and more than so many times its usual share.
    """

    element_below: Decimal
    reports_factor: Decimal
    reports_smallest: int


class Answered(NamedTuple):
    """An element's NRR over so many answers."""

    element: Element
    value: Decimal | None
    n: int


class Paced(NamedTuple):
    """An indicator: its value, what is due by now, and whether it keeps the pace."""

    what: str
    value: Decimal | None
    due: Target | None
    status: PaceStatus


class Counted(NamedTuple):
    """Of all reports to a unit those of one class, and the usual share (0-1) of the class in the city."""

    report_class: str
    cases: int
    total: int
    usual: Decimal


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """Everything that is looked at of one unit."""

    answered: Sequence[Answered] = ()
    paced: Sequence[Paced] = ()
    counted: Sequence[Counted] = ()


class Need(NamedTuple):
    """A weak spot: `what` names the element (U6), the indicator (its number) or the class; `value` stands against
    `compare`. Shares are per cent; `n` counts answers, or reports of the class out of `total`.
    """

    kind: NeedKind
    what: str
    value: Decimal
    compare: Decimal
    why: Why
    n: int = 0
    total: int = 0


def needs_of(facts: UnitFacts, limits: NeedLimits) -> list[Need]:
    """The needs that the figures show: the lowest element first, then what is far behind, then reports."""
    elements = sorted(_elements(facts.answered, limits.element_below), key=lambda need: need.value)
    paces = sorted(_paces(facts.paced), key=lambda need: need.why is not Why.PACE_BEHIND)
    return [*elements, *paces, *_frequent(facts.counted, limits)]


def _elements(answered: Sequence[Answered], below: Decimal) -> Iterator[Need]:
    """Rounded as it is shown before it is compared; nothing of fewer than five answers."""
    for element, value, n in answered:
        if element not in ELEMENTS or value is None or not is_publishable(n):
            continue
        shown = rounded(value)
        if shown < below:
            yield Need(NeedKind.ELEMENT, element.code, shown, below, Why.ELEMENT_BELOW, n)


def _paces(paced: Sequence[Paced]) -> Iterator[Need]:
    reasons = {PaceStatus.AT_RISK: Why.PACE_AT_RISK, PaceStatus.BEHIND: Why.PACE_BEHIND}
    for what, value, due, status in paced:
        if value is None or due is None or status not in reasons:
            continue
        missed = due.low if value < due.low else due.high
        yield Need(NeedKind.INDICATOR, what, value, missed, reasons[status])


def _frequent(counted: Sequence[Counted], limits: NeedLimits) -> Iterator[Need]:
    for report_class, cases, total, usual in counted:
        if not total or cases < limits.reports_smallest:
            continue
        share = Decimal(cases) / total
        if share > usual * limits.reports_factor:
            yield Need(NeedKind.REPORTS, report_class, 100 * share, 100 * usual, Why.REPORTS_FREQUENT, cases, total)
