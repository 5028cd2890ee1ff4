"""The talk in which a civil servant answers a superior's question.

| step  | asks       | answered by |
|-------|------------|-------------|
| words | the answer | words       |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Resume, Team, read
from bot.conversation import Question, Step, Talk, begin, finish
from bot.services.performance.team import asking
from bot.turn import Context, Turn
from bot.views.performance.team import talks as view
from handlers.guards import a_fresh_start
from handlers.performance.team.looking import looking
from handlers.report_draft import message_of
from models.rules.permissions import Desk

FLOW = view.ANSWER
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Team.tag}:answer:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.\\d+$"),
        ],
        steps=[Step("words", show_words, [MessageHandler(PLAIN, say_words)])],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def start(update: Update, context: Context) -> Any:
    """The button below the question: only for whom it was put to."""
    turn = context.turn
    query = update.callback_query
    payload = read(query.data) if query is not None and query.data else None
    number = payload.which if isinstance(payload, Team) else 0
    if isinstance(payload, Resume):
        number = int(payload.flow.partition(".")[2])
    await asking.question_of(await looking(turn, Desk.WEEKLY), number)
    if not a_fresh_start(update, turn, f"{FLOW}.{number}"):
        return None
    return await begin(turn, FLOW, "words", light=True, question=number)


async def show_words(turn: Turn) -> Question:
    """The question again."""
    row = await asking.question_of(await looking(turn, Desk.WEEKLY), turn.draft["question"])
    by = row.values["by"]
    return Question(view.ask_answer(turn.draft["nonce"], by, row.values["text"]), view.answer_words(by))


async def say_words(update: Update, context: Context) -> Any:
    """The answer."""
    turn = context.turn
    by = await looking(turn, Desk.WEEKLY)
    name = await asking.answer(by, turn.draft["question"], message_of(update).text or "", turn.update_id)
    return finish(turn, view.answered(name))
