"""The yearly work plan (SKP): when it is complete, how it lives, in whose hands it is (domain rule 27).

Source: PermenPANRB 6/2022. A draft may be made before the superior's plan exists; on approval every main result names
the superior's result that it serves, except at the top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise

from models.errors import Refusal
from models.rules.performance.achievement import Polarity, Target, require_target
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.hands import Hand
from models.rules.performance.pace import QUARTERS

#: What is due in each quarter, of the low bound; None: nothing.
Quarters = Sequence[Decimal | None]
_HUNDREDTH = Decimal("0.01")


class PlanStatus(StrEnum):
    """Where a version of a plan stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    SUPERSEDED = "superseded"


class ResultKind(StrEnum):
    """Utama or tambahan."""

    MAIN = "main"
    ADDITIONAL = "additional"


class WorkPlanAction(StrEnum):
    """What can be done with a work plan; SUPERSEDE belongs to the approval of the next version."""

    VIEW = "view"
    EDIT = "edit"
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    RETURN = "return"
    APPROVE = "approve"
    REVISE = "revise"
    SUPERSEDE = "supersede"


class PlanFault(StrEnum):
    """What a plan, a result or an item still lacks."""

    NO_MAIN_RESULT = "no_main_result"
    NO_TITLE = "no_title"
    NO_ITEM = "no_item"
    NO_LINK = "no_link"
    NO_NAME = "no_name"
    NO_UNIT = "no_unit"
    BAD_TARGET = "bad_target"
    NO_QUARTERS = "no_quarters"
    QUARTERS_DIFFER = "quarters_differ"
    YES_NO_LAST = "yes_no_last"


#: Action → {status before: status after}. What is not listed is refused.
PLAN_TRANSITIONS: dict[WorkPlanAction, dict[PlanStatus, PlanStatus]] = {
    WorkPlanAction.VIEW: {status: status for status in PlanStatus},
    WorkPlanAction.EDIT: {PlanStatus.DRAFT: PlanStatus.DRAFT, PlanStatus.RETURNED: PlanStatus.RETURNED},
    WorkPlanAction.SUBMIT: {PlanStatus.DRAFT: PlanStatus.SUBMITTED, PlanStatus.RETURNED: PlanStatus.SUBMITTED},
    WorkPlanAction.TAKE_BACK: {PlanStatus.SUBMITTED: PlanStatus.DRAFT},
    WorkPlanAction.RETURN: {PlanStatus.SUBMITTED: PlanStatus.RETURNED},
    WorkPlanAction.APPROVE: {PlanStatus.SUBMITTED: PlanStatus.APPROVED},
    # The version stays as it is; the change is a new version, a draft.
    WorkPlanAction.REVISE: {PlanStatus.APPROVED: PlanStatus.APPROVED},
    WorkPlanAction.SUPERSEDE: {PlanStatus.APPROVED: PlanStatus.SUPERSEDED},
}
#: In whose hands each action is. Human resources may VIEW beside them.
PLAN_HANDS: dict[WorkPlanAction, tuple[Hand, ...]] = {
    WorkPlanAction.VIEW: (Hand.OWNER, Hand.LINE),
    WorkPlanAction.EDIT: (Hand.OWNER,),
    WorkPlanAction.SUBMIT: (Hand.OWNER,),
    WorkPlanAction.TAKE_BACK: (Hand.OWNER,),
    WorkPlanAction.RETURN: (Hand.SUPERIOR,),
    WorkPlanAction.APPROVE: (Hand.SUPERIOR,),
    WorkPlanAction.REVISE: (Hand.OWNER,),
    WorkPlanAction.SUPERSEDE: (),
}


def require_plan_step(present: PlanStatus, following: PlanStatus) -> None:
    """Refused with `plan_not_now` where no action leads from one state to the other."""
    changing = (table for action, table in PLAN_TRANSITIONS.items() if action is not WorkPlanAction.VIEW)
    if not any(table.get(present) is following for table in changing):
        raise Refusal("plan_not_now")


def require_plan_action(action: WorkPlanAction, status: PlanStatus, hands: frozenset[Hand]) -> PlanStatus:
    """The status after it; refused with `not_your_own_work`, `not_your_subordinate` or `plan_not_now`.

    Nobody approves or returns the own plan.
    """
    if not hands & set(PLAN_HANDS[action]):
        raise Refusal("not_your_own_work" if Hand.OWNER in hands else "not_your_subordinate")
    if status not in PLAN_TRANSITIONS[action]:
        raise Refusal("plan_not_now")
    return PLAN_TRANSITIONS[action][status]


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """An indicator of a result, as far as it is filled in; `quarters` are parts or levels of the low bound."""

    name: str = ""
    measure_unit: str = ""
    polarity: Polarity | None = None
    aggregation: Aggregation | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    quarters: Quarters = ()


