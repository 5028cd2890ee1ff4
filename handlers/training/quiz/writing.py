"""The talk in which human resources write the questions of a quiz, or change one.

| step    | asks                         | answered by                          |
|---------|------------------------------|--------------------------------------|
| text    | the question                 | words                                |
| choices | what can be chosen           | a line each, the right one with a *  |
| check   | is it right so               | save and next; save; change a part   |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Learn, Resume, read
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, go, present
from bot.services.training import rights
from bot.services.training.quiz import writing
from bot.services.training.quiz.writing import Written
from bot.turn import Context, Turn
from bot.views.training.quiz import writing as view
from handlers.guards import a_fresh_start
from handlers.report_draft import message_of
from handlers.training.looking import doing
from models.errors import Refusal
from models.rules.training.quiz import LONGEST_QUESTION, read_choices

FLOW = view.FLOW
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
PATHS = (view.NEW, view.EDIT)
PARTS = ("text", "choices")


def talk() -> Talk:
    """The table of the conversation; every step asks for the right again."""
    verbs = "|".join(PATHS)
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Learn.tag}:({verbs}):\\d+:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.({verbs})\\.\\d+$"),
        ],
        steps=[
            Step("text", show_text, [MessageHandler(PLAIN, say_text)]),
            Step("choices", show_choices, [MessageHandler(PLAIN, say_choices)]),
            Step("check", show_check, [choice(take_check, FLOW, "check")]),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def start(update: Update, context: Context) -> Any:
    """A new question of a course, or another wording of one."""
    turn = context.turn
    rights.require_hr(turn.presser)
    by = await doing(turn)
    verb, number = _wanted(update)
    row = await writing.question(by, number) if verb == view.EDIT else None
    course_id = row.course_id if row is not None else number
    await writing.require_open(by, course_id)
    if not a_fresh_start(update, turn, f"{FLOW}.{verb}.{number}"):
        return None
    if row is None:
        return await begin(turn, FLOW, "text", course=course_id, question=None, written={}, saved=0)
    written = Written(row.text, tuple(row.choices), row.correct).stored()
    return await begin(turn, FLOW, "check", course=course_id, question=row.id, written=written, saved=0)


def _wanted(update: Update) -> tuple[str, int]:
    query = update.callback_query
    payload = read(query.data) if query is not None and query.data else None
    if isinstance(payload, Learn):
        return payload.verb, payload.number
    if isinstance(payload, Resume):
        _flow, verb, number = payload.flow.split(".")
        return verb, int(number)
    raise Refusal("quiz_no_question")


async def _onward(turn: Turn, **answers: Any) -> Any:
    rights.require_hr(turn.presser)
    written = {**turn.draft["written"], **answers}
    turn.keep(written=written)
    return await go(turn, next((part for part in PARTS if part not in written), "check"))


async def show_text(turn: Turn) -> Question:
    """The question."""
    draft = turn.draft
    return Question(
        view.ask_text(draft["nonce"], saved=draft["saved"], back=bool(draft["trail"])), view.question("text")
    )


async def say_text(update: Update, context: Context) -> Any:
    """One question in words."""
    turn = context.turn
    said = " ".join((message_of(update).text or "").split())
    if not 0 < len(said) <= LONGEST_QUESTION:
        return await _again(turn, "text")
    return await _onward(turn, text=said)


async def _again(turn: Turn, step: str) -> Any:
    turn.show(view.not_read(step), new=True)
    return await present(turn, new=True)


async def show_choices(turn: Turn) -> Question:
    """What can be chosen."""
    return Question(view.ask_choices(turn.draft["nonce"], turn.draft["written"]["text"]), view.question("choices"))


async def say_choices(update: Update, context: Context) -> Any:
    """A line each, the right one marked."""
    turn = context.turn
    found = read_choices((message_of(update).text or "").splitlines())
    if found is None:
        return await _again(turn, "choices")
    return await _onward(turn, choices=found[0], correct=found[1])


async def show_check(turn: Turn) -> Question:
    """All of it once more."""
    draft = turn.draft
    screen = view.check(draft["nonce"], Written.read(draft["written"]), is_new=draft["question"] is None)
    return Question(screen, view.question("check"))


async def take_check(update: Update, context: Context) -> Any:
    """Save and go on, save, or change a part."""
    turn = context.turn
    hr_id, value = rights.require_hr(turn.presser), chosen(update, turn)
    if value in PARTS:
        return await go(turn, value or "")
    draft = turn.draft
    if value != view.SAVE and (value != view.NEXT or draft["question"] is not None):
        return await present(turn)
    by, written, course_id = await doing(turn), Written.read(draft["written"]), draft["course"]
    if draft["question"] is not None:
        row = await writing.change(by, draft["question"], written)
        return finish(turn, view.question_card(row, may_change=True))
    await writing.add(by, hr_id, course_id, [written])
    if value == view.NEXT:
        saved = draft["saved"] + 1
        return await begin(turn, FLOW, "text", course=course_id, question=None, written={}, saved=saved)
    return finish(turn, view.home(await writing.look(by, course_id), 0))
