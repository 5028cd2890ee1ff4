"""From interest in a course to a seat: the superior approves, seats are given, the waiting list moves up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from bot.services.broadcasts import audiences
from bot.services.performance import chain
from bot.services.training import seats
from bot.services.training.desk import Doing, tell
from models.employee import Employee
from models.errors import Refusal
from models.rules.audience import Audience
from models.rules.performance.hands import superiors_of
from models.training.course import Course, CourseStatus, Selection
from models.training.registration import Registration, RegistrationStatus

#: From these somebody may ask again.
GONE = (RegistrationStatus.CANCELLED, RegistrationStatus.REFUSED)
#: These can be given a seat by human resources.
SELECTABLE = (RegistrationStatus.APPROVED, RegistrationStatus.WAITING, RegistrationStatus.INTERESTED)


async def register(by: Doing, course_id: int, employee: Employee) -> Registration:
    """Show interest; a second press finds the first. Refused with `course_closed` and `course_not_for_you`."""
    course = await seats.hold(by.session, course_id)
    row = await own(by, course_id, employee.id)
    if row is not None and row.status not in GONE:
        return row
    require_open(course, by.now)
    await _require_meant(by, course, employee)
    if row is None:
        row = Registration(
            course_id=course.id, employee_id=employee.id, unit_id=employee.unit_id, queued_at=by.now, demo=course.demo
        )
        by.session.add(row)
    else:
        row.move(RegistrationStatus.INTERESTED, by.now, actor_id=by.actor_id)
        row.queued_at, row.unit_id = by.now, employee.unit_id
    await by.session.flush()
    superiors = superiors_of(employee.id, await chain.line(by.session, employee.id, by.today))
    if course.needs_approval and superiors:
        await tell(
            by,
            superiors,
            "registration_asked",
            f"{row.id}:{by.now.isoformat()}",
            registration_id=row.id,
            name=employee.name,
            title=course.title,
        )
    else:
        await _approved(by, course, row)
    return row


async def approve(by: Doing, registration_id: int, superior_id: int | None) -> Registration:
    """The superior of today says yes; refused with `not_your_subordinate` and `registration_not_now`."""
    course, row = await _held(by, registration_id)
    await chain.require_superior(by.session, superior_id, row.employee_id, by.today)
    _require_state(row, RegistrationStatus.INTERESTED)
    require_open(course, by.now)
    row.superior_id = superior_id
    row.move(RegistrationStatus.APPROVED, by.now, actor_id=by.actor_id)
    await _approved(by, course, row)
    return row


async def refuse(by: Doing, registration_id: int, superior_id: int | None, reason: str) -> Registration:
    """The superior says no, and why; refused with `reason_missing` as well."""
    course, row = await _held(by, registration_id)
    await chain.require_superior(by.session, superior_id, row.employee_id, by.today)
    if not reason.strip():
        raise Refusal("reason_missing")
    _require_state(row, RegistrationStatus.INTERESTED)
    row.superior_id, row.reason = superior_id, reason.strip()
    row.move(RegistrationStatus.REFUSED, by.now, actor_id=by.actor_id, text=row.reason)
    await by.session.flush()
    await _tell_owner(by, course, row, "registration_refused", reason=row.reason)
    return row


async def cancel(by: Doing, registration_id: int, employee_id: int | None) -> Registration:
    """The participant gives it up, also an offer; the first on the waiting list moves up. Only one's own."""
    course, row = await _held(by, registration_id)
    if employee_id is None or row.employee_id != employee_id:
        raise Refusal("not_your_record")
    if row.status is RegistrationStatus.CANCELLED:
        return row
    row.move(RegistrationStatus.CANCELLED, by.now, actor_id=by.actor_id)
    await by.session.flush()
    await _tell_owner(by, course, row, "registration_cancelled")
    await seats.pass_on(by, course)
    return row


async def accept(by: Doing, registration_id: int, employee_id: int | None) -> Registration:
    """Take an offered seat; refused with `offer_is_over` when it went on."""
    _course, row = await _held(by, registration_id)
    if employee_id is None or row.employee_id != employee_id:
        raise Refusal("not_your_record")
    if row.status is RegistrationStatus.SEATED:
        return row
    if row.status is not RegistrationStatus.OFFERED or row.offered_until is None or row.offered_until <= by.now:
        raise Refusal("offer_is_over")
    numbers = (row.seat or 0, row.unit_seat or 0)
    await seats.seat(by, row, numbers)
    return row


