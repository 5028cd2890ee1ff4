"""What every handler of trainings begins with: who acts, and which button of theirs was pressed."""

from __future__ import annotations

from telegram import Update

from bot.callbacks import Learn, Resume, read
from bot.services.city import know
from bot.services.training import browsing, rights
from bot.services.training.desk import Doing
from bot.services.training.outcome import ratings
from bot.services.training.quiz import results
from bot.turn import Turn, payload_of
from bot.views.screen import Screen
from bot.views.training import desk as view
from models.errors import Refusal
from models.rules.permissions import Desk, require_desk
from models.rules.training.attendance_code import doors_open


async def doing(turn: Turn) -> Doing:
    """Who acts in this turn."""
    return Doing(turn.session, await know(turn.session, turn.now), turn.now, turn.person.id)


async def pressed(update: Update, turn: Turn) -> tuple[Doing, Learn]:
    """A button of the desk; refused with `not_your_role` for those who may not open it."""
    require_desk(turn.presser, Desk.TRAINING)
    payload = payload_of(update)
    if not isinstance(payload, Learn):
        raise Refusal("no_such_course")
    return await doing(turn), payload


async def pressed_by_hr(update: Update, turn: Turn) -> tuple[Doing, Learn]:
    """A button that only human resources may press; others are refused with `not_your_role`."""
    by, payload = await pressed(update, turn)
    rights.require_hr(turn.presser)
    return by, payload


def wanted(update: Update, missing: str = "no_such_course") -> int:
    """Which course or registration a talk is to be about: by its button, or the one that begins it anew.

    Refused with `missing` where neither was pressed.
    """
    query = update.callback_query
    payload = read(query.data) if query is not None and query.data else None
    if isinstance(payload, Learn):
        return payload.number
    if isinstance(payload, Resume):
        return int(payload.flow.partition(".")[2])
    raise Refusal(missing)


async def course_card(by: Doing, turn: Turn, course_id: int) -> Screen:
    """One course as the presser sees it."""
    found = await browsing.card(by, turn.presser, course_id)
    at_doors = any(doors_open(one.starts_at, one.ends_at, by.now) for one in found.sessions)
    attended = await ratings.attended(by, course_id, turn.presser.employee_id)
    quiz = await results.offered(by, found.course, found.sessions, found.own)
    scores = (await results.own(by, found.own.employee_id, [course_id])).get(course_id) if found.own else None
    return view.card(found, attended, quiz, scores, at_doors=at_doors)
