"""The questions about the behaviour that is expected.

| step        | asks                              | answered by      |
|-------------|-----------------------------------|------------------|
| values      | which of the seven, or all        | button           |
| expectation | what is expected of one           | words, button    |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.conversation import Question, Step, choice, chosen, go, present
from bot.services.performance.plans import drafting
from bot.services.performance.plans.behaviours import standard
from bot.turn import Context, Turn
from bot.views.performance.plans import values as view
from bot.views.performance.plans.talk import FLOW, question
from handlers.performance.plans.place import WORDS, at, here, over, to_hub
from handlers.report_draft import message_of
from models.performance.plan import CoreValue

PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def steps() -> list[Step]:
    """The steps of the behaviour."""
    return [
        Step("values", show_values, [choice(take_values, FLOW, "values"), WORDS]),
        Step(
            "expectation",
            show_expectation,
            [choice(take_standard, FLOW, "expectation"), MessageHandler(PLAIN, say_expectation)],
        ),
    ]


async def show_values(turn: Turn) -> Question:
    """All seven."""
    place = await here(turn)
    return over() if place is None else Question(view.values(place.nonce, place.plan.behaviours), question("values"))


async def take_values(update: Update, context: Context) -> Any:
    """All standard sentences, or one value."""
    turn, value = context.turn, chosen(update, context.turn)
    place = await here(turn)
    if place is None or value is None:
        return await present(turn)
    if value == view.BACK:
        return await to_hub(turn)
    if value == view.ALL:
        missing = {one: words for one, words in standard().items() if one not in place.plan.behaviours}
        await drafting.set_behaviours(place.by, place.plan_id, missing)
        return await present(turn)
    if value in set(CoreValue):
        turn.keep(value=value, light=False)
        return await go(turn, "expectation")
    return await present(turn)


async def show_expectation(turn: Turn) -> Question:
    """What is expected of one value."""
    place = await here(turn)
    if place is None:
        return over()
    value = CoreValue(turn.draft["value"])
    screen = view.ask_expectation(place.nonce, value, place.plan.behaviours.get(value), standard()[value])
    return Question(screen, question("expectation"))


async def take_standard(update: Update, context: Context) -> Any:
    """The standard sentence."""
    turn = context.turn
    if chosen(update, turn) != view.TAKE:
        return await present(turn)
    return await _set(turn, standard()[CoreValue(turn.draft["value"])])


async def say_expectation(update: Update, context: Context) -> Any:
    """Own words."""
    return await _set(context.turn, message_of(update).text or "")


async def _set(turn: Turn, words: str) -> Any:
    place = await here(turn)
    if place is None:
        return await present(turn)
    await drafting.set_behaviours(place.by, place.plan_id, {CoreValue(turn.draft["value"]): words})
    return await at(turn, "values", "hub")
