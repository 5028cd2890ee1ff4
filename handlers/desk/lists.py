"""The desks' lists: opened by a command or a button, filtered, page by page."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Open, Queue
from bot.conversation import Handler
from bot.services.city import know
from bot.services.desk import queues
from bot.turn import Context, Turn, payload_of
from bot.views.desk import queue as view
from models.rules.permissions import DESKS, Desk, require_desk

COMMANDS = {"verifikasi": Desk.VERIFIER_QUEUE, "unit": Desk.UNIT_QUEUE, "awasi": Desk.OVERSIGHT}


def handlers() -> list[Handler]:
    """The commands, the menu's buttons, filters and pages."""
    lists = "|".join(which.value for which in COMMANDS.values())
    return [
        CommandHandler(list(COMMANDS), open_by_command, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(open_list, pattern=f"^{Open.tag}:({lists}):"),
        CallbackQueryHandler(turn_page, pattern=f"^{Queue.tag}:({lists}):"),
    ]


def desks_of(turn: Turn) -> list[Desk]:
    """The person's own lists."""
    roles = turn.presser.roles()
    return [which for which in COMMANDS.values() if roles & set(DESKS[which])]


async def open_by_command(update: Update, context: Context) -> Any:
    """/verifikasi, /unit, /awasi."""
    message = update.effective_message
    name = (message.text or "").split()[0].split("@")[0].lstrip("/").lower() if message else ""
    await _show(context.turn, COMMANDS[name], "", 0)


async def open_list(update: Update, context: Context) -> Any:
    """A list from the menu, as it opens."""
    payload = payload_of(update)
    if isinstance(payload, Open):
        await _show(context.turn, Desk(payload.what), "", payload.page)


async def turn_page(update: Update, context: Context) -> Any:
    """Another filter or page."""
    payload = payload_of(update)
    if isinstance(payload, Queue):
        await _show(context.turn, Desk(payload.desk), payload.filter, payload.page)


async def _show(turn: Turn, which: Desk, wanted: str, page: int) -> None:
    require_desk(turn.presser, which)
    city = await know(turn.session, turn.now)
    found = await queues.listed(turn.session, city, turn.presser, which, wanted, page, turn.now)
    roles = turn.presser.roles()
    searches = bool(roles & set(DESKS[Desk.SEARCH]))
    shares = which is Desk.UNIT_QUEUE and bool(roles & set(DESKS[Desk.SHARING]))
    turn.show(view.queue(found, city.calendar, turn.now, searches=searches, shares=shares))
