"""The question before the others: is this a new report, or does it belong to an earlier one?"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.conversation import Question, Step, choice, chosen, finish, present
from bot.services import complaints, following, verdicts
from bot.services.city import know
from bot.services.complaints import Words
from bot.turn import Context, Turn
from bot.views import filing as view
from bot.views import places, tickets, verdict
from handlers.report_draft import append, files_of, first_message, message_of
from models.complaint import Complaint
from models.rules.complaint_flow import Action

Onward = Callable[[Turn], Awaitable[Any]]

PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def steps(flow: str, onward: Onward) -> list[Step]:
    """The step `which`; `onward` goes to whatever is missing of a new report."""

    async def take_which(update: Update, context: Context) -> Any:
        turn = context.turn
        value = chosen(update, turn)
        if value == view.NEW:
            turn.keep(offer=None)
            return await onward(turn)
        if value is None or not value.isdigit() or int(value) not in (turn.draft.get("offer") or []):
            return await present(turn)
        return await _add_to(turn, int(value))

    return [Step("which", show_which, [choice(take_which, flow, "which"), MessageHandler(PLAIN, take_more)])]


async def show_which(turn: Turn) -> Question:
    """New, or more of one of the latest."""
    found = [await following.own(turn.session, turn.presser, number) for number in turn.draft.get("offer") or []]
    return Question(view.ask_which(turn.draft["nonce"], tickets.offered(found)), view.question("which"))


async def take_more(update: Update, context: Context) -> Any:
    """More words before it is decided where they go."""
    turn, message = context.turn, message_of(update)
    append(turn, (message.text or "").strip(), message.message_id)
    return await present(turn)


async def _add_to(turn: Turn, complaint_id: int) -> Any:
    city = await know(turn.session, turn.now)
    complaint = await following.own(turn.session, turn.presser, complaint_id)
    words = _words(turn)
    if following.can_still(complaint, Action.ADD_INFORMATION, city, turn.now):
        await complaints.add_information(turn.session, city, turn.presser, complaint_id, words, turn.now)
        return finish(turn, tickets.added(complaint))
    if following.can_still(complaint, Action.REOPEN, city, turn.now):
        await verdicts.reopen(turn.session, city, turn.presser, complaint_id, words, turn.now)
        return finish(turn, verdict.judged(complaint, city.fact("ombudsman.contact")))
    return await _no_longer(turn, complaint)


async def _no_longer(turn: Turn, complaint: Complaint) -> Any:
    """Closed for good in the meantime: it is not offered again."""
    offer = [number for number in turn.draft.get("offer") or [] if number != complaint.id]
    turn.keep(offer=offer)
    turn.show(tickets.closed_for_good(complaint))
    return await present(turn)


def _words(turn: Turn) -> Words:
    draft = turn.draft
    text = draft.get("text", "")
    if draft.get("latitude") is not None:
        text = f"{text}\n{places.point(draft['latitude'], draft['longitude'])}".strip()
    return Words(text, files_of(draft), first_message(draft))
