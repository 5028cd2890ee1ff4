"""The talk in which a superior praises or advises a subordinate of today.

| step  | asks                   | answered by          |
|-------|------------------------|----------------------|
| who   | for whom               | button, pages        |
| kind  | praise or advice       | button               |
| line  | about which work       | button               |
| words | the note               | words                |
| check | is it right so         | send; change words   |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.callbacks import Resume, Review, read
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, go, present
from bot.services.performance.evaluation import feedback
from bot.turn import Context, Turn
from bot.views.performance.evaluation import feedback as view
from handlers.guards import a_fresh_start
from handlers.performance.evaluation.showing import judging
from handlers.report_draft import message_of
from models.employee import Employee
from models.errors import Refusal
from models.performance.evaluation import FeedbackKind
from models.rules.permissions import Desk, require_desk

FLOW = view.FLOW
PAGE = 8
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=[
            CommandHandler("catatan", start, filters.UpdateType.MESSAGE),
            CallbackQueryHandler(start, pattern=f"^{Review.tag}:note:\\d+:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.\\d+$"),
        ],
        steps=[
            Step("who", show_who, [choice(take_who, FLOW, "who")]),
            Step("kind", show_kind, [choice(take_kind, FLOW, "kind")]),
            Step("line", show_line, [choice(take_line, FLOW, "line")]),
            Step("words", show_words, [MessageHandler(PLAIN, say_words)]),
            Step("check", show_check, [choice(take_check, FLOW, "check")]),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def start(update: Update, context: Context) -> Any:
    """/catatan, or the button of the desk or of a person's card (then whom it is for is known)."""
    turn = context.turn
    require_desk(turn.presser, Desk.EVALUATIONS)
    by, number = await judging(turn), _wanted(update)
    if number:
        await feedback.require_person(by, number)
    elif not turn.presser.leads:
        raise Refusal("nobody_below")
    if not a_fresh_start(update, turn, f"{FLOW}.{number}"):
        return None
    if number:
        return await begin(turn, FLOW, "kind", light=True, who=number)
    return await begin(turn, FLOW, "who", light=True, page=0)


def _wanted(update: Update) -> int:
    """For whom, where the button says it; else 0."""
    query = update.callback_query
    payload = read(query.data) if query is not None and query.data else None
    if isinstance(payload, Review):
        return payload.number
    return int(payload.flow.partition(".")[2]) if isinstance(payload, Resume) else 0


async def _person(turn: Turn) -> Employee:
    return await feedback.require_person(await judging(turn), turn.draft["who"])


async def show_who(turn: Turn) -> Question:
    """For whom."""
    found, page = await feedback.people(await judging(turn)), turn.draft.get("page", 0)
    part = found[page * PAGE : (page + 1) * PAGE]
    named = [(one.id, view.name_label(one.name, one.position)) for one in part]
    return Question(view.ask_who(turn.draft["nonce"], named, page, -(-len(found) // PAGE)), view.question("who"))


async def take_who(update: Update, context: Context) -> Any:
    """One of today's subordinates, or another page of them."""
    turn, value = context.turn, chosen(update, context.turn) or ""
    if value.startswith("p") and value[1:].isdigit():
        turn.keep(page=int(value[1:]))
        return await present(turn)
    found = {str(one.id) for one in await feedback.people(await judging(turn))}
    if value not in found:
        return await present(turn)
    turn.keep(who=int(value))
    return await go(turn, "kind")


async def show_kind(turn: Turn) -> Question:
    """Praise or advice."""
    name = (await _person(turn)).name
    back = bool(turn.draft.get("trail"))
    return Question(view.ask_kind(turn.draft["nonce"], name, back=back), view.question("kind"))


async def take_kind(update: Update, context: Context) -> Any:
    """Which of both; without a plan there is no line to choose."""
    turn = context.turn
    value = chosen(update, turn)
    if value not in set(FeedbackKind):
        return await present(turn)
    turn.keep(kind=value, line=None)
    lines = await feedback.lines(await judging(turn), turn.draft["who"])
    return await go(turn, "line" if lines else "words")


async def show_line(turn: Turn) -> Question:
    """About which work."""
    lines = await feedback.lines(await judging(turn), turn.draft["who"])
    named = [(line.id, f"{line.item.position}. {line.item.name}") for line in lines]
    return Question(view.ask_line(turn.draft["nonce"], named), view.question("line"))


async def take_line(update: Update, context: Context) -> Any:
    """A line of the plan, or the work as a whole."""
    turn, value = context.turn, chosen(update, context.turn)
    names = {str(line.id): line.item.name for line in await feedback.lines(await judging(turn), turn.draft["who"])}
    if value != view.NO_LINE and value not in names:
        return await present(turn)
    turn.keep(line=None if value == view.NO_LINE else int(value or 0), line_name=names.get(value or ""))
    return await go(turn, "words")


async def show_words(turn: Turn) -> Question:
    """The note."""
    name, kind = (await _person(turn)).name, FeedbackKind(turn.draft["kind"])
    return Question(view.ask_words(turn.draft["nonce"], name, kind), view.question("words"))


async def say_words(update: Update, context: Context) -> Any:
    """The words."""
    turn, said = context.turn, (message_of(update).text or "").strip()
    if len(said) > feedback.LONGEST:
        raise Refusal("text_too_long", most=feedback.LONGEST)
    turn.keep(words=said)
    return await go(turn, "check")


async def show_check(turn: Turn) -> Question:
    """Before it is sent."""
    draft, name = turn.draft, (await _person(turn)).name
    kind = FeedbackKind(draft["kind"])
    screen = view.check(draft["nonce"], name, kind, draft["words"], draft.get("line_name"))
    return Question(screen, view.question("check"))


async def take_check(update: Update, context: Context) -> Any:
    """Send, or other words."""
    turn, draft = context.turn, context.turn.draft
    value = chosen(update, turn)
    if value == "words":
        return await go(turn, "words")
    if value != view.SEND:
        return await present(turn)
    name, kind = (await _person(turn)).name, FeedbackKind(draft["kind"])
    await feedback.give(await judging(turn), draft["who"], kind, draft["words"], draft.get("line"))
    return finish(turn, view.given(name))
