"""The steps in which it is chosen for whom a course is, with a count after every choice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.conversation import Question, Step, choice, chosen, go, present
from bot.services.broadcasts.composing import toggled
from bot.services.training import reaching, rights
from bot.turn import Context, Turn
from bot.views.broadcasts.words import EMPLOYED
from bot.views.training import writing as view
from bot.views.training.writing import FLOW
from handlers.report_draft import message_of
from handlers.training.looking import doing
from models.rules.audience import Audience

PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
LONGEST_POSITION = 60


def steps(onward: Callable[[Turn], Awaitable[Any]]) -> list[Step]:
    """Audience, and the units of it."""

    async def take_audience(update: Update, context: Context) -> Any:
        """One more thing or one less, or on."""
        turn = context.turn
        value = chosen(update, turn) or ""
        if value == view.READY:
            return await onward(turn)
        if value == view.UNITS:
            turn.keep(page=0)
            return await go(turn, "units")
        _narrow(turn, value)
        return await present(turn)

    return [
        Step(
            "audience",
            show_audience,
            [choice(take_audience, FLOW, "audience"), MessageHandler(PLAIN, say_position)],
        ),
        Step("units", show_units, [choice(take_unit, FLOW, "units")]),
    ]


def _audience(turn: Turn) -> Audience:
    return Audience.read(turn.draft["form"].get("audience", {}))


def _keep(turn: Turn, audience: Audience) -> None:
    rights.require_hr(turn.presser)
    turn.keep(form={**turn.draft["form"], "audience": audience.stored()})


def _narrow(turn: Turn, value: str) -> None:
    field, plus, said = value.partition(view.TOGGLE)
    if value == view.CLEAR:
        _keep(turn, Audience())
    elif plus and (said in view.GRADES if field == "grades" else field == "kinds" and said in EMPLOYED):
        _keep(turn, toggled(_audience(turn), field, said))


async def show_audience(turn: Turn) -> Question:
    """Who it is for now, and how many that are."""
    by, audience = await doing(turn), _audience(turn)
    people = await reaching.count(by, audience)
    return Question(view.ask_audience(turn.draft["nonce"], audience, by.city, people), view.question("audience"))


async def say_position(update: Update, context: Context) -> Any:
    """Words of positions."""
    turn = context.turn
    said = (message_of(update).text or "").split(",")
    words = tuple(word.strip()[:LONGEST_POSITION] for word in said if word.strip())
    audience = _audience(turn)
    _keep(turn, replace(audience, positions=tuple(dict.fromkeys((*audience.positions, *words)))))
    return await present(turn)


async def show_units(turn: Turn) -> Question:
    """Which units."""
    by = await doing(turn)
    found = reaching.units(by)
    screen = view.ask_units(turn.draft["nonce"], found, _audience(turn).units, turn.draft.get("page", 0))
    return Question(screen, view.question("units"))


async def take_unit(update: Update, context: Context) -> Any:
    """One more or one less, another page, or back to the audience."""
    turn, by = context.turn, await doing(context.turn)
    value = chosen(update, turn) or ""
    if value == view.READY:
        return await go(turn, "audience")
    number = int(value[1:]) if value[1:].isdigit() else -1
    if value.startswith(view.TO_PAGE) and number >= 0:
        turn.keep(page=number)
    elif value.startswith(view.TOGGLE) and number in by.city.units:
        _keep(turn, toggled(_audience(turn), "units", number))
    return await present(turn)
