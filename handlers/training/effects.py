"""What became of a course at work: the superior answers with one press, and may add a sentence.

| step | asks                     | answered by |
|------|--------------------------|-------------|
| note | what changed at the work | words       |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Learn, Resume
from bot.conversation import Handler, Question, Step, Talk, begin, finish
from bot.services.training import effects, rights
from bot.turn import Context, Turn
from bot.views.training import effects as view
from handlers.guards import a_fresh_start
from handlers.report_draft import message_of
from handlers.training.looking import doing, pressed, wanted
from models.errors import Refusal
from models.rules.permissions import Desk, require_desk
from models.training.effect import Effect

FLOW = view.FLOW
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
EFFECTS = {effect.value: effect for effect in Effect}


def handlers() -> list[Handler]:
    """The buttons that ask nothing."""
    buttons = {view.LIST: show_waiting, view.SEE: open_question, view.ANSWER: answer, view.ALL: show_answers}
    return [CallbackQueryHandler(act, pattern=f"^{Learn.tag}:{verb}:") for verb, act in buttons.items()]


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Learn.tag}:{view.NOTE}:\\d+:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.\\d+$"),
        ],
        steps=[Step("note", show_note, [MessageHandler(PLAIN, say_note)])],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def show_waiting(update: Update, context: Context) -> Any:
    """Those that are not answered."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    if turn.presser.employee_id is None:
        raise Refusal("not_your_role")
    turn.show(view.waiting(await effects.waiting(by, turn.presser.employee_id), payload.number))


async def open_question(update: Update, context: Context) -> Any:
    """One of them."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    turn.show(view.card(await effects.question(by, turn.presser.employee_id, payload.number)))


async def answer(update: Update, context: Context) -> Any:
    """The answer; a second press, or one after a colleague's, says that it is answered."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    if payload.extra not in EFFECTS:
        raise Refusal("no_such_choice")
    found = await effects.answer(by, turn.presser.employee_id, payload.number, EFFECTS[payload.extra])
    turn.show(view.card(found))


async def show_answers(update: Update, context: Context) -> Any:
    """What superiors said of a course, for human resources."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    rights.require_hr(turn.presser)
    course_id = int(payload.extra) if payload.extra.isdigit() else 0
    turn.show(view.answers(await effects.answers(by, course_id, payload.number)))


async def start(update: Update, context: Context) -> Any:
    """The button below the answer."""
    turn = context.turn
    require_desk(turn.presser, Desk.TRAINING)
    number = wanted(update, "no_such_effect")
    found = await effects.question(await doing(turn), turn.presser.employee_id, number)
    effects.require_notable(found, turn.presser.employee_id)
    if not a_fresh_start(update, turn, f"{FLOW}.{number}"):
        return None
    return await begin(turn, FLOW, "note", id=number)


async def show_note(turn: Turn) -> Question:
    """One sentence."""
    found = await effects.question(await doing(turn), turn.presser.employee_id, turn.draft["id"])
    return Question(view.ask_note(turn.draft["nonce"], found), view.question())


async def say_note(update: Update, context: Context) -> Any:
    """Kept."""
    turn = context.turn
    said = message_of(update).text or ""
    found = await effects.note(await doing(turn), turn.presser.employee_id, turn.draft["id"], said)
    return finish(turn, view.card(found))
