"""The form of a work plan as a workbook: made after the commit, received in the talk, applied or discarded."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.callbacks import YearPlan
from bot.conversation import Handler, close, finish, present
from bot.db import Database
from bot.delivery.making import Maker, Order
from bot.log import get_logger
from bot.reports.performance import plan_form
from bot.reports.workers import WorkerError
from bot.services.city import know
from bot.services.people import get, presser_of
from bot.services.performance.plans import reading, sheets
from bot.services.performance.plans.reading import Planning
from bot.turn import FILE, Context, payload_of
from bot.views import making
from bot.views.performance.plans import sheet as view
from bot.views.screen import Enclosure, Made
from handlers.performance.plans.cards import card_of
from handlers.performance.plans.place import FLOW, planning
from models.errors import Refusal
from models.rules.performance.plan_rules import WorkPlanAction
from models.rules.permissions import Desk, require_desk

log = get_logger(__name__)

FORM = "plan_form"
ENDING = ".xlsx"


def handlers() -> list[Handler]:
    """What can be pressed whether the talk is open or not."""
    tag = YearPlan.tag
    return [
        CallbackQueryHandler(order_form, pattern=f"^{tag}:sheet:\\d+:"),
        CallbackQueryHandler(use, pattern=f"^{tag}:usesheet:\\d+:"),
        CallbackQueryHandler(drop, pattern=f"^{tag}:dropsheet:\\d+:"),
    ]


async def order_form(update: Update, context: Context) -> Any:
    """The plan in the form of the regulation."""
    turn, payload = context.turn, payload_of(update)
    require_desk(turn.presser, Desk.WORK_PLAN)
    if isinstance(payload, YearPlan):
        plan = await (await planning(turn)).reach(WorkPlanAction.VIEW, payload.which)
        toast = making.preparing()
        turn.order(FORM, new=True, toast=toast, action=FILE, plan=plan.id, person=turn.person.id)


async def make_form(db: Database, order: Order, now: datetime) -> Made:
    """The workbook, by the rights of now."""
    async with db.read() as session:
        presser = await presser_of(session, await get(session, order["person"]), now)
        by = Planning(session, await know(session, now), presser, now)
        await by.reach(WorkPlanAction.VIEW, order["plan"])
        plan = await reading.whole(session, order["plan"])
    try:
        content = await plan_form.workbook(plan)
    except WorkerError as error:
        log.error("plan_form_not_made", fault=str(error)[:300])
        return Made(making.not_made())
    name = f"skp-{plan.plan.year}-v{plan.plan.number}{ENDING}"
    return Made(None, (Enclosure(name, content, view.ready(plan.owner.name, plan.plan.year)),))


async def take_sheet(update: Update, context: Context) -> Any:
    """The form has come back; its check follows as a message of its own."""
    turn, message = context.turn, update.effective_message
    document = message.document if message is not None else None
    if document is None or not (document.file_name or "").lower().endswith(ENDING):
        turn.show(view.not_a_workbook(), new=True)
        return await present(turn, new=True)
    by = await planning(turn)
    await sheets.receive(by, turn.draft.get("plan", 0), document.file_id, document.file_name or "")
    return finish(turn, view.received())


async def use(update: Update, context: Context) -> Any:
    """The plan becomes what was shown."""
    turn = context.turn
    by, sheet_id = await _pressed(update, context)
    plan_id, changed = await sheets.apply(by, sheet_id)
    if changed and turn.conversation.flow == FLOW:
        close(turn)  # what it stood at may be gone
    turn.show(await card_of(by, plan_id))


async def drop(update: Update, context: Context) -> Any:
    """Everything stays as it is."""
    by, sheet_id = await _pressed(update, context)
    await sheets.discard(by, sheet_id)
    context.turn.show(view.discarded())


async def _pressed(update: Update, context: Context) -> tuple[Planning, int]:
    require_desk(context.turn.presser, Desk.WORK_PLAN)
    payload = payload_of(update)
    if not isinstance(payload, YearPlan):
        raise Refusal("no_such_sheet")
    return await planning(context.turn), payload.which


MAKERS: dict[str, Maker] = {FORM: make_form}
