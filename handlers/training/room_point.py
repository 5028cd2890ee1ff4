"""Where the room of a meeting is, said once by human resources: optional, changed and removed at will.

| step  | asks                                    | answered by                         |
|-------|-----------------------------------------|-------------------------------------|
| point | where the room is                       | a pin, coordinates, or a map link   |
| reach | this meeting or all (where it has more) | a choice                            |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Learn, Resume
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, go, present
from bot.services import finding
from bot.services.training import nearness, rights
from bot.turn import Context, Turn
from bot.views.training import nearness as view
from handlers.guards import a_fresh_start
from handlers.report_draft import message_of
from handlers.training.looking import doing, wanted
from models.errors import Refusal
from models.rules.coordinates import Point

FLOW = view.POINT_FLOW
MESSAGE = filters.UpdateType.MESSAGE
WORDS = MESSAGE & filters.TEXT & ~filters.COMMAND
PIN = MESSAGE & filters.LOCATION


def talk() -> Talk:
    """The table of the conversation."""
    point = [choice(take_choice, FLOW, "point"), MessageHandler(PIN, take_pin), MessageHandler(WORDS, take_words)]
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Learn.tag}:{view.POINT}:\\d+:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.\\d+$"),
        ],
        steps=[Step("point", show_point, point), Step("reach", show_reach, [choice(take_reach, FLOW, "reach")])],
        cancelled=view.point_left,
        help=view.point_help,
    )


async def start(update: Update, context: Context) -> Any:
    """The button on the list of a meeting."""
    turn = context.turn
    rights.require_hr(turn.presser)
    number = wanted(update, "no_such_session")
    await nearness.room(await doing(turn), number)
    if not a_fresh_start(update, turn, f"{FLOW}.{number}"):
        return None
    return await begin(turn, FLOW, "point", session=number)


async def show_point(turn: Turn) -> Question:
    """Where it is."""
    return Question(view.ask_point(turn.draft["nonce"], await _room(turn)), view.point_question())


async def show_reach(turn: Turn) -> Question:
    """Of this meeting or of all."""
    return Question(view.ask_reach(turn.draft["nonce"], await _room(turn)), view.reach_question())


async def _room(turn: Turn) -> nearness.Room:
    rights.require_hr(turn.presser)
    return await nearness.room(await doing(turn), turn.draft["session"])


async def take_choice(update: Update, context: Context) -> Any:
    """No point any more."""
    if chosen(update, context.turn) == view.DROP:
        return await _put(context.turn, None)
    return await present(context.turn)


async def take_pin(update: Update, context: Context) -> Any:
    """A pin from a phone."""
    pin = message_of(update).location
    return await _take(context.turn, Point(pin.latitude, pin.longitude)) if pin is not None else None


async def take_words(update: Update, context: Context) -> Any:
    """Coordinates or a map link."""
    point = finding.point_in((message_of(update).text or "").strip()[:500])
    if point is None:
        raise Refusal("no_point_in_words")
    return await _take(context.turn, point)


async def _take(turn: Turn, point: Point) -> Any:
    if (await _room(turn)).meetings == 1:
        return await _put(turn, point)
    turn.keep(point=[point.latitude, point.longitude])
    return await go(turn, "reach")


async def take_reach(update: Update, context: Context) -> Any:
    """For which."""
    turn = context.turn
    value = chosen(update, turn)
    if value not in (view.ALL, view.ONE):
        return await present(turn)
    return await _put(turn, Point(*turn.draft["point"]), everywhere=value == view.ALL)


async def _put(turn: Turn, point: Point | None, *, everywhere: bool = False) -> Any:
    found = await _room(turn)
    meetings = await nearness.put(await doing(turn), turn.draft["session"], point, everywhere=everywhere)
    return finish(turn, view.point_put(found, point, meetings))
