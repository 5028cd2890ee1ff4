"""The life of an improvement, its term, and who may do what with it."""

from __future__ import annotations

from datetime import date

import pytest

from models.errors import Refusal
from models.rules.improvements import NEXT, UNFINISHED, Step, Term, require_step, term_of
from models.rules.performance.plan_rights import PlanAction, may_plan, require_plan
from models.rules.permissions import Grant, Presser, Role

HEAD = Presser(1, 11, (Grant(Role.HEAD, 1),))
OTHER_HEAD = Presser(2, 12, (Grant(Role.HEAD, 2),))
OWNER = Presser(3, 13, (Grant(Role.OFFICER, 1),))
COLLEAGUE = Presser(4, 14, (Grant(Role.OFFICER, 1),))
ADMIN = Presser(5, 15, (Grant(Role.ADMIN),))
INSPECTOR = Presser(6, 16, (Grant(Role.INSPECTOR),))
VERIFIER = Presser(7, 17, (Grant(Role.VERIFIER),))
RESIDENT = Presser(8)
HR = Presser(9, 18, (Grant(Role.HR),))


@pytest.mark.parametrize("present", Step)
@pytest.mark.parametrize("following", Step)
def test_the_table_of_steps(present: Step, following: Step) -> None:
    if following in NEXT[present]:
        require_step(present, following)
        assert present in UNFINISHED
    else:
        with pytest.raises(Refusal, match="improvement_is_over"):
            require_step(present, following)


@pytest.mark.parametrize(
    ("due", "term"),
    [
        (date(2026, 12, 1), Term.SHORT),
        (date(2027, 11, 23), Term.SHORT),
        (date(2027, 11, 24), Term.MEDIUM),
        (date(2028, 11, 24), Term.MEDIUM),
        (date(2028, 11, 25), Term.LONG),
        (date(2030, 1, 1), Term.LONG),
    ],
)
def test_short_below_twelve_months_long_beyond_24(due: date, term: Term) -> None:
    assert term_of(date(2026, 11, 24), due) is term


@pytest.mark.parametrize(
    ("action", "allowed"),
    [
        (PlanAction.VIEW, (HEAD, OWNER, COLLEAGUE, ADMIN, INSPECTOR, VERIFIER)),
        (PlanAction.MAKE, (HEAD,)),
        (PlanAction.CHANGE, (HEAD,)),
        (PlanAction.ADVANCE, (HEAD, OWNER)),
    ],
)
def test_who_may(action: PlanAction, allowed: tuple[Presser, ...]) -> None:
    everybody = (HEAD, OTHER_HEAD, OWNER, COLLEAGUE, ADMIN, INSPECTOR, VERIFIER, RESIDENT, HR)
    assert tuple(who for who in everybody if may_plan(who, action, {1}, owner_id=13)) == allowed


def test_a_foreign_unit_is_refused() -> None:
    with pytest.raises(Refusal, match="not_your_unit"):
        require_plan(OTHER_HEAD, PlanAction.CHANGE, {1})


def test_a_head_also_answers_for_a_unit_that_was_merged_into_the_own() -> None:
    assert may_plan(HEAD, PlanAction.CHANGE, {1, 7})


def test_an_improvement_without_an_owner_is_nobodys() -> None:
    assert not may_plan(Presser(10, None, (Grant(Role.OFFICER, 2),)), PlanAction.ADVANCE, {1}, owner_id=None)
