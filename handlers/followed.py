"""Reports of other people that somebody follows: the list, one of them, and an end to it."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.callbacks import Open, Ticket
from bot.conversation import Handler
from bot.services import followers
from bot.turn import Context
from bot.views import followed as view
from handlers.tickets import ticket_of


def handlers() -> list[Handler]:
    """The list, a followed report, and no more of it."""
    return [
        CallbackQueryHandler(show_list, pattern=f"^{Open.tag}:{view.LIST}:"),
        CallbackQueryHandler(show_story, pattern=f"^{Ticket.tag}:{view.LIST}:"),
        CallbackQueryHandler(stop, pattern=f"^{Ticket.tag}:{view.UNFOLLOW}:"),
    ]


async def show_list(update: Update, context: Context) -> Any:
    """A page of what the person follows."""
    turn, query = context.turn, update.callback_query
    payload = Open.decode(query.data) if query is not None and query.data else None
    turn.show(view.listing(await followers.followed(turn.session, turn.person, payload.page if payload else 0)))


async def show_story(update: Update, context: Context) -> Any:
    """One followed report; nobody else's."""
    turn = context.turn
    turn.show(view.story(await followers.story(turn.session, turn.person, ticket_of(update).complaint_id)))


async def stop(update: Update, context: Context) -> Any:
    """No more notices about it; a second press says the same."""
    turn = context.turn
    complaint_id = ticket_of(update).complaint_id
    what = await followers.story(turn.session, turn.person, complaint_id)
    await followers.stop(turn.session, turn.person, complaint_id)
    turn.show(view.stopped(what.complaint.code))
