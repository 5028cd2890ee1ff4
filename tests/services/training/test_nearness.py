"""The distance of participants and the point of rooms, on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.db import Database
from bot.services.city import know
from bot.services.training import attending, nearness
from bot.services.training.desk import Doing
from models.errors import Refusal
from models.rules.coordinates import Point
from models.training.course import Course, CourseKind, CoursePath, CourseSession, CourseStatus
from models.training.registration import Attendance, AttendanceWay, Registration, RegistrationStatus
from tests.factories import small_city, staff

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
ENDS = NOW + timedelta(hours=3)
ROOM, NEAR, FAR = Point(0.9167, 104.45), Point(0.91706, 104.45), Point(0.9248, 104.45)


@asynccontextmanager
async def doing(database: Database, now: datetime = NOW) -> AsyncIterator[Doing]:
    async with database.begin() as session:
        yield Doing(session, await know(session, now), now)


@pytest.fixture
async def people(database: Database) -> dict[str, int]:
    """A course of three meetings, one in each of three rooms; officer and verifier are at the first, that is on."""
    async with database.begin() as session:
        await small_city(session)
        found = await staff(session, NOW)
        session.add(
            Course(
                code="PRIMA",
                title="Pelayanan Prima",
                kind=CourseKind.TECHNICAL,
                path=CoursePath.CLASSROOM,
                hours=8,
                quota=9,
                place="Aula",
                closes_at=NOW,
                status=CourseStatus.CLOSED,
                created_at=NOW,
            )
        )
        await session.flush()
        for day, place in enumerate(("", "", "Lab")):
            at = NOW + timedelta(days=day)
            session.add(
                CourseSession(course_id=1, starts_at=at, ends_at=at + timedelta(hours=3), secret="s", place=place)
            )
        await session.flush()
        for seat, name in enumerate(("officer", "verifier"), start=1):
            held = {"status": RegistrationStatus.SEATED, "seat": seat, "unit_seat": seat, "queued_at": NOW}
            row = Registration(course_id=1, employee_id=found[name].id, unit_id=found[name].unit_id, **held)
            session.add(row)
            await session.flush()
            session.add(Attendance(session_id=1, registration_id=row.id, way=AttendanceWay.CODE, at=NOW))
        (await session.get_one(CourseSession, 1)).stand(ROOM)
        return {name: row.id for name, row in found.items()}


async def metres(database: Database) -> list[int | None]:
    async with database.read() as session:
        return list(await session.scalars(select(Attendance.distance_m).order_by(Attendance.id)))


async def points(database: Database) -> list[Point | None]:
    async with database.read() as session:
        return [row.point for row in await session.scalars(select(CourseSession).order_by(CourseSession.id))]


async def test_the_last_distance_counts_and_can_be_taken_back(database: Database, people: dict[str, int]) -> None:
    for spot in (FAR, NEAR):
        async with doing(database, ENDS) as by:
            await nearness.give(by, 1, people["officer"], spot)
    assert await metres(database) == [40, None]
    async with doing(database) as by:
        await nearness.take_back(by, 1, people["officer"])
    assert await metres(database) == [None, None]


@pytest.mark.parametrize(
    ("session_id", "who", "later", "code"),
    [
        (1, "head", timedelta(), "not_present"),
        (1, None, timedelta(), "not_present"),
        (2, "officer", timedelta(), "not_present"),
        (9, "officer", timedelta(), "no_such_session"),
        (1, "officer", timedelta(hours=3, seconds=1), "place_too_late"),
    ],
)
async def test_what_is_refused(
    database: Database, people: dict[str, int], session_id: int, who: str | None, later: timedelta, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        async with doing(database, NOW + later) as by:
            await nearness.give(by, session_id, people[who] if who else None, NEAR)
    assert refused.value.code == code
    assert await metres(database) == [None, None]


async def test_the_point_of_one_meeting_or_of_all(database: Database, people: dict[str, int]) -> None:
    async with doing(database) as by:
        assert await nearness.put(by, 2, FAR) == 1
    assert await points(database) == [ROOM, FAR, None]
    async with doing(database) as by:
        assert await nearness.put(by, 2, NEAR, everywhere=True) == 3
    assert await points(database) == [NEAR] * 3
    async with doing(database) as by:
        await nearness.put(by, 1, None)
        with pytest.raises(Refusal, match="place_not_asked"):
            await nearness.give(by, 1, people["officer"], NEAR)
    assert await points(database) == [None, NEAR, NEAR]


async def test_points_follow_the_places_in_words(database: Database, people: dict[str, int]) -> None:
    """The second meeting moves to the laboratory, whose point is known; the first to a room nobody has placed."""
    async with doing(database) as by:
        await nearness.put(by, 3, FAR)
        course = await by.session.get_one(Course, 1)
        rows = list(await by.session.scalars(select(CourseSession).order_by(CourseSession.id)))
        before = {row.id: nearness.place_of(row, course) for row in rows}
        known = nearness.known_points(course, rows)
        rows[0].place, rows[1].place = "Gudang", "Lab"
        await nearness.follow(by, course, before, known)
    assert await points(database) == [None, FAR, FAR]


async def test_the_list_counts_the_far_ones_and_the_workbook_has_everybody(
    database: Database, people: dict[str, int]
) -> None:
    async with doing(database) as by:
        await nearness.give(by, 1, people["officer"], FAR)
        found = await attending.roll(by, 1, 0, 200)
        assert (found.there, found.seated, found.far) == (2, 2, 1)
        assert sorted(one.metres or 0 for one in found.lines) == [0, 900]
        assert (await attending.roll(by, 1, 0, 900)).far == 0
        other = await attending.roll(by, 2, 0, 200)
        assert (other.there, other.far, {one.was_there for one in other.lines}) == (0, 0, {False})
        assert sorted(one.metres or 0 for one in await nearness.attendances(by, 1)) == [0, 900]


async def test_distances_of_old_meetings_are_forgotten(database: Database, people: dict[str, int]) -> None:
    async with doing(database) as by:
        await nearness.give(by, 1, people["officer"], NEAR)
        assert await nearness.forget(by.session, ENDS) == 0
        assert await nearness.forget(by.session, ENDS + timedelta(seconds=1)) == 1
    assert await metres(database) == [None, None]
