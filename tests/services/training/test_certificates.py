"""Certificates on both databases: with the hours, once, numbered without a gap, checked by anybody at a fair pace."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from bot.db import Database
from bot.services import city as cities
from bot.services.city import know
from bot.services.training import ledger
from bot.services.training.desk import Doing
from bot.services.training.outcome import certificates, checking
from bot.services.training.outcome.certificates import Issued
from models.employee import Employee
from models.errors import Refusal
from models.organisation import CityFact, Unit
from models.outbox import OutboxMessage
from models.person import Person
from models.training.certificate import Certificate, CertificateMiss, CertificateSeries
from models.training.course import Course, CourseKind, CoursePath, CourseSession, CourseStatus
from models.training.registration import Attendance, AttendanceWay, Registration, RegistrationStatus
from tests.factories import small_city, staff

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)


@asynccontextmanager
async def doing(database: Database, now: datetime = NOW, actor_id: int | None = None) -> AsyncIterator[Doing]:
    async with database.begin() as session:
        yield Doing(session, await know(session, now), now, actor_id)


@pytest.fixture
async def people(database: Database) -> dict[str, int]:
    async with database.begin() as session:
        await small_city(session)
        found = await staff(session, NOW)
    return {name: row.id for name, row in found.items()}


async def course(database: Database, code: str, there: list[int], absent: tuple[int, ...] = ()) -> int:
    """A course that is over."""
    async with database.begin() as session:
        row = Course(
            code=code,
            title=f"Pelatihan {code}",
            kind=CourseKind.TECHNICAL,
            path=CoursePath.CLASSROOM,
            hours=8,
            quota=500,
            closes_at=NOW - timedelta(days=5),
            status=CourseStatus.DONE,
            created_at=NOW - timedelta(days=9),
        )
        session.add(row)
        await session.flush()
        begin = NOW - timedelta(days=2)
        meeting = CourseSession(course_id=row.id, starts_at=begin, ends_at=begin + timedelta(hours=3), secret="s")
        session.add(meeting)
        await session.flush()
        for seat, employee_id in enumerate([*there, *absent], start=1):
            taken = Registration(
                course_id=row.id,
                employee_id=employee_id,
                unit_id=1,
                status=RegistrationStatus.SEATED,
                seat=seat,
                unit_seat=seat,
                queued_at=begin,
            )
            session.add(taken)
            await session.flush()
            if employee_id in there:
                session.add(
                    Attendance(session_id=meeting.id, registration_id=taken.id, way=AttendanceWay.CODE, at=begin)
                )
        return row.id


async def given(database: Database) -> list[Certificate]:
    async with database.read() as session:
        return list((await session.scalars(select(Certificate).order_by(Certificate.year, Certificate.serial))).all())


async def test_whoever_was_there_gets_hours_a_certificate_and_the_question_at_once(
    database: Database, people: dict[str, int]
) -> None:
    there, absent = [people["officer"], people["verifier"]], people["hr"]
    number = await course(database, "A", there, (absent,))
    async with doing(database) as by:
        assert await ledger.credit_done(by) == 2
    async with doing(database) as by:
        assert await ledger.credit_done(by) == 0
    rows = await given(database)
    assert [row.number for row in rows] == ["0001/TECHNICAL/BKPSDM/XI/2026", "0002/TECHNICAL/BKPSDM/XI/2026"]
    async with database.read() as session:
        kinds = select(OutboxMessage.kind, func.count()).group_by(OutboxMessage.kind)
        assert {kind: n for kind, n in await session.execute(kinds)} == {"hours_counted": 2, "course_rating_asked": 2}
    async with doing(database) as by:
        with pytest.raises(Refusal, match="no_certificate"):
            await certificates.own(by, number, absent)
        mine = await certificates.own(by, number, there[0])
    assert (mine.row.id, mine.hours, mine.title) == (rows[0].id, 8, "Pelatihan A")
    assert len(await given(database)) == 2


async def test_a_course_counted_before_gets_its_certificate_at_the_first_ask(
    database: Database, people: dict[str, int]
) -> None:
    number = await course(database, "A", [people["officer"], people["verifier"]])
    async with doing(database) as by:
        await ledger.credit(by, number)
        await by.session.execute(delete(Certificate))
        await by.session.execute(delete(CertificateSeries))
    for employee in (people["officer"], people["officer"], people["verifier"]):
        async with doing(database) as by:
            await certificates.own(by, number, employee)
    assert [row.serial for row in await given(database)] == [1, 2]


async def test_parallel_issues_give_numbers_that_are_unique_and_without_a_gap(
    database: Database, people: dict[str, int]
) -> None:
    async with database.begin() as session:
        rows = [Employee(nip=f"19900101201501{n:04d}", name=f"Peserta {n}", unit_id=1, kind="pns") for n in range(120)]
        session.add_all(rows)
        await session.flush()
        ids = [row.id for row in rows]
    courses = [await course(database, f"K{n}", ids[10 * n : 10 * n + 10]) for n in range(12)]
    connections = asyncio.Semaphore(12)

    async def count(course_id: int, *, fails: bool) -> None:
        async with connections, doing(database) as by:
            await ledger.credit(by, course_id)
            if fails:
                raise Refusal("taken_back")

    outcomes = await asyncio.gather(
        *(count(one, fails=place % 3 == 0) for place, one in enumerate(courses)), return_exceptions=True
    )
    assert sum(isinstance(one, Refusal) for one in outcomes) == 4
    found = await given(database)
    assert [row.serial for row in found] == list(range(1, 81)), "what was taken back leaves no gap"
    assert len({row.number for row in found}) == len({row.code for row in found}) == 80
    asked = [(courses[0], employee) for employee in ids[:10] for _ in range(2)]
    async with doing(database) as by:
        await ledger.credit(by, courses[0])
        await by.session.execute(delete(Certificate).where(Certificate.serial > 80))
        await by.session.execute(update(CertificateSeries).values(last=80))

    async def ask(course_id: int, employee_id: int) -> str:
        async with connections, doing(database) as by:
            return (await certificates.own(by, course_id, employee_id)).row.number

    numbers = await asyncio.gather(*(ask(*one) for one in asked))
    assert len(set(numbers)) == 10, "two presses of one person meet the same certificate"
    assert [row.serial for row in await given(database)] == list(range(1, 91))


async def test_the_database_itself_lets_no_number_be_left_out_or_given_twice(
    database: Database, people: dict[str, int]
) -> None:
    number = await course(database, "A", [people["officer"]], (people["hr"], people["verifier"]))
    async with doing(database) as by:
        await ledger.credit(by, number)
    async with database.read() as session:
        free = select(Registration.id).where(Registration.employee_id == people["hr"])
        registration_id = (await session.scalars(free)).one()
    for serial, previous in ((1, None), (3, 2), (3, 1), (0, None)):
        with pytest.raises(IntegrityError):
            async with database.begin() as session:
                session.add(
                    Certificate(
                        registration_id=registration_id,
                        year=2026,
                        serial=serial,
                        previous=previous,
                        number=f"X{serial}",
                        code=f"c{serial}",
                        signer={},
                        issued_at=NOW,
                    )
                )
    assert [row.serial for row in await given(database)] == [1]


async def test_a_year_begins_with_one_again(database: Database, people: dict[str, int]) -> None:
    first, second = [await course(database, code, [people["officer"]]) for code in ("A", "B")]
    async with doing(database) as by:
        await ledger.credit(by, first)
    async with doing(database, NOW + timedelta(days=60)) as by:
        await ledger.credit(by, second)
    assert [(row.year, row.serial) for row in await given(database)] == [(2026, 1), (2027, 1)]


async def facts(database: Database, **values: str) -> None:
    async with database.begin() as session:
        for key, value in values.items():
            await session.merge(CityFact(key=f"training.{key}", value=value))
        cities.forget(session)


async def test_the_signer_is_the_head_of_the_citys_unit_on_that_day(database: Database, people: dict[str, int]) -> None:
    async with database.read() as session:
        unit = await session.get_one(Unit, 1)
    await facts(database, certificate_unit=unit.code, certificate_title="Kepala Badan")
    first, second = [await course(database, code, [people["officer"]]) for code in ("A", "B")]
    async with doing(database) as by:
        await ledger.credit(by, first)
        head = await by.session.get_one(Employee, people["head"])
        signed = {"name": head.name, "title": "Kepala Badan", "unit": unit.name}
        head.name = "Nama Lain"
    async with doing(database) as by:
        assert (await certificates.own(by, first, people["officer"])).row.signer == signed, "as it was on that day"
    await facts(database, certificate_signer="Raja Contoh")
    async with doing(database) as by:
        await ledger.credit(by, second)
        assert (await certificates.own(by, second, people["officer"])).row.signer["name"] == "Raja Contoh"


async def test_unknown_codes_are_counted_and_shut_the_door_for_an_hour(
    database: Database, people: dict[str, int]
) -> None:
    number = await course(database, "A", [people["officer"]])
    async with doing(database) as by:
        await ledger.credit(by, number)
    code = (await given(database))[0].code
    async with database.begin() as session:
        guest = Person(telegram_id=99, name="Tamu", language="id", created_at=NOW)
        session.add(guest)
        await session.flush()
        guest_id = guest.id

    async def asks(said: str, minutes: int, person: int = guest_id) -> str:
        async with doing(database, NOW + timedelta(minutes=minutes), person) as by:
            found = await checking.check(by, said)
            return found.row.number if isinstance(found, Issued) else found.code

    genuine = "0001/TECHNICAL/BKPSDM/XI/2026"
    assert await asks(code, 0) == genuine
    for minute in range(5):
        assert await asks(f"guess{minute}", minute) == "certificate_unknown"
    assert await asks(code, 6) == "too_many_certificate_codes", "not even a genuine one, so that nothing is learnt"
    assert await asks(code, 61) == genuine
    assert await asks("", 62) == "certificate_unknown"
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(CertificateMiss)) == 3
