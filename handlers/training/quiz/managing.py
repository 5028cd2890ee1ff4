"""The questions of a quiz for human resources, outside a talk: the list, one of them, taking it away, the form."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.callbacks import Learn
from bot.conversation import Handler
from bot.services.training.quiz import writing
from bot.turn import FILE, Context
from bot.views.making import preparing
from bot.views.training.quiz import writing as view
from handlers.training.looking import pressed_by_hr
from handlers.training.quiz import made


def handlers() -> list[Handler]:
    """The buttons that ask nothing."""
    buttons = {
        view.HOME: show_home,
        view.SEE: open_question,
        view.SURE: ask_sure,
        view.REMOVE: remove,
        view.FORM: order_form,
    }
    return [CallbackQueryHandler(act, pattern=f"^{Learn.tag}:{verb}:") for verb, act in buttons.items()]


async def show_home(update: Update, context: Context) -> Any:
    """A page of the questions."""
    by, payload = await pressed_by_hr(update, context.turn)
    course_id = int(payload.extra) if payload.extra.isdigit() else 0
    context.turn.show(view.home(await writing.look(by, course_id), payload.number))


async def open_question(update: Update, context: Context) -> Any:
    """One question."""
    by, payload = await pressed_by_hr(update, context.turn)
    row = await writing.question(by, payload.number)
    quiz = await writing.look(by, row.course_id)
    context.turn.show(view.question_card(row, may_change=quiz.may_change))


async def ask_sure(update: Update, context: Context) -> Any:
    """Sure?"""
    by, payload = await pressed_by_hr(update, context.turn)
    row = await writing.question(by, payload.number)
    await writing.require_open(by, row.course_id)
    context.turn.show(view.sure(row))


async def remove(update: Update, context: Context) -> Any:
    """It is gone."""
    by, payload = await pressed_by_hr(update, context.turn)
    course_id = await writing.remove(by, payload.number)
    context.turn.show(view.home(await writing.look(by, course_id), 0))


async def order_form(update: Update, context: Context) -> Any:
    """The empty form in which questions are written."""
    turn = context.turn
    await pressed_by_hr(update, turn)
    turn.order(made.FORM, new=True, action=FILE, toast=preparing(), person=turn.person.id)
