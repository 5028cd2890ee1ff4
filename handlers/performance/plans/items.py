"""The questions about what measures a result. Each answer goes on to the first thing that is not known yet.

| step        | asks                                  | answered by                     |
|-------------|---------------------------------------|---------------------------------|
| item        | what of an item is to be changed      | button                          |
| indicator   | what measures the result              | an indicator of the tree, words |
| aspect      | quantity, quality, time, cost         | button                          |
| polarity    | which numbers are good                | button                          |
| target      | how much in the year                  | a number, a range; button       |
| unit        | in what it is counted                 | button, words                   |
| aggregation | how the weeks become the year         | button                          |
| quarters    | the split                             | button, four numbers            |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.conversation import Question, Step, choice, chosen, go, present
from bot.i18n import show_number
from bot.services.performance.plans import drafting, links
from bot.turn import Context, Turn
from bot.views.performance.plans import items as view
from bot.views.performance.plans.talk import FLOW, PAGE, REMOVE, question
from handlers.performance.plans.item_draft import ASKED, known_of, onward
from handlers.performance.plans.place import WORDS, Here, here, number_of, over, to_result
from handlers.report_draft import message_of
from models.performance.plan import Aspect
from models.rules.performance.achievement import Polarity, Target, require_target
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.plan_rules import year_of
from models.rules.performance.targets import read_quarters, read_target

PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def steps() -> list[Step]:
    """The steps of an item."""
    return [
        Step("item", show_item, [choice(take_item, FLOW, "item"), WORDS]),
        Step("indicator", show_indicator, [choice(take_indicator, FLOW, "indicator"), MessageHandler(PLAIN, say_name)]),
        Step("aspect", show_aspect, [choice(take_aspect, FLOW, "aspect")]),
        Step("polarity", show_polarity, [choice(take_polarity, FLOW, "polarity")]),
        Step("target", show_target, [choice(take_target, FLOW, "target"), MessageHandler(PLAIN, say_target)]),
        Step("unit", show_unit, [choice(take_unit, FLOW, "unit"), MessageHandler(PLAIN, say_unit)]),
        Step("aggregation", show_aggregation, [choice(take_aggregation, FLOW, "aggregation")]),
        Step("quarters", show_quarters, [choice(take_quarters, FLOW, "quarters"), MessageHandler(PLAIN, say_quarters)]),
    ]


# --- the item itself ---


async def show_item(turn: Turn) -> Question:
    """One item."""
    at = await here(turn)
    if at is None or at.item is None:
        return over()
    return Question(view.item(at.nonce, at.item), question("item"))


async def take_item(update: Update, context: Context) -> Any:
    """What is to be changed."""
    turn, value = context.turn, chosen(update, context.turn)
    at = await here(turn)
    if at is None or at.item is None or value is None:
        return await present(turn)
    if value == view.BACK:
        return await to_result(turn, at.item.result_id)
    if value == REMOVE or value in ASKED or value == "quarters":
        turn.keep(new=None, page=0, light=False)
        return await go(turn, value)
    return await present(turn)


# --- the questions ---


async def show_indicator(turn: Turn) -> Question:
    """What measures it."""
    at = await here(turn)
    if at is None or at.result is None:
        return over()
    found = await links.indicators(at.by, at.plan.plan)
    page = min(turn.draft.get("page") or 0, max(0, (len(found) - 1) // PAGE))
    return Question(view.ask_indicator(at.nonce, found, page, at.result.row.title), question("indicator"))


async def take_indicator(update: Update, context: Context) -> Any:
    """One of the tree's: what is known of it need not be asked."""
    turn, value = context.turn, chosen(update, context.turn)
    at, page = await here(turn), number_of(value, "p")
    if page is not None:
        turn.keep(page=page)
    wanted = number_of(value, "n")
    if at is None or wanted is None:
        return await present(turn)
    found = {row.id: row for row in await links.indicators(at.by, at.plan.plan)}
    if wanted not in found:
        return await present(turn)
    row = found[wanted]
    known = {"polarity": row.polarity.value, "unit": row.measure_unit, "aggregation": row.aggregation.value}
    return await onward(turn, indicator=row.name, indicator_id=row.id, **known)


async def say_name(update: Update, context: Context) -> Any:
    """Own words."""
    words = drafting.clean(message_of(update).text or "", drafting.LONGEST_NAME)
    return await onward(context.turn, indicator=words, indicator_id=None)


async def show_aspect(turn: Turn) -> Question:
    """Quantity, quality, time or cost."""
    at = await here(turn)
    return over() if at is None else Question(view.ask_aspect(at.nonce), question("aspect"))


async def take_aspect(update: Update, context: Context) -> Any:
    """One of four."""
    turn, value = context.turn, chosen(update, context.turn)
    return await onward(turn, aspect=value) if value in set(Aspect) else await present(turn)


