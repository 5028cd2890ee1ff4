"""A register's file: taken in the talk, applied or discarded by its buttons."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.callbacks import Gauge
from bot.conversation import Handler, finish, present
from bot.services.performance.records import files
from bot.turn import Context
from bot.views.performance.records import files as view
from handlers.performance.records.desk import pressed, serving

ENDINGS = (".xlsx", ".xls", ".ods", ".csv")


def handlers() -> list[Handler]:
    """The buttons below the check."""
    return [
        CallbackQueryHandler(use, pattern=f"^{Gauge.tag}:usefile:\\d+:"),
        CallbackQueryHandler(drop, pattern=f"^{Gauge.tag}:dropfile:\\d+:"),
    ]


async def take_file(update: Update, context: Context) -> Any:
    """A file has come; its check follows as a message of its own."""
    turn, message = context.turn, update.effective_message
    by = await serving(turn)
    document = message.document if message is not None else None
    if document is None or not (document.file_name or "").lower().endswith(ENDINGS):
        turn.show(view.not_a_file(), new=True)
        return await present(turn, new=True)
    files.receive(by, document.file_id, document.file_name or "")
    return finish(turn, view.received())


async def use(update: Update, context: Context) -> Any:
    """Record what was shown."""
    turn = context.turn
    turn.show(view.applied(await files.apply(await serving(turn), pressed(update).number)))


async def drop(update: Update, context: Context) -> Any:
    """Record nothing."""
    turn = context.turn
    await files.discard(await serving(turn), pressed(update).number)
    turn.show(view.discarded())
