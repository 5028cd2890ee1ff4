"""Participants are invited to the quizzes: hours before the first meeting, and when the last one has ended.

Who was invited is the sitting itself, so that nobody is invited twice; who gets a seat later is invited then. As with
reminders nobody is written to at night, and working hours do not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from bot.services import notices, outbox
from bot.services.performance.evaluation.telling import accounts
from bot.services.training.desk import Doing
from bot.services.training.quiz import times
from bot.services.training.reminding import reminder_hour
from models.outbox import Promise
from models.rules.training.reminders import EVENING
from models.training.course import Course, CourseSession
from models.training.quiz import Phase, QuizQuestion, QuizSitting
from models.training.registration import Attendance, Registration, RegistrationStatus

KIND = "quiz_open"


async def invite_due(by: Doing) -> int:
    """Invite whoever may answer now and was not invited yet; how many. A fixed number of queries."""
    local = by.now.astimezone(by.city.calendar.zone)
    if not reminder_hour(by.city.fact("training.reminder_hour")) <= local.time() < EVENING:
        return 0
    courses: dict[Phase, dict[int, Any]] = {phase: {} for phase in Phase}
    for one in await _courses(by):
        phase = times.open_phase(by.city, one.status, one.first, one.last, by.now)
        if phase is not None:
            courses[phase][one.id] = one
    return sum([await _invite(by, phase, found) for phase, found in courses.items() if found])


async def _courses(by: Doing) -> Sequence[Any]:
    """Courses with questions that are not long over."""
    first, last = func.min(CourseSession.starts_at).label("first"), func.max(CourseSession.ends_at).label("last")
    window = times.window(by.city, Phase.AFTER, by.now, by.now)
    statement = (
        select(Course.id, Course.title, Course.status, first, last)
        .join(CourseSession, CourseSession.course_id == Course.id)
        .where(
            Course.status.in_(times.STATES[Phase.AFTER]),
            select(QuizQuestion.id).where(QuizQuestion.course_id == Course.id).exists(),
        )
        .group_by(Course.id, Course.title, Course.status)
        .having(last > by.now - (window.closes - window.opens))
        .order_by(Course.id)
    )
    return (await by.session.execute(statement)).all()


async def _invite(by: Doing, phase: Phase, courses: dict[int, Any]) -> int:
    known = select(QuizSitting.id).where(QuizSitting.registration_id == Registration.id, QuizSitting.phase == phase)
    statement = select(Registration).where(
        Registration.course_id.in_(courses), Registration.status == RegistrationStatus.SEATED, ~known.exists()
    )
    if phase is Phase.AFTER:
        statement = statement.where(select(Attendance.id).where(Attendance.registration_id == Registration.id).exists())
    rows = (await by.session.scalars(statement.order_by(Registration.id))).all()
    people = await accounts(by.session, [row.employee_id for row in rows], by.today)
    told = [row for row in rows if row.employee_id in people]
    if not told:
        return 0
    by.session.add_all(
        QuizSitting(registration_id=row.id, phase=phase, invited_at=by.now, demo=row.demo) for row in told
    )
    await by.session.flush()
    waiting = [_notice(by, phase, row.id, people[row.employee_id], courses[row.course_id]) for row in told]
    await outbox.put_many(by.session, waiting, by.now)
    return len(told)


def _notice(by: Doing, phase: Phase, registration_id: int, person_id: int, course: Any) -> dict[str, Any]:
    closes: datetime = times.window(by.city, phase, course.first, course.last).closes
    values = {"course_id": course.id, "title": course.title, "phase": phase.value, "closes": closes.isoformat()}
    key = f"{KIND}:{phase.value}:{registration_id}"
    return notices.row(key, person_id, KIND, values, by.now, Promise.AT_MOST_ONCE)
