"""Giving a report to a colleague and giving it back: one press to see who there is, one to give it."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.callbacks import Ticket
from bot.conversation import Handler
from bot.services import complaints
from bot.services.desk import assigning, reading
from bot.turn import Context
from bot.views.desk import assigning as view
from bot.views.desk import card as desk_card
from handlers.desk import cards
from handlers.tickets import ticket_of
from models.rules.complaint_flow import Action


def handlers() -> list[Handler]:
    """Who there is; this one; nobody any more."""
    return [
        CallbackQueryHandler(ask_whom, pattern=f"^{Ticket.tag}:{Action.ASSIGN}:\\d+:$"),
        CallbackQueryHandler(give, pattern=f"^{Ticket.tag}:{Action.ASSIGN}:\\d+:\\d+\\.\\d+$"),
        CallbackQueryHandler(give_back, pattern=f"^{Ticket.tag}:{Action.UNASSIGN}:"),
    ]


async def ask_whom(update: Update, context: Context) -> Any:
    """The colleagues who may take it, the lightest load first."""
    turn, ticket = context.turn, ticket_of(update)
    complaint = await complaints.reach(turn.session, turn.presser, Action.ASSIGN, ticket.complaint_id)
    if not reading.is_possible(Action.ASSIGN, complaint):
        turn.show(await cards.too_late(turn, complaint))
        return
    found = await assigning.choices(await cards.acting(turn), complaint)
    turn.show(view.ask_whom(complaint, found))


async def give(update: Update, context: Context) -> Any:
    """This colleague has it from now on, unless somebody gave it to another meanwhile."""
    turn, ticket = context.turn, ticket_of(update)
    complaint = await complaints.reach(turn.session, turn.presser, Action.ASSIGN, ticket.complaint_id)
    employee_id, before = (int(part) for part in ticket.extra.split("."))
    if not reading.is_possible(Action.ASSIGN, complaint) or (complaint.officer_id or 0) != before:
        turn.show(await cards.too_late(turn, complaint))
        return
    await assigning.assign(await cards.acting(turn), complaint.id, employee_id, before or None)
    turn.show(await cards.card_of(turn, complaint, desk_card.done(Action.ASSIGN)))


async def give_back(update: Update, context: Context) -> Any:
    """Nobody has it any more."""
    turn, ticket = context.turn, ticket_of(update)
    complaint = await complaints.reach(turn.session, turn.presser, Action.UNASSIGN, ticket.complaint_id)
    if not reading.is_possible(Action.UNASSIGN, complaint):
        turn.show(await cards.too_late(turn, complaint))
        return
    await assigning.unassign(await cards.acting(turn), complaint.id)
    turn.show(await cards.card_of(turn, complaint, desk_card.done(Action.UNASSIGN)))
