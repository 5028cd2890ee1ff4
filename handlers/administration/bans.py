"""/blokir and the card's button: keep the sender of a report out for a while, lift it again."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Open, Ticket
from bot.conversation import Handler
from bot.services import complaints
from bot.services.administration import bans
from bot.services.city import know
from bot.turn import Context
from bot.views.administration import bans as view
from handlers.tickets import ticket_of
from models.administration.ban import BanReason
from models.errors import Refusal
from models.rules.complaint_flow import Action
from models.rules.permissions import Desk, require_desk, serves


def handlers() -> list[Handler]:
    """The list, the questions, the end."""
    return [
        CommandHandler("blokir", show_list, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(show_list, pattern=f"^{Open.tag}:{Desk.BANS.value}:"),
        CallbackQueryHandler(ban, pattern=f"^{Ticket.tag}:ban:"),
        CallbackQueryHandler(lift, pattern=f"^{Ticket.tag}:unban:"),
    ]


async def show_list(update: Update, context: Context) -> Any:
    """Bans that run."""
    turn = context.turn
    require_desk(turn.presser, Desk.BANS)
    turn.show(view.listed(await bans.every(turn.session, turn.now)))


async def ban(update: Update, context: Context) -> Any:
    """Reason, then days, then it runs."""
    turn, ticket = context.turn, ticket_of(update)
    require_desk(turn.presser, Desk.BANS)
    complaint = await complaints.reach(turn.session, turn.presser, Action.VIEW, ticket.complaint_id)
    if not serves(turn.presser, complaint.record()):
        raise Refusal("not_your_role")
    reason, _dash, days = ticket.extra.partition("-")
    if reason not in set(BanReason):
        turn.show(view.ask_reason(complaint.code, complaint.id))
        return
    if not days.isdigit():
        turn.show(view.ask_days(complaint.code, complaint.id, BanReason(reason)))
        return
    city = await know(turn.session, turn.now)
    row = await bans.ban(turn.session, city, turn.presser, complaint, BanReason(reason), int(days), turn.now)
    turn.show(view.done(complaint.code, row))


async def lift(update: Update, context: Context) -> Any:
    """End one early."""
    turn = context.turn
    await bans.lift(turn.session, turn.presser, ticket_of(update).complaint_id, turn.now)
    turn.show(view.lifted())
