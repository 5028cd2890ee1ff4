"""The front door: greeting, menu, help, language, cancel, resume, and whatever nobody else understood."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.callbacks import Open, Resume
from bot.conversation import NO_TALK, Handler, cancel, present
from bot.i18n import speaking
from bot.services import people
from bot.services.city import know
from bot.turn import Context, Turn
from bot.views import commands
from bot.views import home as view
from models.rules.permissions import DESKS, Desk

MESSAGE = filters.UpdateType.MESSAGE
LANGUAGE = Open.tag + ":language_"


def first_handlers() -> list[Handler]:
    """What goes before every conversation: the group notice, the menu, help, language, cancel, resume."""
    return [
        MessageHandler(filters.ChatType.GROUPS & filters.COMMAND, stay_private),
        MessageHandler(filters.ChatType.GROUPS, ignore),
        CommandHandler("start", start, MESSAGE, has_args=0),
        CommandHandler("menu", menu, MESSAGE),
        CommandHandler(["bantuan", "help"], show_help, MESSAGE & NO_TALK),
        CommandHandler(["bahasa", "language"], ask_language, MESSAGE),
        CommandHandler(["batal", "cancel"], stop, MESSAGE),
        CallbackQueryHandler(menu, pattern=f"^{Open('home').encode()}$"),
        CallbackQueryHandler(rest, pattern=f"^{Open(view.REST).encode()}$"),
        CallbackQueryHandler(show_help, pattern=f"^{Open('help').encode()}$"),
        CallbackQueryHandler(take_language, pattern=f"^{LANGUAGE}"),
        CallbackQueryHandler(resume, pattern=f"^{Resume.tag}:continue:"),
    ]


def last_handlers() -> list[Handler]:
    """What nobody took: an old button, something unreadable."""
    return [
        CommandHandler("start", start, MESSAGE),
        CallbackQueryHandler(old_button),
        MessageHandler(MESSAGE, not_understood),
    ]


async def start(update: Update, context: Context) -> Any:
    """/start: greet, or show where an open talk stands."""
    turn = context.turn
    city = await know(turn.session, turn.now)
    turn.show(view.welcome(city.fact("city.name"), desks_of(turn)))
    if turn.presser.employee_id is not None:
        turn.offer_commands(commands.of(desks_of(turn)))
    if turn.conversation.flow is not None:
        await present(turn)


async def menu(update: Update, context: Context) -> Any:
    """What this person can do."""
    context.turn.show(view.menu(desks_of(context.turn)))


async def rest(update: Update, context: Context) -> Any:
    """The verbs that the menu has no room for."""
    context.turn.show(view.rest(desks_of(context.turn)))


async def show_help(update: Update, context: Context) -> Any:
    """Address, hours, a human, emergency numbers."""
    turn = context.turn
    city = await know(turn.session, turn.now)
    numbers = ", ".join(f"{row.number} ({row.label})" for row in city.emergencies[:4])
    turn.show(
        view.help_screen(
            city.fact("office.address"), city.fact("office.hours"), numbers, city.fact("ombudsman.contact")
        )
    )


async def ask_language(update: Update, context: Context) -> Any:
    """Which language."""
    context.turn.show(view.choose_language(), new=True)


async def take_language(update: Update, context: Context) -> Any:
    """A language was chosen: said in it, and an open question is asked again in it."""
    turn = context.turn
    data = update.callback_query.data if update.callback_query else None
    people.choose_language(turn.person, (data or "").removeprefix(LANGUAGE).split(":")[0])
    with speaking(turn.person.language):
        turn.show(view.language_chosen())
        turn.offer_commands(commands.of(desks_of(turn)))
        if turn.conversation.flow is not None:
            await present(turn)


async def stop(update: Update, context: Context) -> Any:
    """/batal outside and inside of a talk."""
    turn = context.turn
    if turn.conversation.flow is None:
        turn.show(view.nothing_to_cancel())
    else:
        cancel(turn)


async def resume(update: Update, context: Context) -> Any:
    """Continue the draft."""
    turn = context.turn
    if turn.conversation.flow is None:
        turn.show(view.old_button())
    else:
        await present(turn)


async def old_button(update: Update, context: Context) -> Any:
    """No longer valid; here is where you are."""
    turn = context.turn
    if turn.conversation.flow is None:
        turn.show(view.old_button())
        return
    turn.toast(view.old_button_toast())
    await present(turn)


async def not_understood(update: Update, context: Context) -> Any:
    """A sticker, a poll, or words where a button is awaited: say so, keep the state."""
    turn, message = context.turn, update.effective_message
    in_words = turn.conversation.flow is not None and message is not None and message.text is not None
    turn.show(view.a_button_please() if in_words else view.not_understood())
    if turn.conversation.flow is not None:
        await present(turn)


async def stay_private(update: Update, context: Context) -> Any:
    """A command in a group: nothing personal is asked there."""
    turn = context.turn
    turn.show(view.only_private(f"https://t.me/{context.bot.username}?start=menu"))


async def ignore(update: Update, context: Context) -> Any:
    """People talk among themselves."""


def desks_of(turn: Turn) -> list[Desk]:
    """The desks that the person's roles open."""
    roles = turn.presser.roles()
    return [desk for desk, allowed in DESKS.items() if roles & set(allowed)]
