"""The life of an evaluation and whose hands it is in: rule 26."""

from __future__ import annotations

from datetime import date

import pytest

from models.errors import Refusal
from models.rules.performance.evaluation_rules import (
    EVALUATION_AFTER,
    EVALUATION_HANDS,
    NEXT_EVALUATION,
    EvaluationAction,
    EvaluationStatus,
    is_final,
    objection_until,
    require_evaluation_hand,
    require_evaluation_step,
    require_objection_open,
    require_words,
)
from models.rules.performance.hands import Hand, deciders_of, hands_of, sees, superiors_of

OWNER, SUPERIOR, ACTING, SECOND, TOP, STRANGER = range(1, 7)
#: On that day somebody stands in for the superior.
LINE = ((SUPERIOR, ACTING), (SECOND,), (TOP,))
OPEN, RATED, ACKNOWLEDGED, OBJECTED, DECIDED = EvaluationStatus


@pytest.mark.parametrize("present", EvaluationStatus)
@pytest.mark.parametrize("following", EvaluationStatus)
def test_the_table_of_states(present: EvaluationStatus, following: EvaluationStatus) -> None:
    steps = {(OPEN, RATED), (RATED, RATED), (RATED, ACKNOWLEDGED), (RATED, OBJECTED), (OBJECTED, DECIDED)}
    if (present, following) in steps:
        require_evaluation_step(present, following)
    else:
        with pytest.raises(Refusal, match="evaluation_not_now"):
            require_evaluation_step(present, following)
    assert (following in NEXT_EVALUATION[present]) is ((present, following) in steps)


@pytest.mark.parametrize(
    ("action", "allowed"),
    [
        ("view", {OWNER, SUPERIOR, ACTING, SECOND, TOP}),
        ("rate", {SUPERIOR, ACTING}),
        ("acknowledge", {OWNER}),
        ("object", {OWNER}),
        ("decide", {SECOND}),
    ],
)
def test_rule_26_only_the_appraiser_rates_and_nobody_oneself(action: str, allowed: set[int]) -> None:
    for actor in (OWNER, SUPERIOR, ACTING, SECOND, TOP, STRANGER):
        hands = hands_of(actor, OWNER, LINE)
        if actor in allowed:
            require_evaluation_hand(EvaluationAction(action), hands)
            continue
        with pytest.raises(Refusal) as refused:
            require_evaluation_hand(EvaluationAction(action), hands)
        assert refused.value.code == ("not_your_own_work" if actor == OWNER else "not_your_subordinate")


@pytest.mark.parametrize(
    ("line", "superiors", "deciders"),
    [
        (LINE, {SUPERIOR, ACTING}, {SECOND}),
        # The owner stands in for the own superior: the superior still is one.
        (((SUPERIOR, OWNER), (SECOND,)), {SUPERIOR}, {SECOND}),
        # A vacant post with the owner acting: the next one up rates, and the one above decides.
        (((OWNER,), (SECOND,), (TOP,)), {SECOND}, {TOP}),
        (((), (SECOND,), (TOP,)), {SECOND}, {TOP}),
        # At the top there is nobody.
        ((), set(), set()),
        (((SUPERIOR,),), {SUPERIOR}, set()),
    ],
)
def test_rule_26_the_line_of_a_day(line: tuple[tuple[int, ...], ...], superiors: set[int], deciders: set[int]) -> None:
    assert superiors_of(OWNER, line) == superiors
    assert deciders_of(OWNER, line) == deciders
    assert hands_of(OWNER, OWNER, line) == {Hand.OWNER}


def test_rule_26_whoever_rated_does_not_decide_about_it() -> None:
    """The second superior stood in as superior when rating: the objection goes one level further."""
    line = ((SUPERIOR, SECOND), (SECOND,), (TOP,))
    assert deciders_of(OWNER, line, rated_by=SECOND) == {TOP}
    assert hands_of(SECOND, OWNER, line, rated_by=SECOND) == {Hand.SUPERIOR, Hand.LINE}
    assert hands_of(SECOND, OWNER, line, rated_by=SUPERIOR) == {Hand.SUPERIOR, Hand.SECOND_SUPERIOR, Hand.LINE}


@pytest.mark.parametrize(
    ("actor", "is_hr", "sees_it"),
    [
        (OWNER, False, True),
        (SUPERIOR, False, True),
        (ACTING, False, True),
        (TOP, False, True),
        (STRANGER, False, False),  # another superior, a colleague
        (STRANGER, True, True),
        (None, False, False),  # a resident
        (None, True, False),
    ],
)
def test_rule_31_who_sees_the_work_of_somebody(actor: int | None, is_hr: bool, sees_it: bool) -> None:
    assert sees(actor, OWNER, LINE, is_hr) is sees_it
    assert not sees(OWNER, SUPERIOR, ((SECOND,), (TOP,)), False)  # nobody looks upward


@pytest.mark.parametrize(
    ("action", "text", "refused"),
    [
        ("rate", "Hasilnya nyata.", False),
        ("rate", "  ", True),
        ("object", "", True),
        ("decide", "", True),
        ("acknowledge", "", False),
    ],
)
def test_rule_26_a_judgement_has_words(action: str, text: str, refused: bool) -> None:
    if not refused:
        assert require_words(EvaluationAction(action), text) is None
        return
    with pytest.raises(Refusal, match="reason_missing"):
        require_words(EvaluationAction(action), text)


def test_rule_26_an_objection_within_the_days() -> None:
    until = objection_until(date(2026, 11, 24), 14)
    assert until == date(2026, 12, 8)
    assert require_objection_open(until, until) is None
    with pytest.raises(Refusal, match="objection_is_late"):
        require_objection_open(date(2026, 12, 9), until)


@pytest.mark.parametrize(
    ("status", "today", "final"),
    [
        (OPEN, date(2027, 1, 1), False),
        (RATED, date(2026, 12, 8), False),
        (RATED, date(2026, 12, 9), True),
        (OBJECTED, date(2027, 1, 1), False),
        (ACKNOWLEDGED, date(2026, 11, 25), True),
        (DECIDED, date(2026, 11, 25), True),
    ],
)
def test_when_nothing_follows(status: EvaluationStatus, today: date, final: bool) -> None:
    assert is_final(status, today, date(2026, 12, 8)) is final


def test_the_tables_are_whole() -> None:
    assert NEXT_EVALUATION.keys() == set(EvaluationStatus)
    assert EVALUATION_HANDS.keys() == set(EvaluationAction)
    assert EVALUATION_AFTER.keys() == set(EvaluationAction) - {EvaluationAction.VIEW}
