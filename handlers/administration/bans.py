"""/blokir and the card's button: keep the sender of a report out for a while, lift it again."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Open, Ticket
from bot.conversation import Handler
from bot.services import complaints, following
from bot.services.administration import bans
from bot.services.city import know
from bot.turn import Context, Turn, payload_of
from bot.views.administration import bans as view
from handlers.tickets import ticket_of
from models.administration.ban import BanReason
from models.complaint import Complaint
from models.errors import Refusal
from models.rules import ticket_code
from models.rules.permissions import Desk, require_desk


def handlers() -> list[Handler]:
    """The list, one of them, the questions, the end."""
    return [
        CommandHandler("blokir", show, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(show_list, pattern=f"^{Open.tag}:{Desk.BANS.value}:"),
        CallbackQueryHandler(ban, pattern=f"^{Ticket.tag}:ban:"),
        CallbackQueryHandler(lift, pattern=f"^{Ticket.tag}:unban:"),
    ]


async def show(update: Update, context: Context) -> Any:
    """/blokir: bans that run; with a ticket's code its sender's, or how to make one; with a ban's number that one."""
    turn = context.turn
    require_desk(turn.presser, Desk.BANS)
    if not context.args:
        await show_list(update, context)
        return
    wanted = context.args[0]
    if wanted.isdecimal():
        turn.show(view.one(await bans.get(turn.session, turn.presser, _number(wanted), turn.now)))
        return
    codes = ticket_code.find(wanted)
    complaint = await following.by_code(turn.session, codes[0]) if codes else None
    if complaint is None:
        raise Refusal("no_such_report")
    await _of_report(turn, complaint)


def _number(text: str) -> int:
    """A number as the database takes it."""
    return min(int(text[:18]), 2**31 - 1)


async def _of_report(turn: Turn, complaint: Complaint) -> None:
    bans.require_may_ban(turn.presser, complaint)
    row = await bans.of_report(turn.session, complaint, turn.now)
    turn.show(view.one(row) if row is not None else view.ask_reason(complaint.code, complaint.id))


async def show_list(update: Update, context: Context) -> Any:
    """A page of the bans that run."""
    turn, payload = context.turn, payload_of(update)
    require_desk(turn.presser, Desk.BANS)
    page = max(payload.page, 0) if isinstance(payload, Open) else 0
    rows, pages = await bans.every(turn.session, turn.now, page)
    turn.show(view.listed(rows, min(page, pages - 1), pages))


async def ban(update: Update, context: Context) -> Any:
    """Reason, then days, then it runs."""
    turn, ticket = context.turn, ticket_of(update)
    require_desk(turn.presser, Desk.BANS)
    complaint = await complaints.get(turn.session, ticket.complaint_id)
    bans.require_may_ban(turn.presser, complaint)
    reason, _dash, days = ticket.extra.partition("-")
    if reason not in set(BanReason):
        await _of_report(turn, complaint)
        return
    city = await know(turn.session, turn.now)
    if not days.isdigit():
        turn.show(view.ask_days(complaint.code, complaint.id, BanReason(reason), bans.days_of(city)))
        return
    row = await bans.ban(turn.session, city, turn.presser, complaint, BanReason(reason), int(days), turn.now)
    turn.show(view.done(complaint.code, row))


async def lift(update: Update, context: Context) -> Any:
    """End one early."""
    turn = context.turn
    await bans.lift(turn.session, turn.presser, ticket_of(update).complaint_id, turn.now)
    turn.show(view.lifted())
