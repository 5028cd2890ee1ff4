"""The announcement of a course: a broadcast to those for whom it is, with a button to register."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from bot.callbacks import Learn
from bot.services.broadcasts import audiences, composing
from bot.services.broadcasts.desk import Announcing
from bot.services.city import City
from bot.services.training import seats
from bot.services.training.desk import Doing
from models.broadcasts.broadcast import Broadcast, BroadcastKind, BroadcastStatus
from models.errors import Refusal
from models.rules.audience import Audience
from models.rules.permissions import Presser
from models.training.course import Course, CourseStatus

#: A broadcast in one of these says nothing any more; another one may be written.
GONE = (BroadcastStatus.CANCELLED,)


async def announce(
    by: Doing, presser: Presser, course_id: int, contents: dict[str, str], label: dict[str, str]
) -> Broadcast:
    """A draft at the desk of broadcasts, where it is looked at, approved and sent; once per course.

    `contents` are the words by language, `label` those of the button. Refused with `course_not_now` for a course that
    is not open, and `announced_course`.
    """
    course = await _open(by, course_id)
    if course.broadcast_id is not None:
        before = await by.session.get(Broadcast, course.broadcast_id)
        if before is not None and before.status not in GONE:
            raise Refusal("announced_course")
    row = await _write(by, presser, course, Audience.read(course.audience), contents, label)
    course.broadcast_id = row.id
    await by.session.flush()
    return row


async def announce_to(
    by: Doing, presser: Presser, course_id: int, unit_id: int, contents: dict[str, str], label: dict[str, str]
) -> Broadcast:
    """The same for those people of one unit for whom it is, beside the course's own announcement.

    The presser's draft for the same people is found again. Refused with `course_not_now`.
    """
    course = await _open(by, course_id)
    audience = within(by.city, Audience.read(course.audience), unit_id)
    statement = select(Broadcast).where(
        Broadcast.author_id == presser.employee_id,
        Broadcast.kind == BroadcastKind.TRAINING,
        Broadcast.status == BroadcastStatus.DRAFT,
    )
    for draft in await by.session.scalars(statement.order_by(Broadcast.id)):
        leads_there = any(one.get("data") == _link(course) for line in draft.buttons for one in line)
        if leads_there and Audience.read(draft.audience) == audience:
            return draft
    return await _write(by, presser, course, audience, contents, label)


def within(city: City, audience: Audience, unit_id: int) -> Audience:
    """Of an audience the part in a unit and below it; refused with `course_not_for_you` when there is none."""
    here = audiences.below(city, (unit_id,))
    inside = tuple(one for one in audience.units if one in here)
    covered = not audience.units or unit_id in audiences.below(city, audience.units)
    if not (covered or inside):
        raise Refusal("course_not_for_you")
    return replace(audience, units=(unit_id,) if covered else inside)


async def _open(by: Doing, course_id: int) -> Course:
    course = await seats.hold(by.session, course_id)
    if course.status is not CourseStatus.OPEN:
        raise Refusal("course_not_now")
    return course


def _link(course: Course) -> str:
    return Learn("open", course.id).encode()


async def _write(
    by: Doing, presser: Presser, course: Course, audience: Audience, contents: dict[str, str], label: dict[str, str]
) -> Broadcast:
    desk = Announcing(by.session, by.city, presser, by.now)
    row = await composing.begin(desk, BroadcastKind.TRAINING)
    row.title = composing.title_of(course.title)
    row.contents = contents
    row.files = [list(one) for one in course.files[:1]]
    row.buttons = [[{"label": label, "data": _link(course)}]]
    await composing.aim(desk, row.id, audience)
    await by.session.flush()
    return row
