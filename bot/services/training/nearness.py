"""The point of a room, and how far from it participants who said so were.

The place is offered, never asked for: the attendance counts before and without it. Only the distance is written down,
not the point; until the meeting is over the last one counts, since the first fix of a phone is often a bad one. It
refuses nobody, and it is forgotten after a while (`keep_distances`) or at the participant's wish.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from bot.services.training import attending
from bot.services.training.attending import Meeting
from bot.services.training.desk import Doing
from models.employee import Employee
from models.errors import Refusal
from models.organisation import Unit
from models.rules.coordinates import Point
from models.rules.training.attendance_code import doors_open
from models.rules.training.nearness import metres_between
from models.training.course import Course, CourseSession, CourseStatus
from models.training.registration import Attendance, AttendanceWay, Registration

#: Further away is marked, where the city's data says nothing.
FAR_METRES = "200"
#: Nobody goes to these any more.
OVER = (CourseStatus.DONE, CourseStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class Spot:
    """One's own attendance at a meeting whose room has a point, and the distance that was given, if any."""

    meeting: Meeting
    row: Attendance
    room: Point


@dataclass(frozen=True, slots=True)
class Room:
    """A meeting, and of how many its course consists."""

    meeting: Meeting
    meetings: int


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody's attendance of one meeting, for the workbook."""

    name: str
    unit: str
    starts_at: datetime
    at: datetime
    way: AttendanceWay
    metres: int | None


def far_metres(city: City) -> int:
    """From how many metres on a distance is marked."""
    return int(city.fact("training.far_metres", FAR_METRES))


# --- participants ---


async def own(by: Doing, session_id: int, employee_id: int | None) -> Spot:
    """One's own attendance, while its place may be added.

    Refused with `no_such_session`, `not_present`, `place_not_asked` and `place_too_late`.
    """
    found = await attending.meeting(by, session_id)
    statement = (
        select(Attendance)
        .join(Registration, Registration.id == Attendance.registration_id)
        .where(Attendance.session_id == session_id, Registration.employee_id == (employee_id or 0))
        .with_for_update(of=Attendance)
        .execution_options(populate_existing=True)
    )
    row = await by.session.scalar(statement)
    if row is None:
        raise Refusal("not_present")
    if found.session.point is None:
        raise Refusal("place_not_asked")
    if not doors_open(found.session.starts_at, found.session.ends_at, by.now):
        raise Refusal("place_too_late")
    return Spot(found, row, found.session.point)


async def give(by: Doing, session_id: int, employee_id: int | None, spot: Point) -> None:
    """Write down how far it is from the room, in place of what was said before; refused as `own`."""
    found = await own(by, session_id, employee_id)
    found.row.distance_m = metres_between(found.room, spot)
    await by.session.flush()


async def take_back(by: Doing, session_id: int, employee_id: int | None) -> None:
    """Forget the distance; refused as `own`."""
    found = await own(by, session_id, employee_id)
    found.row.distance_m = None
    await by.session.flush()


async def forget(session: AsyncSession, before: datetime) -> int:
    """Drop the distances of meetings that ended before; how many."""
    over = select(CourseSession.id).where(CourseSession.ends_at < before)
    statement = update(Attendance).where(Attendance.distance_m.is_not(None), Attendance.session_id.in_(over))
    result: Any = await session.execute(statement.values(distance_m=None).execution_options(synchronize_session=False))
    return int(result.rowcount)


# --- human resources ---


async def room(by: Doing, session_id: int) -> Room:
    """A meeting whose room may be given a point; refused with `no_such_session` and `course_not_now`."""
    found = await attending.meeting(by, session_id)
    if found.course.status in OVER:
        raise Refusal("course_not_now")
    return Room(found, len(await _of_course(by, found.course.id)))


async def put(by: Doing, session_id: int, point: Point | None, *, everywhere: bool = False) -> int:
    """Put the room at a point, or nowhere, for this meeting or for all of the course; for how many. Refused as `room`.

    Distances that were given stay as they were measured.
    """
    found = await room(by, session_id)
    rows = await _of_course(by, found.meeting.course.id) if everywhere else [found.meeting.session]
    for row in rows:
        row.stand(point)
    await by.session.flush()
    return len(rows)


async def follow(by: Doing, course: Course, before: dict[int, str], known: dict[str, Point]) -> None:
    """Where meetings came to another place in words, the point goes along, or is not known any more.

    `before` are the places in words of the meetings there were, `known` the points of places.
    """
    for row in await _of_course(by, course.id):
        place = place_of(row, course)
        if before.get(row.id) != place:
            row.stand(known.get(place))
    await by.session.flush()


def place_of(session: CourseSession, course: Course) -> str:
    """The place of a meeting in words: its own, or the course's."""
    return session.place or course.place


def known_points(course: Course, sessions: Collection[CourseSession]) -> dict[str, Point]:
    """The points of places in words."""
    return {place_of(one, course): one.point for one in sessions if one.point is not None and place_of(one, course)}


async def attendances(by: Doing, course_id: int) -> Sequence[Seen]:
    """Everybody's attendance of a course, meeting by meeting: one query."""
    statement = (
        select(
            Employee.name,
            Unit.short_name,
            CourseSession.starts_at,
            Attendance.at,
            Attendance.way,
            Attendance.distance_m,
        )
        .join(CourseSession, CourseSession.id == Attendance.session_id)
        .join(Registration, Registration.id == Attendance.registration_id)
        .join(Employee, Employee.id == Registration.employee_id)
        .join(Unit, Unit.id == Registration.unit_id)
        .where(CourseSession.course_id == course_id)
        .order_by(CourseSession.starts_at, Employee.name, Attendance.id)
    )
    return [Seen(*row) for row in await by.session.execute(statement)]


async def _of_course(by: Doing, course_id: int) -> list[CourseSession]:
    statement = select(CourseSession).where(CourseSession.course_id == course_id)
    return list(await by.session.scalars(statement.order_by(CourseSession.starts_at)))
