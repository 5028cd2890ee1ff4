"""What human resources do with courses: write, change, copy, open, close, cancel; those concerned are told."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.services.training import browsing, calendar, effects, forms, nearness, seats
from bot.services.training.desk import Doing, tell
from bot.services.training.forms import CourseForm
from bot.services.training.quiz import results
from bot.services.training.quiz.results import Outcome
from models.errors import Refusal
from models.training.course import Course, CourseSession, CourseStatus
from models.training.effect import Effect
from models.training.registration import Attendance, Registration, RegistrationStatus

PAGE = 6
CODE_WORDS = 24


@dataclass(frozen=True, slots=True)
class Arranged:
    """A course as human resources see it: its meetings, how many registrations stand where, and what became of it."""

    course: Course
    sessions: Sequence[CourseSession]
    counts: dict[RegistrationStatus, int]
    effects: dict[Effect | None, int]
    quiz: Outcome

    @property
    def held(self) -> int:
        """How many seats are given or offered."""
        return sum(self.counts.get(status, 0) for status in seats.HOLDING)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of all courses with the seats given of each, the newest first."""

    lines: Sequence[tuple[Course, int]]
    page: int
    pages: int


async def shelf(by: Doing, number: int) -> Shelf:
    """All courses: two queries."""
    total = await by.session.scalar(select(func.count()).select_from(Course)) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(number, 0), pages - 1)
    held = (
        select(func.count())
        .where(Registration.course_id == Course.id, Registration.status.in_(seats.HOLDING))
        .scalar_subquery()
    )
    statement = select(Course, held).order_by(Course.id.desc()).limit(PAGE).offset(PAGE * page)
    return Shelf([(course, count) for course, count in await by.session.execute(statement)], page, pages)


async def look(by: Doing, course_id: int) -> Arranged:
    """One course; refused with `no_such_course`."""
    course = await by.session.get(Course, course_id, populate_existing=True)
    if course is None:
        raise Refusal("no_such_course")
    statement = (
        select(Registration.status, func.count())
        .where(Registration.course_id == course_id)
        .group_by(Registration.status)
    )
    counts = {status: count for status, count in await by.session.execute(statement)}
    sessions, shares = await browsing.sessions(by, course_id), await effects.shares(by, course_id)
    return Arranged(course, sessions, counts, shares, await results.outcome(by, course_id))


async def add(by: Doing, hr_id: int, form: CourseForm, *, demo: bool = False) -> Course:
    """A new course, not yet open."""
    form = form.clean()
    forms.require_valid(form)
    course = Course(
        code=form.code or await _code(by, form.title), created_by_id=hr_id, created_at=by.now, demo=demo, **_facts(form)
    )
    by.session.add(course)
    await by.session.flush()
    for one in form.sessions:
        by.session.add(_session(course.id, one))
    await by.session.flush()
    return course


async def change(by: Doing, course_id: int, form: CourseForm) -> Course:
    """Another content. Whoever has a seat is told of another time or place; more seats go to those who wait.

    Refused with `course_not_now` once it is over, and `course_has_seats` when fewer seats would be left than given.
    """
    course = await seats.hold(by.session, course_id)
    form = form.clean()
    forms.require_valid(form)
    if course.status in (CourseStatus.DONE, CourseStatus.CANCELLED):
        raise Refusal("course_not_now")
    found = await look(by, course_id)
    if form.quota < found.held:
        raise Refusal("course_has_seats", seats=found.held)
    place_before = (course.place, course.link)
    rooms = {one.id: nearness.place_of(one, course) for one in found.sessions}
    points = nearness.known_points(course, found.sessions)
    for name, value in _facts(form).items():
        setattr(course, name, value)
    moved = await _arrange_sessions(by, course, found.sessions, form)
    await by.session.flush()
    await nearness.follow(by, course, rooms, points)
    if course.status is not CourseStatus.DRAFT and (moved or place_before != (course.place, course.link)):
        await _tell_changed(by, course)
    if course.status is CourseStatus.OPEN:
        await seats.pass_on(by, course)
    return course


def _facts(form: CourseForm) -> dict[str, object]:
    names = (
        *("title", "description", "kind", "path", "form", "hours", "place", "link", "quota", "unit_quota"),
        *("selection", "needs_approval", "closes_at"),
    )
    return {
        **{name: getattr(form, name) for name in names},
        "audience": form.audience.stored(),
        "topics": list(form.topics),
        "files": [list(one) for one in form.files],
    }


