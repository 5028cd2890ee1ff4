"""The talk in which a resident sends a question ahead of an event.

| step  | asks                        | answered by                          |
|-------|-----------------------------|--------------------------------------|
| words | the question                | words                                |
| check | is it right, and whose is it | button: without a name, with the name |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Meet, Resume
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, go, present
from bot.services.forums import asking, browsing
from bot.services.forums.desk import find
from bot.turn import Context, Turn
from bot.views.forums import asking as view
from bot.views.forums.desk import ASK
from handlers.forums.looking import gathering, wanted
from handlers.guards import a_fresh_start
from handlers.report_draft import message_of, warn
from models.errors import Refusal

FLOW = view.FLOW
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Meet.tag}:{ASK}:\\d+:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.{ASK}\\.\\d+$"),
        ],
        steps=[
            Step("words", show_words, [MessageHandler(PLAIN, say_words)]),
            Step("check", show_check, [choice(take_check, FLOW, "check"), MessageHandler(PLAIN, say_words)]),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def start(update: Update, context: Context) -> Any:
    """The button of an event."""
    turn = context.turn
    verb, number = wanted(update)
    await asking.require_may_ask(await gathering(turn), number)
    if not a_fresh_start(update, turn, f"{FLOW}.{verb}.{number}"):
        return None
    return await begin(turn, FLOW, "words", forum=number)


async def show_words(turn: Turn) -> Question:
    """The question."""
    found = await browsing.card(await gathering(turn), turn.draft["forum"])
    return Question(view.ask_words(turn.draft["nonce"], found.forum, found.asks_left), view.question("words"))


async def say_words(update: Update, context: Context) -> Any:
    """The words; written again they replace the earlier ones."""
    turn = context.turn
    said = (message_of(update).text or "").strip()
    if not asking.SHORTEST <= len(said) <= asking.LONGEST:
        raise Refusal("question_length", least=asking.SHORTEST, most=asking.LONGEST)
    warn(turn, (await gathering(turn)).city, said)
    turn.keep(text=said)
    return await present(turn) if turn.conversation.state == "check" else await go(turn, "check")


async def show_check(turn: Turn) -> Question:
    """The words once more."""
    forum = await find(await gathering(turn), turn.draft["forum"])
    return Question(view.check(turn.draft["nonce"], forum, turn.draft["text"]), view.question("check"))


async def take_check(update: Update, context: Context) -> Any:
    """Send it."""
    turn = context.turn
    value = chosen(update, turn)
    if value not in (view.WITHOUT, view.WITH):
        return await present(turn)
    by, number = await gathering(turn), turn.draft["forum"]
    await asking.ask(by, number, turn.draft["text"], named=value == view.WITH)
    return finish(turn, view.sent(await find(by, number)))
