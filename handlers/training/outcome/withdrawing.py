"""Human resources take a certificate back.

| step   | asks    | answered by |
|--------|---------|-------------|
| reason | why     | words       |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Learn, Resume
from bot.conversation import Question, Step, Talk, begin, finish
from bot.services.training import rights
from bot.services.training.outcome import certificates
from bot.turn import Context, Turn
from bot.views.training.outcome import managing as view
from bot.views.training.outcome.words import WITHDRAW
from handlers.guards import a_fresh_start
from handlers.report_draft import message_of
from handlers.training.looking import doing, wanted
from models.errors import Refusal

FLOW = view.FLOW
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def talk() -> Talk:
    """The table of the conversation; its answer asks for the right again."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Learn.tag}:{WITHDRAW}:\\d+:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.\\d+$"),
        ],
        steps=[Step("reason", show_reason, [MessageHandler(PLAIN, say_reason)])],
        cancelled=view.not_withdrawn,
        help=view.reason_help,
    )


async def start(update: Update, context: Context) -> Any:
    """The button of a certificate."""
    turn, number = context.turn, wanted(update, "no_certificate")
    rights.require_hr(turn.presser)
    found = await certificates.look(await doing(turn), number)
    if found.row.withdrawn_at is not None:
        raise Refusal("certificate_withdrawn")
    if not a_fresh_start(update, turn, f"{FLOW}.{number}"):
        return None
    return await begin(turn, FLOW, "reason", id=number)


async def show_reason(turn: Turn) -> Question:
    """Why?"""
    rights.require_hr(turn.presser)
    found = await certificates.look(await doing(turn), turn.draft["id"])
    return Question(view.ask_reason(turn.draft["nonce"], found), view.reason_question())


async def say_reason(update: Update, context: Context) -> Any:
    """It counts no more."""
    turn = context.turn
    hr_id = rights.require_hr(turn.presser)
    found = await certificates.withdraw(await doing(turn), turn.draft["id"], hr_id, message_of(update).text or "")
    return finish(turn, view.paper(found))
