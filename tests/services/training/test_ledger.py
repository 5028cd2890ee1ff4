"""The ledger of training hours on both databases. Domain rule 38."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.db import Database
from bot.services.city import know
from bot.services.complaints import SentFile
from bot.services.training import ledger
from bot.services.training.desk import Doing
from bot.services.training.ledger import Balance, External
from models.attachment import FileKind
from models.employee import Employee
from models.errors import Refusal
from models.organisation import CityFact
from models.training.course import Course, CourseKind, CoursePath, CourseSession, CourseStatus
from models.training.hours import HoursStatus
from models.training.registration import Attendance, AttendanceWay, Registration, RegistrationStatus
from tests.factories import small_city, staff

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
PHOTO = SentFile(FileKind.PHOTO, "file", "unique")


@asynccontextmanager
async def doing(database: Database, now: datetime = NOW) -> AsyncIterator[Doing]:
    async with database.begin() as session:
        yield Doing(session, await know(session, now), now)


@pytest.fixture
async def people(database: Database) -> dict[str, int]:
    async with database.begin() as session:
        await small_city(session)
        found = await staff(session, NOW)
        found["verifier"].kind = "pppk"
    return {name: row.id for name, row in found.items()}


async def course(database: Database, present: dict[int, int], *, sessions: int = 5, begins: datetime = NOW) -> int:
    """A course that is over; `present`: employee → at how many of its meetings."""
    async with database.begin() as session:
        row = Course(
            code=f"C{begins.timestamp():.0f}-{sessions}",
            title="Pelayanan Prima",
            kind=CourseKind.TECHNICAL,
            path=CoursePath.CLASSROOM,
            hours=12,
            quota=9,
            closes_at=begins,
            status=CourseStatus.DONE,
            created_at=begins,
        )
        session.add(row)
        await session.flush()
        meetings = [
            CourseSession(
                course_id=row.id,
                starts_at=begins + timedelta(days=day),
                ends_at=begins + timedelta(days=day, hours=2),
                secret="s",
            )
            for day in range(sessions)
        ]
        session.add_all(meetings)
        await session.flush()
        for seat, (employee_id, times) in enumerate(present.items(), 1):
            taken = Registration(
                course_id=row.id,
                employee_id=employee_id,
                unit_id=1,
                status=RegistrationStatus.SEATED,
                seat=seat,
                unit_seat=seat,
                queued_at=begins,
            )
            session.add(taken)
            await session.flush()
            session.add_all(
                Attendance(session_id=one.id, registration_id=taken.id, way=AttendanceWay.LIST, at=begins)
                for one in meetings[:times]
            )
        return row.id


async def balance(database: Database, employee_id: int, year: int = 2026) -> Balance:
    async with doing(database) as by:
        return await ledger.balance(by, await by.session.get_one(Employee, employee_id), year)


async def test_rule_38_a_course_counts_with_attendance_only_and_once(
    database: Database, people: dict[str, int]
) -> None:
    number = await course(database, {people["officer"]: 4, people["verifier"]: 5, people["hr"]: 3, people["head"]: 0})
    for written in (3 - 1, 0):
        async with doing(database) as by:
            assert await ledger.credit(by, number) == written
    pns, pppk = await balance(database, people["officer"]), await balance(database, people["verifier"])
    assert (pns.counted, pns.limit, pns.is_maximum) == (12, 20, False)
    assert (pppk.counted, pppk.limit, pppk.is_maximum) == (12, 24, True)
    for name in ("hr", "head"):
        assert (await balance(database, people[name])).counted == 0


async def test_the_share_is_the_citys_and_the_year_that_of_the_last_meeting(
    database: Database, people: dict[str, int]
) -> None:
    async with database.begin() as session:
        await session.merge(CityFact(key="training.attendance_percent", value="60"))
    number = await course(database, {people["officer"]: 2}, sessions=3, begins=datetime(2025, 12, 30, 3, tzinfo=UTC))
    async with doing(database) as by:
        assert await ledger.credit(by, number) == 1
    assert (await balance(database, people["officer"])).counted == 12
    assert (await balance(database, people["officer"], 2025)).counted == 0


async def test_courses_that_are_over_are_counted_once(database: Database, people: dict[str, int]) -> None:
    await course(database, {people["officer"]: 5})
    await course(database, {people["officer"]: 0}, sessions=2)
    await course(database, {people["officer"]: 0}, sessions=0)
    for written in (1, 0):
        async with doing(database) as by:
            assert await ledger.credit_done(by) == written


async def test_a_certificate_counts_after_human_resources_saw_it(database: Database, people: dict[str, int]) -> None:
    told = External("Bimtek Arsip", "LAN", date(2026, 2, 3), 8)
    async with doing(database) as by:
        officer = await by.session.get_one(Employee, people["officer"])
        first = (await ledger.send(by, officer, told, PHOTO)).id
        with pytest.raises(Refusal, match="certificate_sent_before"):
            await ledger.send(by, officer, told, PHOTO)
        second = (await ledger.send(by, officer, told, SentFile(FileKind.DOCUMENT, "f2", "u2"))).id
    found = await balance(database, people["officer"])
    assert (found.counted, found.pending) == (0, 16)
    async with doing(database) as by:
        with pytest.raises(Refusal, match="own_hours"):
            await ledger.decide(by, first, people["officer"])
        with pytest.raises(Refusal, match="reason_missing"):
            await ledger.decide(by, second, people["hr"], " ")
        await ledger.decide(by, first, people["hr"])
        refused = await ledger.decide(by, second, people["hr"], "Fotonya kabur")
        with pytest.raises(Refusal, match="hours_decided"):
            await ledger.decide(by, second, people["hr"])
    assert (refused.row.status, refused.row.reason) == (HoursStatus.REFUSED, "Fotonya kabur")
    found = await balance(database, people["officer"])
    assert (found.counted, found.pending) == (8, 0)


@pytest.mark.parametrize("said", ["", "0", "-3", "8,5", "1000", "٨", "delapan"])
def test_hours_are_a_whole_number(said: str) -> None:
    with pytest.raises(Refusal, match="hours_number"):
        ledger.require_hours(said)


async def test_a_day_to_come_is_refused(database: Database, people: dict[str, int]) -> None:
    async with doing(database) as by:
        with pytest.raises(Refusal, match="hours_day"):
            ledger.require_day(by, date(2026, 11, 25))
        assert ledger.require_day(by, date(2026, 11, 24)) == date(2026, 11, 24)
