"""What the clock does for courses: offers end, registration closes, participants are reminded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from sqlalchemy import func, select

from bot.services import duties, outbox
from bot.services.performance.evaluation.telling import accounts
from bot.services.training import calendar, registering, seats
from bot.services.training.desk import Doing, tell_hr
from models.outbox import Promise
from models.rules.training.reminders import DAYS, Stage, horizon, stage_due
from models.training.course import Course, CourseSession, CourseStatus
from models.training.registration import Registration, RegistrationStatus

#: When a reminder arrives where the city's data says nothing; working hours do not matter here.
HOUR = time(7)
DUTY = "course reminder"
ON = (CourseStatus.OPEN, CourseStatus.CLOSED)


async def end_offers(by: Doing) -> int:
    """Offers that nobody took go on; how many."""
    return sum(
        [await registering.end_offers(by, course) for course in await registering.courses_with_lapsed_offers(by)]
    )


async def close_registrations(by: Doing) -> int:
    """Courses whose time to register is over; how many. Human resources are told."""
    statement = select(Course.id).where(Course.status == CourseStatus.OPEN, Course.closes_at <= by.now)
    closed = 0
    for course_id in sorted(await by.session.scalars(statement)):
        course = await seats.hold(by.session, course_id)
        if course.status is not CourseStatus.OPEN or course.closes_at > by.now:
            continue
        course.move(CourseStatus.CLOSED)
        await by.session.flush()
        closed += 1
        held = select(func.count()).where(
            Registration.course_id == course_id, Registration.status == RegistrationStatus.SEATED
        )
        seated = await by.session.scalar(held) or 0
        key = f"{course_id}:{course.closes_at.isoformat()}"
        await tell_hr(by, "registrations_closed", key, course_id=course_id, title=course.title, seated=seated)
    return closed


async def remind(by: Doing) -> int:
    """Everybody with a seat at a meeting that is near, each stage once; how many reminders were put."""
    hour = reminder_hour(by.city.fact("training.reminder_hour"))
    local = by.now.astimezone(by.city.calendar.zone)
    put = 0
    for course, session in await _near(by):
        stage = stage_due(session.starts_at.astimezone(local.tzinfo), local, hour)
        if stage is not None and await duties.claim(by.session, DUTY, f"{session.id}:{stage.value}", by.now):
            put += await _remind(by, course, session, stage)
    return put


def reminder_hour(written: str) -> time:
    """`07.30` as a time; the usual hour for anything else."""
    hour, _, minute = written.strip().partition(".")
    if not hour.isdigit() or not (minute or "0").isdigit() or int(hour) > 23 or int(minute or 0) > 59:
        return HOUR
    return time(int(hour), int(minute or 0))


async def _near(by: Doing) -> Sequence[tuple[Course, CourseSession]]:
    statement = (
        select(Course, CourseSession)
        .join(CourseSession, CourseSession.course_id == Course.id)
        .where(Course.status.in_(ON), CourseSession.starts_at > by.now, CourseSession.starts_at < horizon(by.now))
        .order_by(CourseSession.starts_at, CourseSession.id)
    )
    return [(course, session) for course, session in await by.session.execute(statement)]


async def _remind(by: Doing, course: Course, session: CourseSession, stage: Stage) -> int:
    statement = select(Registration.employee_id).where(
        Registration.course_id == course.id, Registration.status == RegistrationStatus.SEATED
    )
    people = await accounts(by.session, list(await by.session.scalars(statement)), by.today)
    for person_id in people.values():
        await outbox.put(
            by.session,
            key=f"session_reminder:{session.id}:{stage.value}:{person_id}",
            person_id=person_id,
            kind="session_reminder",
            now=by.now,
            promise=Promise.AT_MOST_ONCE,
            values={
                "course_id": course.id,
                "title": course.title,
                "days": DAYS[stage],
                "starts_at": session.starts_at.isoformat(),
                "place": session.place or course.place,
                "link": course.link or "",
                "calendar": calendar.told(by, course, [session]),
            },
        )
    return len(people)
