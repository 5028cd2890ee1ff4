"""Trainings for human resources, outside a talk: all courses, one of them, its people, its states, what is ordered."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.callbacks import Learn
from bot.conversation import Handler
from bot.services.training import announcing, arranging, participants
from bot.services.training.desk import Doing
from bot.services.training.outcome import ratings
from bot.turn import FILE, Context, Turn
from bot.views.making import preparing
from bot.views.training import managing as view
from handlers.training import made
from handlers.training.looking import pressed_by_hr
from models.errors import Refusal
from models.training.course import CourseStatus

#: Where a button may lead.
STATES = {status.value: status for status in CourseStatus if status is not CourseStatus.DRAFT}


def handlers() -> list[Handler]:
    """The buttons that ask nothing."""
    buttons = {
        view.MANAGE: show_shelf,
        view.HR: open_course,
        view.PEOPLE: show_people,
        view.SURE: ask_sure,
        view.MOVE: move,
        view.END_SELECTION: end_selection,
        view.ANNOUNCE: announce,
        view.BOOK: order_book,
        view.FORM: order_form,
    }
    return [CallbackQueryHandler(act, pattern=f"^{Learn.tag}:{verb}:") for verb, act in buttons.items()]


async def show_shelf(update: Update, context: Context) -> Any:
    """All courses."""
    by, payload = await pressed_by_hr(update, context.turn)
    context.turn.show(view.shelf(await arranging.shelf(by, payload.number)))


async def open_course(update: Update, context: Context) -> Any:
    """One course with its numbers."""
    by, payload = await pressed_by_hr(update, context.turn)
    await _card(by, context.turn, payload.number)


async def _card(by: Doing, turn: Turn, course_id: int) -> None:
    turn.show(view.card(await arranging.look(by, course_id), by.city, await ratings.figures(by, course_id)))


async def show_people(update: Update, context: Context) -> Any:
    """Who registered."""
    by, payload = await pressed_by_hr(update, context.turn)
    course_id = int(payload.extra) if payload.extra.isdigit() else 0
    found = await arranging.look(by, course_id)
    context.turn.show(view.people(found.course, await participants.page(by, course_id, payload.number)))


def _state(payload: Learn) -> CourseStatus:
    if payload.extra not in STATES:
        raise Refusal("no_such_choice")
    return STATES[payload.extra]


async def ask_sure(update: Update, context: Context) -> Any:
    """Sure?"""
    by, payload = await pressed_by_hr(update, context.turn)
    found = await arranging.look(by, payload.number)
    context.turn.show(view.sure(found.course, _state(payload)))


async def move(update: Update, context: Context) -> Any:
    """Open, close, end, cancel; a second press changes nothing."""
    by, payload = await pressed_by_hr(update, context.turn)
    await arranging.move(by, payload.number, _state(payload))
    await _card(by, context.turn, payload.number)


async def end_selection(update: Update, context: Context) -> Any:
    """Whoever got no seat is told."""
    by, payload = await pressed_by_hr(update, context.turn)
    told = await arranging.end_selection(by, payload.number)
    context.turn.show(view.selection_ended((await arranging.look(by, payload.number)).course, told))


async def announce(update: Update, context: Context) -> Any:
    """A draft at the desk of broadcasts."""
    turn = context.turn
    by, payload = await pressed_by_hr(update, turn)
    found = await arranging.look(by, payload.number)
    row = await announcing.announce(by, turn.presser, payload.number, *view.announcement(found.course, found.sessions))
    turn.show(view.announced(found.course, row.id))


async def order_book(update: Update, context: Context) -> Any:
    """The participants as a workbook."""
    turn = context.turn
    by, payload = await pressed_by_hr(update, turn)
    await arranging.look(by, payload.number)
    turn.order(made.BOOK, new=True, action=FILE, toast=preparing(), course=payload.number, person=turn.person.id)


async def order_form(update: Update, context: Context) -> Any:
    """The empty form in which courses are written."""
    turn = context.turn
    await pressed_by_hr(update, turn)
    turn.order(made.FORM, new=True, action=FILE, toast=preparing(), person=turn.person.id)
