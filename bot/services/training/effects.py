"""Some months after a course its participants' superiors are asked once whether what was learnt is used at work.

How many months is the city's data (`training.effect_months`). Whoever leads the participant on the day of the answer
may give it, also by acting; it stands as it was given, and may be followed by one sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from bot.services import notices, outbox
from bot.services.notices import sending_moment
from bot.services.people import valid_on
from bot.services.performance import chain
from bot.services.performance.evaluation.telling import accounts
from bot.services.training.desk import Doing
from models.employee import Employee
from models.errors import Refusal
from models.outbox import Promise
from models.rules.dates import months_after
from models.rules.redaction import mask_numbers
from models.training.course import Course, CourseSession, CourseStatus
from models.training.effect import Effect, EffectCheck
from models.training.registration import Attendance, Registration, RegistrationStatus

ASKED = "effect_asked"
#: Where the city's data says nothing.
MONTHS = "3"
#: So long after the day nobody is asked any more: what a city that begins late did is left alone.
GRACE = timedelta(days=30)
LONGEST = 500
PAGE = 10
OVER = (CourseStatus.CLOSED, CourseStatus.DONE)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: about whom, which course, and when that ended."""

    row: EffectCheck
    employee_id: int
    name: str
    course: Course
    ended_on: date


async def ask_due(by: Doing) -> int:
    """Ask about everybody who was at a course that ended so many months ago; how many. A fixed number of queries."""
    present = select(Attendance.id).where(Attendance.registration_id == Registration.id).exists()
    known = select(EffectCheck.id).where(EffectCheck.registration_id == Registration.id).exists()
    statement = (
        select(Registration, Course.title, Employee.name)
        .join(Course, Course.id == Registration.course_id)
        .join(Employee, Employee.id == Registration.employee_id)
        .where(
            Registration.course_id.in_(await _due_courses(by)),
            Registration.status == RegistrationStatus.SEATED,
            valid_on(Employee, by.today),
            present,
            ~known,
        )
        .order_by(Registration.id)
    )
    found = [(row, title, name) for row, title, name in await by.session.execute(statement)]
    if not found:
        return 0
    leaders = await _leaders(by, [row.employee_id for row, _, _ in found])
    people = await accounts(by.session, sorted({one for led in leaders.values() for one in led}), by.today)
    asked = [(row, title, name) for row, title, name in found if leaders.get(row.employee_id)]
    checks = [EffectCheck(registration_id=row.id, asked_at=by.now, demo=row.demo) for row, _, _ in asked]
    by.session.add_all(checks)
    await by.session.flush()
    notices = [
        _notice(by, check, people[leader], {"check": check.id, "name": name, "title": title})
        for check, (row, title, name) in zip(checks, asked, strict=True)
        for leader in sorted(leaders[row.employee_id])
        if leader in people
    ]
    await outbox.put_many(by.session, notices, by.now)
    return len(checks)


async def _due_courses(by: Doing) -> Sequence[int]:
    """Courses that are over and whose day has come, not longer ago than GRACE."""
    months = int(by.city.fact("training.effect_months", MONTHS))
    last = func.max(CourseSession.ends_at)
    statement = (
        select(CourseSession.course_id, last)
        .join(Course, Course.id == CourseSession.course_id)
        .where(Course.status.in_(OVER))
        .group_by(CourseSession.course_id)
        .having(last <= by.now - timedelta(days=28 * months), last > by.now - timedelta(days=31 * months + 40))
    )
    days = {one: months_after(by.city.today(ended), months) for one, ended in await by.session.execute(statement)}
    return sorted(one for one, day in days.items() if day <= by.today <= day + GRACE)


async def _leaders(by: Doing, employee_ids: Sequence[int]) -> Mapping[int, set[int]]:
    """The superior of each today, and who acts for this one; nobody is asked about oneself."""
    superiors = await chain.superiors(by.session, employee_ids, by.today)
    acting = await chain.deputies(by.session, sorted({one for one in superiors.values() if one}), by.today)
    return {
        employee: {superior, *acting.get(superior, ())} - {employee}
        for employee, superior in superiors.items()
        if superior is not None
    }


