"""Seats and the waiting list of a course, on both databases. Domain rule 39."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from bot.db import Database
from bot.services.city import know
from bot.services.training import registering
from bot.services.training.desk import Doing
from models.employee import Employee
from models.errors import Refusal
from models.outbox import OutboxMessage
from models.person import Person
from models.training.course import Course, CourseKind, CoursePath, CourseStatus, Selection
from models.training.registration import Registration, RegistrationStatus
from tests.factories import small_city, staff

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
Status = RegistrationStatus


@asynccontextmanager
async def doing(database: Database, now: datetime = NOW) -> AsyncIterator[Doing]:
    async with database.begin() as session:
        yield Doing(session, await know(session, now), now)


@pytest.fixture
async def people(database: Database) -> dict[str, int]:
    """The staff; the head leads officer, verifier, hr and admin; `other_officer` of another unit has no superior."""
    async with database.begin() as session:
        await small_city(session)
        found = await staff(session, NOW)
        for name in ("officer", "verifier", "hr", "admin"):
            found[name].supervisor_id = found["head"].id
    return {name: row.id for name, row in found.items()}


async def course(database: Database, **values: object) -> int:
    defaults: dict[str, object] = {
        "code": "PRIMA",
        "title": "Pelayanan Prima",
        "kind": CourseKind.TECHNICAL,
        "path": CoursePath.CLASSROOM,
        "hours": 8,
        "quota": 2,
        "closes_at": NOW + timedelta(days=5),
        "status": CourseStatus.OPEN,
        "needs_approval": False,
        "created_at": NOW,
    }
    async with database.begin() as session:
        row = Course(**(defaults | values))
        session.add(row)
        await session.flush()
        return row.id


async def come(database: Database, course_id: int, employee_id: int, now: datetime = NOW) -> Registration:
    async with doing(database, now) as by:
        employee = await by.session.get_one(Employee, employee_id)
        return await registering.register(by, course_id, employee)


async def states(database: Database, course_id: int, people: dict[str, int]) -> dict[str, tuple[Status, int | None]]:
    names = {number: name for name, number in people.items()}
    async with database.read() as session:
        rows = await session.scalars(select(Registration).where(Registration.course_id == course_id))
        return {names[row.employee_id]: (row.status, row.seat) for row in rows}


async def told(database: Database, employee_id: int) -> list[str]:
    async with database.read() as session:
        statement = (
            select(OutboxMessage.kind)
            .join(Employee, Employee.person_id == OutboxMessage.person_id)
            .where(Employee.id == employee_id)
            .order_by(OutboxMessage.id)
        )
        return list(await session.scalars(statement))


async def test_rule_39_over_the_quota_one_waits_and_a_cancellation_moves_the_first_up(
    database: Database, people: dict[str, int]
) -> None:
    number = await course(database)
    rows = {
        name: await come(database, number, people[name], NOW + timedelta(minutes=place))
        for place, name in enumerate(("officer", "verifier", "hr", "admin"))
    }
    assert await states(database, number, people) == {
        "officer": (Status.SEATED, 1),
        "verifier": (Status.SEATED, 2),
        "hr": (Status.WAITING, None),
        "admin": (Status.WAITING, None),
    }
    async with doing(database, NOW + timedelta(hours=1)) as by:
        await registering.cancel(by, rows["officer"].id, people["officer"])
    assert (await states(database, number, people))["hr"] == (Status.OFFERED, 1)
    assert (await states(database, number, people))["admin"] == (Status.WAITING, None)
    assert (await told(database, people["officer"]))[-1] == "registration_cancelled"
    assert (await told(database, people["hr"]))[-1] == "seat_offered"
    async with doing(database, NOW + timedelta(hours=2)) as by:
        await registering.accept(by, rows["hr"].id, people["hr"])
        await registering.accept(by, rows["hr"].id, people["hr"])
    assert (await states(database, number, people))["hr"] == (Status.SEATED, 1)


async def test_an_offer_that_nobody_takes_goes_on_and_its_owner_to_the_end(
    database: Database, people: dict[str, int]
) -> None:
    number = await course(database, quota=1, offer_hours=2)
    names = ("officer", "verifier", "hr")
    rows = {n: await come(database, number, people[n], NOW + timedelta(minutes=i)) for i, n in enumerate(names)}
    async with doing(database, NOW + timedelta(hours=1)) as by:
        await registering.cancel(by, rows["officer"].id, people["officer"])
    late = NOW + timedelta(hours=3)
    async with doing(database, late) as by:
        assert await registering.courses_with_lapsed_offers(by) == [number]
        assert await registering.end_offers(by, number) == 1
        assert await registering.courses_with_lapsed_offers(by) == []
        with pytest.raises(Refusal, match="offer_is_over"):
            await registering.accept(by, rows["verifier"].id, people["verifier"])
    assert await states(database, number, people) == {
        "officer": (Status.CANCELLED, None),
        "verifier": (Status.WAITING, None),
        "hr": (Status.OFFERED, 1),
    }
    async with doing(database, late) as by:
        await registering.cancel(by, rows["hr"].id, people["hr"])
    assert (await states(database, number, people))["verifier"] == (Status.OFFERED, 1)


async def test_a_unit_has_its_share(database: Database, people: dict[str, int]) -> None:
    number = await course(database, quota=3, unit_quota=1)
    for name in ("officer", "verifier", "other_officer"):
        await come(database, number, people[name])
    assert await states(database, number, people) == {
        "officer": (Status.SEATED, 1),
        "verifier": (Status.WAITING, None),
        "other_officer": (Status.SEATED, 2),
    }


async def test_a_second_press_finds_the_first(database: Database, people: dict[str, int]) -> None:
    number = await course(database)
    first, second = [await come(database, number, people["officer"]) for _ in range(2)]
    assert first.id == second.id
    assert await told(database, people["officer"]) == ["registration_seated"]


async def test_the_superior_is_asked_and_nobody_else_may_answer(database: Database, people: dict[str, int]) -> None:
    number = await course(database, needs_approval=True)
    row = await come(database, number, people["officer"])
    assert row.status is Status.INTERESTED
    assert await told(database, people["head"]) == ["registration_asked"]
    for stranger in (people["officer"], people["inspector"], None):
        async with doing(database) as by:
            with pytest.raises(Refusal, match="not_your"):
                await registering.approve(by, row.id, stranger)
    async with doing(database) as by:
        await registering.approve(by, row.id, people["head"])
    async with doing(database) as by:
        with pytest.raises(Refusal, match="registration_not_now"):
            await registering.approve(by, row.id, people["head"])
    assert (await states(database, number, people))["officer"] == (Status.SEATED, 1)


async def test_a_refusal_needs_a_reason_and_one_may_ask_again(database: Database, people: dict[str, int]) -> None:
    number = await course(database, needs_approval=True)
    row = await come(database, number, people["officer"])
    async with doing(database) as by:
        with pytest.raises(Refusal, match="reason_missing"):
            await registering.refuse(by, row.id, people["head"], "  ")
        await registering.refuse(by, row.id, people["head"], "Sedang menyusun laporan")
    assert (await told(database, people["officer"]))[-1] == "registration_refused"
    again = await come(database, number, people["officer"], NOW + timedelta(days=1))
    assert (again.id, again.status) == (row.id, Status.INTERESTED)


async def test_human_resources_select_as_far_as_there_are_seats(database: Database, people: dict[str, int]) -> None:
    number = await course(database, selection=Selection.SELECTED)
    rows = {n: await come(database, number, people[n]) for n in ("officer", "verifier", "hr")}
    async with doing(database) as by:
        wanted = [rows[n].id for n in ("hr", "officer", "verifier")]
        seated = await registering.select_for(by, number, wanted)
    assert [row.id for row in seated] == wanted[:2]
    assert (await states(database, number, people))["verifier"] == (Status.APPROVED, None)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"status": CourseStatus.CLOSED}, "course_closed"),
        ({"closes_at": NOW}, "course_closed"),
        ({"audience": {"circle": "staff", "units": [2]}}, "course_not_for_you"),
    ],
)
async def test_who_may_not_register(
    database: Database, people: dict[str, int], values: dict[str, object], code: str
) -> None:
    number = await course(database, **values)
    with pytest.raises(Refusal, match=code):
        await come(database, number, people["officer"])
    assert await states(database, number, people) == {}


async def test_only_the_own_place_is_given_up(database: Database, people: dict[str, int]) -> None:
    number = await course(database)
    row = await come(database, number, people["officer"])
    async with doing(database) as by:
        for stranger in (people["verifier"], None):
            with pytest.raises(Refusal, match="not_your_record"):
                await registering.cancel(by, row.id, stranger)


async def test_the_database_itself_keeps_a_seat_from_being_given_twice(
    database: Database, people: dict[str, int]
) -> None:
    number = await course(database)
    values = {"course_id": number, "unit_id": 1, "status": Status.SEATED, "seat": 1, "queued_at": NOW}
    async with database.begin() as session:
        session.add(Registration(employee_id=people["officer"], unit_seat=1, **values))
        await session.flush()
        session.add(Registration(employee_id=people["verifier"], unit_seat=2, **values))
        with pytest.raises(IntegrityError):
            await session.flush()
        await session.rollback()


async def test_five_hundred_at_once_get_thirty_seats_and_an_ordered_list(database: Database) -> None:
    """On PostgreSQL by concurrent connections: exactly 30 seats, everybody else on the list, nobody twice."""
    async with database.begin() as session:
        await small_city(session)
        for number in range(500):
            person = Person(telegram_id=50_000 + number, name=f"P{number}", language="id", created_at=NOW)
            session.add(person)
            await session.flush()
            nip = f"19800101200501{number % 2 + 1}{number + 1:03d}"
            session.add(Employee(nip=nip, name=f"P{number}", unit_id=1, kind="pns", person_id=person.id))
        await session.flush()
        ids = list(await session.scalars(select(Employee.id).order_by(Employee.id)))
    course_id = await course(database, quota=30)
    moments = {employee: NOW + timedelta(seconds=place) for place, employee in enumerate(ids)}
    connections = asyncio.Semaphore(20)

    async def press(employee_id: int) -> None:
        async with connections:
            await come(database, course_id, employee_id, moments[employee_id])

    await asyncio.gather(*(press(one) for one in ids))
    async with database.read() as session:
        rows = (await session.scalars(select(Registration).where(Registration.course_id == course_id))).all()
        waiting = await session.scalar(
            select(func.count()).select_from(Registration).where(Registration.status == Status.WAITING)
        )
    seated = [row for row in rows if row.status is Status.SEATED]
    assert sorted(row.seat or 0 for row in seated) == list(range(1, 31))
    assert (len(rows), waiting) == (500, 470)
    async with doing(database, NOW + timedelta(hours=1)) as by:
        await registering.cancel(by, seated[0].id, seated[0].employee_id)
        statement = select(Registration).where(Registration.status == Status.OFFERED)
        moved_up = (await by.session.scalars(statement)).one()
    first = min((row for row in rows if row.status is Status.WAITING), key=lambda row: (row.queued_at, row.id))
    assert moved_up.id == first.id
