"""The evaluation of a period: rated by the superior of its last day, answered by the employee (domain rules 25, 26).

Whoever acts for the superior today, or did on the period's last day, may do the same. Nobody rates the own work, and
who rated does not decide about the objection.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from bot.services.performance import chain, in_force
from bot.services.performance.evaluation import spread
from bot.services.performance.evaluation.frozen import freeze
from bot.services.performance.evaluation.judging import Judging
from bot.services.performance.evaluation.period_facts import gather_one, limits_of
from bot.services.performance.evaluation.telling import tell
from models.errors import Refusal
from models.performance.evaluation import Evaluation
from models.rules.performance.evaluation_period import EvaluationPeriod
from models.rules.performance.evaluation_rules import (
    EVALUATION_AFTER,
    EvaluationAction,
    EvaluationStatus,
    is_final,
    objection_until,
    require_evaluation_hand,
    require_objection_open,
    require_words,
)
from models.rules.performance.hands import Hand, hands_of
from models.rules.performance.predicate import Rating, predicate
from models.rules.redaction import mask_numbers

#: Days for an objection where the city's data says nothing (domain section 3).
OBJECTION_DAYS = 14
LONGEST = 2000
_RATED_BY = "rated_by"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the superior says of somebody's period."""

    results: Rating
    behaviour: Rating
    reason: str
    advice: str = ""


def period_of(row: Evaluation) -> EvaluationPeriod:
    """The period of an evaluation."""
    return EvaluationPeriod(row.year, row.quarter)


async def reach(by: Judging, action: EvaluationAction, evaluation_id: int) -> Evaluation:
    """The evaluation, if this person may do this with it.

    Refused with `no_such_evaluation`, `not_your_own_work` or `not_your_subordinate`. Human resources may VIEW.
    """
    row = await by.session.get(Evaluation, evaluation_id)
    if row is None:
        raise Refusal("no_such_evaluation")
    if action is EvaluationAction.VIEW and by.sees_everyone:
        return row
    require_evaluation_hand(action, await hands(by, row))
    return row


async def hands(by: Judging, row: Evaluation) -> frozenset[Hand]:
    """What whoever acts is to this evaluation."""
    people = [one for one in (row.appraiser_id, row.decider_id) if one is not None]
    acting = await _acting(by, people, row)
    levels = [{one, *acting.get(one, ())} for one in people]
    return hands_of(by.employee_id, row.employee_id, levels, row.facts.get(_RATED_BY))


async def _acting(by: Judging, people: Collection[int], row: Evaluation) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for day in (by.today, period_of(row).last):
        for one, others in (await chain.deputies(by.session, people, day)).items():
            found.setdefault(one, set()).update(others)
    return found


async def rate(by: Judging, evaluation_id: int, judgement: Judgement) -> Evaluation:
    """The superior's judgement; the facts are frozen as they stand. Refused with `reason_missing` without a reason."""
    row = await reach(by, EvaluationAction.RATE, evaluation_id)
    reason, advice = _words(EvaluationAction.RATE, judgement.reason), _clean(judgement.advice)
    if is_final(row.status, by.today, row.objection_until):
        raise Refusal("evaluation_not_now")
    facts = await gather_one(by.session, by.city, row.employee_id, period_of(row), by.now)
    old = ratings(row)
    _set(row, judgement.results, judgement.behaviour)
    row.reason, row.advice = reason, advice or None
    row.facts = {**freeze(facts), _RATED_BY: by.employee_id}
    row.average, row.suggestion = facts.average, facts.suggested(limits_of(by.city))
    row.rated_at = by.now
    days = by.city.limits.working_days.get("objection", OBJECTION_DAYS)
    row.objection_until = objection_until(by.today, days)
    if row.decider_id == by.employee_id:
        above = await chain.above(by.session, by.employee_id, period_of(row).last)
        row.decider_id = next((one for one in above if one != row.employee_id), None)
    await _step(by, row, EvaluationAction.RATE, text=reason, values={"old": old, "new": ratings(row)})
    values = {**_told(row), "until": row.objection_until.isoformat()}
    await tell(by, {row.employee_id: values}, "evaluation_rated", f"{row.id}:{row.version}")
    await spread.warn(by, row)
    return row


