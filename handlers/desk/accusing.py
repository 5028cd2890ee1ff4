"""Naming the civil servant whom a report is about.

| step    | asks                 | answered by         |
|---------|----------------------|---------------------|
| who     | name or NIP          | words               |
| which   | which of those found | button; other words |
| confirm | really this one      | button              |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Resume, Ticket
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, go, present
from bot.services import complaints, staff
from bot.services.city import City, know
from bot.services.desk import reading, verifying
from bot.turn import CURRENT, Context, Turn
from bot.views.desk import accusing as view
from bot.views.desk import card as desk_card
from bot.views.screen import Screen
from handlers.desk import cards as desks
from handlers.guards import a_fresh_start
from handlers.report_draft import message_of
from models.complaint import Complaint
from models.employee import Employee
from models.errors import Refusal
from models.rules import nip
from models.rules.complaint_flow import Action

FLOW = view.FLOW
LONGEST = 130
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def talk() -> Talk:
    """The table of the conversation; every step asks for the right again."""
    words = MessageHandler(PLAIN, search)
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Ticket.tag}:{Action.ACCUSE}:\\d+:$"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.\\d+$"),
        ],
        steps=[
            Step("who", show_who, [words]),
            Step("which", show_which, [choice(take_which, FLOW, "which"), words]),
            Step("confirm", show_confirm, [choice(take_confirm, FLOW, "confirm")]),
        ],
        cancelled=cancelled,
        help=view.help_text,
    )


def cancelled() -> Screen:
    """What a cancel says, with the way back to the report."""
    return view.cancelled(CURRENT.get().draft["id"])


async def start(update: Update, context: Context) -> Any:
    """The card's button: whom is it about, or the card where somebody was named already."""
    turn = context.turn
    complaint = await _reach(turn, _wanted(update))
    if not reading.is_possible(Action.ACCUSE, complaint):
        raise Refusal("accused_already")
    if not a_fresh_start(update, turn, f"{FLOW}.{complaint.id}"):
        return None
    return await begin(turn, FLOW, "who", light=True, id=complaint.id, code=complaint.code)


def _wanted(update: Update) -> int:
    data = (update.callback_query.data if update.callback_query else None) or ""
    ticket, resume = Ticket.decode(data), Resume.decode(data)
    if ticket is not None:
        return ticket.complaint_id
    return int(resume.flow.partition(".")[2]) if resume is not None else 0


async def _reach(turn: Turn, complaint_id: int) -> Complaint:
    return await complaints.reach(turn.session, turn.presser, Action.ACCUSE, complaint_id)


def _person(city: City, employee: Employee) -> view.Person:
    unit = city.successor(employee.unit_id).short_name
    return view.Person(employee.id, employee.name, nip.short(employee.nip), unit, employee.position)


async def show_who(turn: Turn) -> Question:
    """Name or NIP."""
    return Question(view.ask_who(turn.draft["nonce"], turn.draft["code"]), view.question("who"))


async def search(update: Update, context: Context) -> Any:
    """Words to search by; an NIP is not kept in the draft."""
    turn, city = context.turn, await know(context.turn.session, context.turn.now)
    await _reach(turn, turn.draft["id"])
    found = await staff.find(turn.session, (message_of(update).text or "")[:LONGEST], city.today(turn.now))
    turn.keep(found=[employee.id for employee in found])
    return await present(turn) if turn.conversation.state == "which" else await go(turn, "which")


async def show_which(turn: Turn) -> Question:
    """Which of those found."""
    city = await know(turn.session, turn.now)
    found = await staff.several(turn.session, turn.draft["found"])
    screen = view.ask_which(turn.draft["nonce"], [_person(city, employee) for employee in found])
    return Question(screen, view.question("which"))


async def take_which(update: Update, context: Context) -> Any:
    """One of those found."""
    turn, value = context.turn, chosen(update, context.turn) or ""
    if value[1:] not in map(str, turn.draft["found"]):
        return await present(turn)
    turn.keep(employee=int(value[1:]))
    return await go(turn, "confirm")


async def show_confirm(turn: Turn) -> Question:
    """Really this one."""
    city = await know(turn.session, turn.now)
    person = _person(city, await staff.get(turn.session, turn.draft["employee"]))
    return Question(view.confirm(turn.draft["nonce"], turn.draft["code"], person), view.question("confirm"))


async def take_confirm(update: Update, context: Context) -> Any:
    """Named: the report is the inspectorate's, and this person never gets it."""
    turn, draft = context.turn, context.turn.draft
    if chosen(update, turn) != view.SURE:
        return await present(turn)
    complaint = await verifying.accuse(await desks.acting(turn), draft["id"], draft["employee"])
    return finish(turn, await desks.card_of(turn, complaint, desk_card.done(Action.ACCUSE)))
