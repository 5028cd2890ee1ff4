"""One evaluation as this reader may see it, and who acts."""

from __future__ import annotations

from bot.services.city import know
from bot.services.performance import in_force
from bot.services.performance.evaluation import rating
from bot.services.performance.evaluation.frozen import thaw
from bot.services.performance.evaluation.judging import Judging
from bot.services.performance.evaluation.period_facts import PeriodFacts, gather_one
from bot.services.staff import get as employee_of
from bot.turn import Turn
from bot.views.performance.evaluation.card import Shown
from models.performance.evaluation import Evaluation
from models.rules import nip
from models.rules.performance.evaluation_rules import (
    EVALUATION_AFTER,
    EVALUATION_HANDS,
    NEXT_EVALUATION,
    EvaluationAction,
    EvaluationStatus,
    is_final,
)


async def judging(turn: Turn) -> Judging:
    """Who acts in this turn."""
    return Judging(turn.session, await know(turn.session, turn.now), turn.presser, turn.now)


async def shown(by: Judging, evaluation_id: int) -> Shown:
    """The evaluation with its facts: as they are until it is rated, then as they were frozen."""
    row = await rating.reach(by, EvaluationAction.VIEW, evaluation_id)
    employee = await employee_of(by.session, row.employee_id)
    names = await in_force.names(by.session, [one for one in (row.appraiser_id,) if one is not None])
    final = is_final(row.status, by.today, row.objection_until)
    return Shown(
        row=row,
        period=rating.period_of(row).code,
        name=employee.name,
        nip=nip.short(employee.nip),
        unit=by.city.units[row.unit_id].name,
        appraiser=names.get(row.appraiser_id or 0),
        facts=await _facts(by, row),
        may=await _may(by, row, final=final),
        final=final,
    )


async def _facts(by: Judging, row: Evaluation) -> PeriodFacts:
    if row.status is EvaluationStatus.OPEN:
        return await gather_one(by.session, by.city, row.employee_id, rating.period_of(row), by.now)
    return thaw(row.facts)


async def _may(by: Judging, row: Evaluation, *, final: bool) -> list[EvaluationAction]:
    """What this reader may do now. A final one can still be acknowledged."""
    held = await rating.hands(by, row) if by.presser.employee_id is not None else frozenset()
    steps = [
        action
        for action, following in EVALUATION_AFTER.items()
        if held & set(EVALUATION_HANDS[action]) and following in NEXT_EVALUATION[row.status]
    ]
    closed = (EvaluationAction.RATE, EvaluationAction.OBJECT)
    return [action for action in steps if not (final and action in closed)]
