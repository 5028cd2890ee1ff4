"""Everybody registered for a course, for human resources: the list, and those who can be selected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select

from bot.services.training.desk import Doing
from models.employee import Employee
from models.organisation import Unit
from models.training.course import Course
from models.training.registration import Attendance, Registration, RegistrationStatus

PAGE = 10
#: In this order they are listed.
ORDER = (
    RegistrationStatus.SEATED,
    RegistrationStatus.OFFERED,
    RegistrationStatus.APPROVED,
    RegistrationStatus.WAITING,
    RegistrationStatus.INTERESTED,
    RegistrationStatus.NOT_SELECTED,
    RegistrationStatus.REFUSED,
    RegistrationStatus.CANCELLED,
)


@dataclass(frozen=True, slots=True)
class Participant:
    """One registration with its person, and at how many meetings this one was present."""

    id: int
    status: RegistrationStatus
    queued_at: datetime
    name: str
    nip: str
    unit: str
    position: str
    present: int


@dataclass(frozen=True, slots=True)
class People:
    """A page of them, of `pages`."""

    lines: Sequence[Participant]
    page: int
    pages: int
    total: int


async def page(by: Doing, course_id: int, number: int) -> People:
    """Those with seats first, then in the order in which they came: two queries."""
    total = await by.session.scalar(select(func.count()).where(Registration.course_id == course_id)) or 0
    pages = max(1, -(-total // PAGE))
    here = min(max(number, 0), pages - 1)
    found = await by.session.execute(_people(course_id).limit(PAGE).offset(PAGE * here))
    return People([Participant(*row) for row in found], here, pages, total)


async def everybody(by: Doing, course_id: int) -> Sequence[Participant]:
    """All of them: one query."""
    return [Participant(*row) for row in await by.session.execute(_people(course_id))]


async def candidates(by: Doing, course: Course) -> Sequence[Participant]:
    """Those who can be given a seat: approved where that is needed, in the order in which they came."""
    statuses = [RegistrationStatus.APPROVED, RegistrationStatus.WAITING]
    if not course.needs_approval:
        statuses.append(RegistrationStatus.INTERESTED)
    statement = _people(course.id).where(Registration.status.in_(statuses))
    return [Participant(*row) for row in await by.session.execute(statement)]


def _people(course_id: int) -> Select[Any]:
    present = (
        select(func.count()).where(Attendance.registration_id == Registration.id).correlate(Registration)
    ).scalar_subquery()
    rank = case({status: number for number, status in enumerate(ORDER)}, value=Registration.status)
    return (
        select(
            Registration.id,
            Registration.status,
            Registration.queued_at,
            Employee.name,
            Employee.nip,
            Unit.short_name,
            Employee.position,
            present,
        )
        .join(Employee, Employee.id == Registration.employee_id)
        .join(Unit, Unit.id == Registration.unit_id)
        .where(Registration.course_id == course_id)
        .order_by(rank, Registration.queued_at, Registration.id)
    )
