"""Seats of a course: given in order, never twice, and passed on when somebody leaves (domain rule 39).

A seat is a number that a unique constraint keeps (`models.training.registration`). Whoever gives seats holds the row
of the course, so that the order is that of the presses and nobody runs into the constraint.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.training.desk import Doing, tell
from models.errors import Refusal
from models.training.course import Course
from models.training.registration import Registration, RegistrationStatus

#: These hold a seat.
HOLDING = (RegistrationStatus.SEATED, RegistrationStatus.OFFERED)


async def hold(session: AsyncSession, course_id: int) -> Course:
    """The course, locked until the end of the transaction; refused with `no_such_course`."""
    statement = select(Course).where(Course.id == course_id).with_for_update().execution_options(populate_existing=True)
    course = await session.scalar(statement)
    if course is None:
        raise Refusal("no_such_course")
    return course


async def place(by: Doing, course: Course, registration: Registration) -> bool:
    """Give a seat, or the end of the waiting list; whether it was a seat. The course must be held."""
    numbers = await _free(by.session, course, registration.unit_id)
    if numbers is None or await _is_somebody_before(by.session, course, registration):
        registration.move(RegistrationStatus.WAITING, by.now, actor_id=by.actor_id)
        await by.session.flush()
        return False
    await seat(by, registration, numbers)
    return True


async def seat(by: Doing, registration: Registration, numbers: tuple[int, int]) -> None:
    """A seat for good."""
    registration.move(RegistrationStatus.SEATED, by.now, actor_id=by.actor_id)
    registration.seat, registration.unit_seat = numbers
    await by.session.flush()


async def free_for(by: Doing, course: Course, registration: Registration) -> tuple[int, int] | None:
    """The numbers that this registration could have now; None when the course or the unit's share is full."""
    return await _free(by.session, course, registration.unit_id)


async def pass_on(by: Doing, course: Course) -> list[Registration]:
    """Offer every free seat to the first on the waiting list who may have it, for the course's hours; to whom."""
    offered: list[Registration] = []
    for waiting in await waiting_list(by.session, course.id):
        numbers = await _free(by.session, course, waiting.unit_id)
        if numbers is None:
            continue
        until = offer_end(course, by.now)
        if until is None:
            break
        waiting.move(RegistrationStatus.OFFERED, by.now, actor_id=by.actor_id)
        waiting.seat, waiting.unit_seat = numbers
        waiting.offered_until = until
        await by.session.flush()
        offered.append(waiting)
        await tell(
            by,
            [waiting.employee_id],
            "seat_offered",
            f"{waiting.id}:{by.now.isoformat()}",
            course_id=course.id,
            registration_id=waiting.id,
            title=course.title,
            until=until.isoformat(),
        )
    return offered


async def waiting_list(session: AsyncSession, course_id: int) -> list[Registration]:
    """Who waits, in order."""
    statement = (
        select(Registration)
        .where(Registration.course_id == course_id, Registration.status == RegistrationStatus.WAITING)
        .order_by(Registration.queued_at, Registration.id)
    )
    return list(await session.scalars(statement))


def offer_end(course: Course, now: datetime) -> datetime | None:
    """Until when an offer made now holds; None when the course no longer takes anybody."""
    end = min(now + timedelta(hours=course.offer_hours), course.closes_at)
    return end if end > now else None


async def _free(session: AsyncSession, course: Course, unit_id: int) -> tuple[int, int] | None:
    """The lowest free number of the course and of the unit."""
    rows = await session.execute(
        select(Registration.seat, Registration.unit_id, Registration.unit_seat).where(
            Registration.course_id == course.id, Registration.status.in_(HOLDING)
        )
    )
    taken = rows.all()
    own = {number for _, unit, number in taken if unit == unit_id}
    seat_number = _lowest({number for number, _, _ in taken}, course.quota)
    unit_number = _lowest(own, course.unit_quota if course.unit_quota is not None else course.quota)
    return None if seat_number is None or unit_number is None else (seat_number, unit_number)


def _lowest(taken: set[int | None], most: int) -> int | None:
    return next((number for number in range(1, most + 1) if number not in taken), None)


async def _is_somebody_before(session: AsyncSession, course: Course, registration: Registration) -> bool:
    """Whether somebody of the same unit, or of any where units have no share, waits already."""
    statement = select(Registration.id).where(
        Registration.course_id == course.id,
        Registration.status == RegistrationStatus.WAITING,
        Registration.id != registration.id,
    )
    if course.unit_quota is not None:
        statement = statement.where(Registration.unit_id == registration.unit_id)
    return await session.scalar(statement.limit(1)) is not None
