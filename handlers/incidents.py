"""The administrator's look at updates that could not be handled."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.callbacks import Open
from bot.conversation import Handler
from bot.inbox import store
from bot.turn import Context
from bot.views import incidents as view
from models.rules.permissions import Desk, require_desk


def handlers() -> list[Handler]:
    """The list, and another try for all of them."""
    return [
        CallbackQueryHandler(show, pattern=f"^{Open.tag}:{Desk.INCIDENTS}:"),
        CallbackQueryHandler(retry, pattern=f"^{Open.tag}:{view.RETRY}:"),
    ]


async def show(update: Update, context: Context) -> Any:
    """Dead and quarantined updates, the oldest first."""
    turn = context.turn
    require_desk(turn.presser, Desk.INCIDENTS)
    rows = await store.faults(turn.session, view.SHOWN)
    turn.show(view.listing([view.Incident(row.incident or "-", row.received_at, row.fault or "-") for row in rows]))


async def retry(update: Update, context: Context) -> Any:
    """Give them another set of tries; the sweep of leftovers takes them up."""
    turn = context.turn
    require_desk(turn.presser, Desk.INCIDENTS)
    turn.show(view.retried(await store.revive(turn.session, None)))
