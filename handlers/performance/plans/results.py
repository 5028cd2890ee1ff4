"""The questions about a result: which of the superior's it serves, its words, what of it changes or goes.

| step   | asks                                  | answered by                   |
|--------|---------------------------------------|-------------------------------|
| result | what of a result is to be changed     | button                        |
| link   | which of the superior's it serves     | button, pages; later          |
| title  | its words                             | words; one of last year's     |
| remove | sure                                  | button                        |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.conversation import Question, Step, choice, chosen, go, present
from bot.services.performance.plans import drafting, links, reading
from bot.turn import Context, Turn
from bot.views.performance.plans import talk as view
from handlers.performance.plans.place import FLOW, WORDS, Here, at, here, number_of, over, to_hub, to_item, to_result
from handlers.report_draft import message_of
from models.rules.performance.plan_rules import ResultKind

PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
#: So many titles of last year are offered.
MOST_TITLES = 5


def steps() -> list[Step]:
    """The steps of a result."""
    return [
        Step("result", show_result, [choice(take_result, FLOW, "result"), WORDS]),
        Step("link", show_link, [choice(take_link, FLOW, "link"), WORDS]),
        Step("title", show_title, [choice(take_title, FLOW, "title"), MessageHandler(PLAIN, say_title)]),
        Step("remove", show_remove, [choice(take_remove, FLOW, "remove"), WORDS]),
    ]


async def begin_result(turn: Turn, place: Here, kind: ResultKind) -> Any:
    """A new one: a main one begins with the superior's results, where there are any."""
    turn.keep(kind=kind.value, link=None, result=None, item=None, new=None, page=0, light=False)
    offered = kind is ResultKind.MAIN and await links.superior_results(place.by, place.plan.plan)
    return await at(turn, "link" if offered else "title", "hub")


# --- the result itself ---


async def show_result(turn: Turn) -> Question:
    """One result."""
    place = await here(turn)
    if place is None or place.result is None:
        return over()
    can_link = bool(await links.superior_results(place.by, place.plan.plan))
    screen = view.result(place.nonce, place.result, place.number(place.result), can_link=can_link)
    return Question(screen, view.question("result"))


async def take_result(update: Update, context: Context) -> Any:
    """What is to be done with it."""
    turn, value = context.turn, chosen(update, context.turn)
    place = await here(turn)
    if place is None or place.result is None or value is None:
        return await present(turn)
    if value == view.HUB:
        return await to_hub(turn)
    if value in set(ResultKind):
        return await begin_result(turn, place, ResultKind(value))
    wanted = number_of(value, "i")
    item = next((one for one in place.result.items if one.id == wanted), None)
    if item is not None:
        return await to_item(turn, item)
    asked = {view.TITLE: "title", view.LINK: "link", view.ADD: "indicator", view.REMOVE: "remove"}.get(value)
    if asked is None:
        return await present(turn)
    turn.keep(item=None, new=None, page=0, kind=place.result.row.kind.value, light=False)
    return await go(turn, asked)


# --- what it serves ---


async def show_link(turn: Turn) -> Question:
    """Which of the superior's."""
    place = await here(turn)
    if place is None:
        return over()
    found = await links.superior_results(place.by, place.plan.plan)
    page = min(turn.draft.get("page") or 0, max(0, (len(found) - 1) // view.PAGE))
    return Question(view.ask_link(place.nonce, found, page, back=True), view.question("link"))


async def take_link(update: Update, context: Context) -> Any:
    """One of them, or not yet."""
    turn, value = context.turn, chosen(update, context.turn)
    place, page, wanted = await here(turn), number_of(value, "p"), number_of(value, "s")
    if page is not None:
        turn.keep(page=page)
    if place is None or (wanted is None and value != view.LATER):
        return await present(turn)
    if place.result is not None:
        await drafting.link_result(place.by, place.plan_id, place.result.row.id, wanted)
        return await to_result(turn, place.result.row.id)
    if wanted is not None:
        await links.require_link(place.by, place.plan.plan, wanted)
    turn.keep(link=wanted)
    return await go(turn, "title")


# --- its words ---


async def show_title(turn: Turn) -> Question:
    """What is to be reached."""
    place = await here(turn)
    if place is None:
        return over()
    link = turn.draft.get("link")
    served = {row.id: row.title for row in await links.superior_results(place.by, place.plan.plan)} if link else {}
    kind = ResultKind(turn.draft["kind"])
    screen = view.ask_title(place.nonce, kind, served.get(link or 0), await _before(place, kind))
    return Question(screen, view.question("title"))


async def _before(place: Here, kind: ResultKind) -> list[str]:
    """Titles of last year that are not in the plan yet."""
    before = await links.last_year(place.by, place.plan.plan)
    if before is None:
        return []
    taken = {one.row.title for one in place.plan.results}
    found = (await reading.whole(place.by.session, before.id)).results
    return [one.row.title for one in found if one.row.kind is kind and one.row.title not in taken][:MOST_TITLES]


async def take_title(update: Update, context: Context) -> Any:
    """One of last year's."""
    turn, number = context.turn, number_of(chosen(update, context.turn), "b")
    place = await here(turn)
    titles = await _before(place, ResultKind(turn.draft["kind"])) if place is not None else []
    if place is None or number is None or number >= len(titles):
        return await present(turn)
    return await _named(turn, place, titles[number])


async def say_title(update: Update, context: Context) -> Any:
    """Own words."""
    place = await here(context.turn)
    if place is None:
        return await present(context.turn)
    return await _named(context.turn, place, message_of(update).text or "")


async def _named(turn: Turn, place: Here, words: str) -> Any:
    """The words of the result at hand, or a new one, which goes on to its first item."""
    if place.result is not None:
        await drafting.change_result(place.by, place.plan_id, place.result.row.id, title=words)
        return await to_result(turn, place.result.row.id)
    kind = ResultKind(turn.draft["kind"])
    row = await drafting.add_result(place.by, place.plan_id, kind, words, turn.draft.get("link"))
    return await at(turn, "indicator", "hub", "result", result=row.id, item=None, new=None, page=0)


# --- away with it ---


async def show_remove(turn: Turn) -> Question:
    """Sure?"""
    place = await here(turn)
    if place is None or place.result is None:
        return over()
    words = place.item.name if place.item is not None else place.result.row.title
    return Question(view.ask_remove(place.nonce, words, whole=place.item is None), view.question("remove"))


async def take_remove(update: Update, context: Context) -> Any:
    """Yes or no."""
    turn, value = context.turn, chosen(update, context.turn)
    place = await here(turn)
    if place is None or place.result is None or value not in (view.YES, view.NO):
        return await present(turn)
    if place.item is not None:
        if value == view.NO:
            return await to_item(turn, place.item)
        return await to_result(turn, await drafting.remove_item(place.by, place.plan_id, place.item.id))
    if value == view.NO:
        return await to_result(turn, place.result.row.id)
    await drafting.remove_result(place.by, place.plan_id, place.result.row.id)
    return await to_hub(turn)
