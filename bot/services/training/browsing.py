"""Courses as a participant sees them: the coming ones that are meant for this one, the own ones, one course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from bot.services.broadcasts import audiences
from bot.services.training import rights, seats
from bot.services.training.desk import Doing
from models.employee import Employee
from models.errors import Refusal
from models.rules.audience import Audience
from models.rules.permissions import Presser
from models.training.course import Course, CourseSession, CourseStatus
from models.training.hours import TrainingHours
from models.training.registration import Attendance, Registration, RegistrationStatus

PAGE = 6
#: So many coming courses are looked at.
MOST = 60
#: Registrations that still mean something before the course is over.
ALIVE = (
    RegistrationStatus.INTERESTED,
    RegistrationStatus.APPROVED,
    RegistrationStatus.WAITING,
    RegistrationStatus.OFFERED,
    RegistrationStatus.SEATED,
)
#: What everybody may see.
SHOWN = (CourseStatus.OPEN, CourseStatus.CLOSED)


@dataclass(frozen=True, slots=True)
class Line:
    """A course in a list, its first meeting, what the reader's registration is, and whether it counted hours."""

    course: Course
    starts_at: datetime | None
    status: RegistrationStatus | None
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list, of `pages`."""

    lines: Sequence[Line]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Card:
    """One course: its meetings, how its seats stand, the reader's registration with the place in the waiting list.

    `meant`: the reader is among those for whom it is. `taking`: registrations are taken now. `present` are the
    meetings at which the reader was found present.
    """

    course: Course
    sessions: Sequence[CourseSession]
    left: int
    waiting: int
    own: Registration | None
    place: int | None
    meant: bool
    taking: bool
    arranges: bool
    present: frozenset[int]


async def upcoming(by: Doing, employee: Employee, number: int) -> Page:
    """Courses to come that are meant for the employee: three queries, however many there are."""
    first, last = _first(), _last()
    statement = (
        _lines(employee.id, first)
        .where(Course.status.in_(SHOWN), or_(last.is_(None), last >= by.now))
        .order_by(first.is_(None), first, Course.id)
        .limit(MOST)
    )
    lines = [_line(row) for row in await by.session.execute(statement)]
    meant = await _meant(by, [line.course for line in lines], employee.id)
    return _page([line for line in lines if line.course.id in meant or line.status in ALIVE], number)


async def own(by: Doing, employee: Employee, number: int) -> Page:
    """Where the employee is registered and which are not over."""
    last = _last()
    still = and_(Course.status.in_(SHOWN), or_(last.is_(None), last >= by.now), Registration.status.in_(ALIVE))
    return await _own_page(by, employee, still, number, newest=False)


async def history(by: Doing, employee: Employee, number: int) -> Page:
    """What the employee took part in or left, the newest first."""
    last = _last()
    over = or_(Course.status.not_in(SHOWN), last < by.now, Registration.status.not_in(ALIVE))
    return await _own_page(by, employee, over, number, newest=True)


async def card(by: Doing, presser: Presser, course_id: int) -> Card:
    """One course; drafts only for human resources. Refused with `no_such_course`."""
    employee = await rights.participant(by.session, presser)
    course, is_hr = await by.session.get(Course, course_id, populate_existing=True), rights.arranges(presser)
    if course is None or (course.status is CourseStatus.DRAFT and not is_hr):
        raise Refusal("no_such_course")
    statement = select(Registration).where(Registration.course_id == course_id, Registration.employee_id == employee.id)
    mine = await by.session.scalar(statement.execution_options(populate_existing=True))
    held, waiting = await _counts(by, course_id)
    present: frozenset[int] = frozenset()
    if mine is not None:
        attended = select(Attendance.session_id).where(Attendance.registration_id == mine.id)
        present = frozenset(await by.session.scalars(attended))
    return Card(
        course=course,
        sessions=await sessions(by, course_id),
        left=max(course.quota - held, 0),
        waiting=waiting,
        own=mine,
        place=await _place(by, mine),
        meant=bool(await _meant(by, [course], employee.id)),
        taking=course.status is CourseStatus.OPEN and course.closes_at > by.now,
        arranges=is_hr,
        present=present,
    )


async def sessions(by: Doing, course_id: int) -> Sequence[CourseSession]:
    """The meetings in order."""
    statement = select(CourseSession).where(CourseSession.course_id == course_id)
    return (await by.session.scalars(statement.order_by(CourseSession.starts_at))).all()


async def _own_page(
    by: Doing, employee: Employee, condition: ColumnElement[bool], number: int, *, newest: bool
) -> Page:
    first = _first()
    asked = _lines(employee.id, first).where(Registration.id.is_not(None), condition)
    total = await by.session.scalar(select(func.count()).select_from(asked.order_by(None).subquery())) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(number, 0), pages - 1)
    order = (first.desc(), Course.id.desc()) if newest else (first.is_(None), first, Course.id)
    found = await by.session.execute(asked.order_by(*order).limit(PAGE).offset(PAGE * page))
    return Page([_line(row) for row in found], page, pages)


def _lines(employee_id: int, first: Any) -> Select[Any]:
    own_row = and_(Registration.course_id == Course.id, Registration.employee_id == employee_id)
    entry = (TrainingHours.course_id == Course.id, TrainingHours.employee_id == employee_id)
    counted = select(TrainingHours.id).where(*entry).exists()
    return select(Course, first.label("starts_at"), Registration.status, counted).outerjoin(Registration, own_row)


def _line(row: Any) -> Line:
    return Line(row[0], row[1], row[2], bool(row[3]))


def _page(lines: Sequence[Line], number: int) -> Page:
    pages = max(1, -(-len(lines) // PAGE))
    page = min(max(number, 0), pages - 1)
    return Page(lines[PAGE * page : PAGE * (page + 1)], page, pages)


def _first() -> Any:
    return select(func.min(CourseSession.starts_at)).where(CourseSession.course_id == Course.id).scalar_subquery()


def _last() -> Any:
    return select(func.max(CourseSession.ends_at)).where(CourseSession.course_id == Course.id).scalar_subquery()


async def _meant(by: Doing, courses: Sequence[Course], employee_id: int) -> set[int]:
    """Those of the courses that are meant for the employee: one query for all filters."""
    if not courses:
        return set()
    asked = []
    for course in courses:
        found = audiences.employees(by.city, Audience.read(course.audience), 0, by.today)
        asked.append(case((found.where(Employee.id == employee_id).exists(), 1), else_=0).label(f"c{course.id}"))
    row = (await by.session.execute(select(*asked))).one()
    return {course.id for course, is_meant in zip(courses, row, strict=True) if is_meant}


async def _counts(by: Doing, course_id: int) -> tuple[int, int]:
    """How many hold a seat, how many wait."""
    statement = (
        select(Registration.status, func.count())
        .where(Registration.course_id == course_id)
        .group_by(Registration.status)
    )
    counts = {status: count for status, count in await by.session.execute(statement)}
    return sum(counts.get(status, 0) for status in seats.HOLDING), counts.get(RegistrationStatus.WAITING, 0)


async def _place(by: Doing, mine: Registration | None) -> int | None:
    """The place in the waiting list, from 1."""
    if mine is None or mine.status is not RegistrationStatus.WAITING:
        return None
    before = or_(
        Registration.queued_at < mine.queued_at,
        and_(Registration.queued_at == mine.queued_at, Registration.id < mine.id),
    )
    statement = select(func.count()).where(
        Registration.course_id == mine.course_id, Registration.status == RegistrationStatus.WAITING, before
    )
    return (await by.session.scalar(statement) or 0) + 1


async def own_registration(by: Doing, registration_id: int, employee_id: int | None) -> tuple[Registration, Course]:
    """One's own registration with its course; refused with `no_such_registration` and `not_your_record`."""
    row = await by.session.get(Registration, registration_id, populate_existing=True)
    if row is None:
        raise Refusal("no_such_registration")
    if employee_id is None or row.employee_id != employee_id:
        raise Refusal("not_your_record")
    return row, await by.session.get_one(Course, row.course_id)
