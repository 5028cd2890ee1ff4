"""/ikm and /mutu: what the survey says, for whoever answers for a unit or the city, and for everybody.

The press is checked and answered here; what takes a look at many answers is ordered and made after the commit
(`handlers.satisfaction.made`).
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Open, Results
from bot.conversation import Handler
from bot.services.city import City, know
from bot.services.satisfaction import reach
from bot.services.satisfaction.reach import Reach
from bot.services.satisfaction.responses import present_period
from bot.turn import Context, Turn, payload_of
from bot.views import making
from bot.views.satisfaction import results as view
from handlers.satisfaction import made
from models.rules.performance.plan_rights import PlanAction, may_plan
from models.rules.permissions import DESKS, Desk

#: View of the staff → the order it becomes, and what Telegram shows meanwhile.
STAFF = {
    view.CARD: (made.CARD, "typing"),
    view.PARTS: (made.PARTS, "typing"),
    view.CHART: (made.CHART, "upload_photo"),
    view.SHEET: (made.SHEET, "upload_document"),
    view.PAPER: (made.PAPER, "upload_document"),
}
FOR_EVERYBODY = {view.PUBLIC: made.CARD, view.OFFICES: made.PARTS}
BELOW = (view.CHART, view.SHEET, view.PAPER)


def handlers() -> list[Handler]:
    """The commands, the menu's buttons, and every button of a card."""
    message = filters.UpdateType.MESSAGE
    return [
        CommandHandler("ikm", open_results, message),
        CommandHandler("mutu", open_quality, message),
        CallbackQueryHandler(open_results, pattern=f"^{Open.tag}:{Desk.SATISFACTION.value}:"),
        CallbackQueryHandler(open_quality, pattern=f"^{Open.tag}:{Desk.QUALITY.value}:"),
        CallbackQueryHandler(show_staff, pattern=f"^{Results.tag}:({'|'.join(STAFF)}):"),
        CallbackQueryHandler(show_everybody, pattern=f"^{Results.tag}:({'|'.join(FOR_EVERYBODY)}):"),
    ]


async def open_results(update: Update, context: Context) -> Any:
    """/ikm: the present period of the own unit or the city, with its picture; for residents the public list."""
    turn = context.turn
    city = await know(turn.session, turn.now)
    is_command = update.callback_query is None
    if is_command and not turn.presser.roles() & set(DESKS[Desk.SATISFACTION]):
        await open_quality(update, context)
        return
    code = reach.own_code(city, turn.presser)
    scope = reach.for_staff(city, turn.presser, code)
    _order(turn, city, scope, Results(view.CARD, code, present_period(city, turn.now)), chart=True)


async def open_quality(update: Update, context: Context) -> Any:
    """/mutu: the offices whose results are published."""
    turn = context.turn
    city = await know(turn.session, turn.now)
    payload = Results(view.OFFICES, reach.ALL, present_period(city, turn.now))
    _order(turn, city, reach.for_everybody(city, reach.ALL), payload, public=True)


async def show_staff(update: Update, context: Context) -> Any:
    """A button of a staff card: the presser's right to the unit is looked at again."""
    turn, payload = context.turn, payload_of(update)
    if isinstance(payload, Results):
        city = await know(turn.session, turn.now)
        _order(turn, city, reach.for_staff(city, turn.presser, payload.scope), payload)


async def show_everybody(update: Update, context: Context) -> Any:
    """A button of a public card."""
    turn, payload = context.turn, payload_of(update)
    if isinstance(payload, Results):
        city = await know(turn.session, turn.now)
        _order(turn, city, reach.for_everybody(city, payload.scope), payload, public=True)


def _order(
    turn: Turn, city: City, scope: Reach, payload: Results, *, public: bool = False, chart: bool = False
) -> None:
    """Have it made: whose (checked above), of which period, in which form."""
    kind, action = (FOR_EVERYBODY[payload.view], "typing") if public else STAFF[payload.view]
    below = payload.view in BELOW
    turn.order(
        kind,
        new=below,
        moves=payload.view == view.CHART,
        action=action,
        toast=making.preparing() if below else None,
        code=scope.code,
        name=scope.name,
        units=sorted(scope.units) if scope.units is not None else None,
        service=scope.service_id,
        period=reach.period_of(payload.period),
        page=max(payload.page, 0),
        public=public,
        chart=chart,
        can_plan=_can_plan(turn, city, scope),
    )


def _can_plan(turn: Turn, city: City, scope: Reach) -> bool:
    """Whether the presser may make a follow-up plan for this unit or service."""
    unit_id = scope.unit_id(city)
    return unit_id is not None and may_plan(turn.presser, PlanAction.MAKE, reach.family(city, unit_id))