async def show_polarity(turn: Turn) -> Question:
    """Which numbers are good."""
    at = await here(turn)
    return over() if at is None else Question(view.ask_polarity(at.nonce), question("polarity"))


async def take_polarity(update: Update, context: Context) -> Any:
    """One of four."""
    turn, value = context.turn, chosen(update, context.turn)
    return await onward(turn, polarity=value) if value in set(Polarity) else await present(turn)


async def show_target(turn: Turn) -> Question:
    """How much."""
    at = await here(turn)
    if at is None:
        return over()
    known = known_of(at)
    polarity = Polarity(known.get("polarity", Polarity.HIGHER.value))
    screen = view.ask_target(at.nonce, polarity, await _offered(at), str(known.get("unit", "")))
    return Question(screen, question("target"))


async def _offered(at: Here) -> Target | None:
    """The target of the indicator that was chosen."""
    indicator_id = known_of(at).get("indicator_id")
    if indicator_id is None:
        return None
    row = await links.year_target(at.by, indicator_id, at.plan.plan.year)
    return Target(row.low, row.high) if row is not None else None


async def take_target(update: Update, context: Context) -> Any:
    """The indicator's own, or yes or no."""
    turn, value = context.turn, chosen(update, context.turn)
    at = await here(turn)
    if at is None or value is None:
        return await present(turn)
    offered = await _offered(at) if value == view.TARGET_TAKEN else None
    if value in ("0", "1"):
        return await onward(turn, target=[value, value])
    return await _take(turn, at, offered, "") if offered is not None else await present(turn)


async def say_target(update: Update, context: Context) -> Any:
    """A number or a range, with its unit or without."""
    turn, read = context.turn, read_target(message_of(update).text or "")
    at = await here(turn)
    if at is None or read is None:
        turn.show(view.not_read(), new=True)
        return await present(turn, new=True)
    return await _take(turn, at, *read)


async def _take(turn: Turn, at: Here, target: Target, unit: str) -> Any:
    known = known_of(at)
    require_target(Polarity(known.get("polarity", Polarity.HIGHER.value)), *target)
    with_unit = {"unit": drafting.clean(unit, drafting.LONGEST_UNIT)} if unit else {}
    return await onward(turn, target=[str(target.low), str(target.high)], **with_unit)


async def show_unit(turn: Turn) -> Question:
    """In what it is counted."""
    at = await here(turn)
    return over() if at is None else Question(view.ask_unit(at.nonce), question("unit"))


async def take_unit(update: Update, context: Context) -> Any:
    """One of the usual ones."""
    turn, number = context.turn, number_of(chosen(update, context.turn), "u")
    if number is None or number >= len(view.UNITS):
        return await present(turn)
    return await onward(turn, unit=view.UNITS[number])


async def say_unit(update: Update, context: Context) -> Any:
    """Another."""
    return await onward(context.turn, unit=drafting.clean(message_of(update).text or "", drafting.LONGEST_UNIT))


async def show_aggregation(turn: Turn) -> Question:
    """How the weeks become the year."""
    at = await here(turn)
    return over() if at is None else Question(view.ask_aggregation(at.nonce), question("aggregation"))


async def take_aggregation(update: Update, context: Context) -> Any:
    """One of three."""
    turn, value = context.turn, chosen(update, context.turn)
    return await onward(turn, aggregation=value) if value in set(Aggregation) else await present(turn)


async def show_quarters(turn: Turn) -> Question:
    """The split."""
    at = await here(turn)
    if at is None or at.item is None:
        return over()
    offered = drafting.suggested(at.item.polarity, at.item.aggregation, at.item.low)
    return Question(view.ask_quarters(at.nonce, at.item, offered), question("quarters"))


async def take_quarters(update: Update, context: Context) -> Any:
    """The even one."""
    turn, value = context.turn, chosen(update, context.turn)
    at = await here(turn)
    if at is None or at.item is None or value != view.ACCEPT:
        return await present(turn)
    offered = drafting.suggested(at.item.polarity, at.item.aggregation, at.item.low)
    await drafting.set_quarters(at.by, at.plan_id, at.item.id, offered)
    return await to_result(turn, at.item.result_id)


async def say_quarters(update: Update, context: Context) -> Any:
    """Four numbers that make the year."""
    turn, parts = context.turn, read_quarters(message_of(update).text or "")
    at = await here(turn)
    if at is None or at.item is None or parts is None:
        turn.show(view.quarters_not_read(), new=True)
        return await present(turn, new=True)
    made = year_of(at.item.aggregation, parts)
    if made != at.item.low:
        turn.show(view.quarters_differ(show_number(made or 0), show_number(at.item.low)), new=True)
        return await present(turn, new=True)
    await drafting.set_quarters(at.by, at.plan_id, at.item.id, parts)
    return await to_result(turn, at.item.result_id)
