"""Staff: the code that binds an account to the roster, and the talk in which HR makes one.

| step    | asks                  | answered by                 |
|---------|-----------------------|-----------------------------|
| who     | name or NIP           | words                       |
| which   | which of those found  | button; other words         |
| confirm | make the invitation?  | button; release the account |
| release | release the account?  | button                      |
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.callbacks import Open, Resume
from bot.conversation import Handler, Question, Step, Talk, begin, choice, chosen, finish, go, present
from bot.i18n import _
from bot.services import people, staff, unbinding
from bot.services.city import City, know
from bot.turn import Context, Turn
from bot.views import commands
from bot.views import errors as errors_view
from bot.views import staff as view
from handlers.guards import a_fresh_start
from handlers.home import desks_of
from handlers.report_draft import message_of
from models.employee import Employee
from models.errors import Refusal
from models.rules import nip
from models.rules.permissions import Desk, require_desk

FLOW = view.FLOW
INVITATION = "i_"

MESSAGE = filters.UpdateType.MESSAGE
PLAIN = MESSAGE & filters.TEXT & ~filters.COMMAND
Act = Callable[[Update, Context], Awaitable[Any]]


def code_handlers() -> list[Handler]:
    """A code by deep link or typed, whatever else is open."""
    return [
        CommandHandler("start", take_link, MESSAGE & filters.Regex(f"^/start {INVITATION}")),
        MessageHandler(PLAIN & filters.Regex(staff.CODE), take_code),
    ]


def talk() -> Talk:
    """The table of the conversation; every step asks for the right again."""
    return Talk(
        name=FLOW,
        entries=[
            CommandHandler("undang", _guarded(start), MESSAGE),
            CallbackQueryHandler(_guarded(start), pattern=f"^{Open(Desk.INVITE.value).encode()}$"),
            CallbackQueryHandler(_guarded(start), pattern=f"^{Resume('anew', FLOW).encode()}$"),
        ],
        steps=[
            Step("who", show_who, [MessageHandler(PLAIN, _guarded(search))]),
            Step(
                "which",
                show_which,
                [choice(_guarded(take_which), FLOW, "which"), MessageHandler(PLAIN, _guarded(search))],
            ),
            Step("confirm", show_confirm, [choice(_guarded(take_confirm), FLOW, "confirm")]),
            Step("release", show_release, [choice(_guarded(release), FLOW, "release")]),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


def _guarded(act: Act) -> Any:
    """The handler, for those who may invite."""

    async def guarded(update: Update, context: Context) -> Any:
        require_desk(context.turn.presser, Desk.INVITE)
        return await act(update, context)

    return guarded


# --- a code arrives ---


async def take_link(update: Update, context: Context) -> Any:
    """/start i_CODE."""
    await _bind(context.turn, (message_of(update).text or "").partition(INVITATION)[2])


async def take_code(update: Update, context: Context) -> Any:
    """A code typed from paper."""
    await _bind(context.turn, message_of(update).text or "")


async def _bind(turn: Turn, code: str) -> None:
    outcome = await staff.bind(turn.session, turn.person, code, turn.now)
    if isinstance(outcome, Refusal):
        turn.show(errors_view.refusal(outcome))
    else:
        turn.presser = await people.presser_of(turn.session, turn.person, turn.now)
        turn.show(await _greeting(turn, outcome))
        turn.offer_commands(commands.of(desks_of(turn)))
    if turn.conversation.flow is not None:
        await present(turn)


async def _greeting(turn: Turn, employee: Employee) -> Any:
    city = await know(turn.session, turn.now)
    roles = [
        (grant.role, city.units[grant.unit_id].short_name if grant.unit_id is not None else "")
        for grant in turn.presser.grants
    ]
    return view.bound(_card(city, employee), roles, desks_of(turn))


def _card(city: City, employee: Employee) -> view.Card:
    unit = city.successor(employee.unit_id).name
    return view.Card(employee.name, nip.short(employee.nip), unit, employee.position)


# --- HR makes one ---


async def start(update: Update, context: Context) -> Any:
    """Whom to invite."""
    turn = context.turn
    if not a_fresh_start(update, turn, FLOW):
        return None
    return await begin(turn, FLOW, "who", light=True)


async def show_who(turn: Turn) -> Question:
    """Name or NIP."""
    return Question(view.ask_who(turn.draft["nonce"]), _(view.WHO))


async def search(update: Update, context: Context) -> Any:
    """Words to search by; an NIP is not kept in the draft."""
    turn, city = context.turn, await know(context.turn.session, context.turn.now)
    found = await staff.find(turn.session, (message_of(update).text or "")[:130], city.today(turn.now))
    turn.keep(found=[employee.id for employee in found])
    return await present(turn) if turn.conversation.state == "which" else await go(turn, "which")


async def show_which(turn: Turn) -> Question:
    """Which of those found."""
    city = await know(turn.session, turn.now)
    found = await staff.several(turn.session, turn.draft["found"])
    options = [(f"e{employee.id}", _card(city, employee)) for employee in found]
    return Question(view.ask_which(turn.draft["nonce"], options), _(view.WHICH))


async def take_which(update: Update, context: Context) -> Any:
    """One of those found."""
    turn, value = context.turn, chosen(update, context.turn) or ""
    if value[1:] not in map(str, turn.draft["found"]):
        return await present(turn)
    turn.keep(employee=int(value[1:]))
    return await go(turn, "confirm")


async def show_confirm(turn: Turn) -> Question:
    """Is it this one; who has an account already can only be released from it."""
    city = await know(turn.session, turn.now)
    employee = await staff.get(turn.session, turn.draft["employee"])
    card, nonce = _card(city, employee), turn.draft["nonce"]
    if employee.person_id is not None:
        return Question(view.has_account(nonce, card), _(view.RELEASE))
    return Question(view.confirm(nonce, card, released=bool(turn.draft.get("released"))), _(view.SURE))


async def take_confirm(update: Update, context: Context) -> Any:
    """Make the code, or go on to release the account."""
    turn = context.turn
    value = chosen(update, turn)
    if value == view.RELEASING:
        return await go(turn, "release")
    return await _create(turn, context.bot.username) if value == view.CREATE else await present(turn)


async def _create(turn: Turn, bot_name: str) -> Any:
    """Make the code and show it once."""
    city = await know(turn.session, turn.now)
    employee = await staff.get(turn.session, turn.draft["employee"])
    invited = await staff.invite(turn.session, employee, turn.now)
    link = f"https://t.me/{bot_name}?start={INVITATION}{staff.normalise(invited.code)}"
    return finish(turn, view.invited(_card(city, employee), invited.code, link, invited.expires_at))


async def show_release(turn: Turn) -> Question:
    """Really release the account."""
    city = await know(turn.session, turn.now)
    employee = await staff.get(turn.session, turn.draft["employee"])
    return Question(view.ask_release(turn.draft["nonce"], _card(city, employee)), _(view.RELEASE))


async def release(update: Update, context: Context) -> Any:
    """The account is taken off; its chat loses the commands, and an invitation can be made."""
    turn = context.turn
    if chosen(update, turn) != view.RELEASING:
        return await present(turn)
    employee = await staff.get(turn.session, turn.draft["employee"])
    person = await unbinding.unbind(turn.session, turn.presser, employee, turn.now)
    if person.telegram_id is not None:
        turn.offer_commands([], chat_id=person.telegram_id)
    turn.keep(released=True)
    return await go(turn, "confirm")