def _session(course_id: int, one: forms.Meeting) -> CourseSession:
    return CourseSession(
        course_id=course_id,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        place=one.place,
        secret=secrets.token_hex(24),
    )


async def _arrange_sessions(by: Doing, course: Course, present: Sequence[CourseSession], form: CourseForm) -> bool:
    """Meetings as they are written now; one at which somebody was present stays. Whether anything is another."""
    wanted = {one.starts_at: one for one in form.sessions}
    attended = set(
        await by.session.scalars(
            select(Attendance.session_id).where(Attendance.session_id.in_([one.id for one in present])).distinct()
        )
    )
    moved = False
    for session in present:
        one = wanted.pop(session.starts_at, None)
        if one is None:
            if session.id in attended:
                raise Refusal("session_was_attended")
            await by.session.delete(session)
            moved = True
        elif (session.ends_at, session.place) != (one.ends_at, one.place):
            session.ends_at, session.place = one.ends_at, one.place
            moved = True
    await by.session.flush()
    by.session.add_all(_session(course.id, one) for one in wanted.values())
    return moved or bool(wanted)


async def move(by: Doing, course_id: int, following: CourseStatus) -> Course:
    """Open, close, end or cancel it. A second press changes nothing.

    Refused with `course_not_now`, and on opening with `course_without_sessions` and `deadline_is_over`.
    """
    course = await seats.hold(by.session, course_id)
    if course.status is following:
        return course
    if following is CourseStatus.OPEN:
        if not await browsing.sessions(by, course_id):
            raise Refusal("course_without_sessions")
        if course.closes_at <= by.now:
            raise Refusal("deadline_is_over")
    before = course.status
    course.move(following)
    await by.session.flush()
    if following is CourseStatus.CANCELLED and before is not CourseStatus.DRAFT:
        await _tell(by, course, browsing.ALIVE, "course_cancelled")
    if following is CourseStatus.DONE:
        await _not_selected(by, course)
    return course


async def end_selection(by: Doing, course_id: int) -> int:
    """Whoever was not given a seat and does not wait for one is told so; how many."""
    course = await seats.hold(by.session, course_id)
    return await _not_selected(by, course, (RegistrationStatus.APPROVED,))


async def _not_selected(
    by: Doing,
    course: Course,
    statuses: Sequence[RegistrationStatus] = (
        RegistrationStatus.INTERESTED,
        RegistrationStatus.APPROVED,
        RegistrationStatus.WAITING,
    ),
) -> int:
    statement = select(Registration).where(Registration.course_id == course.id, Registration.status.in_(statuses))
    rows = (await by.session.scalars(statement.order_by(Registration.id))).all()
    for row in rows:
        row.move(RegistrationStatus.NOT_SELECTED, by.now, actor_id=by.actor_id)
        await tell(
            by,
            [row.employee_id],
            "registration_not_selected",
            f"{row.id}:{by.now.isoformat()}",
            course_id=course.id,
            title=course.title,
        )
    await by.session.flush()
    return len(rows)


async def _tell_changed(by: Doing, course: Course) -> None:
    told = calendar.told(by, course, await browsing.sessions(by, course.id))
    await _tell(by, course, (RegistrationStatus.SEATED, RegistrationStatus.OFFERED), "course_changed", calendar=told)


async def _tell(by: Doing, course: Course, statuses: Sequence[RegistrationStatus], kind: str, **values: object) -> None:
    statement = select(Registration.employee_id).where(
        Registration.course_id == course.id, Registration.status.in_(statuses)
    )
    people = list(await by.session.scalars(statement))
    key = f"{course.id}:{by.now.isoformat()}"
    await tell(by, people, kind, key, course_id=course.id, title=course.title, **values)


async def _code(by: Doing, title: str) -> str:
    """A code that nobody has: the year and the first words of the title."""
    words = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:CODE_WORDS].strip("-")
    base = f"{by.today.year}-{words or 'pelatihan'}"
    taken = set(await by.session.scalars(select(Course.code).where(Course.code.startswith(base, autoescape=True))))
    number = 1
    while (code := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return code
