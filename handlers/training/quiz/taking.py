"""A participant answers a quiz: no talk, only buttons; where one stands is what is stored."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.callbacks import Learn
from bot.conversation import Handler
from bot.services.training.quiz import taking
from bot.turn import Context
from bot.views.training.quiz import taking as view
from handlers.training.looking import pressed
from models.errors import Refusal
from models.training.quiz import Phase

PHASES = {phase.value: phase for phase in Phase}


def handlers() -> list[Handler]:
    """Begin or go on, answer, pause, see what was right."""
    buttons = {view.GO: go_on, view.ANSWER: answer, view.PAUSE: pause, view.REVIEW: show_review}
    return [CallbackQueryHandler(act, pattern=f"^{Learn.tag}:{verb}:") for verb, act in buttons.items()]


async def go_on(update: Update, context: Context) -> Any:
    """The first question, or the one where it was left."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    if payload.extra not in PHASES:
        raise Refusal("no_such_choice")
    sat = await taking.begin(by, turn.presser.employee_id, payload.number, PHASES[payload.extra])
    turn.show(view.shown(sat))


async def answer(update: Update, context: Context) -> Any:
    """An answer, then the next question in the same message; an older button shows where one stands."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    question, _, place = payload.extra.partition(".")
    if not question.isdigit() or not place.isdigit():
        raise Refusal("no_such_choice")
    sat = await taking.answer(by, turn.presser.employee_id, payload.number, int(question), int(place))
    turn.show(view.shown(sat))


async def pause(update: Update, context: Context) -> Any:
    """Later."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    sat = await taking.look(by, turn.presser.employee_id, payload.number)
    turn.show(view.paused(sat) if sat.current is not None else view.shown(sat))


async def show_review(update: Update, context: Context) -> Any:
    """The own answers beside the right ones."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    sitting_id = int(payload.extra) if payload.extra.isdigit() else 0
    turn.show(view.review(await taking.review(by, turn.presser.employee_id, sitting_id), payload.number))
