"""The place of one's own attendance: offered after it is counted, never demanded.

| step | asks                                      | answered by          |
|------|-------------------------------------------|----------------------|
| spot | the place; then how far it was, and again | a pin of one's phone |

A pin takes the place of the one before. The talk is light: whatever was said is stored already.
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Learn, Resume
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, present
from bot.services.retention import days_kept
from bot.services.training import nearness
from bot.turn import Context, Turn
from bot.views.training import attendance
from bot.views.training import nearness as view
from handlers.guards import a_fresh_start
from handlers.report_draft import message_of
from handlers.training.looking import doing, wanted
from models.errors import Refusal
from models.rules.coordinates import Point
from models.rules.permissions import Desk, require_desk

FLOW = view.SPOT_FLOW
PIN = filters.UpdateType.MESSAGE & filters.LOCATION


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Learn.tag}:{view.SPOT}:\\d+:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.\\d+$"),
        ],
        steps=[Step("spot", show_question, [choice(take_choice, FLOW, "spot"), MessageHandler(PIN, take_pin)])],
        cancelled=view.spot_left,
        help=view.spot_help,
    )


async def start(update: Update, context: Context) -> Any:
    """The button below a counted attendance."""
    turn = context.turn
    require_desk(turn.presser, Desk.TRAINING)
    number = wanted(update, "no_such_session")
    await nearness.own(await doing(turn), number, turn.presser.employee_id)
    if not a_fresh_start(update, turn, f"{FLOW}.{number}"):
        return None
    return await begin(turn, FLOW, "spot", session=number, light=True)


async def show_question(turn: Turn) -> Question:
    """The place, or the distance that is written down."""
    by = await doing(turn)
    found = await nearness.own(by, turn.draft["session"], turn.presser.employee_id)
    screen = view.ask_spot(turn.draft["nonce"], found, days_kept(by.city, "keep_distances"))
    return Question(screen, view.spot_question())


async def take_pin(update: Update, context: Context) -> Any:
    """One's own, not one that somebody else sent."""
    turn, message = context.turn, message_of(update)
    if message.forward_origin is not None or message.location is None:
        raise Refusal("forwarded_pin")
    spot = Point(message.location.latitude, message.location.longitude)
    await nearness.give(await doing(turn), turn.draft["session"], turn.presser.employee_id, spot)
    return await present(turn)


async def take_choice(update: Update, context: Context) -> Any:
    """Skipped, done, or the distance taken back."""
    turn = context.turn
    value, by = chosen(update, turn), await doing(turn)
    if value == view.DROP:
        await nearness.take_back(by, turn.draft["session"], turn.presser.employee_id)
    if value in (view.SKIP, view.DONE):
        found = await nearness.own(by, turn.draft["session"], turn.presser.employee_id)
        return finish(turn, attendance.arrived(found.meeting, given=found.row.distance_m is not None))
    return await present(turn)
