"""Being present: a scanned code, a typed one; for human resources the code of the room and the list.

| step | asks                        | answered by |
|------|-----------------------------|-------------|
| code | the digits shown in the room | six digits  |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.callbacks import Learn, Resume
from bot.conversation import Handler, Question, Step, Talk, begin, close, finish, is_light
from bot.services.training import attending, browsing, rights, showing
from bot.services.training.nearness import far_metres
from bot.turn import Context, Turn
from bot.views.training import attendance as view
from bot.views.training.desk import ROOM, ROOM_LINK
from handlers.guards import a_fresh_start
from handlers.report_draft import message_of
from handlers.training.looking import doing, pressed, wanted
from models.errors import Refusal
from models.rules.permissions import Desk, require_desk

FLOW = view.FLOW
MESSAGE = filters.UpdateType.MESSAGE
PLAIN = MESSAGE & filters.TEXT & ~filters.COMMAND


def handlers() -> list[Handler]:
    """The scanned code, and the buttons of human resources."""
    buttons = {
        view.SESSIONS: show_sessions,
        view.QR: show_code,
        view.STOP: stop_code,
        view.ROLL: show_roll,
        f"{view.TICK}|{view.UNTICK}": tick,
    }
    link = rf"^/start {ROOM_LINK}\d+_[0-9a-f]{{1,40}}$"
    return [
        CommandHandler("start", scan, MESSAGE & filters.Regex(link)),
        *(CallbackQueryHandler(act, pattern=f"^{Learn.tag}:({verb}):") for verb, act in buttons.items()),
    ]


def talk() -> Talk:
    """The table of the conversation in which a code is typed."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Learn.tag}:{ROOM}:\\d+:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.\\d+$"),
        ],
        steps=[Step("code", show_question, [MessageHandler(PLAIN, say_code)])],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def scan(update: Update, context: Context) -> Any:
    """The code of the room was scanned."""
    turn = context.turn
    require_desk(turn.presser, Desk.TRAINING)
    session_id, _, code = (message_of(update).text or "").partition(ROOM_LINK)[2].partition("_")
    found = await attending.arrive(await doing(turn), int(session_id), turn.presser.employee_id, code)
    if is_light(turn):
        close(turn)
    turn.show(view.arrived(found), new=True)


async def start(update: Update, context: Context) -> Any:
    """The button of a course."""
    turn = context.turn
    number = wanted(update)
    await browsing.card(await doing(turn), turn.presser, number)
    if not a_fresh_start(update, turn, f"{FLOW}.{number}"):
        return None
    return await begin(turn, FLOW, "code", course=number, light=True)


async def show_question(turn: Turn) -> Question:
    """The digits."""
    found = await browsing.card(await doing(turn), turn.presser, turn.draft["course"])
    return Question(view.ask_code(turn.draft["nonce"], found.course.title), view.question())


async def say_code(update: Update, context: Context) -> Any:
    """Present; a wrong code leaves the question open."""
    turn = context.turn
    said = "".join((message_of(update).text or "").split())
    found = await attending.arrive_now(await doing(turn), turn.draft["course"], turn.presser.employee_id, said)
    return finish(turn, view.arrived(found))


# --- human resources ---


async def show_sessions(update: Update, context: Context) -> Any:
    """Of which meeting."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    rights.require_hr(turn.presser)
    found = await browsing.card(by, turn.presser, payload.number)
    turn.show(view.sessions(found.course, found.sessions))


async def show_code(update: Update, context: Context) -> Any:
    """The code as a picture for the room, renewed by itself."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    rights.require_hr(turn.presser)
    found, is_open = await showing.start(by, payload.number, turn.person.id)
    if is_open:
        turn.toast(view.shown())
    else:
        turn.show(view.doors_closed(found))


async def stop_code(update: Update, context: Context) -> Any:
    """Take it off the screen."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    rights.require_hr(turn.presser)
    await showing.stop(by, payload.number, turn.person.id)
    found = await attending.meeting(by, _number(payload.extra))
    turn.show(view.ended(found.session.id, found.course.id, found.course.title), new=True)


async def show_roll(update: Update, context: Context) -> Any:
    """The list of a meeting."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    rights.require_hr(turn.presser)
    turn.show(view.roll(await attending.roll(by, _number(payload.extra), payload.number, far_metres(by.city))))


async def tick(update: Update, context: Context) -> Any:
    """Was there, or was not after all; the same button twice changes nothing."""
    turn = context.turn
    by, payload = await pressed(update, turn)
    hr_id = rights.require_hr(turn.presser)
    session, _, page = payload.extra.partition(".")
    session_id = _number(session)
    await attending.tick(by, session_id, payload.number, hr_id, there=payload.verb == view.TICK)
    turn.show(view.roll(await attending.roll(by, session_id, _number(page), far_metres(by.city))))


def _number(text: str) -> int:
    if not text.isdigit():
        raise Refusal("no_such_session")
    return int(text)
