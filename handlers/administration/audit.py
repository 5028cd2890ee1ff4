"""/riwayat: the audit of one report."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Open, Ticket
from bot.conversation import Handler
from bot.services import audit, complaints, following
from bot.services.desk.visibility import note_view
from bot.turn import Context, Turn
from bot.views.administration import audit as view
from handlers.tickets import ticket_of
from models.complaint import Complaint
from models.errors import Refusal
from models.rules import ticket_code
from models.rules.permissions import Desk, require_desk, serves
from models.sealing import Viewed


def handlers() -> list[Handler]:
    """The command and the pages."""
    return [
        CommandHandler("riwayat", ask, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(ask, pattern=f"^{Open(Desk.AUDIT.value).encode()}$"),
        CallbackQueryHandler(turn_page, pattern=f"^{Ticket.tag}:audit:"),
    ]


async def ask(update: Update, context: Context) -> Any:
    """/riwayat CODE, or the menu's button, which asks for a number."""
    turn = context.turn
    require_desk(turn.presser, Desk.AUDIT)
    if not context.args:
        turn.show(view.how_to_ask())
        return
    codes = ticket_code.find(context.args[0])
    complaint = await following.by_code(turn.session, codes[0]) if codes else None
    if complaint is None:
        raise Refusal("no_such_report")
    await _show(turn, complaint, 0)


async def turn_page(update: Update, context: Context) -> Any:
    """Another page."""
    turn, ticket = context.turn, ticket_of(update)
    require_desk(turn.presser, Desk.AUDIT)
    complaint = await complaints.get(turn.session, ticket.complaint_id)
    await _show(turn, complaint, int(ticket.extra) if ticket.extra.isdigit() else 0)


async def _show(turn: Turn, complaint: Complaint, page: int) -> None:
    """Of a restricted report only to whoever serves it; that is a look as well."""
    if complaint.record().restricted and not serves(turn.presser, complaint.record()):
        raise Refusal("inspectorate_only")
    note_view(turn.session, turn.presser, complaint, Viewed.HISTORY, turn.now)
    found = await audit.of_complaint(turn.session, complaint.id, page)
    turn.show(view.trail(complaint.code, complaint.id, found))
