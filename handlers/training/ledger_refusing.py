"""Human resources do not count a certificate.

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
from bot.services.training import ledger, rights
from bot.turn import Context, Turn, payload_of
from bot.views.training import ledger as view
from handlers.guards import a_fresh_start
from handlers.report_draft import message_of
from handlers.training.looking import doing
from models.errors import Refusal
from models.training.hours import HoursStatus

FLOW = view.REFUSING
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def talk() -> Talk:
    """The table of the conversation; every step asks for the right again."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Learn.tag}:{view.REFUSE}:\\d+:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.\\d+$"),
        ],
        steps=[Step("reason", show_reason, [MessageHandler(PLAIN, say_reason)])],
        cancelled=view.not_refused,
        help=view.reason_help,
    )


async def start(update: Update, context: Context) -> Any:
    """The button of a certificate."""
    turn, number = context.turn, _wanted(update)
    rights.require_hr(turn.presser)
    found = await ledger.sent(await doing(turn), number)
    if found.row.status is not HoursStatus.PENDING:
        raise Refusal("hours_decided")
    if not a_fresh_start(update, turn, f"{FLOW}.{number}"):
        return None
    return await begin(turn, FLOW, "reason", id=number)


def _wanted(update: Update) -> int:
    payload = payload_of(update)
    if isinstance(payload, Resume):
        return int(payload.flow.partition(".")[2])
    return payload.number if isinstance(payload, Learn) else 0


async def show_reason(turn: Turn) -> Question:
    """Why not."""
    found = await ledger.sent(await doing(turn), turn.draft["id"])
    return Question(view.ask_reason(turn.draft["nonce"], found), view.reason_question())


async def say_reason(update: Update, context: Context) -> Any:
    """Not counted, and why."""
    turn = context.turn
    hr_id = rights.require_hr(turn.presser)
    found = await ledger.decide(await doing(turn), turn.draft["id"], hr_id, message_of(update).text or "")
    return finish(turn, view.card(found))
