"""Which courses answer a need: those with a topic of the city's data, meant for people of the unit, with seats left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from bot.reports.training import needs
from bot.reports.training.needs import ANY, Found
from bot.services.broadcasts import audiences
from bot.services.performance.indicators import Looking
from bot.services.satisfaction.reach import family
from bot.services.training.seats import HOLDING
from models.employee import Employee
from models.errors import Refusal
from models.improvement import Improvement
from models.rules.audience import Audience
from models.rules.improvements import UNFINISHED
from models.training.course import Course, CourseKind, CourseSession, CourseStatus
from models.training.need import NeedTopic
from models.training.registration import Registration

#: So many courses are offered for a need, of so many that are looked at.
MOST, LOOKED_AT = 4, 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a course has to be about, and of which kind (None: any)."""

    topics: tuple[str, ...] = ()
    kind: CourseKind | None = None

    def matches(self, course: Course) -> int:
        """How many of the topics the course has; 0 for one of another kind."""
        if self.kind is not None and course.kind is not self.kind:
            return 0
        return len({topic.casefold() for topic in course.topics} & set(self.topics))


@dataclass(frozen=True, slots=True)
class Fitting:
    """A course that answers a need: when it begins, and how many seats the unit could have."""

    course: Course
    starts_at: datetime | None
    left: int


@dataclass(frozen=True, slots=True)
class Owned:
    """An improvement that is at work on the same weak spot, and whose it is."""

    row: Improvement
    owner: str


async def wanted(by: Looking, found: Found) -> Wanted:
    """What the city's data says of a need: by what it is, else by its kind."""
    rows = {row.what: row for row in await needs.topics(by.session) if row.need is found.need.kind}
    row = next((rows[name] for name in _names(found) if name in rows), None)
    return Wanted() if row is None else _read(row)


def _names(found: Found) -> tuple[str, ...]:
    """What the city's data may call it, the nearest first."""
    if found.indicator is not None:
        return (found.indicator.code, found.indicator.source.value, ANY)
    return (found.need.what, ANY)


def _read(row: NeedTopic) -> Wanted:
    return Wanted(tuple(topic.casefold() for topic in row.topics), row.course_kind)


async def fitting(by: Looking, found: Found, *, planned: bool) -> list[Fitting]:
    """The courses for a need, the nearest topics first; drafts only where `planned` ones are asked for.

    Four queries, however many courses there are.
    """
    asked = await wanted(by, found)
    statuses = (CourseStatus.OPEN, CourseStatus.DRAFT) if planned else (CourseStatus.OPEN,)
    first = select(func.min(CourseSession.starts_at)).where(CourseSession.course_id == Course.id).scalar_subquery()
    statement = (
        select(Course, first)
        .where(Course.status.in_(statuses), Course.closes_at > by.now)
        .order_by(Course.closes_at, Course.id)
        .limit(LOOKED_AT)
    )
    rows = [(course, starts) for course, starts in await by.session.execute(statement) if asked.matches(course)]
    meant = await _meant(by, [course for course, _starts in rows], found.unit.id)
    left = await _left(by, [course for course, _starts in rows if course.id in meant], found.unit.id)
    able = [Fitting(course, starts, left[course.id]) for course, starts in rows if left.get(course.id, 0) > 0]
    return sorted(able, key=lambda one: -asked.matches(one.course))[:MOST]


async def require_fitting(by: Looking, found: Found, course_id: int, *, planned: bool) -> Fitting:
    """One of them; refused with `need_course_gone` when the course answers the need no more."""
    courses = await fitting(by, found, planned=planned)
    course = next((one for one in courses if one.course.id == course_id), None)
    if course is None:
        raise Refusal("need_course_gone")
    return course


async def _meant(by: Looking, courses: Sequence[Course], unit_id: int) -> set[int]:
    """Those that are meant for anybody of the unit: one query for all filters."""
    if not courses:
        return set()
    here = Employee.unit_id.in_(family(by.city, unit_id))
    asked = []
    for course in courses:
        people = audiences.employees(by.city, Audience.read(course.audience), 0, by.today)
        asked.append(case((people.where(here).exists(), 1), else_=0).label(f"c{course.id}"))
    row = (await by.session.execute(select(*asked))).one()
    return {course.id for course, is_meant in zip(courses, row, strict=True) if is_meant}


async def _left(by: Looking, courses: Sequence[Course], unit_id: int) -> dict[int, int]:
    """How many seats of each the unit could still have."""
    units = family(by.city, unit_id)
    own = func.sum(case((Registration.unit_id.in_(units), 1), else_=0))
    statement = (
        select(Registration.course_id, func.count(), own)
        .where(Registration.course_id.in_([one.id for one in courses]), Registration.status.in_(HOLDING))
        .group_by(Registration.course_id)
    )
    held = {course_id: (count, int(mine)) for course_id, count, mine in await by.session.execute(statement)}
    found = {}
    for course in courses:
        count, mine = held.get(course.id, (0, 0))
        share = course.quota - count
        found[course.id] = share if course.unit_quota is None else min(share, course.unit_quota - mine)
    return found


async def at_work(by: Looking, unit_id: int) -> Mapping[str, Owned]:
    """The unit's unfinished improvements by the weak spot they answer (U7, or a class of reports): one query."""
    statement = (
        select(Improvement, Employee.name)
        .join(Employee, Employee.id == Improvement.owner_id)
        .where(Improvement.unit_id.in_(family(by.city, unit_id)), Improvement.status.in_(UNFINISHED))
        .order_by(Improvement.due_on.desc(), Improvement.id.desc())
    )
    found: dict[str, Owned] = {}
    for row, owner in await by.session.execute(statement):
        if row.element is not None:
            found[row.element.code] = Owned(row, owner)
        if row.report_class is not None:
            found[row.report_class.value] = Owned(row, owner)
    return found
