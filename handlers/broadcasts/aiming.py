"""The steps in which the audience of a broadcast is chosen, with a live count after every choice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.conversation import Question, Step, choice, chosen, go, present
from bot.i18n import Markup
from bot.services.broadcasts import audiences, composing, listing
from bot.services.broadcasts.desk import own_draft
from bot.turn import Context, Turn
from bot.views.broadcasts import audience as view
from bot.views.broadcasts import composing as talk_view
from bot.views.broadcasts.composing import FLOW, READY
from bot.views.broadcasts.notices import list_words
from bot.views.broadcasts.words import fields_of
from handlers.broadcasts import picking
from handlers.broadcasts.announcing import announcing
from handlers.report_draft import message_of
from models.broadcasts.broadcast import Broadcast
from models.errors import Refusal
from models.rules.audience import Audience, Circle

PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
FILE = filters.UpdateType.MESSAGE & filters.Document.ALL
CIRCLES = {circle.value: circle for circle in Circle}
#: Goes on to a step, or back to the summary.
Onward = Callable[[Turn, str], Awaitable[Any]]


def steps(onward: Onward) -> list[Step]:
    """Circle, list, audience, pick; then the preview."""

    async def take_audience(update: Update, context: Context) -> Any:
        """On, or one more thing to ask for."""
        turn = context.turn
        value = chosen(update, turn) or ""
        if value == READY:
            await _require_somebody(turn)
            return await onward(turn, "preview")
        return await _narrow(turn, value)

    return [
        Step("circle", show_circle, [choice(take_circle, FLOW, "circle")]),
        Step(
            "list",
            show_list,
            [choice(take_list, FLOW, "list"), MessageHandler(FILE, send_list), MessageHandler(PLAIN, say_list)],
        ),
        Step("audience", show_audience, [choice(take_audience, FLOW, "audience")]),
        Step("pick", show_pick, [choice(take_pick, FLOW, "pick"), MessageHandler(PLAIN, say_pick)]),
    ]


def _asked(turn: Turn, screen: Any) -> Question:
    return Question(screen, talk_view.questions(turn.conversation.state or "circle"))


async def _row(turn: Turn) -> Broadcast:
    return await own_draft(await announcing(turn), turn.draft["id"])


async def _require_somebody(turn: Turn) -> None:
    by = await announcing(turn)
    row = await own_draft(by, turn.draft["id"])
    if row.upload is not None:
        raise Refusal("list_not_read_yet")
    if (await audiences.reach(by.session, by.city, row, by.today)).people == 0:
        raise Refusal("nobody_in_audience")


async def show_circle(turn: Turn) -> Question:
    """Among whom."""
    return _asked(turn, talk_view.ask_circle(turn.draft["nonce"], (await _row(turn)).kind))


async def take_circle(update: Update, context: Context) -> Any:
    """Staff, residents, or a list."""
    turn = context.turn
    circle = CIRCLES.get(chosen(update, turn) or "")
    if circle is None:
        return await present(turn)
    held = Audience.read((await _row(turn)).audience)
    if held.circle is not circle:
        await composing.aim(await announcing(turn), turn.draft["id"], Audience(circle))
    return await go(turn, "list" if circle is Circle.LISTED else "audience")


async def show_list(turn: Turn) -> Question:
    """The list, and what came of the last one that was written here."""
    told = turn.draft.get("listed")
    result = list_words(told) if told is not None else Markup("")
    return _asked(turn, talk_view.ask_list(turn.draft["nonce"], result))


async def send_list(update: Update, context: Context) -> Any:
    """A file: it is read after this; its result comes as a message of its own."""
    turn, document = context.turn, message_of(update).document
    if document is None:
        return await present(turn)
    by = await announcing(turn)
    await listing.receive(by, turn.draft["id"], document.file_id, document.file_name or "")
    turn.keep(listed=None)
    return await go(turn, "audience")


async def say_list(update: Update, context: Context) -> Any:
    """NIPs in a message, one a line."""
    turn = context.turn
    entries = listing.entries_in(message_of(update).text or "")
    listed = await listing.put(await announcing(turn), turn.draft["id"], entries)
    turn.keep(listed=listing.told(listed))
    return await present(turn)


async def take_list(update: Update, context: Context) -> Any:
    """On."""
    turn = context.turn
    return await go(turn, "audience") if chosen(update, turn) == READY else await present(turn)


async def show_audience(turn: Turn) -> Question:
    """Who it is for now, and how many that are."""
    by = await announcing(turn)
    row = await own_draft(by, turn.draft["id"])
    found = await audiences.reach(by.session, by.city, row, by.today)
    courses = await composing.courses(by.session)
    return _asked(turn, view.hub(turn.draft["nonce"], Audience.read(row.audience), found, by.city, courses))


async def _narrow(turn: Turn, value: str) -> Any:
    audience = Audience.read((await _row(turn)).audience)
    if value == view.CLEAR:
        await composing.aim(await announcing(turn), turn.draft["id"], Audience(audience.circle))
    elif value == "list":
        return await go(turn, "list")
    elif value in fields_of(audience.circle):
        turn.keep(field=value, page=0, search="")
        return await go(turn, "pick")
    return await present(turn)


async def show_pick(turn: Turn) -> Question:
    """The values of one field."""
    by = await announcing(turn)
    row = await own_draft(by, turn.draft["id"])
    return _asked(turn, view.ask_values(turn.draft["nonce"], await picking.options(by, row, turn.draft)))


async def take_pick(update: Update, context: Context) -> Any:
    """Add a value or take it out, turn the page, or done."""
    turn = context.turn
    value = chosen(update, turn) or ""
    if value == READY:
        return await go(turn, "audience")
    if value.startswith(view.TO_PAGE) and value[1:].isdigit():
        turn.keep(page=int(value[1:]))
    elif value.startswith(view.TOGGLE):
        await _toggle(turn, value[1:])
    return await present(turn)


async def _toggle(turn: Turn, value: str) -> None:
    by = await announcing(turn)
    row = await own_draft(by, turn.draft["id"])
    audience = await picking.chosen(by, Audience.read(row.audience), turn.draft["field"], value)
    await composing.aim(by, row.id, audience)


async def say_pick(update: Update, context: Context) -> Any:
    """Words: part of a unit's name, words of positions, a number of hours."""
    turn, said = context.turn, (message_of(update).text or "").strip()
    field = turn.draft["field"]
    by = await announcing(turn)
    row = await own_draft(by, turn.draft["id"])
    audience = Audience.read(row.audience)
    if field == "positions":
        words = tuple(word.strip()[:60] for word in said.split(",") if word.strip())
        await composing.aim(by, row.id, replace(audience, positions=(*audience.positions, *words)))
    elif field == "hours_below":
        await composing.aim(by, row.id, replace(audience, hours_below=picking.number(said)))
        return await go(turn, "audience")
    else:
        turn.keep(search=said[:60], page=0)
    return await present(turn)
