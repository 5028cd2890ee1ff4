"""Handing one's own reports over to e-Kinerja: text to copy by quarter and day, and a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.callbacks import Review
from bot.conversation import Handler
from bot.services.performance.evaluation import handover
from bot.services.performance.evaluation.judging import Judging
from bot.turn import FILE, Context, Turn, payload_of
from bot.views.making import preparing
from bot.views.performance.evaluation import handover as view
from bot.views.screen import Screen
from handlers.performance.evaluation import made
from handlers.performance.evaluation.showing import judging
from models.errors import Refusal
from models.rules.performance.evaluation_period import EvaluationPeriod
from models.rules.permissions import Desk, require_desk


def handlers() -> list[Handler]:
    """The buttons of the desk that hand over."""
    buttons = {view.MENU: show_menu, view.QUARTER: show_quarter, view.DAYS: show_days, view.SHEET: order_sheet}
    return [CallbackQueryHandler(act, pattern=f"^{Review.tag}:{verb}:") for verb, act in buttons.items()]


async def _pressed(update: Update, turn: Turn) -> tuple[Judging, Review, EvaluationPeriod]:
    require_desk(turn.presser, Desk.EVALUATIONS)
    payload = payload_of(update)
    period = EvaluationPeriod.read(payload.extra) if isinstance(payload, Review) else None
    if not isinstance(payload, Review) or period is None:
        raise Refusal("no_such_period")
    return await judging(turn), payload, period


async def show_menu(update: Update, context: Context) -> Any:
    """Which quarter."""
    turn = context.turn
    require_desk(turn.presser, Desk.EVALUATIONS)
    by = await judging(turn)
    turn.show(view.menu([period.code for period in handover.offered(by.today)]))


async def show_quarter(update: Update, context: Context) -> Any:
    """The own quarter, ready to paste."""
    by, _payload, period = await _pressed(update, context.turn)
    _show(context.turn, view.quarter(period.code, await handover.summary(by, period)))


async def show_days(update: Update, context: Context) -> Any:
    """The own days, ready to paste."""
    by, pressed, period = await _pressed(update, context.turn)
    _show(context.turn, view.days(period.code, await handover.entries(by, period), max(pressed.number, 0)))


def _show(turn: Turn, screens: Sequence[Screen]) -> None:
    """The first message takes the pressed one's place, the others follow."""
    for number, screen in enumerate(screens):
        turn.show(screen, new=number > 0)


async def order_sheet(update: Update, context: Context) -> Any:
    """The own quarter as a workbook."""
    turn = context.turn
    _by, _payload, period = await _pressed(update, turn)
    turn.order(made.SHEET, new=True, action=FILE, toast=preparing(), period=period.code, person=turn.person.id)
