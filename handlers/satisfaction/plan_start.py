"""How the talk about an improvement begins: what was pressed, and what is known from it."""

from __future__ import annotations

from typing import Any

from telegram import Update

from bot.callbacks import Plan, Resume
from bot.reports.satisfaction import Scope, results
from bot.services.satisfaction import linking, plans, reach
from bot.services.satisfaction.plans import Deciding
from models.errors import Refusal
from models.rules.performance.plan_rights import PlanAction
from models.rules.skm import Element

#: What was pressed → the right it needs, where it is not that to change.
_RIGHTS = {"finish": PlanAction.ADVANCE}


def wanted(update: Update) -> tuple[str, str, str]:
    data = (update.callback_query.data if update.callback_query else None) or ""
    plan, resume = Plan.decode(data), Resume.decode(data)
    if plan is not None:
        return plan.verb, plan.what, plan.extra
    _flow, verb, what, extra = (resume.flow if resume is not None else "...").split(".", 3)
    return verb, what, extra


async def a_beginning(by: Deciding, verb: str, what: str, extra: str) -> dict[str, Any]:
    """What is known of what was pressed, if the person may."""
    if verb == "make":
        return await a_new_one(by, what, extra)
    return await a_report(by, what) if verb == "ticket" else await a_change(by, verb, what)


async def a_report(by: Deciding, what: str) -> dict[str, Any]:
    """A new line that begins with one report of the unit."""
    complaint = await linking.report(by, int(what) if what.isdecimal() else 0)
    unit = by.city.successor(complaint.unit_id or 0)
    service = by.city.services.get(complaint.service_id or 0)
    if service is not None and service.unit_id not in reach.family(by.city, unit.id):
        service = None
    return {
        "path": "ticket",
        "unit": unit.id,
        "service": service.id if service is not None else None,
        "where": service.name if service is not None else unit.short_name,
        "class": complaint.report_class.value,
        "report": complaint.id,
        "code": complaint.code,
    }


async def a_new_one(by: Deciding, code: str, extra: str) -> dict[str, Any]:
    """What is known of a new line: the unit or service, and the element's figure or the reports."""
    scope, unit_id = reach.to_plan(by.city, by.presser, code)
    period, _, name = extra.partition(".")
    period = reach.period_of(period)
    draft = {"unit": unit_id, "service": scope.service_id, "where": scope.name, "period": period}
    if name not in Element.__members__:
        return {**draft, "path": "report"}
    element = Element[name]
    found = await results(by.session, Scope(scope.service_id, reach.family(by.city, unit_id)), period)
    if not found.whole.n:
        raise Refusal("no_answers")
    figure = {"n": found.whole.answers(element), "total": found.whole.sums[element]}
    return {**draft, **figure, "path": "make", "element": element.value}


async def a_change(by: Deciding, verb: str, what: str) -> dict[str, Any]:
    """Which improvement, if the person may do this to it."""
    row = await plans.reach(by, _RIGHTS.get(verb, PlanAction.CHANGE), int(what) if what.isdecimal() else 0)
    plans.require_unfinished(row)
    return {"path": verb, "id": row.id, "unit": row.unit_id, "words": row.title}
