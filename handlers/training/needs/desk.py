"""The needs outside a talk: the units, one unit, one need; announcing a course to the unit, counting a need again."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.callbacks import Learn
from bot.conversation import Handler
from bot.reports.training import need_courses, needs
from bot.services.training import announcing, arranging, rights
from bot.services.training.desk import Doing
from bot.services.training.needs import deciding, sight
from bot.turn import Context, Turn
from bot.views.training import managing
from bot.views.training.needs import screens as view
from handlers.training.looking import pressed
from handlers.training.needs.looking import days_of, looking, need_screen, place_of, seen, spot_of


def handlers() -> list[Handler]:
    """The buttons that ask nothing."""
    buttons = {
        view.LIST: show_list,
        view.UNIT: show_unit,
        view.NEED: show_need,
        view.ANNOUNCE: announce,
        view.REOPEN: reopen,
    }
    return [CallbackQueryHandler(act, pattern=f"^{Learn.tag}:{verb}:") for verb, act in buttons.items()]


async def show_list(update: Update, context: Context) -> Any:
    """The units; a superior of one unit sees that one at once."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    may = await sight.of(by, turn.presser)
    if not may.arranges and len(may.led) == 1:
        await _show_unit(by, turn, next(iter(may.led)), 0)
        return
    turn.show(view.listed(await needs.of_city(looking(turn, by), may.units), payload.number))


async def show_unit(update: Update, context: Context) -> Any:
    """One unit with its reasons."""
    by, payload = await pressed(update, context.turn)
    await _show_unit(by, context.turn, payload.number, int(payload.extra) if payload.extra.isdigit() else 0)


async def _show_unit(by: Doing, turn: Turn, unit_id: int, page: int) -> None:
    may = await sight.of(by, turn.presser)
    may.require(unit_id)
    who = looking(turn, by)
    found = await needs.of_unit(who, unit_id)
    turn.show(view.unit(found, await need_courses.at_work(who, unit_id), may, days_of(by), page))


async def show_need(update: Update, context: Context) -> Any:
    """One need with the courses for it."""
    turn = context.turn
    _by, payload = await pressed(update, turn)
    by, may, found = await seen(turn, payload.number, payload.extra)
    turn.show(await need_screen(turn, by, may, found))


async def announce(update: Update, context: Context) -> Any:
    """A draft at the desk of broadcasts, for the unit alone."""
    turn = context.turn
    _by, payload = await pressed(update, turn)
    rights.require_hr(turn.presser)
    unit_id, token = place_of(payload.extra)
    by, _may, found = await seen(turn, unit_id, token)
    await need_courses.require_fitting(looking(turn, by), found, payload.number, planned=False)
    course = await arranging.look(by, payload.number)
    words = managing.announcement(course.course, course.sessions)
    row = await announcing.announce_to(by, turn.presser, payload.number, unit_id, *words)
    turn.show(view.announced(course.course, found.unit.short_name, row.id, view.need_row(unit_id, token)))


async def reopen(update: Update, context: Context) -> Any:
    """What was out of the way counts again."""
    turn = context.turn
    _by, payload = await pressed(update, turn)
    hr_id = rights.require_hr(turn.presser)
    by, may, found = await seen(turn, payload.number, payload.extra)
    if found.quiet:
        await deciding.reopen(by, hr_id, spot_of(found))
        found = await needs.one(looking(turn, by), payload.number, payload.extra)
    turn.show(await need_screen(turn, by, may, found))
