"""/acara: what is to come, what one registered for, one event; registering, giving up."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Meet, Open
from bot.conversation import Handler, close, is_light
from bot.services.forums import asking, browsing, visiting
from bot.services.forums.desk import find
from bot.turn import Context, Turn
from bot.views.forums import desk as view
from bot.views.forums.words import OPEN
from handlers.forums.looking import forum_card, gathering, pressed
from handlers.report_draft import message_of
from models.errors import Refusal
from models.rules.permissions import Desk

MESSAGE = filters.UpdateType.MESSAGE


def handlers() -> list[Handler]:
    """The command, an event's link, the lists, and the buttons of an event."""
    buttons = {
        f"{view.UPCOMING}|{view.OWN}|{view.PAST}": show_list,
        OPEN: open_forum,
        view.JOIN: join,
        view.ASK_LEAVE: ask_leave,
        view.LEAVE: leave,
        view.ASKED: show_asked,
        view.POSTER: show_poster,
        view.CALENDAR: show_calendar,
    }
    return [
        CommandHandler("start", follow_link, MESSAGE & filters.Regex(rf"^/start {view.LINK}[a-z0-9-]{{1,50}}$")),
        CommandHandler("acara", open_desk, MESSAGE),
        CallbackQueryHandler(open_desk, pattern=f"^{Open.tag}:{Desk.FORUMS.value}:"),
        *(CallbackQueryHandler(act, pattern=f"^{Meet.tag}:({verb}):") for verb, act in buttons.items()),
    ]


async def open_desk(update: Update, context: Context) -> Any:
    """/acara."""
    by = await gathering(context.turn)
    context.turn.show(view.desk(hosts=by.hosts))


async def follow_link(update: Update, context: Context) -> Any:
    """A link to one event, from a poster."""
    turn = context.turn
    by = await gathering(turn)
    number = await browsing.by_code(by, (message_of(update).text or "").partition(view.LINK)[2])
    if is_light(turn):
        close(turn)
    turn.show(await forum_card(by, number), new=True)


async def show_list(update: Update, context: Context) -> Any:
    """A page of one of the three lists."""
    by, payload = await pressed(update, context.turn)
    read, show = {
        view.UPCOMING: (browsing.upcoming, view.upcoming),
        view.OWN: (browsing.own, view.own),
        view.PAST: (browsing.past, view.past),
    }[payload.verb]
    context.turn.show(show(await read(by, payload.number)))


async def open_forum(update: Update, context: Context) -> Any:
    """One event."""
    by, payload = await pressed(update, context.turn)
    context.turn.show(await forum_card(by, payload.number), new=_comes_from_outside(context.turn))


def _comes_from_outside(turn: Turn) -> bool:
    """Whether a talk is open whose question must not be turned into a card."""
    return turn.conversation.flow is not None and turn.message_id == turn.conversation.message_id


async def join(update: Update, context: Context) -> Any:
    """Register; a second press finds the first. An announcement stays as it is."""
    by, payload = await pressed(update, context.turn)
    await visiting.register(by, payload.number)
    context.turn.show(await forum_card(by, payload.number), new=payload.extra == view.FROM_NEWS)


async def ask_leave(update: Update, context: Context) -> Any:
    """Sure to give it up?"""
    by, payload = await pressed(update, context.turn)
    context.turn.show(view.ask_leave(await find(by, payload.number)))


async def leave(update: Update, context: Context) -> Any:
    """Give it up."""
    by, payload = await pressed(update, context.turn)
    await visiting.give_up(by, payload.number)
    context.turn.show(await forum_card(by, payload.number))


async def show_asked(update: Update, context: Context) -> Any:
    """The own questions, and what became of them."""
    by, payload = await pressed(update, context.turn)
    forum = await find(by, payload.number)
    context.turn.show(view.asked(forum, await asking.own(by, forum.id)))


async def show_poster(update: Update, context: Context) -> Any:
    """The poster, below the card."""
    by, payload = await pressed(update, context.turn)
    forum = await find(by, payload.number)
    if not forum.poster:
        raise Refusal("no_such_choice")
    context.turn.show(view.poster(forum), new=True)


async def show_calendar(update: Update, context: Context) -> Any:
    """The event as a file for the phone's calendar."""
    by, payload = await pressed(update, context.turn)
    forum = await find(by, payload.number)
    context.turn.show(view.calendar(forum, view.calendar_of(browsing.told(by, forum))), new=True)
