"""Courses and people of the training desk's tests."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from models.employee import RoleGrant
from models.rules.permissions import Role
from models.training.course import Course, CourseKind, CoursePath, CourseSession, CourseStatus
from models.training.registration import Registration, RegistrationStatus
from tests.driver import START, Phone, Stage
from tests.performance_scenes import TELEGRAM, Team, team

#: Everybody of the scene, the leaders first.
NAMES = ("boss", "deputy", "worker", "second", "third", "hr", "outsider")


async def people(stage: Stage) -> Team:
    """The boss leads worker, second and third; hr looks after trainings; the outsider is led by nobody."""
    async with stage.db.begin() as session:
        leaders = {"worker": "boss", "second": "boss", "third": "boss"}
        found = await team(session, **{name: leaders.get(name) for name in NAMES})
        session.add(RoleGrant(employee_id=found.ids["hr"], role=Role.HR, valid_from=date(2020, 1, 1)))
    return found


async def phone_of(stage: Stage, name: str) -> Phone:
    """Somebody of the scene who opened the bot."""
    phone = stage.person(name.title(), telegram_id=TELEGRAM + 1 + NAMES.index(name))
    await phone.starts()
    return phone


async def course(
    stage: Stage, title: str = "Pelayanan Prima", *, sessions: tuple[datetime, ...] = (), **values: Any
) -> int:
    """An open course of two seats in a week, first come, first served, without approval; its meetings last 3 hours."""
    defaults: dict[str, Any] = {
        "code": title.upper().replace(" ", "-"),
        "title": title,
        "kind": CourseKind.TECHNICAL,
        "path": CoursePath.CLASSROOM,
        "hours": 8,
        "quota": 2,
        "place": "Aula Contoh",
        "closes_at": START + timedelta(days=5),
        "status": CourseStatus.OPEN,
        "needs_approval": False,
        "created_at": START,
    }
    async with stage.db.begin() as session:
        row = Course(**(defaults | values))
        session.add(row)
        await session.flush()
        for at in sessions or (START + timedelta(days=7),):
            ends = at + timedelta(hours=3)
            session.add(CourseSession(course_id=row.id, starts_at=at, ends_at=ends, secret=f"secret-{row.id}-{at}"))
        return row.id


async def status_of(stage: Stage, course_id: int, employee_id: int) -> RegistrationStatus | None:
    """Where somebody's registration stands, read by a second session."""
    async with stage.db.read() as session:
        return await session.scalar(
            select(Registration.status).where(
                Registration.course_id == course_id, Registration.employee_id == employee_id
            )
        )