async def select_for(by: Doing, course_id: int, registration_ids: Sequence[int]) -> list[Registration]:
    """Human resources give these a seat, in this order, as far as there are any; who got one."""
    course = await seats.hold(by.session, course_id)
    statement = select(Registration).where(
        Registration.course_id == course_id,
        Registration.id.in_(registration_ids),
        Registration.status.in_(SELECTABLE),
    )
    found = {row.id: row for row in await by.session.scalars(statement)}
    seated: list[Registration] = []
    for number in registration_ids:
        row = found.get(number)
        numbers = await seats.free_for(by, course, row) if row is not None else None
        if row is None or numbers is None:
            continue
        await seats.seat(by, row, numbers)
        await _tell_owner(by, course, row, "registration_seated")
        seated.append(row)
    return seated


async def end_offers(by: Doing, course_id: int) -> int:
    """Offers whose time is over go back to the end of the list, and on to the next; how many."""
    course = await seats.hold(by.session, course_id)
    statement = (
        select(Registration)
        .where(
            Registration.course_id == course_id,
            Registration.status == RegistrationStatus.OFFERED,
            Registration.offered_until <= by.now,
        )
        .order_by(Registration.offered_until, Registration.id)
    )
    lapsed = list(await by.session.scalars(statement))
    for row in lapsed:
        row.move(RegistrationStatus.WAITING, by.now)
        row.queued_at = by.now
        await by.session.flush()
        await _tell_owner(by, course, row, "offer_lapsed")
    if lapsed:
        await seats.pass_on(by, course)
    return len(lapsed)


async def courses_with_lapsed_offers(by: Doing) -> Sequence[int]:
    """Courses of which an offer's time is over."""
    statement = select(Registration.course_id).where(
        Registration.status == RegistrationStatus.OFFERED, Registration.offered_until <= by.now
    )
    return sorted(set(await by.session.scalars(statement)))


async def own(by: Doing, course_id: int, employee_id: int) -> Registration | None:
    """The employee's registration for the course."""
    statement = select(Registration).where(Registration.course_id == course_id, Registration.employee_id == employee_id)
    return await by.session.scalar(statement.execution_options(populate_existing=True))


def require_open(course: Course, now: datetime) -> None:
    """Refuse with `course_closed` unless the course takes registrations now."""
    if course.status is not CourseStatus.OPEN or course.closes_at <= now:
        raise Refusal("course_closed")


async def _require_meant(by: Doing, course: Course, employee: Employee) -> None:
    audience = Audience.read(course.audience)
    meant = audiences.employees(by.city, audience, 0, by.today).where(Employee.id == employee.id)
    if await by.session.scalar(meant) is None:
        raise Refusal("course_not_for_you")


async def _approved(by: Doing, course: Course, row: Registration) -> None:
    """First come, first served gets a seat now; where human resources select, it stays approved."""
    if course.selection is Selection.SELECTED:
        if row.status is RegistrationStatus.INTERESTED:
            row.move(RegistrationStatus.APPROVED, by.now, actor_id=by.actor_id)
        await by.session.flush()
        await _tell_owner(by, course, row, "registration_approved")
        return
    seated = await seats.place(by, course, row)
    await _tell_owner(by, course, row, "registration_seated" if seated else "registration_waiting")


async def _held(by: Doing, registration_id: int) -> tuple[Course, Registration]:
    """The course, held, and the registration as it is then; refused with `no_such_registration`."""
    course_id = await by.session.scalar(select(Registration.course_id).where(Registration.id == registration_id))
    if course_id is None:
        raise Refusal("no_such_registration")
    course = await seats.hold(by.session, course_id)
    statement = select(Registration).where(Registration.id == registration_id)
    row = (await by.session.scalars(statement.execution_options(populate_existing=True))).one()
    return course, row


def _require_state(row: Registration, status: RegistrationStatus) -> None:
    if row.status is not status:
        raise Refusal("registration_not_now")


async def _tell_owner(by: Doing, course: Course, row: Registration, kind: str, **values: str) -> None:
    key = f"{row.id}:{by.now.isoformat()}"
    await tell(
        by, [row.employee_id], kind, key, registration_id=row.id, course_id=course.id, title=course.title, **values
    )
