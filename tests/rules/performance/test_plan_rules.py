"""The work plan: complete, alive, in the right hands: rule 27."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refusal
from models.rules.performance.achievement import Polarity, Target
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.hands import Hand, hands_of
from models.rules.performance.plan_rules import (
    PLAN_HANDS,
    PLAN_TRANSITIONS,
    ItemDraft,
    PlanFault,
    PlanGap,
    PlanStatus,
    ResultDraft,
    ResultKind,
    WorkPlanAction,
    even_quarters,
    item_faults,
    plan_gaps,
    require_plan_action,
    require_plan_step,
    split_of,
    year_of,
)

D = Decimal
SUM, LAST, MEAN = Aggregation
DRAFT, SUBMITTED, RETURNED, APPROVED, SUPERSEDED = PlanStatus
OWNER, SUPERIOR, ACTING, SECOND, STRANGER = range(1, 6)
LINE = ((SUPERIOR, ACTING), (SECOND,))


def of(*parts: str | None) -> tuple[Decimal | None, ...]:
    return tuple(None if part is None else D(part) for part in parts)


ITEM = ItemDraft("Dokumen yang selesai", "dokumen", Polarity.HIGHER, SUM, D(100), D(100), of("25", "25", "25", "25"))
RESULT = ResultDraft(ResultKind.MAIN, "Pelayanan yang cepat", (ITEM,))


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({}, []),
        ({"high": None}, []),  # one number
        ({"quarters": of(None, None, "50", "50")}, []),  # whoever came in July
        ({"name": " "}, ["no_name"]),
        ({"measure_unit": ""}, ["no_unit"]),
        ({"low": None}, ["bad_target"]),
        ({"polarity": None}, ["bad_target"]),
        ({"aggregation": None, "measure_unit": ""}, ["no_unit", "bad_target"]),
        ({"low": D(0), "high": D(0)}, ["bad_target"]),  # more is better, nothing is the target
        ({"low": D(110)}, ["bad_target"]),  # low above high
        ({"quarters": ()}, ["no_quarters"]),
        ({"quarters": of(None, None, None, None)}, ["no_quarters"]),
        ({"quarters": of("25", "25", "25")}, ["no_quarters"]),
        ({"quarters": of("25", "25", "25", "24")}, ["quarters_differ"]),
        # The year follows from the quarters by the kind of aggregation.
        ({"aggregation": LAST, "quarters": of("40", "60", "80", "100")}, []),
        ({"aggregation": LAST, "quarters": of("40", "60", "80", "90")}, ["quarters_differ"]),
        ({"aggregation": LAST, "quarters": of(None, "100", None, None)}, []),
        ({"aggregation": MEAN, "quarters": of("90", "100", "100", "110")}, []),
        ({"aggregation": MEAN, "quarters": of("100", "100", "100", "110")}, ["quarters_differ"]),
        # Yes or no is a state, not an amount.
        (
            {
                "polarity": Polarity.YES_NO,
                "aggregation": LAST,
                "low": D(1),
                "high": D(1),
                "quarters": of(None, None, "1", None),
            },
            [],
        ),
        (
            {"polarity": Polarity.YES_NO, "low": D(1), "high": D(1), "quarters": of("1", None, None, None)},
            ["yes_no_last"],
        ),
    ],
)
def test_rule_27_what_an_indicator_needs(changes: dict[str, object], faults: list[str]) -> None:
    assert item_faults(replace(ITEM, **changes)) == [PlanFault(fault) for fault in faults]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("results", "links_needed", "gaps"),
    [
        ([RESULT], False, []),
        ([RESULT], True, []),
        ([], False, [PlanGap(PlanFault.NO_MAIN_RESULT)]),
        ([replace(RESULT, kind=ResultKind.ADDITIONAL)], False, [PlanGap(PlanFault.NO_MAIN_RESULT)]),
        ([replace(RESULT, items=())], False, [PlanGap(PlanFault.NO_ITEM, 0)]),
        ([RESULT, replace(RESULT, title="")], False, [PlanGap(PlanFault.NO_TITLE, 1)]),
        (
            [RESULT, replace(RESULT, items=(ITEM, replace(ITEM, measure_unit="")))],
            False,
            [PlanGap(PlanFault.NO_UNIT, 1, 1)],
        ),
        # A draft may be made and handed in before the superior has a plan; approval needs the link of main results.
        ([replace(RESULT, linked=False)], False, []),
        ([replace(RESULT, linked=False)], True, [PlanGap(PlanFault.NO_LINK, 0)]),
        ([RESULT, replace(RESULT, kind=ResultKind.ADDITIONAL, linked=False)], True, []),
    ],
)
def test_rule_27_what_a_plan_needs(results: list[ResultDraft], links_needed: bool, gaps: list[PlanGap]) -> None:
    assert plan_gaps(results, links_needed) == gaps


@pytest.mark.parametrize("present", PlanStatus)
@pytest.mark.parametrize("following", PlanStatus)
def test_rule_27_approval_freezes(present: PlanStatus, following: PlanStatus) -> None:
    steps = {
        *((status, status) for status in (DRAFT, RETURNED, APPROVED)),  # edited, or a new version begun
        (DRAFT, SUBMITTED),
        (RETURNED, SUBMITTED),
        (SUBMITTED, DRAFT),
        (SUBMITTED, RETURNED),
        (SUBMITTED, APPROVED),
        (APPROVED, SUPERSEDED),
    }
    if (present, following) in steps:
        assert require_plan_step(present, following) is None
    else:
        with pytest.raises(Refusal, match="plan_not_now"):
            require_plan_step(present, following)


@pytest.mark.parametrize(
    ("action", "allowed", "before", "after"),
    [
        ("view", {OWNER, SUPERIOR, ACTING, SECOND}, APPROVED, APPROVED),
        ("edit", {OWNER}, DRAFT, DRAFT),
        ("edit", {OWNER}, RETURNED, RETURNED),
        ("submit", {OWNER}, RETURNED, SUBMITTED),
        ("take_back", {OWNER}, SUBMITTED, DRAFT),
        ("return", {SUPERIOR, ACTING}, SUBMITTED, RETURNED),
        ("approve", {SUPERIOR, ACTING}, SUBMITTED, APPROVED),
        ("revise", {OWNER}, APPROVED, APPROVED),
        ("supersede", set(), APPROVED, SUPERSEDED),
    ],
)
def test_rule_27_in_whose_hands(action: str, allowed: set[int], before: PlanStatus, after: PlanStatus) -> None:
    for actor in (OWNER, SUPERIOR, ACTING, SECOND, STRANGER):
        hands = hands_of(actor, OWNER, LINE)
        if actor in allowed:
            assert require_plan_action(WorkPlanAction(action), before, hands) is after
            continue
        with pytest.raises(Refusal) as refused:
            require_plan_action(WorkPlanAction(action), before, hands)
        assert refused.value.code == ("not_your_own_work" if actor == OWNER else "not_your_subordinate")


@pytest.mark.parametrize(
    ("action", "status"),
    [
        ("edit", SUBMITTED),
        ("edit", APPROVED),
        ("edit", SUPERSEDED),
        ("submit", SUBMITTED),
        ("revise", DRAFT),
        ("take_back", APPROVED),
    ],
)
def test_rule_27_not_in_this_state(action: str, status: PlanStatus) -> None:
    with pytest.raises(Refusal, match="plan_not_now"):
        require_plan_action(WorkPlanAction(action), status, frozenset({Hand.OWNER}))


def test_the_tables_are_whole() -> None:
    assert PLAN_TRANSITIONS.keys() == PLAN_HANDS.keys() == set(WorkPlanAction)


@pytest.mark.parametrize(
    ("aggregation", "low", "expected"),
    [
        (SUM, "100", "25 25 25 25"),
        (SUM, "10", "2 3 2 3"),  # whole documents
        (SUM, "1", "0 0 0 1"),
        (SUM, "2.5", "0.62 0.63 0.62 0.63"),
        (LAST, "90", "90 90 90 90"),
        (MEAN, "87.5", "87.5 87.5 87.5 87.5"),
    ],
)
def test_the_split_that_is_offered(aggregation: Aggregation, low: str, expected: str) -> None:
    assert even_quarters(aggregation, D(low)) == tuple(D(part) for part in expected.split())


@given(st.sampled_from(Aggregation), st.decimals(0, 10_000, places=2))
def test_the_offered_split_always_fits(aggregation: Aggregation, low: Decimal) -> None:
    parts = even_quarters(aggregation, low)
    assert year_of(aggregation, parts) == low
    assert all(part >= 0 for part in parts)


def test_a_year_without_quarters() -> None:
    assert year_of(SUM, (None,) * 4) is None


@pytest.mark.parametrize(
    ("aggregation", "low", "high", "quarters", "expected"),
    [
        (SUM, "100", "100", of("25", None, "25", "50"), [(25, 25), None, (25, 25), (50, 50)]),
        (SUM, "80", "120", of("20", "20", "20", "20"), [(20, 30)] * 4),
        (SUM, "0", "8", of("0", "0", "0", "0"), [(0, 2)] * 4),
        (LAST, "80", "90", of("60", "70", "75", "80"), [(60, 70), (70, 80), (75, 85), (80, 90)]),
        (MEAN, "80", "90", of("80", "80", "80", "80"), [(80, 90)] * 4),
    ],
)
def test_quarters_as_ranges(
    aggregation: Aggregation,
    low: str,
    high: str,
    quarters: tuple[Decimal | None, ...],
    expected: list[tuple[int, int] | None],
) -> None:
    assert list(split_of(aggregation, D(low), D(high), quarters)) == expected
    assert all(part is None or isinstance(part, Target) for part in split_of(aggregation, D(low), D(high), quarters))
