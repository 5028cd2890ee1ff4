"""The talk in which human resources give the seats.

| step | asks           | answered by                |
|------|----------------|----------------------------|
| pick | who gets a seat | buttons (several), a page |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.callbacks import Learn, Resume
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, present
from bot.services.training import arranging, participants, registering, rights
from bot.turn import Context, Turn
from bot.views.training import managing
from bot.views.training import selecting as view
from handlers.guards import a_fresh_start
from handlers.training.looking import doing, wanted
from models.errors import Refusal
from models.training.course import CourseStatus, Selection

FLOW = view.FLOW


def talk() -> Talk:
    """The table of the conversation; every step asks for the right again."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Learn.tag}:{managing.SELECT}:\\d+:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.\\d+$"),
        ],
        steps=[Step("pick", show_pick, [choice(take_pick, FLOW, "pick")])],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def start(update: Update, context: Context) -> Any:
    """The button of a course."""
    turn = context.turn
    rights.require_hr(turn.presser)
    number = wanted(update)
    found = await arranging.look(await doing(turn), number)
    live = found.course.status in (CourseStatus.OPEN, CourseStatus.CLOSED)
    if found.course.selection is not Selection.SELECTED or not live:
        raise Refusal("course_not_now")
    if not a_fresh_start(update, turn, f"{FLOW}.{number}"):
        return None
    return await begin(turn, FLOW, "pick", course=number, chosen=[], page=0)


async def show_pick(turn: Turn) -> Question:
    """Who gets a seat."""
    rights.require_hr(turn.presser)
    by = await doing(turn)
    found = await arranging.look(by, turn.draft["course"])
    people = await participants.candidates(by, found.course)
    picked = set(turn.draft["chosen"]) & {one.id for one in people}
    left = max(found.course.quota - found.held, 0)
    screen = view.ask(turn.draft["nonce"], found.course.title, people, picked, left, turn.draft["page"])
    return Question(screen, view.question())


async def take_pick(update: Update, context: Context) -> Any:
    """One more or one less, another page, or done."""
    turn = context.turn
    rights.require_hr(turn.presser)
    value = chosen(update, turn) or ""
    if value == view.GIVE and turn.draft["chosen"]:
        return await _give(turn)
    number = int(value[1:]) if value[1:].isdigit() else None
    if number is not None and value.startswith(view.TO_PAGE):
        turn.keep(page=number)
    elif number is not None and value.startswith(view.TOGGLE):
        held = turn.draft["chosen"]
        turn.keep(chosen=[one for one in held if one != number] if number in held else [*held, number])
    return await present(turn)


async def _give(turn: Turn) -> Any:
    """In the order in which they came, as far as there are seats."""
    by = await doing(turn)
    found = await arranging.look(by, turn.draft["course"])
    able = [one.id for one in await participants.candidates(by, found.course) if one.id in turn.draft["chosen"]]
    seated = await registering.select_for(by, found.course.id, able)
    return finish(turn, view.given(found.course.id, found.course.title, len(seated), len(turn.draft["chosen"])))
