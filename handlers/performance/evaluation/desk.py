"""The desk of evaluations outside a talk: what waits, lists, one card, its history, notes, documents."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Open, Review
from bot.conversation import Handler
from bot.services.performance.evaluation import feedback, lists, rating, spread
from bot.services.performance.evaluation.judging import Judging
from bot.turn import FILE, Context, Turn, payload_of
from bot.views.making import preparing
from bot.views.performance.evaluation import card as card_view
from bot.views.performance.evaluation import feedback as feedback_view
from bot.views.performance.evaluation import lists as view
from handlers.performance.evaluation import made
from handlers.performance.evaluation.showing import judging, shown
from models.errors import Refusal
from models.rules.performance.evaluation_period import EvaluationPeriod
from models.rules.performance.evaluation_rules import EvaluationAction
from models.rules.permissions import Desk, require_desk

_LISTS = {view.OWN: lists.own, view.TEAM: lists.team, view.OBJECTIONS: lists.objections}


def handlers() -> list[Handler]:
    """The command, the lists, and the buttons of a card that ask nothing."""
    buttons = {
        "|".join(_LISTS): show_list,
        view.CITY: show_city,
        view.EVERYONE: show_everyone,
        "open": open_card,
        EvaluationAction.ACKNOWLEDGE.value: acknowledge,
        "history": show_history,
        "paper": order_paper,
        "notes": show_notes,
    }
    return [
        CommandHandler("penilaian", open_desk, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(open_desk, pattern=f"^{Open.tag}:{Desk.EVALUATIONS.value}:"),
        *(CallbackQueryHandler(act, pattern=f"^{Review.tag}:({verb}):") for verb, act in buttons.items()),
    ]


async def _pressed(update: Update, turn: Turn) -> tuple[Judging, Review]:
    """Who acts and what was pressed; refused with `not_your_role` for whoever is no civil servant."""
    require_desk(turn.presser, Desk.EVALUATIONS)
    payload = payload_of(update)
    if not isinstance(payload, Review):
        raise Refusal("no_such_evaluation")
    return await judging(turn), payload


async def open_desk(update: Update, context: Context) -> Any:
    """/penilaian: what waits, and the ways on."""
    turn = context.turn
    require_desk(turn.presser, Desk.EVALUATIONS)
    by = await judging(turn)
    found = await lists.waiting(by)
    turn.show(view.desk(found, leads=turn.presser.leads, sees_everyone=by.sees_everyone))


async def show_list(update: Update, context: Context) -> Any:
    """Own ones, those to rate, or objections."""
    by, pressed = await _pressed(update, context.turn)
    page = max(pressed.number, 0)
    found, total = await _LISTS[pressed.verb](by, page)
    context.turn.show(view.listed(pressed.verb, found, total, page))


async def show_city(update: Update, context: Context) -> Any:
    """Counts of a period, for human resources only."""
    by, pressed = await _pressed(update, context.turn)
    _require_everyone(by)
    periods = await lists.periods(by)
    if not periods:
        context.turn.show(view.nothing_in_the_city())
        return
    period = EvaluationPeriod.read(pressed.extra) or periods[0]
    warned = [view.spread_line(*line) for line in await spread.of_city(by, period.year, period.quarter)]
    codes = [one.code for one in periods]
    context.turn.show(view.city(period.code, await lists.counts(by, period), codes, warned))


async def show_everyone(update: Update, context: Context) -> Any:
    """The list of a period, for human resources only."""
    by, pressed = await _pressed(update, context.turn)
    _require_everyone(by)
    period, page = EvaluationPeriod.read(pressed.extra), max(pressed.number, 0)
    if period is None:
        raise Refusal("no_such_period")
    found, total = await lists.of_period(by, period, page)
    context.turn.show(view.listed(view.EVERYONE, found, total, page, period.code))


def _require_everyone(by: Judging) -> None:
    if not by.sees_everyone:
        raise Refusal("not_your_role")


async def open_card(update: Update, context: Context) -> Any:
    """One evaluation."""
    by, pressed = await _pressed(update, context.turn)
    context.turn.show(card_view.card(await shown(by, pressed.number)))


async def acknowledge(update: Update, context: Context) -> Any:
    """The employee accepts; a second press shows that it is so."""
    by, pressed = await _pressed(update, context.turn)
    await rating.acknowledge(by, pressed.number)
    context.turn.show(card_view.card(await shown(by, pressed.number)))


async def show_history(update: Update, context: Context) -> Any:
    """Every step, with who did it."""
    by, pressed = await _pressed(update, context.turn)
    row = await rating.reach(by, EvaluationAction.VIEW, pressed.number)
    steps = await lists.events(by, row)
    who = await lists.doers(by, steps)
    lines = [view.step(step, who.get(step.actor_id or 0, "-")) for step in steps]
    context.turn.show(card_view.history(row, rating.period_of(row).code, lines))


async def order_paper(update: Update, context: Context) -> Any:
    """The document of an evaluation."""
    by, pressed = await _pressed(update, context.turn)
    await rating.reach(by, EvaluationAction.VIEW, pressed.number)
    context.turn.order(
        made.PAPER,
        new=True,
        action=FILE,
        toast=preparing(),
        number=pressed.number,
        person=context.turn.person.id,
    )


async def show_notes(update: Update, context: Context) -> Any:
    """Notes about oneself, or those one wrote."""
    by, pressed = await _pressed(update, context.turn)
    page, written = max(pressed.number, 0), pressed.extra == "w"
    found, total = await (feedback.written if written else feedback.received)(by, page)
    leads = context.turn.presser.leads
    context.turn.show(feedback_view.notes(found, total, page, written=written, leads=leads))