def _notice(by: Doing, check: EffectCheck, person_id: int, values: dict[str, Any]) -> dict[str, Any]:
    key = f"{ASKED}:{check.registration_id}:{person_id}"
    return notices.row(key, person_id, ASKED, values, sending_moment(by.city, by.now), Promise.AT_LEAST_ONCE)


async def waiting(by: Doing, superior_id: int) -> Sequence[Asked]:
    """Questions about the own people that are not answered, the oldest first."""
    people = [one.id for one in await chain.subordinates(by.session, superior_id, by.today)]
    return await _asked(by, Registration.employee_id.in_(people), EffectCheck.effect.is_(None)) if people else []


async def question(by: Doing, superior_id: int | None, check_id: int) -> Asked:
    """One of them, also answered; refused with `no_such_effect` and `not_your_subordinate`."""
    found = await _asked(by, EffectCheck.id == check_id)
    if not found:
        raise Refusal("no_such_effect")
    await chain.require_superior(by.session, superior_id, found[0].employee_id, by.today)
    return found[0]


async def answer(by: Doing, superior_id: int | None, check_id: int, effect: Effect) -> Asked:
    """The answer, once: another one is refused with `effect_answered`, the same again changes nothing."""
    found = await question(by, superior_id, check_id)
    row = await by.session.get_one(EffectCheck, check_id, with_for_update=True, populate_existing=True)
    if superior_id is not None and row.effect is not effect:
        row.answer(effect, superior_id, by.now)
        await by.session.flush()
    return found


async def note(by: Doing, superior_id: int | None, check_id: int, said: str) -> Asked:
    """One sentence of whoever answered; refused with `effect_noted` for anybody else, or the second time."""
    found = await question(by, superior_id, check_id)
    words = mask_numbers(" ".join(said.split()))[0]
    require_notable(found, superior_id)
    if not words or len(words) > LONGEST:
        raise Refusal("text_too_long" if words else "words_missing", most=LONGEST)
    found.row.note = words
    await by.session.flush()
    return found


def require_notable(found: Asked, superior_id: int | None) -> None:
    """Refuse with `effect_noted` unless this superior answered and has not written yet."""
    if found.row.effect is None or found.row.superior_id != superior_id or found.row.note is not None:
        raise Refusal("effect_noted")


async def shares(by: Doing, course_id: int) -> dict[Effect | None, int]:
    """How many answers of each kind a course has (None: not answered): one query."""
    statement = (
        select(EffectCheck.effect, func.count())
        .join(Registration, Registration.id == EffectCheck.registration_id)
        .where(Registration.course_id == course_id)
        .group_by(EffectCheck.effect)
    )
    return {effect: count for effect, count in await by.session.execute(statement)}


@dataclass(frozen=True, slots=True)
class Answers:
    """A page of what superiors said of one course, of `pages`."""

    course: Course
    lines: Sequence[Asked]
    page: int
    pages: int


async def answers(by: Doing, course_id: int, number: int) -> Answers:
    """What superiors said, by name: three queries. Refused with `no_such_course`."""
    course = await by.session.get(Course, course_id)
    if course is None:
        raise Refusal("no_such_course")
    found = await shares(by, course_id)
    pages = max(1, -(-sum(count for effect, count in found.items() if effect is not None) // PAGE))
    page = min(max(number, 0), pages - 1)
    which = Registration.course_id == course_id, EffectCheck.effect.is_not(None)
    return Answers(course, await _asked(by, *which, page=page), page, pages)


async def _asked(by: Doing, *which: Any, page: int | None = None) -> Sequence[Asked]:
    last = (
        select(func.max(CourseSession.ends_at)).where(CourseSession.course_id == Course.id).correlate(Course)
    ).scalar_subquery()
    statement = (
        select(EffectCheck, Registration.employee_id, Employee.name, Course, last)
        .join(Registration, Registration.id == EffectCheck.registration_id)
        .join(Employee, Employee.id == Registration.employee_id)
        .join(Course, Course.id == Registration.course_id)
        .where(*which)
        .order_by(EffectCheck.id if page is None else Employee.name, EffectCheck.id)
        .execution_options(populate_existing=True)
    )
    if page is not None:
        statement = statement.limit(PAGE).offset(PAGE * page)
    found = await by.session.execute(statement)
    return [Asked(row, who, name, course, by.city.today(ended)) for row, who, name, course, ended in found]