@dataclass(frozen=True, slots=True)
class ResultDraft:
    """A result with its indicators; `linked`: it names the superior's result that it serves."""

    kind: ResultKind
    title: str
    items: Sequence[ItemDraft] = ()
    linked: bool = True


@dataclass(frozen=True, slots=True)
class PlanGap:
    """What is wrong, with the place of the result and of its item, both counted from 0; None: of the whole."""

    fault: PlanFault
    result: int | None = None
    item: int | None = None


def plan_gaps(results: Sequence[ResultDraft], links_needed: bool = False) -> list[PlanGap]:
    """Everything that keeps a plan from being submitted, and with `links_needed` from being approved; in order."""
    gaps = [] if any(result.kind is ResultKind.MAIN for result in results) else [PlanGap(PlanFault.NO_MAIN_RESULT)]
    for number, result in enumerate(results):
        gaps += [PlanGap(fault, number) for fault in _result_faults(result, links_needed)]
        for place, item in enumerate(result.items):
            gaps += [PlanGap(fault, number, place) for fault in item_faults(item)]
    return gaps


def item_faults(item: ItemDraft) -> list[PlanFault]:
    """What an indicator of a plan lacks."""
    present = ((PlanFault.NO_NAME, item.name.strip()), (PlanFault.NO_UNIT, item.measure_unit.strip()))
    faults = [fault for fault, text in present if not text]
    if item.polarity is None or item.aggregation is None or item.low is None:
        return [*faults, PlanFault.BAD_TARGET]
    target = Target.of(item.low, item.high)
    try:
        require_target(item.polarity, *target)
    except Refusal:
        return [*faults, PlanFault.BAD_TARGET]
    if item.polarity is Polarity.YES_NO and item.aggregation is not Aggregation.LAST:
        faults.append(PlanFault.YES_NO_LAST)
    if len(item.quarters) != QUARTERS or not any(part is not None for part in item.quarters):
        return [*faults, PlanFault.NO_QUARTERS]
    return faults if year_of(item.aggregation, item.quarters) == target.low else [*faults, PlanFault.QUARTERS_DIFFER]


def year_of(aggregation: Aggregation, quarters: Quarters) -> Decimal | None:
    """What the quarters make of the year: their sum, the last level, or the mean (to the hundredth) of those set."""
    present = [part for part in quarters if part is not None]
    if not present:
        return None
    if aggregation is Aggregation.LAST:
        return present[-1]
    total = sum(present, Decimal(0))
    return total if aggregation is Aggregation.SUM else (total / len(present)).quantize(_HUNDREDTH, ROUND_HALF_UP)


def even_quarters(aggregation: Aggregation, low: Decimal) -> tuple[Decimal, ...]:
    """The split that is offered first: a sum in even parts (whole ones of a whole number), a level four times."""
    if aggregation is not Aggregation.SUM:
        return (low,) * QUARTERS
    step = Decimal(1) if low == low.to_integral_value() else _HUNDREDTH
    reached = [(low * part / QUARTERS).quantize(step, ROUND_DOWN) for part in range(QUARTERS)] + [low]
    return tuple(after - before for before, after in pairwise(reached))


def split_of(aggregation: Aggregation, low: Decimal, high: Decimal, quarters: Quarters) -> tuple[Target | None, ...]:
    """The quarters as ranges: a sum's in the proportion of the year's bounds, a level's as wide as the year's."""
    return tuple(None if part is None else _ranged(aggregation, low, high, part) for part in quarters)


def _ranged(aggregation: Aggregation, low: Decimal, high: Decimal, part: Decimal) -> Target:
    if low == high:
        return Target.of(part)
    if aggregation is not Aggregation.SUM:
        return Target(part, part + high - low)
    return Target(part, part * high / low if low else high / QUARTERS)


def _result_faults(result: ResultDraft, links_needed: bool) -> list[PlanFault]:
    unlinked = links_needed and result.kind is ResultKind.MAIN and not result.linked
    wrong = (
        (PlanFault.NO_TITLE, not result.title.strip()),
        (PlanFault.NO_ITEM, not result.items),
        (PlanFault.NO_LINK, unlinked),
    )
    return [fault for fault, there in wrong if there]
