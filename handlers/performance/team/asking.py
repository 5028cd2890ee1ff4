"""The talk in which a superior asks one of the own people something.

| step  | asks         | answered by            |
|-------|--------------|------------------------|
| words | the question | prepared words; words  |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Resume, Team, read
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, present
from bot.services.performance.team import asking
from bot.turn import Context, Turn
from bot.views.performance.team import talks as view
from handlers.guards import a_fresh_start
from handlers.performance.team.looking import looking
from handlers.report_draft import message_of

FLOW = view.ASK
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Team.tag}:ask:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.\\d+$"),
        ],
        steps=[Step("words", show_words, [choice(take_ready, FLOW, "words"), MessageHandler(PLAIN, say_words)])],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def start(update: Update, context: Context) -> Any:
    """The button beside somebody's line: the right is asked again when it is sent."""
    turn = context.turn
    query = update.callback_query
    payload = read(query.data) if query is not None and query.data else None
    number = payload.which if isinstance(payload, Team) else 0
    if isinstance(payload, Resume):
        number = int(payload.flow.partition(".")[2])
    await asking.require_person(await looking(turn), number)
    if not a_fresh_start(update, turn, f"{FLOW}.{number}"):
        return None
    return await begin(turn, FLOW, "words", light=True, who=number)


async def show_words(turn: Turn) -> Question:
    """What to ask."""
    person = await asking.require_person(await looking(turn), turn.draft["who"])
    return Question(view.ask_question(turn.draft["nonce"], person.name), view.question_words(person.name))


async def take_ready(update: Update, context: Context) -> Any:
    """A prepared question."""
    words = view.ready_words(chosen(update, context.turn) or "")
    return await present(context.turn) if words is None else await _send(context.turn, words)


async def say_words(update: Update, context: Context) -> Any:
    """The own words."""
    return await _send(context.turn, message_of(update).text or "")


async def _send(turn: Turn, words: str) -> Any:
    person = await asking.ask(await looking(turn), turn.draft["who"], words, turn.update_id)
    return finish(turn, view.asked(person.name))
