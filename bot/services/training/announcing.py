"""The announcement of a course: a broadcast to those for whom it is, with a button to register."""

from __future__ import annotations

from bot.callbacks import Learn
from bot.services.broadcasts import composing
from bot.services.broadcasts.desk import Announcing
from bot.services.training import seats
from bot.services.training.desk import Doing
from models.broadcasts.broadcast import Broadcast, BroadcastKind, BroadcastStatus
from models.errors import Refusal
from models.rules.audience import Audience
from models.rules.permissions import Presser
from models.training.course import CourseStatus

#: A broadcast in one of these says nothing any more; another one may be written.
GONE = (BroadcastStatus.CANCELLED,)


async def announce(
    by: Doing, presser: Presser, course_id: int, contents: dict[str, str], label: dict[str, str]
) -> Broadcast:
    """A draft at the desk of broadcasts, where it is looked at, approved and sent; once per course.

    `contents` are the words by language, `label` those of the button. Refused with `course_not_now` for a course that
    is not open, and `announced_course`.
    """
    course = await seats.hold(by.session, course_id)
    if course.status is not CourseStatus.OPEN:
        raise Refusal("course_not_now")
    if course.broadcast_id is not None:
        before = await by.session.get(Broadcast, course.broadcast_id)
        if before is not None and before.status not in GONE:
            raise Refusal("announced_course")
    desk = Announcing(by.session, by.city, presser, by.now)
    row = await composing.begin(desk, BroadcastKind.TRAINING)
    row.title = composing.title_of(course.title)
    row.contents = contents
    row.files = [list(one) for one in course.files[:1]]
    row.buttons = [[{"label": label, "data": Learn("open", course.id).encode()}]]
    await composing.aim(desk, row.id, Audience.read(course.audience))
    course.broadcast_id = row.id
    await by.session.flush()
    return row
