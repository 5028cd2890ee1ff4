"""The life of an evaluation: the superior rates, the employee answers, an objection goes one level up.

Source: PP 30/2019 and PermenPANRB 6/2022; the days for an objection are the city's data (domain section 3, rule 26).
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from models.errors import Refusal
from models.rules.performance.hands import Hand


class EvaluationStatus(StrEnum):
    """Where an evaluation stands."""

    OPEN = "open"
    RATED = "rated"
    ACKNOWLEDGED = "acknowledged"
    OBJECTED = "objected"
    DECIDED = "decided"


class EvaluationAction(StrEnum):
    """What can be done with an evaluation."""

    VIEW = "view"
    RATE = "rate"
    ACKNOWLEDGE = "acknowledge"
    OBJECT = "object"
    DECIDE = "decide"


#: What an evaluation may become; rated again as long as nobody has answered.
NEXT_EVALUATION: dict[EvaluationStatus, tuple[EvaluationStatus, ...]] = {
    EvaluationStatus.OPEN: (EvaluationStatus.RATED,),
    EvaluationStatus.RATED: (EvaluationStatus.RATED, EvaluationStatus.ACKNOWLEDGED, EvaluationStatus.OBJECTED),
    EvaluationStatus.ACKNOWLEDGED: (),
    EvaluationStatus.OBJECTED: (EvaluationStatus.DECIDED,),
    EvaluationStatus.DECIDED: (),
}
#: What each action makes of it.
EVALUATION_AFTER: dict[EvaluationAction, EvaluationStatus] = {
    EvaluationAction.RATE: EvaluationStatus.RATED,
    EvaluationAction.ACKNOWLEDGE: EvaluationStatus.ACKNOWLEDGED,
    EvaluationAction.OBJECT: EvaluationStatus.OBJECTED,
    EvaluationAction.DECIDE: EvaluationStatus.DECIDED,
}
#: In whose hands each action is. Human resources may VIEW beside them.
EVALUATION_HANDS: dict[EvaluationAction, tuple[Hand, ...]] = {
    EvaluationAction.VIEW: (Hand.OWNER, Hand.LINE),
    EvaluationAction.RATE: (Hand.SUPERIOR,),
    EvaluationAction.ACKNOWLEDGE: (Hand.OWNER,),
    EvaluationAction.OBJECT: (Hand.OWNER,),
    EvaluationAction.DECIDE: (Hand.SECOND_SUPERIOR,),
}
#: These are done with words only: why so.
WITH_WORDS = frozenset({EvaluationAction.RATE, EvaluationAction.OBJECT, EvaluationAction.DECIDE})


def require_evaluation_step(present: EvaluationStatus, following: EvaluationStatus) -> None:
    """Refused with `evaluation_not_now` where the table knows no such step."""
    if following not in NEXT_EVALUATION[present]:
        raise Refusal("evaluation_not_now")


def require_evaluation_hand(action: EvaluationAction, hands: frozenset[Hand]) -> None:
    """Refused with `not_your_own_work` (rating or deciding about oneself) or `not_your_subordinate`."""
    if hands & set(EVALUATION_HANDS[action]):
        return
    raise Refusal("not_your_own_work" if Hand.OWNER in hands else "not_your_subordinate")


def require_words(action: EvaluationAction, text: str) -> None:
    """Refused with `reason_missing` where an action needs words and there are none."""
    if action in WITH_WORDS and not text.strip():
        raise Refusal("reason_missing")


def objection_until(rated_on: date, days: int) -> date:
    """The last day on which one may object; the day after the rating is the first that counts."""
    return rated_on + timedelta(days=days)


def require_objection_open(today: date, until: date) -> None:
    """Refused with `objection_is_late` after the last day."""
    if today > until:
        raise Refusal("objection_is_late")


def is_final(status: EvaluationStatus, today: date, until: date | None) -> bool:
    """Whether nothing follows any more: answered, decided, or rated and the days for an objection are over."""
    if status is EvaluationStatus.RATED:
        return until is not None and today > until
    return not NEXT_EVALUATION[status]