async def acknowledge(by: Judging, evaluation_id: int) -> Evaluation:
    """The employee has read and accepts it."""
    row = await reach(by, EvaluationAction.ACKNOWLEDGE, evaluation_id)
    await _step(by, row, EvaluationAction.ACKNOWLEDGE)
    row.closed_at = by.now
    if row.appraiser_id is not None:
        values = await _named(by, row)
        await tell(by, {row.appraiser_id: values}, "evaluation_acknowledged", f"{row.id}")
    return row


async def require_objection(by: Judging, evaluation_id: int) -> Evaluation:
    """The evaluation that may be objected to now.

    Refused with `objection_is_late`, or `nobody_above` where the roster knows no superior's superior.
    """
    row = await reach(by, EvaluationAction.OBJECT, evaluation_id)
    if row.status is not EvaluationStatus.RATED or row.objection_until is None:
        raise Refusal("evaluation_not_now")
    require_objection_open(by.today, row.objection_until)
    if row.decider_id is None:
        raise Refusal("nobody_above")
    return row


async def object_to(by: Judging, evaluation_id: int, text: str) -> Evaluation:
    """The employee objects, with words, to the superior's superior."""
    row = await require_objection(by, evaluation_id)
    row.objection = _words(EvaluationAction.OBJECT, text)
    await _step(by, row, EvaluationAction.OBJECT, text=row.objection)
    values = await _named(by, row)
    told = {one: values for one in (row.decider_id, row.appraiser_id) if one is not None}
    await tell(by, told, "evaluation_objected", f"{row.id}")
    return row


async def decide(
    by: Judging, evaluation_id: int, text: str, changed: tuple[Rating, Rating] | None = None
) -> Evaluation:
    """The superior's superior decides, with words; `changed` are other ratings, else they stay."""
    row = await reach(by, EvaluationAction.DECIDE, evaluation_id)
    words, old = _words(EvaluationAction.DECIDE, text), ratings(row)
    if row.status is EvaluationStatus.OBJECTED and changed is not None:
        _set(row, *changed)
    row.decision = words
    await _step(by, row, EvaluationAction.DECIDE, text=words, values={"old": old, "new": ratings(row)})
    row.closed_at = by.now
    values = await _named(by, row)
    told = {one: values for one in (row.employee_id, row.appraiser_id) if one is not None}
    await tell(by, told, "evaluation_decided", f"{row.id}")
    await spread.warn(by, row)
    return row


def ratings(row: Evaluation) -> dict[str, str | None]:
    """Both ratings and the predicate as plain values."""
    held = {"results": row.results, "behaviour": row.behaviour, "predicate": row.predicate}
    return {name: None if value is None else value.value for name, value in held.items()}


def _set(row: Evaluation, results: Rating, behaviour: Rating) -> None:
    row.results, row.behaviour = results, behaviour
    row.predicate = predicate(results, behaviour)


def _words(action: EvaluationAction, text: str) -> str:
    require_words(action, text)
    return _clean(text)


def _clean(text: str) -> str:
    """Words as they are stored: numbers of persons masked; refused with `text_too_long`."""
    words = mask_numbers(text.strip())[0]
    if len(words) > LONGEST:
        raise Refusal("text_too_long", most=LONGEST)
    return words


async def _step(by: Judging, row: Evaluation, action: EvaluationAction, **event: Any) -> None:
    row.move(EVALUATION_AFTER[action], by.now, actor_id=by.presser.person_id or None, **event)
    await by.session.flush()


def _told(row: Evaluation) -> dict[str, Any]:
    return {"evaluation_id": row.id, "period": period_of(row).code, "predicate": row.predicate}


async def _named(by: Judging, row: Evaluation) -> dict[str, Any]:
    names = await in_force.names(by.session, [row.employee_id])
    return {**_told(row), "name": names[row.employee_id]}
