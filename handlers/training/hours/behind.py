"""Who lacks training hours: the list, the units, the reminder that human resources order, the workbook of a year."""

from __future__ import annotations

from datetime import date
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.callbacks import Learn
from bot.conversation import Handler
from bot.reports.performance.roster import roster
from bot.reports.training import hours_standing
from bot.reports.training.hours_standing import Asked, Side, Standing, Whom
from bot.services.training import hours_reminding, rights
from bot.services.training.desk import Doing
from bot.services.training.hours_reminding import Short
from bot.turn import FILE, Context
from bot.views.making import preparing
from bot.views.training import hours_standing as view
from handlers.training.hours import made
from handlers.training.looking import pressed
from models.errors import Refusal


def handlers() -> list[Handler]:
    """Every button of the list."""
    buttons = {
        view.LIST: show_list,
        view.UNITS: show_units,
        view.ASK: ask_reminder,
        view.REMIND: remind,
        view.BOOK: order_book,
    }
    return [CallbackQueryHandler(act, pattern=f"^{Learn.tag}:{verb}:") for verb, act in buttons.items()]


async def show_list(update: Update, context: Context) -> Any:
    """A page of those who lack hours, or of those at the maximum."""
    by, payload = await pressed(update, context.turn)
    asked = view.unpacked(payload.extra)
    found = await hours_standing.standing(by, context.turn.presser, asked)
    context.turn.show(view.listed(found, payload.number))


async def show_units(update: Update, context: Context) -> Any:
    """The units to choose from."""
    by, payload = await pressed(update, context.turn)
    asked = view.unpacked(payload.extra)
    found = await hours_standing.standing(by, context.turn.presser, Asked(asked.whom, asked.side))
    context.turn.show(view.units(found, payload.number))


async def ask_reminder(update: Update, context: Context) -> Any:
    """Sure to remind them?"""
    _by, found = await _short(update, context)
    context.turn.show(view.ask_reminder(found))


async def remind(update: Update, context: Context) -> Any:
    """A notice to everybody listed; a second press tells nobody twice."""
    by, found = await _short(update, context)
    known = await roster(by.session, by.city, by.today)
    short = [
        Short(one.person_id, one.hours, found.target.minimum)
        for one in found.lines
        if one.person_id is not None and one.id not in known.away
    ]
    context.turn.show(view.reminded(found, await hours_reminding.remind_ordered(by, short)))


async def _short(update: Update, context: Context) -> tuple[Doing, Standing]:
    """Whoever lacks hours, for human resources alone."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    rights.require_hr(turn.presser)
    asked = view.unpacked(payload.extra)
    return by, await hours_standing.standing(by, turn.presser, Asked(Whom.CITY, Side.SHORT, asked.unit_id))


async def order_book(update: Update, context: Context) -> Any:
    """The workbook of a year; refused with `no_such_hours` for one that has not begun."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    rights.require_hr(turn.presser)
    if not date.min.year < payload.number <= by.today.year:
        raise Refusal("no_such_hours")
    turn.order(made.BOOK, new=True, action=FILE, toast=preparing(), year=payload.number, person=turn.person.id)
