"""Requests that wait for a superior, or for whoever acts for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.services.performance import chain
from bot.services.training.desk import Doing
from models.employee import Employee
from models.errors import Refusal
from models.training.course import Course, CourseSession, CourseStatus
from models.training.registration import Registration, RegistrationStatus


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody of the own people wants to take part."""

    row: Registration
    course: Course
    name: str
    starts_at: datetime | None


async def waiting(by: Doing, superior_id: int) -> Sequence[Request]:
    """Requests of the own people that are not decided, the oldest first: a fixed number of queries."""
    people = {one.id: one.name for one in await chain.subordinates(by.session, superior_id, by.today)}
    if not people:
        return []
    first = select(func.min(CourseSession.starts_at)).where(CourseSession.course_id == Course.id).scalar_subquery()
    statement = (
        select(Registration, Course, first)
        .join(Course, Course.id == Registration.course_id)
        .where(
            Registration.employee_id.in_(people),
            Registration.status == RegistrationStatus.INTERESTED,
            Course.status == CourseStatus.OPEN,
        )
        .order_by(Registration.queued_at, Registration.id)
    )
    found = await by.session.execute(statement)
    return [Request(row, course, people[row.employee_id], starts) for row, course, starts in found]


async def request(by: Doing, superior_id: int | None, registration_id: int) -> Request:
    """One request of the own people; refused with `no_such_registration` and `not_your_subordinate`."""
    row = await by.session.get(Registration, registration_id, populate_existing=True)
    if row is None:
        raise Refusal("no_such_registration")
    await chain.require_superior(by.session, superior_id, row.employee_id, by.today)
    course = await by.session.get_one(Course, row.course_id)
    employee = await by.session.get_one(Employee, row.employee_id)
    statement = select(func.min(CourseSession.starts_at)).where(CourseSession.course_id == course.id)
    return Request(row, course, employee.name, await by.session.scalar(statement))
