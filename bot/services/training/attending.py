"""Who was there: found present by the code that the room shows, or ticked on a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, select

from bot.services.training.desk import Doing
from models.employee import Employee
from models.errors import Refusal
from models.organisation import Unit
from models.rules.training.attendance_code import doors_open, is_code
from models.training.course import Course, CourseSession, CourseStatus
from models.training.registration import Attendance, AttendanceWay, Registration, RegistrationStatus

ROLL_PAGE = 10


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting with its course."""

    session: CourseSession
    course: Course


@dataclass(frozen=True, slots=True)
class Present:
    """One participant of a meeting, whether this one was there, and how far from the room, if that was said."""

    registration_id: int
    name: str
    unit: str
    was_there: bool
    metres: int | None


@dataclass(frozen=True, slots=True)
class Roll:
    """A page of the participants of a meeting, of `pages`, and how many of all were there.

    `far` of them said to be more than `limit` metres from the room.
    """

    meeting: Meeting
    lines: Sequence[Present]
    page: int
    pages: int
    there: int
    seated: int
    far: int
    limit: int


async def meeting(by: Doing, session_id: int) -> Meeting:
    """A meeting; refused with `no_such_session`."""
    statement = select(CourseSession, Course).join(Course, Course.id == CourseSession.course_id)
    row = (await by.session.execute(statement.where(CourseSession.id == session_id))).one_or_none()
    if row is None:
        raise Refusal("no_such_session")
    return Meeting(row[0], row[1])


async def arrive(by: Doing, session_id: int, employee_id: int | None, code: str) -> Meeting:
    """Present by the code of the room: only with a seat, only while the doors are open, counted once.

    Refused with `not_seated`, `doors_closed` and `code_is_old`, in this order: a code tells nobody else anything.
    """
    found = await meeting(by, session_id)
    statement = select(Registration.id).where(
        Registration.course_id == found.course.id,
        Registration.employee_id == (employee_id or 0),
        Registration.status == RegistrationStatus.SEATED,
    )
    registration_id = await by.session.scalar(statement)
    if registration_id is None or found.course.status is CourseStatus.CANCELLED:
        raise Refusal("not_seated")
    if not doors_open(found.session.starts_at, found.session.ends_at, by.now):
        raise Refusal("doors_closed")
    if not is_code(found.session.secret, found.session.id, code, by.now):
        raise Refusal("code_is_old")
    await _found(by, session_id, registration_id, AttendanceWay.CODE, None)
    return found


async def arrive_now(by: Doing, course_id: int, employee_id: int | None, code: str) -> Meeting:
    """The same with a typed code: at the meeting of the course whose doors are open."""
    statement = select(CourseSession).where(CourseSession.course_id == course_id).order_by(CourseSession.starts_at)
    for one in await by.session.scalars(statement):
        if doors_open(one.starts_at, one.ends_at, by.now):
            return await arrive(by, one.id, employee_id, code)
    raise Refusal("doors_closed")


async def _found(by: Doing, session_id: int, registration_id: int, way: AttendanceWay, recorded_by: int | None) -> None:
    """Written once; the first way counts. Who holds the registration writes, so nobody meets the constraint."""
    await by.session.get_one(Registration, registration_id, with_for_update=True)
    statement = select(Attendance.id).where(
        Attendance.session_id == session_id, Attendance.registration_id == registration_id
    )
    if await by.session.scalar(statement) is None:
        by.session.add(
            Attendance(
                session_id=session_id,
                registration_id=registration_id,
                way=way,
                recorded_by_id=recorded_by,
                at=by.now,
            )
        )
        await by.session.flush()


async def tick(by: Doing, session_id: int, registration_id: int, hr_id: int, *, there: bool) -> Meeting:
    """On the list: was there, or was not after all. Refused with `course_not_now` once the course is done."""
    found = await meeting(by, session_id)
    row = await by.session.get(Registration, registration_id)
    if row is None or row.course_id != found.course.id:
        raise Refusal("no_such_registration")
    if row.status is not RegistrationStatus.SEATED:
        raise Refusal("not_seated")
    if found.course.status in (CourseStatus.DONE, CourseStatus.CANCELLED, CourseStatus.DRAFT):
        raise Refusal("course_not_now")
    if there:
        await _found(by, session_id, registration_id, AttendanceWay.LIST, hr_id)
        return found
    statement = select(Attendance).where(
        Attendance.session_id == session_id, Attendance.registration_id == registration_id
    )
    written = await by.session.scalar(statement)
    if written is not None:
        await by.session.delete(written)
        await by.session.flush()
    return found


async def roll(by: Doing, session_id: int, number: int, limit: int) -> Roll:
    """Everybody with a seat by name, a page at a time: three queries. More than `limit` metres from the room is far."""
    found = await meeting(by, session_id)
    here = and_(Attendance.session_id == session_id, Attendance.registration_id == Registration.id)
    seated = (Registration.course_id == found.course.id, Registration.status == RegistrationStatus.SEATED)
    counts = (
        select(func.count(), func.count(Attendance.id), func.count().filter(Attendance.distance_m > limit))
        .select_from(Registration)
        .outerjoin(Attendance, here)
        .where(*seated)
    )
    total, present, far = (await by.session.execute(counts)).one()
    pages = max(1, -(-total // ROLL_PAGE))
    page = min(max(number, 0), pages - 1)
    statement = (
        select(Registration.id, Employee.name, Unit.short_name, Attendance.id.is_not(None), Attendance.distance_m)
        .join(Employee, Employee.id == Registration.employee_id)
        .join(Unit, Unit.id == Registration.unit_id)
        .outerjoin(Attendance, here)
        .where(*seated)
        .order_by(Employee.name, Registration.id)
        .limit(ROLL_PAGE)
        .offset(ROLL_PAGE * page)
    )
    lines = [Present(*row) for row in await by.session.execute(statement)]
    return Roll(found, lines, page, pages, present, total, far, limit)
