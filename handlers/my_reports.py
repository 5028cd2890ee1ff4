"""The resident's own reports: the list, one report's story, and what one press does to it."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Open, Ticket
from bot.conversation import Handler
from bot.i18n import Markup
from bot.services import complaints, followers, following
from bot.services.city import know
from bot.turn import Context, Turn
from bot.views import tickets as view
from handlers.tickets import ticket_of
from models.complaint import Complaint
from models.rules.complaint_flow import Action
from models.rules.permissions import Desk

SURE = "yes"


def handlers() -> list[Handler]:
    """The list and the steps that need no words."""
    return [
        CommandHandler(["laporan", "reports"], show_list, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(show_list, pattern=f"^{Open.tag}:{Desk.MY_REPORTS}:"),
        CallbackQueryHandler(hide_name, pattern=f"^{Ticket.tag}:{Action.HIDE_NAME}:"),
        CallbackQueryHandler(withdraw, pattern=f"^{Ticket.tag}:{Action.WITHDRAW}:"),
    ]


async def show_list(update: Update, context: Context) -> Any:
    """/laporan, the menu, or another page."""
    turn, query = context.turn, update.callback_query
    payload = Open.decode(query.data) if query is not None and query.data else None
    page = await following.mine(turn.session, turn.person, payload.page if payload else 0)
    turn.show(view.mine(page, await followers.number_followed(turn.session, turn.person)))


async def show_own(turn: Turn, complaint_id: int, note: Markup | None = None) -> None:
    """One own report with its story."""
    city = await know(turn.session, turn.now)
    story = await following.story(turn.session, city, turn.presser, complaint_id, turn.now)
    turn.show(view.report(story, view.Contacts(city.fact("ombudsman.contact")), note))


async def hide_name(update: Update, context: Context) -> Any:
    """The name is hidden from the officers; it cannot be shown again."""
    turn = context.turn
    complaint = await still(turn, Action.HIDE_NAME, ticket_of(update).complaint_id)
    if complaint is not None:
        await complaints.hide_name(turn.session, turn.presser, complaint.id, turn.now)
        await turn.session.flush()
        await show_own(turn, complaint.id, view.name_hidden())


async def withdraw(update: Update, context: Context) -> Any:
    """Take it back, after a question."""
    turn, ticket = context.turn, ticket_of(update)
    complaint = await still(turn, Action.WITHDRAW, ticket.complaint_id)
    if complaint is None:
        return
    if ticket.extra != SURE:
        turn.show(view.sure_to_withdraw(complaint))
        return
    city = await know(turn.session, turn.now)
    await complaints.withdraw(turn.session, city, turn.presser, complaint.id, turn.now)
    await show_own(turn, complaint.id, view.withdrawn())


async def still(turn: Turn, action: Action, complaint_id: int) -> Complaint | None:
    """The own report if the action is possible now; else its present state is shown (a late or double press)."""
    complaint = await complaints.reach(turn.session, turn.presser, action, complaint_id)
    if following.can_still(complaint, action, await know(turn.session, turn.now), turn.now):
        return complaint
    await show_own(turn, complaint.id, view.too_late())
    return None
