"""/pelatihan: what is to come, the own trainings, one course; registering, giving up, taking an offered seat."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Learn, Open
from bot.conversation import Handler, close, is_light
from bot.services.training import asking, browsing, calendar, effects, registering, rights
from bot.services.training.browsing import Page
from bot.services.training.quiz import results
from bot.turn import Context, Turn
from bot.views.training import calendar_file
from bot.views.training import desk as view
from handlers.report_draft import message_of
from handlers.training.looking import course_card, doing, pressed
from models.errors import Refusal
from models.rules.permissions import Desk, require_desk

MESSAGE = filters.UpdateType.MESSAGE


def handlers() -> list[Handler]:
    """The command, a course's link, the lists, and the buttons of a course."""
    buttons = {
        f"{view.UPCOMING}|{view.OWN}|{view.PAST}": show_list,
        view.OPEN: open_course,
        view.JOIN: join,
        view.ASK_LEAVE: ask_leave,
        f"{view.LEAVE}|{view.PASS}": leave,
        view.TAKE: take,
        view.FILES: show_files,
        view.CALENDAR: show_calendar,
    }
    return [
        CommandHandler("start", follow_link, MESSAGE & filters.Regex(rf"^/start {view.COURSE_LINK}\d+$")),
        CommandHandler("pelatihan", open_desk, MESSAGE),
        CallbackQueryHandler(open_desk, pattern=f"^{Open.tag}:{Desk.TRAINING.value}:"),
        *(CallbackQueryHandler(act, pattern=f"^{Learn.tag}:({verb}):") for verb, act in buttons.items()),
    ]


async def open_desk(update: Update, context: Context) -> Any:
    """/pelatihan."""
    turn = context.turn
    by = await doing(turn)
    employee = await rights.participant(turn.session, turn.presser)
    leads = turn.presser.leads
    asked = await asking.waiting(by, employee.id) if leads else []
    open_ones = await effects.waiting(by, employee.id) if leads else []
    arranges = rights.arranges(turn.presser)
    turn.show(view.desk(asked=len(asked), arranges=arranges, leads=leads, effects=len(open_ones)))


async def follow_link(update: Update, context: Context) -> Any:
    """A link to one course."""
    turn = context.turn
    require_desk(turn.presser, Desk.TRAINING)
    number = int((message_of(update).text or "").partition(view.COURSE_LINK)[2])
    if is_light(turn):
        close(turn)
    turn.show(await course_card(await doing(turn), turn, number), new=True)


async def show_list(update: Update, context: Context) -> Any:
    """A page of one of the three lists."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    read, show = {
        view.UPCOMING: (browsing.upcoming, view.upcoming),
        view.OWN: (browsing.own, view.own),
        view.PAST: (browsing.history, view.past),
    }[payload.verb]
    employee = await rights.participant(turn.session, turn.presser)
    found: Page = await read(by, employee, payload.number)
    scores = await results.own(by, employee.id, [line.course.id for line in found.lines])
    turn.show(show(found, scores))


async def open_course(update: Update, context: Context) -> Any:
    """One course."""
    by, payload = await pressed(update, context.turn)
    context.turn.show(await course_card(by, context.turn, payload.number), new=_comes_from_outside(context.turn))


def _comes_from_outside(turn: Turn) -> bool:
    """Whether a talk is open whose question must not be turned into a card."""
    return turn.conversation.flow is not None and turn.message_id == turn.conversation.message_id


async def join(update: Update, context: Context) -> Any:
    """Register; a second press finds the first."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    await registering.register(by, payload.number, await rights.participant(turn.session, turn.presser))
    turn.show(await course_card(by, turn, payload.number))


async def ask_leave(update: Update, context: Context) -> Any:
    """Sure to give it up?"""
    turn = context.turn
    by, payload = await pressed(update, turn)
    row, course = await browsing.own_registration(by, payload.number, turn.presser.employee_id)
    turn.show(view.ask_leave(course.title, row.id, course.id))


async def leave(update: Update, context: Context) -> Any:
    """Give it up, or decline what was offered."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    row = await registering.cancel(by, payload.number, turn.presser.employee_id)
    turn.show(await course_card(by, turn, row.course_id))


async def take(update: Update, context: Context) -> Any:
    """Take an offered seat."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    row = await registering.accept(by, payload.number, turn.presser.employee_id)
    turn.show(await course_card(by, turn, row.course_id))


async def show_files(update: Update, context: Context) -> Any:
    """The poster and the documents, below the card."""
    by, payload = await pressed(update, context.turn)
    found = await browsing.card(by, context.turn.presser, payload.number)
    if not found.course.files:
        raise Refusal("no_such_choice")
    context.turn.show(view.files(found.course), new=True)


async def show_calendar(update: Update, context: Context) -> Any:
    """The meetings as a file for the phone's calendar."""
    by, payload = await pressed(update, context.turn)
    found = await browsing.card(by, context.turn.presser, payload.number)
    document = calendar_file.of(calendar.told(by, found.course, found.sessions))
    context.turn.show(view.calendar(found.course, document), new=True)
