"""What every handler of the needs begins with: who looks, at which unit and need, by the rights of now."""

from __future__ import annotations

from typing import Any

from telegram import Update

from bot.callbacks import Learn, Resume, read
from bot.reports.training import need_courses, needs
from bot.reports.training.needs import Found
from bot.services.performance.indicators import Looking
from bot.services.training import rights
from bot.services.training.desk import Doing
from bot.services.training.needs import sight
from bot.services.training.needs.deciding import Spot
from bot.services.training.needs.sight import Sight
from bot.turn import Turn
from bot.views.screen import Screen
from bot.views.training.needs import screens, words
from handlers.training.looking import doing
from models.errors import Refusal
from models.rules.audience import Audience

DAYS = "training.need_reports_days"


def looking(turn: Turn, by: Doing) -> Looking:
    """The reader of figures in this turn."""
    return Looking(by.session, by.city, turn.presser, by.now)


def days_of(by: Doing) -> int:
    """Over how many days reports are counted."""
    return int(needs.number(by.city, DAYS))


async def seen(turn: Turn, unit_id: int, token: str) -> tuple[Doing, Sight, Found]:
    """A need that the presser may see; refused with `not_your_role`, `not_your_unit` and `no_such_need`."""
    by = await doing(turn)
    may = await sight.of(by, turn.presser)
    may.require(unit_id)
    return by, may, await needs.one(looking(turn, by), unit_id, token)


def place_of(extra: str) -> tuple[int, str]:
    """The unit and the need behind a course's button; refused with `no_such_need`."""
    unit, _, token = extra.partition(".")
    if not unit.isdigit():
        raise Refusal("no_such_need")
    return int(unit), token


def asked(update: Update) -> tuple[str, int, str]:
    """The verb, number and rest of the button that begins a talk, or that begins it anew."""
    query = update.callback_query
    payload = read(query.data) if query is not None and query.data else None
    if isinstance(payload, Learn):
        return payload.verb, payload.number, payload.extra
    if isinstance(payload, Resume):
        _flow, verb, number, extra = payload.flow.split(".", 3)
        return verb, int(number), extra
    raise Refusal("no_such_need")


def spot_of(found: Found) -> Spot:
    """The need as a decision keeps it."""
    return Spot(found.unit.id, found.need.kind, found.need.what, found.period)


async def need_screen(turn: Turn, by: Doing, may: Sight, found: Found) -> Screen:
    """One need with the courses for it."""
    who = looking(turn, by)
    courses = await need_courses.fitting(who, found, planned=may.arranges)
    owned = (await need_courses.at_work(who, found.unit.id)).get(found.need.what)
    return screens.need(found, owned, courses, may, days_of(by))


async def form_for(turn: Turn, unit_id: int, token: str) -> dict[str, Any]:
    """The beginning of a new course for a need: its title, topics, kind and audience; for human resources alone."""
    rights.require_hr(turn.presser)
    by, _may, found = await seen(turn, unit_id, token)
    wanted = await need_courses.wanted(looking(turn, by), found)
    form: dict[str, Any] = {
        "topics": list(wanted.topics),
        "audience": Audience(units=(unit_id,)).stored(),
        "title": words.course_title(found, wanted.topics[0] if wanted.topics else ""),
    }
    return form if wanted.kind is None else {**form, "kind": wanted.kind.value}
