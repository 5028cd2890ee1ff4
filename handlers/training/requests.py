"""The requests of the own people: the list, one of them, yes."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.callbacks import Learn
from bot.conversation import Handler
from bot.services.training import asking, registering
from bot.turn import Context
from bot.views.training import requests as view
from handlers.training.looking import pressed
from models.errors import Refusal


def handlers() -> list[Handler]:
    """The buttons that ask nothing."""
    buttons = {view.ASKED: show_waiting, view.ASK: open_request, view.YES: approve}
    return [CallbackQueryHandler(act, pattern=f"^{Learn.tag}:{verb}:") for verb, act in buttons.items()]


async def show_waiting(update: Update, context: Context) -> Any:
    """Those that are not decided."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    if turn.presser.employee_id is None:
        raise Refusal("not_your_role")
    turn.show(view.waiting(await asking.waiting(by, turn.presser.employee_id), payload.number))


async def open_request(update: Update, context: Context) -> Any:
    """One of them."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    turn.show(view.card(await asking.request(by, turn.presser.employee_id, payload.number)))


async def approve(update: Update, context: Context) -> Any:
    """Yes; a second press, or one after a colleague's, says that it is decided."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    await registering.approve(by, payload.number, turn.presser.employee_id)
    turn.show(view.card(await asking.request(by, turn.presser.employee_id, payload.number)))
