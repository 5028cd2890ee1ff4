"""Reports that are perhaps the same: look at them, merge them, undo it. No words are needed."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.callbacks import Ticket
from bot.conversation import Handler
from bot.services import complaints
from bot.services.city import know
from bot.services.desk import merging, reading, similar
from bot.turn import Context, Turn
from bot.views.desk import card as desk_card
from bot.views.desk import merging as view
from handlers.desk import cards
from handlers.tickets import ticket_of
from models.complaint import Complaint
from models.errors import Refusal
from models.rules.complaint_flow import Action


def handlers() -> list[Handler]:
    """The list, the merging and its undoing."""
    return [
        CallbackQueryHandler(show_similar, pattern=f"^{Ticket.tag}:{Action.ABSORB}:"),
        CallbackQueryHandler(merge, pattern=f"^{Ticket.tag}:{Action.MERGE}:"),
        CallbackQueryHandler(unmerge, pattern=f"^{Ticket.tag}:{Action.UNMERGE}:"),
    ]


async def show_similar(update: Update, context: Context) -> Any:
    """Open reports that are perhaps the same, and why."""
    turn = context.turn
    complaint = await _reached(turn, Action.ABSORB, ticket_of(update).complaint_id)
    if complaint is None:
        return
    found = await similar.to_report(await cards.acting(turn), complaint)
    turn.show(view.similar(complaint, found, (await know(turn.session, turn.now)).calendar, turn.now))


async def merge(update: Update, context: Context) -> Any:
    """Merge it into the main report that the button names, after a question."""
    turn, ticket = context.turn, ticket_of(update)
    number, _, sure = ticket.extra.partition(".")
    complaint = await _reached(turn, Action.MERGE, ticket.complaint_id)
    if complaint is None:
        return
    if not number.isdigit():
        raise Refusal("no_such_report")
    acting = await cards.acting(turn)
    if sure != view.SURE:
        main = await complaints.reach(turn.session, turn.presser, Action.ABSORB, int(number))
        merging.require_mergeable(complaint, main)
        turn.show(view.sure_to_merge(complaint, main, merging.explanation(acting)))
        return
    await merging.merge(acting, complaint.id, int(number))
    turn.show(await cards.card_of(turn, complaint, desk_card.done(Action.MERGE)))


async def unmerge(update: Update, context: Context) -> Any:
    """Undo it, after a question."""
    turn, ticket = context.turn, ticket_of(update)
    complaint = await _reached(turn, Action.UNMERGE, ticket.complaint_id)
    if complaint is None:
        return
    main = await merging.main_of(turn.session, complaint)
    if main is not None and ticket.extra != view.SURE:
        turn.show(view.sure_to_unmerge(complaint, main))
        return
    await merging.unmerge(await cards.acting(turn), complaint.id)
    turn.show(await cards.card_of(turn, complaint, desk_card.done(Action.UNMERGE)))


async def _reached(turn: Turn, action: Action, complaint_id: int) -> Complaint | None:
    """The report, if this person may do it and it is possible now; else its card says who was faster."""
    complaint = await complaints.reach(turn.session, turn.presser, action, complaint_id)
    if reading.is_possible(action, complaint):
        return complaint
    turn.show(await cards.too_late(turn, complaint))
    return None
