"""The card of one report, and the steps that need one press only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.callbacks import Ticket
from bot.conversation import Handler
from bot.i18n import Markup
from bot.services import complaints
from bot.services.city import know
from bot.services.desk import reading, verifying, working
from bot.services.desk.verifying import Acting
from bot.services.desk.visibility import note_view
from bot.services.proofs import alarms
from bot.services.satisfaction.linking import is_linkable
from bot.services.satisfaction.plans import Deciding
from bot.turn import Context, Turn
from bot.views.desk import card as desk_card
from bot.views.desk import inspection
from bot.views.desk.buttons import TIGHTER
from bot.views.parts import joined
from handlers.desk.lists import desks_of
from handlers.tickets import ticket_of
from models.complaint import Complaint
from models.errors import Refusal
from models.rules.complaint_flow import Action
from models.rules.permissions import serves
from models.sealing import Viewed

SURE = "_yes"


def handlers() -> list[Handler]:
    """One-press steps and the history."""
    return [
        CallbackQueryHandler(take, pattern=f"^{Ticket.tag}:{Action.TAKE}:"),
        CallbackQueryHandler(dispose, pattern=f"^{Ticket.tag}:{Action.DISPOSE}:\\d+:."),
        CallbackQueryHandler(tighten, pattern=f"^{Ticket.tag}:{Action.TIGHTEN}:"),
        CallbackQueryHandler(restore, pattern=f"^{Ticket.tag}:{Action.RESTORE}:"),
        CallbackQueryHandler(show_history, pattern=f"^{Ticket.tag}:history:"),
    ]


# --- the card ---


async def show_card(turn: Turn, complaint_id: int) -> None:
    """The card of a report with its files (`handlers.tickets` has checked the right to see it)."""
    complaint = await complaints.get(turn.session, complaint_id)
    note_view(turn.session, turn.presser, complaint, Viewed.FILES, turn.now)
    turn.show(await card_of(turn, complaint, with_files=True))


async def card_of(turn: Turn, complaint: Complaint, headline: Markup | None = None, *, with_files: bool = False) -> Any:
    """The card as this person may see it now; `headline` says what just happened."""
    complaint = await complaints.get(turn.session, complaint.id)
    if not serves(turn.presser, complaint.record()):
        return desk_card.out_of_sight(complaint.code, headline)
    note_view(turn.session, turn.presser, complaint, Viewed.CARD, turn.now)
    city = await know(turn.session, turn.now)
    actions = reading.possible_for(turn.presser, complaint)
    best = verifying.suggested(city, complaint, turn.now) if Action.DISPOSE in actions else None
    return desk_card.card(
        await reading.card(turn.session, complaint, turn.now),
        actions,
        desks_of(turn),
        city.calendar,
        turn.now,
        headline=await _with_doubts(turn, complaint, headline) if Action.RELEASE in actions else headline,
        suggestion=(best[0], best[1].short_name) if best is not None else None,
        with_files=with_files,
        linkable=is_linkable(Deciding(turn.session, city, turn.presser, turn.now), complaint),
    )


async def _with_doubts(turn: Turn, complaint: Complaint, headline: Markup | None) -> Markup:
    """Whoever decides about a doubted proof reads why it is doubted."""
    doubts = inspection.doubts(await alarms.open_doubts(turn.session, complaint.id))
    return joined([headline or Markup(""), doubts], "\n\n")


async def too_late(turn: Turn, complaint: Complaint) -> Any:
    """The card under the words who was faster, and when."""
    return await card_of(turn, complaint, desk_card.too_late(await reading.last_step(turn.session, complaint.id)))


async def show_history(update: Update, context: Context) -> Any:
    """All events, page by page."""
    turn, ticket = context.turn, ticket_of(update)
    complaint = await complaints.reach(turn.session, turn.presser, Action.VIEW, ticket.complaint_id)
    if not serves(turn.presser, complaint.record()):
        raise Refusal("not_your_role")
    note_view(turn.session, turn.presser, complaint, Viewed.HISTORY, turn.now)
    page = int(ticket.extra) if ticket.extra.isdigit() else 0
    steps, pages = await reading.history(turn.session, complaint.id, page)
    turn.show(desk_card.history(complaint.code, complaint.id, steps, page, pages))


# --- steps of one press ---


async def acting(turn: Turn) -> Acting:
    """Who acts, for the services."""
    return Acting(turn.session, await know(turn.session, turn.now), turn.presser, turn.now)


async def take(update: Update, context: Context) -> Any:
    """Take it in hand; the first press wins."""
    await _do(update, context.turn, Action.TAKE, lambda act, ticket: working.take(act, ticket.complaint_id))


async def dispose(update: Update, context: Context) -> Any:
    """Accept and pass on to the suggested unit, in one press."""
    await _do(
        update,
        context.turn,
        Action.DISPOSE,
        lambda act, ticket: verifying.dispose(act, ticket.complaint_id, ticket.extra),
    )


async def restore(update: Update, context: Context) -> Any:
    """Out of the junk again."""
    await _do(update, context.turn, Action.RESTORE, lambda act, ticket: verifying.restore(act, ticket.complaint_id))


async def _do(update: Update, turn: Turn, action: Action, step: Callable[[Acting, Ticket], Awaitable[Any]]) -> None:
    """One step and the card after it; where somebody was faster, the card under the words who and when."""
    ticket = ticket_of(update)
    complaint = await complaints.reach(turn.session, turn.presser, action, ticket.complaint_id)
    if not reading.is_possible(action, complaint):
        turn.show(await too_late(turn, complaint))
        return
    await step(await acting(turn), ticket)
    turn.show(await card_of(turn, complaint, desk_card.done(action)))


async def tighten(update: Update, context: Context) -> Any:
    """Hide the reporter's name, or the report; asked once more because nothing shows it again."""
    turn, ticket = context.turn, ticket_of(update)
    complaint = await complaints.reach(turn.session, turn.presser, Action.TIGHTEN, ticket.complaint_id)
    if ticket.extra in TIGHTER:
        turn.show(desk_card.sure_to_tighten(complaint.id, ticket.extra))
        return
    if not ticket.extra.endswith(SURE):
        raise Refusal("only_tighter")
    await verifying.tighten(await acting(turn), complaint.id, ticket.extra.removesuffix(SURE))
    turn.show(await card_of(turn, complaint, desk_card.done(Action.TIGHTEN)))
