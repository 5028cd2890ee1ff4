"""/kelola: the city's data goes out as a workbook and comes back changed.

| step     | asks                       | answered by            |
|----------|----------------------------|------------------------|
| workbook | the workbook that was edited | a file; a button to download it, or to undo |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.callbacks import Open, Resume, Revise
from bot.conversation import Handler, Question, Step, Talk, begin, finish, present
from bot.i18n import _
from bot.services.administration import revisions
from bot.services.city import know
from bot.turn import FILE, Context, Turn, payload_of
from bot.views import making
from bot.views.administration import revisions as view
from handlers.guards import a_fresh_start
from models.errors import Refusal
from models.rules.permissions import Desk, require_desk

FLOW = view.FLOW
MESSAGE = filters.UpdateType.MESSAGE


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=[
            CommandHandler("kelola", start, MESSAGE),
            CallbackQueryHandler(start, pattern=f"^{Open.tag}:{Desk.CITY_DATA.value}:"),
            CallbackQueryHandler(start, pattern=f"^{Resume('anew', FLOW).encode()}$"),
        ],
        steps=[
            Step(
                "workbook",
                show_question,
                [
                    MessageHandler(MESSAGE & filters.Document.ALL, take_workbook),
                    MessageHandler(MESSAGE & ~filters.COMMAND, take_something_else),
                ],
            )
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


def handlers() -> list[Handler]:
    """What can be pressed whether the talk is open or not."""
    return [
        CallbackQueryHandler(download, pattern=f"^{Revise.tag}:download:"),
        CallbackQueryHandler(decide, pattern=f"^{Revise.tag}:(apply|discard):"),
        CallbackQueryHandler(ask_to_undo, pattern=f"^{Revise.tag}:undo:"),
        CallbackQueryHandler(undo, pattern=f"^{Revise.tag}:undo_yes:"),
    ]


async def start(update: Update, context: Context) -> Any:
    """What can be done, and the question for the workbook."""
    turn = context.turn
    require_desk(turn.presser, Desk.CITY_DATA)
    if not a_fresh_start(update, turn, FLOW):
        return None
    return await begin(turn, FLOW, "workbook")


async def show_question(turn: Turn) -> Question:
    """Send the workbook."""
    return Question(view.ask(turn.draft["nonce"], await revisions.latest(turn.session)), _(view.QUESTION))


async def take_workbook(update: Update, context: Context) -> Any:
    """The workbook has come back; its check follows as a message of its own."""
    turn, message = context.turn, update.effective_message
    require_desk(turn.presser, Desk.CITY_DATA)
    document = message.document if message is not None else None
    if document is None or not (document.file_name or "").lower().endswith(".xlsx"):
        return await take_something_else(update, context)
    revisions.receive(turn.session, turn.person, document.file_id, document.file_name or "", turn.now)
    return finish(turn, view.received())


async def take_something_else(update: Update, context: Context) -> Any:
    """Not a workbook."""
    context.turn.show(view.not_a_workbook())
    return await present(context.turn)


async def download(update: Update, context: Context) -> Any:
    """The data as it is now, as a message of its own."""
    turn = context.turn
    require_desk(turn.presser, Desk.CITY_DATA)
    turn.order("city_workbook", new=True, toast=making.preparing(), action=FILE)


def _revision_of(update: Update, turn: Turn) -> Revise:
    require_desk(turn.presser, Desk.CITY_DATA)
    payload = payload_of(update)
    if not isinstance(payload, Revise):
        raise Refusal("revision_is_over")
    return payload


async def decide(update: Update, context: Context) -> Any:
    """Apply what was shown, or leave everything as it is."""
    turn = context.turn
    payload, city = _revision_of(update, turn), await know(turn.session, turn.now)
    if payload.what == "discard":
        await revisions.discard(turn.session, payload.revision_id, turn.now)
        turn.show(view.discarded())
        return
    revision = await revisions.confirm(turn.session, payload.revision_id, city.today(turn.now), turn.now)
    turn.show(view.applied(revision))


async def ask_to_undo(update: Update, context: Context) -> Any:
    """Sure?"""
    turn = context.turn
    revision = await revisions.get(turn.session, _revision_of(update, turn).revision_id)
    turn.show(view.sure_to_undo(revision, revision.decided_at or revision.received_at))


async def undo(update: Update, context: Context) -> Any:
    """The newest changes are undone."""
    turn = context.turn
    payload, city = _revision_of(update, turn), await know(turn.session, turn.now)
    revision = await revisions.take_back(turn.session, payload.revision_id, city.today(turn.now), turn.now)
    turn.show(view.taken_back(revision))
