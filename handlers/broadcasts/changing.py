"""The short talks about a broadcast that is written already.

| step   | asks                                       | answered by |
|--------|--------------------------------------------|-------------|
| retext | other words, in each of its languages      | words       |
| reason | why the approver gives it back             | words       |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Deliver, Resume, read
from bot.conversation import Question, Step, Talk, begin, finish, present
from bot.services.broadcasts import deciding
from bot.services.broadcasts.composing import Words, require_fitting
from bot.turn import Context, Turn
from bot.views.broadcasts import changing as view
from bot.views.broadcasts import desk as desk_view
from handlers.broadcasts.announcing import announcing, words_of
from handlers.guards import a_fresh_start
from handlers.report_draft import message_of
from models.errors import Refusal

FLOW = view.FLOW
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
STEPS = {desk_view.CHANGE: "retext", desk_view.RETURN: "reason"}


def talk() -> Talk:
    """The table of the conversation."""
    verbs = "|".join(STEPS)
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Deliver.tag}:({verbs}):"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.({verbs})\\.\\d+$"),
        ],
        steps=[
            Step("retext", show_text, [MessageHandler(PLAIN, say_text)]),
            Step("reason", show_reason, [MessageHandler(PLAIN, say_reason)]),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def start(update: Update, context: Context) -> Any:
    """A button of a card or of an approver's notice."""
    turn = context.turn
    verb, number = _wanted(update)
    by = await announcing(turn, anybody=True)
    if verb == desk_view.CHANGE:
        row = await deciding.changeable(by, number)
    else:
        row = await deciding.require_approver(by, number)
    if not a_fresh_start(update, turn, f"{FLOW}.{verb}.{number}"):
        return None
    return await begin(turn, FLOW, STEPS[verb], id=number, left=sorted(row.contents), texts={})


def _wanted(update: Update) -> tuple[str, int]:
    query = update.callback_query
    payload = read(query.data) if query is not None and query.data else None
    if isinstance(payload, Deliver):
        return payload.verb, payload.broadcast_id
    if isinstance(payload, Resume):
        _flow, verb, number = payload.flow.split(".")
        return verb, int(number)
    raise Refusal("no_such_broadcast")


async def show_text(turn: Turn) -> Question:
    """The new words in the next of its languages."""
    row = await deciding.changeable(await announcing(turn), turn.draft["id"])
    language = turn.draft["left"][0]
    screen = view.ask_text(turn.draft["nonce"], row, language, deciding.longest(row))
    return Question(screen, view.text_question(language))


async def say_text(update: Update, context: Context) -> Any:
    """Kept until every language has its words; then all messages change."""
    turn = context.turn
    by = await announcing(turn)
    row = await deciding.changeable(by, turn.draft["id"])
    words = words_of(message_of(update))
    require_fitting(words, has_file=bool(row.files))
    language, *left = turn.draft["left"]
    texts = {**turn.draft["texts"], language: [words.plain, words.html]}
    if left:
        turn.keep(left=left, texts=texts)
        return await present(turn)
    written = {language: Words(plain, html) for language, (plain, html) in texts.items()}
    people = await deciding.change(by, row.id, written)
    return finish(turn, desk_view.changed(row, people))


async def show_reason(turn: Turn) -> Question:
    """Why not so."""
    row = await deciding.require_approver(await announcing(turn, anybody=True), turn.draft["id"])
    return Question(view.ask_reason(turn.draft["nonce"], row), view.reason_question())


async def say_reason(update: Update, context: Context) -> Any:
    """Back to its author."""
    turn = context.turn
    by = await announcing(turn, anybody=True)
    row = await deciding.give_back(by, turn.draft["id"], message_of(update).text or "")
    return finish(turn, view.given_back(row))
