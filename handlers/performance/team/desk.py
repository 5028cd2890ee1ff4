"""/tim: the own team at any time. Screens are ordered, for they read much; what changes something is done at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Open, Team
from bot.conversation import Handler
from bot.reports.performance.weeks import newest_due
from bot.services.performance.own_week import Reporting
from bot.services.performance.team import asking, schedule
from bot.turn import Context, Turn, payload_of
from bot.views.performance.team import card as card_view
from bot.views.performance.team import settings as view
from handlers.performance.team import made
from handlers.performance.team.looking import looking
from models.errors import Refusal
from models.rules.performance.digests import hours
from models.rules.permissions import Desk, require_desk

#: What Telegram shows while a picture is drawn.
PHOTO = "upload_photo"
PICTURES = ("chart", "line", "now")


def handlers() -> list[Handler]:
    """The command, the menu's button, and the buttons of every screen."""
    shown = "|".join((*made.SCREENS, *PICTURES))
    return [
        CommandHandler("tim", open_desk, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(open_desk, pattern=f"^{Open.tag}:{Desk.TEAM.value}:"),
        CallbackQueryHandler(show, pattern=f"^{Team.tag}:({shown}):"),
        CallbackQueryHandler(remind, pattern=f"^{Team.tag}:remind:"),
        CallbackQueryHandler(nudge, pattern=f"^{Team.tag}:nudge:"),
        CallbackQueryHandler(show_settings, pattern=f"^{Team.tag}:settings:"),
        CallbackQueryHandler(change, pattern=f"^{Team.tag}:set:"),
    ]


async def open_desk(update: Update, context: Context) -> Any:
    """/tim, or `/tim budi` to look for somebody."""
    words = " ".join(context.args or [])
    order(context.turn, Team("found", 0, "") if words else Team("desk", 0), words)


async def show(update: Update, context: Context) -> Any:
    """Any screen of the desk."""
    payload = payload_of(update)
    if isinstance(payload, Team):
        order(context.turn, payload, payload.extra)


def order(turn: Turn, payload: Team, extra: str) -> None:
    """Have a screen made; the right to the desk is looked at here, that to a person when it is read."""
    require_desk(turn.presser, Desk.TEAM)
    is_picture = payload.verb in PICTURES
    turn.order(
        made.KIND,
        moves=is_picture,
        action=PHOTO if is_picture else "typing",
        verb=payload.verb,
        which=payload.which,
        extra=extra,
        person=turn.person.id,
    )


async def remind(update: Update, context: Context) -> Any:
    """Remind everybody of the own people who has not reported; each once a day."""
    by, pressed = await _pressed(update, context.turn)
    done = await asking.remind(by, _week(by, pressed))
    context.turn.show(card_view.reminded(done.told, done.already, done.out_of_reach), new=True)


async def nudge(update: Update, context: Context) -> Any:
    """Remind one of them."""
    by, pressed = await _pressed(update, context.turn)
    done = await asking.remind(by, newest_due(by.city, by.now), [pressed.which])
    context.turn.show(card_view.reminded(done.told, done.already, done.out_of_reach), new=True)


def _week(by: Reporting, pressed: Team) -> date:
    """The week that the button names, if it still is one to be reminded of; else the newest that is due."""
    newest = newest_due(by.city, by.now)
    try:
        named = date.fromisoformat(pressed.extra)
    except ValueError:
        return newest
    return named if named == newest else newest


async def show_settings(update: Update, context: Context) -> Any:
    """When the digest comes."""
    by, _pressed_button = await _pressed(update, context.turn)
    await _settings(context.turn, by)


async def change(update: Update, context: Context) -> Any:
    """Another choice; a second press of the same button changes nothing."""
    by, pressed = await _pressed(update, context.turn)
    if pressed.extra == view.HOUR:
        await schedule.choose(by.session, by.city, by.employee_id, by.now, hour=pressed.which)
    elif pressed.extra in (view.DAILY, view.WEEKLY):
        await schedule.choose(by.session, by.city, by.employee_id, by.now, **{pressed.extra: bool(pressed.which)})
    else:
        raise Refusal("no_such_choice")
    await _settings(context.turn, by)


async def _settings(turn: Turn, by: Reporting) -> None:
    wish = await schedule.wish(by.session, by.city, by.employee_id)
    turn.show(view.settings(view.Chosen(wish.daily, wish.weekly, wish.hour, hours(by.city.calendar, by.today))))


async def _pressed(update: Update, turn: Turn) -> tuple[Reporting, Team]:
    by, payload = await looking(turn), payload_of(update)
    if not isinstance(payload, Team):
        raise Refusal("no_such_choice")
    return by, payload
