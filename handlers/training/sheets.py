"""Courses by workbook, or the questions of a quiz: received in the talk, applied whole or discarded.

| step | asks         | answered by |
|------|--------------|-------------|
| file | the workbook | a document  |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Learn, Resume
from bot.conversation import Handler, Question, Step, Talk, begin, finish, present
from bot.services.training import rights, sheets
from bot.services.training.quiz import writing
from bot.turn import Context, Turn
from bot.views.training import managing
from bot.views.training import sheet as view
from bot.views.training.quiz import writing as quiz
from handlers.guards import a_fresh_start
from handlers.report_draft import message_of
from handlers.training.looking import doing, pressed, wanted

FLOW = view.FLOW
ENDING = ".xlsx"
ANYTHING = filters.UpdateType.MESSAGE & ~filters.COMMAND


def handlers() -> list[Handler]:
    """What can be pressed whether the talk is open or not."""
    return [
        CallbackQueryHandler(use, pattern=f"^{Learn.tag}:{view.USE}:"),
        CallbackQueryHandler(drop, pattern=f"^{Learn.tag}:{view.DROP}:"),
    ]


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Learn.tag}:({managing.UPLOAD}|{quiz.UPLOAD}):"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.\\d+$"),
        ],
        steps=[Step("file", show_file, [MessageHandler(ANYTHING, take_file)])],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def start(update: Update, context: Context) -> Any:
    """The button of human resources."""
    turn = context.turn
    rights.require_hr(turn.presser)
    course_id = wanted(update)
    if course_id:
        await writing.require_open(await doing(turn), course_id)
    if not a_fresh_start(update, turn, f"{FLOW}.{course_id}"):
        return None
    return await begin(turn, FLOW, "file", light=True, course=course_id or None)


async def show_file(turn: Turn) -> Question:
    """Send it."""
    course_id = turn.draft.get("course")
    return Question(view.ask(turn.draft["nonce"], course_id), view.question(course_id))


async def take_file(update: Update, context: Context) -> Any:
    """It has come; its check follows as a message of its own."""
    turn = context.turn
    rights.require_hr(turn.presser)
    document = message_of(update).document
    if document is None or not (document.file_name or "").lower().endswith(ENDING):
        turn.show(view.not_a_workbook(), new=True)
        return await present(turn, new=True)
    course_id = turn.draft.get("course")
    await sheets.receive(await doing(turn), document.file_id, document.file_name or "", course_id)
    return finish(turn, view.received(course_id))


async def use(update: Update, context: Context) -> Any:
    """Write all of it."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    hr_id = rights.require_hr(turn.presser)
    sheet = await sheets.apply(by, hr_id, payload.number)
    turn.show(view.applied(len(sheet.content), sheet.course_id))


async def drop(update: Update, context: Context) -> Any:
    """Everything stays as it is."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    rights.require_hr(turn.presser)
    sheet = await sheets.discard(by, payload.number)
    turn.show(view.discarded(sheet.course_id))
