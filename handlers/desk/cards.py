"""The desks: their lists, the card of one report, and the steps that need one press only."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Open, Ticket
from bot.conversation import Handler
from bot.i18n import Markup
from bot.services import complaints
from bot.services.city import know
from bot.services.desk import reading, verifying, working
from bot.services.desk.verifying import Acting
from bot.turn import Context, Turn
from bot.views.desk import card as desk_card
from bot.views.desk import queue as view
from handlers.tickets import ticket_of
from models.complaint import Complaint
from models.errors import Refusal
from models.rules.complaint_flow import Action
from models.rules.permissions import DESKS, Desk, require_desk, serves

COMMANDS = {"verifikasi": Desk.VERIFIER_QUEUE, "unit": Desk.UNIT_QUEUE, "awasi": Desk.OVERSIGHT}
SURE = "_yes"


def handlers() -> list[Handler]:
    """Lists, cards and one-press steps."""
    lists = "|".join(which.value for which in COMMANDS.values())
    return [
        CommandHandler(list(COMMANDS), open_by_command, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(open_list, pattern=f"^{Open.tag}:({lists}):"),
        CallbackQueryHandler(take, pattern=f"^{Ticket.tag}:{Action.TAKE}:"),
        CallbackQueryHandler(dispose, pattern=f"^{Ticket.tag}:{Action.DISPOSE}:\\d+:."),
        CallbackQueryHandler(tighten, pattern=f"^{Ticket.tag}:{Action.TIGHTEN}:"),
        CallbackQueryHandler(show_history, pattern=f"^{Ticket.tag}:history:"),
    ]


# --- lists ---


async def open_by_command(update: Update, context: Context) -> Any:
    """/verifikasi, /unit, /awasi."""
    message = update.effective_message
    name = (message.text or "").split()[0].split("@")[0].lstrip("/").lower() if message else ""
    await _show_list(context.turn, COMMANDS[name], 0)


async def open_list(update: Update, context: Context) -> Any:
    """A list from the menu, or another page of it."""
    query = update.callback_query
    payload = Open.decode(query.data) if query is not None and query.data else None
    if payload is not None:
        await _show_list(context.turn, Desk(payload.what), payload.page)


async def _show_list(turn: Turn, which: Desk, page: int) -> None:
    require_desk(turn.presser, which)
    found = await reading.queue(turn.session, turn.presser, which, page, turn.now)
    turn.show(view.queue(which, found, turn.presser.employee_id, turn.now))


# --- the card ---


async def show_card(turn: Turn, complaint_id: int) -> None:
    """The card of a report with its files (`handlers.tickets` has checked the right to see it)."""
    complaint = await complaints.get(turn.session, complaint_id)
    turn.show(await card_of(turn, complaint, with_files=True))


async def card_of(turn: Turn, complaint: Complaint, headline: Markup | None = None, *, with_files: bool = False) -> Any:
    """The card as this person may see it now; `headline` says what just happened."""
    complaint = await complaints.get(turn.session, complaint.id)
    city = await know(turn.session, turn.now)
    actions = reading.possible_for(turn.presser, complaint)
    best = verifying.suggested(city, complaint, turn.now) if Action.DISPOSE in actions else None
    roles = turn.presser.roles()
    return desk_card.card(
        await reading.card(turn.session, complaint),
        actions,
        [which for which in COMMANDS.values() if roles & set(DESKS[which])],
        turn.now,
        headline=headline,
        suggestion=(best[0], best[1].short_name) if best is not None else None,
        with_files=with_files,
    )


async def too_late(turn: Turn, complaint: Complaint) -> Any:
    """The card under the words who was faster, and when."""
    return await card_of(turn, complaint, desk_card.too_late(await reading.last_step(turn.session, complaint.id)))


async def show_history(update: Update, context: Context) -> Any:
    """All events, page by page."""
    turn, ticket = context.turn, ticket_of(update)
    complaint = await complaints.reach(turn.session, turn.presser, Action.VIEW, ticket.complaint_id)
    if not serves(turn.presser, complaint.record()):
        raise Refusal("not_your_role")
    page = int(ticket.extra) if ticket.extra.isdigit() else 0
    steps, pages = await reading.history(turn.session, complaint.id, page)
    turn.show(desk_card.history(complaint.code, complaint.id, steps, page, pages))


# --- steps of one press ---


async def acting(turn: Turn) -> Acting:
    """Who acts, for the services."""
    return Acting(turn.session, await know(turn.session, turn.now), turn.presser, turn.now)


async def take(update: Update, context: Context) -> Any:
    """Take it in hand; the first press wins."""
    turn, ticket = context.turn, ticket_of(update)
    complaint = await complaints.reach(turn.session, turn.presser, Action.TAKE, ticket.complaint_id)
    if not reading.is_possible(Action.TAKE, complaint):
        turn.show(await too_late(turn, complaint))
        return
    await working.take(await acting(turn), complaint.id)
    turn.show(await card_of(turn, complaint, desk_card.done(Action.TAKE)))


async def dispose(update: Update, context: Context) -> Any:
    """Accept and pass on to the suggested unit, in one press."""
    turn, ticket = context.turn, ticket_of(update)
    complaint = await complaints.reach(turn.session, turn.presser, Action.DISPOSE, ticket.complaint_id)
    if not reading.is_possible(Action.DISPOSE, complaint):
        turn.show(await too_late(turn, complaint))
        return
    await verifying.dispose(await acting(turn), complaint.id, ticket.extra)
    turn.show(await card_of(turn, complaint, desk_card.done(Action.DISPOSE)))


async def tighten(update: Update, context: Context) -> Any:
    """Hide the reporter's name, or the report; asked once more because nothing shows it again."""
    turn, ticket = context.turn, ticket_of(update)
    complaint = await complaints.reach(turn.session, turn.presser, Action.TIGHTEN, ticket.complaint_id)
    if ticket.extra in desk_card.TIGHTER:
        turn.show(desk_card.sure_to_tighten(complaint.id, ticket.extra))
        return
    if not ticket.extra.endswith(SURE):
        raise Refusal("only_tighter")
    await verifying.tighten(await acting(turn), complaint.id, ticket.extra.removesuffix(SURE))
    turn.show(await card_of(turn, complaint, desk_card.done(Action.TIGHTEN)))
