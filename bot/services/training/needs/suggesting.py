"""A superior suggests a course to some of the own people: one notice each, with a button to register."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from bot.services.broadcasts import audiences
from bot.services.performance import chain
from bot.services.performance.evaluation.telling import accounts
from bot.services.training import registering
from bot.services.training.browsing import ALIVE
from bot.services.training.desk import Doing, tell
from models.employee import Employee
from models.errors import Refusal
from models.outbox import OutboxMessage
from models.rules.audience import Audience
from models.training.course import Course
from models.training.registration import Registration

KIND = "training_suggested"


class Candidate(NamedTuple):
    """One of the own people for whom the course is meant, and why this one need not be told (again)."""

    id: int
    name: str
    registered: bool
    told: bool
    reachable: bool

    @property
    def able(self) -> bool:
        """Whether a notice would say something new."""
        return self.reachable and not (self.registered or self.told)


async def candidates(by: Doing, leader_id: int, course_id: int) -> Sequence[Candidate]:
    """The own people of today, also by acting, for whom the course is meant: by name, a fixed number of queries."""
    course = await by.session.get(Course, course_id)
    if course is None:
        return []
    people = await chain.subordinates(by.session, leader_id, by.today)
    ids = [one.id for one in people]
    meant = audiences.employees(by.city, Audience.read(course.audience), 0, by.today).where(Employee.id.in_(ids))
    able = set(await by.session.scalars(meant))
    own = select(Registration.employee_id).where(
        Registration.course_id == course.id, Registration.employee_id.in_(ids), Registration.status.in_(ALIVE)
    )
    registered = set(await by.session.scalars(own))
    persons = await accounts(by.session, ids, by.today)
    keys = {employee: f"{KIND}:{course.id}:{person}" for employee, person in persons.items()}
    told = set(await by.session.scalars(select(OutboxMessage.key).where(OutboxMessage.key.in_(keys.values()))))
    return [
        Candidate(one.id, one.name, one.id in registered, keys.get(one.id) in told, one.id in keys)
        for one in people
        if one.id in able
    ]


async def suggest(
    by: Doing, leader_id: int, course_id: int, employee_ids: Collection[int], why: Mapping[str, Any]
) -> int:
    """Tell these of the own people, each once per course; how many. `why` holds the values behind the notice's reason.

    Refused with `no_such_course`, `course_closed`, and `nobody_chosen` when none of them can be told.
    """
    course = await by.session.get(Course, course_id)
    if course is None:
        raise Refusal("no_such_course")
    registering.require_open(course, by.now)
    chosen = [one.id for one in await candidates(by, leader_id, course_id) if one.able and one.id in employee_ids]
    if not chosen:
        raise Refusal("nobody_chosen")
    leader = await by.session.get_one(Employee, leader_id)
    values = {"course_id": course.id, "title": course.title, "leader": leader.name, "why": dict(why)}
    await tell(by, chosen, KIND, f"{course.id}", **values)
    return len(chosen)
