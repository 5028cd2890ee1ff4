"""Public events for their hosts, outside a talk: all of theirs, one of them, opening, announcing, the poster's code."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.callbacks import Meet
from bot.conversation import Handler
from bot.services.forums import announcing, arranging
from bot.services.forums.desk import hosted
from bot.turn import FILE, Context
from bot.views.forums import hosting as view
from bot.views.forums.desk import LINK, MANAGE
from bot.views.forums.words import HOST
from bot.views.making import preparing
from handlers.forums import made
from handlers.forums.looking import host_card, pressed


def handlers() -> list[Handler]:
    """The buttons that ask nothing."""
    buttons = {
        MANAGE: show_shelf,
        HOST: open_forum,
        view.OPEN_UP: open_up,
        view.ANNOUNCE: announce,
        view.QR: order_poster,
    }
    return [CallbackQueryHandler(act, pattern=f"^{Meet.tag}:{verb}:") for verb, act in buttons.items()]


async def show_shelf(update: Update, context: Context) -> Any:
    """The events of the own units."""
    by, payload = await pressed(update, context.turn)
    context.turn.show(view.shelf(await arranging.shelf(by, payload.number)))


async def open_forum(update: Update, context: Context) -> Any:
    """One event with its numbers."""
    by, payload = await pressed(update, context.turn)
    context.turn.show(await host_card(by, payload.number))


async def open_up(update: Update, context: Context) -> Any:
    """Residents see it from now on; a second press changes nothing."""
    by, payload = await pressed(update, context.turn)
    await arranging.open_up(by, payload.number)
    context.turn.show(await host_card(by, payload.number))


async def announce(update: Update, context: Context) -> Any:
    """A draft at the desk of broadcasts; whoever has no right to that desk asks for it."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    if not announcing.announces(by):
        turn.show(view.announcement_asked(payload.number, await announcing.ask_for_it(by, payload.number)))
        return
    forum = await hosted(by, payload.number)
    contents, button = view.announcement(forum, by.city.units[forum.unit_id].name)
    row = await announcing.announce(by, forum.id, contents, button)
    turn.show(view.announced(forum, row.id))


async def order_poster(update: Update, context: Context) -> Any:
    """The code for a poster, as a picture."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    forum = await hosted(by, payload.number)
    link = f"https://t.me/{context.bot.username}?start={LINK}{forum.code}"
    person = turn.person.id
    turn.order(made.POSTER, new=True, action=FILE, toast=preparing(), forum=forum.id, person=person, link=link)
