"""The talk in which a nomination is declined.

| step   | asks  | answered by |
|--------|-------|-------------|
| reason | why   | words       |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Award, Resume, read
from bot.conversation import Question, Step, Talk, begin, finish
from bot.services.performance.recognition import awards
from bot.turn import Context, Turn
from bot.views.performance.recognition import desk as view
from bot.views.performance.recognition import nominations
from handlers.guards import a_fresh_start
from handlers.performance.evaluation.showing import judging
from handlers.performance.recognition.showing import shown
from handlers.report_draft import message_of
from models.errors import Refusal
from models.rules.permissions import Desk, require_desk

FLOW = view.FLOW
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Award.tag}:{view.DECLINE}:\\d+:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.\\d+$"),
        ],
        steps=[Step("reason", show_reason, [MessageHandler(PLAIN, say_reason)])],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def start(update: Update, context: Context) -> Any:
    """The button of a card."""
    turn = context.turn
    require_desk(turn.presser, Desk.RECOGNITIONS)
    number = _wanted(update)
    await awards.require_to_decline(await judging(turn), number)
    if not a_fresh_start(update, turn, f"{FLOW}.{number}"):
        return None
    return await begin(turn, FLOW, "reason", id=number)


def _wanted(update: Update) -> int:
    query = update.callback_query
    payload = read(query.data) if query is not None and query.data else None
    if isinstance(payload, Award):
        return payload.number
    if isinstance(payload, Resume):
        return int(payload.flow.partition(".")[2])
    raise Refusal("no_such_nomination")


async def show_reason(turn: Turn) -> Question:
    """Why not."""
    one, _may = await shown(await judging(turn), turn.draft["id"])
    return Question(view.ask_reason(turn.draft["nonce"], one.name, one.title), view.question())


async def say_reason(update: Update, context: Context) -> Any:
    """Declined."""
    turn = context.turn
    by, number = await judging(turn), turn.draft["id"]
    await awards.decline(by, number, message_of(update).text or "")
    return finish(turn, nominations.card(*await shown(by, number)))
