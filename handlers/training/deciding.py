"""What a superior decides about those who want to take part; whoever acts for one decides as well.

| step   | asks    | answered by |
|--------|---------|-------------|
| reason | why not | words       |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Learn, Resume
from bot.conversation import Question, Step, Talk, begin, finish
from bot.services.training import asking, registering
from bot.turn import Context, Turn
from bot.views.training import requests as view
from handlers.guards import a_fresh_start
from handlers.report_draft import message_of
from handlers.training.looking import doing, wanted
from models.errors import Refusal
from models.rules.permissions import Desk, require_desk
from models.training.registration import RegistrationStatus

FLOW = view.FLOW
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Learn.tag}:{view.NO}:\\d+:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.\\d+$"),
        ],
        steps=[Step("reason", show_reason, [MessageHandler(PLAIN, say_reason)])],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def start(update: Update, context: Context) -> Any:
    """The button of a request."""
    turn = context.turn
    require_desk(turn.presser, Desk.TRAINING)
    number = wanted(update, "no_such_registration")
    one = await asking.request(await doing(turn), turn.presser.employee_id, number)
    if one.row.status is not RegistrationStatus.INTERESTED:
        raise Refusal("registration_not_now")
    if not a_fresh_start(update, turn, f"{FLOW}.{number}"):
        return None
    return await begin(turn, FLOW, "reason", id=number)


async def show_reason(turn: Turn) -> Question:
    """Why not."""
    one = await asking.request(await doing(turn), turn.presser.employee_id, turn.draft["id"])
    return Question(view.ask_reason(turn.draft["nonce"], one), view.question())


async def say_reason(update: Update, context: Context) -> Any:
    """Refused."""
    turn = context.turn
    by, number = await doing(turn), turn.draft["id"]
    await registering.refuse(by, number, turn.presser.employee_id, message_of(update).text or "")
    return finish(turn, view.card(await asking.request(by, turn.presser.employee_id, number)))
