"""A superior suggests a course to some of the own people, because the unit needs it.

| step   | asks    | answered by              |
|--------|---------|--------------------------|
| people | to whom | buttons (several), send  |
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.callbacks import Learn, Resume
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, present
from bot.reports.training import need_courses
from bot.reports.training.needs import Found
from bot.services.training.desk import Doing
from bot.services.training.needs import suggesting
from bot.services.training.needs.suggesting import Candidate
from bot.services.training.rights import participant
from bot.turn import Context, Turn
from bot.views.training.needs import screens, words
from bot.views.training.needs import talks as view
from handlers.guards import a_fresh_start
from handlers.training.looking import doing
from handlers.training.needs.looking import asked, days_of, looking, place_of, seen

FLOW = view.SUGGESTING


def talk() -> Talk:
    """The table of the conversation; every answer asks for the right again, no question ever fails."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Learn.tag}:{screens.SUGGEST}:\\d+:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.{screens.SUGGEST}\\.\\d+\\."),
        ],
        steps=[Step("people", show_people, [choice(take_people, FLOW, "people")])],
        cancelled=view.not_suggested,
        help=view.suggesting_help,
    )


async def start(update: Update, context: Context) -> Any:
    """The button beside a course."""
    turn = context.turn
    verb, course_id, extra = asked(update)
    unit_id, token = place_of(extra)
    title = (await _meant(turn, unit_id, token, course_id)).title
    if not a_fresh_start(update, turn, f"{FLOW}.{verb}.{course_id}.{extra}"):
        return None
    return await begin(turn, FLOW, "people", unit=unit_id, need=token, course=course_id, title=title, chosen=[], page=0)


class _Meant(NamedTuple):
    """Who suggests what, and why."""

    by: Doing
    leader_id: int
    found: Found
    title: str


async def _meant(turn: Turn, unit_id: int, token: str, course_id: int) -> _Meant:
    """Refused with `not_your_unit`, `no_such_need`, `need_course_gone`."""
    leader = await participant(turn.session, turn.presser)
    by, may, found = await seen(turn, unit_id, token)
    may.require_led(unit_id)
    fitting = await need_courses.require_fitting(looking(turn, by), found, course_id, planned=False)
    return _Meant(by, leader.id, found, fitting.course.title)


async def show_people(turn: Turn) -> Question:
    """To whom."""
    people = await _people(turn)
    picked = set(turn.draft["chosen"]) & {one.id for one in people if one.able}
    screen = view.ask_people(turn.draft["nonce"], turn.draft["title"], people, picked, turn.draft["page"])
    return Question(screen, view.question("people"))


async def _people(turn: Turn) -> Sequence[Candidate]:
    """The own people of now; none for whoever leads nobody any more."""
    leader_id = turn.presser.employee_id
    return [] if leader_id is None else await suggesting.candidates(await doing(turn), leader_id, turn.draft["course"])


async def take_people(update: Update, context: Context) -> Any:
    """One more or one less, all, none, another page, or send."""
    turn, value = context.turn, chosen(update, context.turn) or ""
    if value == view.SEND and turn.draft["chosen"]:
        return await _send(turn)
    number = int(value[1:]) if value[1:].isdigit() else None
    held = turn.draft["chosen"]
    if value == view.EVERYBODY:
        turn.keep(chosen=[one.id for one in await _people(turn) if one.able])
    elif value == view.NOBODY:
        turn.keep(chosen=[])
    elif number is not None and value.startswith(view.TO_PAGE):
        turn.keep(page=number)
    elif number is not None and value.startswith(view.TOGGLE):
        turn.keep(chosen=[one for one in held if one != number] if number in held else [*held, number])
    return await present(turn)


async def _send(turn: Turn) -> Any:
    draft = turn.draft
    by, leader_id, found, title = await _meant(turn, draft["unit"], draft["need"], draft["course"])
    why = words.values_of(found, days_of(by))
    told = await suggesting.suggest(by, leader_id, draft["course"], draft["chosen"], why)
    return finish(turn, view.suggested(title, told, found.unit.id, found.token))
