"""Finding a report by its number or by words.

| step  | asks             | answered by              |
|-------|------------------|--------------------------|
| words | what to look for | words                    |
| found | one of these?    | pages; other words; a card |

`/cari` with words goes straight to what is found.
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.callbacks import Open, Resume
from bot.conversation import Question, Step, Talk, begin, choice, chosen, go, present
from bot.services.city import know
from bot.services.desk import search
from bot.turn import Context, Turn
from bot.views.desk import search as view
from handlers.guards import a_fresh_start
from handlers.report_draft import message_of
from models.rules.permissions import Desk, require_desk

FLOW = view.FLOW
LONGEST = 100
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def talk() -> Talk:
    """The table of the conversation."""
    words = MessageHandler(PLAIN, take_words)
    return Talk(
        name=FLOW,
        entries=[
            CommandHandler("cari", start, filters.UpdateType.MESSAGE),
            CallbackQueryHandler(start, pattern=f"^{Open.tag}:{Desk.SEARCH.value}:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}$"),
        ],
        steps=[
            Step("words", show_words, [words]),
            Step("found", show_found, [choice(take_page, FLOW, "found"), words]),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def start(update: Update, context: Context) -> Any:
    """Ask for words, or look for those that came with the command."""
    turn = context.turn
    require_desk(turn.presser, Desk.SEARCH)
    if not a_fresh_start(update, turn, FLOW):
        return None
    words = " ".join(context.args or [])[:LONGEST]
    if not words:
        return await begin(turn, FLOW, "words", light=True)
    return _answered(turn, await begin(turn, FLOW, "found", light=True, words=words, page=0))


def _answered(turn: Turn, state: str) -> str:
    """What was found is no open question: a notice that comes in between does not remind of it."""
    turn.conversation.question = None
    return state


async def show_words(turn: Turn) -> Question:
    """What to look for."""
    return Question(view.ask_words(turn.draft["nonce"]), view.question("words"))


async def take_words(update: Update, context: Context) -> Any:
    """These words, from the first page."""
    turn = context.turn
    turn.keep(words=(message_of(update).text or "").strip()[:LONGEST], page=0)
    return _answered(turn, await present(turn) if turn.conversation.state == "found" else await go(turn, "found"))


async def show_found(turn: Turn) -> Question:
    """A page of what is found, with the rights of now."""
    require_desk(turn.presser, Desk.SEARCH)
    city, draft = await know(turn.session, turn.now), turn.draft
    page = await search.search(turn.session, turn.presser, draft["words"], draft["page"])
    screen = view.found(draft["nonce"], draft["words"], page, city.calendar, turn.now)
    return Question(screen, view.question("found"))


async def take_page(update: Update, context: Context) -> Any:
    """Another page."""
    turn = context.turn
    value = chosen(update, turn)
    if value is not None and value.isdigit():
        turn.keep(page=int(value))
    return _answered(turn, await present(turn))
