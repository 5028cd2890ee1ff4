"""The demo's trainings: Dewi has a seat and waits for another, a request waits for the head, and nobody is told."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.reports.training import need_courses, needs
from bot.services.city import know
from bot.services.demo.people import PERSONAS
from bot.services.demo.seeding import seed_demo
from bot.services.demo.training import LATER, TODAY
from bot.services.imports.seeding import seed_city
from bot.services.performance.indicators import Looking
from bot.services.training import asking, attending, effects, nearness
from bot.services.training.desk import Doing
from bot.services.training.outcome import certificates, ratings
from bot.services.training.quiz import results, taking
from models.employee import Employee
from models.outbox import OutboxMessage, OutboxStatus
from models.person import Person
from models.rules.permissions import Grant, Presser, Role
from models.rules.training.attendance_code import doors_open
from models.rules.training.needs import NeedKind
from models.training.course import Course, CourseSession, CourseStatus
from models.training.effect import Effect
from models.training.quiz import Phase
from models.training.registration import Attendance, Registration, RegistrationStatus
from tests.driver import START


async def test_everybody_finds_something_about_trainings(database: Database) -> None:
    async with database.begin() as session:
        await seed_city(session, START.date())
    async with database.begin() as session:
        assert await seed_demo(session, START, lambda: None)
    async with database.read() as session:
        ids = {}
        for role in (Role.OFFICER, Role.HEAD):
            number = next(one.telegram_id for one in PERSONAS if one.role is role)
            statement = select(Employee.id).join(Person, Person.id == Employee.person_id)
            ids[role] = await session.scalar(statement.where(Person.telegram_id == number)) or 0
        dewi = select(Registration.status).where(Registration.employee_id == ids[Role.OFFICER])
        states = list(await session.scalars(dewi.order_by(Registration.id)))
        waiting = await asking.waiting(Doing(session, await know(session, START), START), ids[Role.HEAD])
        courses = list(await session.scalars(select(Course.status).order_by(Course.id)))
        queued = select(func.count()).where(OutboxMessage.status == OutboxStatus.QUEUED)
        present = await session.scalar(select(func.count()).select_from(Attendance)) or 0
        assert await session.scalar(queued) == 0
        await _require_outcomes(Doing(session, await know(session, START), START), ids[Role.OFFICER])
        await _require_needs(session)
        await _require_quizzes(Doing(session, await know(session, START), START), ids[Role.OFFICER])
        await _require_distances(Doing(session, await know(session, START), START))
        await _require_days(Doing(session, await know(session, START), START))
        asked = await effects.waiting(Doing(session, await know(session, START), START), ids[Role.HEAD])
        said = await effects.shares(Doing(session, await know(session, START), START), asked[0].course.id)
    assert states == [*[RegistrationStatus.SEATED] * 4, RegistrationStatus.WAITING]
    assert (len(asked), said[None]) == (1, 1)
    assert said[Effect.APPLIED] > 0
    assert len(waiting) == 1
    assert set(courses) == {CourseStatus.DRAFT, CourseStatus.OPEN, CourseStatus.CLOSED, CourseStatus.DONE}
    assert present > 0


async def _require_quizzes(by: Doing, dewi: int) -> None:
    """One course was taken before and after, with a gain; in another Dewi can begin, and was invited."""
    found = await by.session.execute(select(Course.id, Course.title).order_by(Course.id))
    courses = {title: number for number, title in found}
    outcome = await results.outcome(by, courses[LATER])
    assert outcome.both >= 5
    assert outcome.gain is not None
    assert outcome.gain > 0
    assert outcome.shares[0].right < outcome.shares[0].answered
    assert set((await results.own(by, dewi, list(courses.values())))[courses[LATER]].points) == set(Phase)
    sat = await taking.begin(by, dewi, courses["Pelayanan Prima untuk Petugas Loket"], Phase.BEFORE)
    assert (sat.row.invited_at, sat.number) == (START, 1)


async def _require_outcomes(by: Doing, dewi: int) -> None:
    """A course that is done has certificates and means; Dewi, who was there, can still rate it."""
    done = (await by.session.scalars(select(Course.id).where(Course.status == CourseStatus.DONE))).one()
    found, given = await ratings.figures(by, done), await certificates.of_course(by, done, 0)
    standing = await ratings.attended(by, done, dewi)
    assert standing is not None
    assert (standing.is_open, standing.rating) == (True, None)
    assert (found.n, found.comments, given.total) == (5, 3, 6)
    assert given.lines[0].row.number.startswith("0001/DIKLAT-T/BKPSDM/")


async def _require_needs(session: AsyncSession) -> None:
    """Units need trainings for every kind of reason, find some, and somebody is at work on one of them."""
    by = Looking(session, await know(session, START), Presser(1, 1, (Grant(Role.HR),)), START)
    units = await needs.of_city(by)
    found = {one.need.kind: one for unit in units for one in unit.needs}
    working = [await need_courses.at_work(by, unit.unit.id) for unit in units]
    assert len(units) >= 2
    assert set(found) == set(NeedKind)
    assert all([await need_courses.fitting(by, one, planned=False) for one in found.values()])
    assert any("U7" in one for one in working)


async def _require_distances(by: Doing) -> None:
    """The room of the later one has a point; somebody was far from it, and somebody did not say."""
    statement = select(CourseSession.id).join(Course, Course.id == CourseSession.course_id)
    session_id = await by.session.scalar(statement.where(Course.title == LATER)) or 0
    found = await attending.roll(by, session_id, 0, nearness.far_metres(by.city))
    assert found.meeting.session.point is not None
    assert found.far == 1
    said = [one.metres for one in found.lines if one.was_there]
    assert None in said
    assert len(said) == 5


async def _require_days(by: Doing) -> None:
    """One meets right now, so that the code of the room can be tried; the others on working days."""
    statement = select(Course.title, CourseSession.starts_at, CourseSession.ends_at)
    found = (await by.session.execute(statement.join(CourseSession, CourseSession.course_id == Course.id))).all()
    assert [title for title, starts, ends in found if doors_open(starts, ends, by.now)] == [TODAY]
    assert all(by.city.calendar.is_working_day(by.city.today(starts)) for title, starts, _ in found if title != TODAY)
