"""One button opens a report for everybody: the desk's card for who serves it, the own view for who reported it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.callbacks import Ticket
from bot.conversation import Handler
from bot.services import complaints
from bot.turn import Context, Turn
from models.errors import Refusal
from models.rules.complaint_flow import Action
from models.rules.permissions import require, serves

#: Shows one report to the person at hand.
Show = Callable[[Turn, int], Awaitable[Any]]


def ticket_of(update: Update) -> Ticket:
    """The payload of a pressed ticket button; refused with `no_such_report` when it is none."""
    query = update.callback_query
    ticket = Ticket.decode(query.data) if query is not None and query.data else None
    if ticket is None:
        raise Refusal("no_such_report")
    return ticket


def handlers(show_card: Show, show_own: Show) -> list[Handler]:
    """The dispatcher of "open this report"."""

    async def view(update: Update, context: Context) -> Any:
        turn, complaint_id = context.turn, ticket_of(update).complaint_id
        record = (await complaints.get(turn.session, complaint_id)).record()
        require(turn.presser, Action.VIEW, record)
        if serves(turn.presser, record):
            return await show_card(turn, complaint_id)
        return await show_own(turn, complaint_id)

    return [CallbackQueryHandler(view, pattern=f"^{Ticket.tag}:view:")]
