"""Finding and inviting employees, below the chat."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.db import Database
from bot.services import people, staff
from models.calendar import ServiceLimit
from models.employee import Employee
from models.errors import Refusal
from tests.driver import START
from tests.factories import small_city
from tests.factories import staff as some_staff

NIP = "198609262015051001"


async def test_the_code_is_valid_for_as_many_days_as_the_data_say(database: Database) -> None:
    async with database.begin() as session:
        await small_city(session)
        session.add(ServiceLimit(name="invitation", days=2))
        session.add(Employee(nip=NIP, name="Rahmat", unit_id=1, kind="pns"))
    async with database.begin() as session:
        invited = await staff.invite_by_nip(session, "19860926 201505 1 001", START)
    assert invited.expires_at == START + timedelta(days=2)
    assert len(staff.normalise(invited.code)) == staff.LENGTH


async def test_an_unknown_nip_is_refused(database: Database) -> None:
    async with database.begin() as session:
        await small_city(session)
        with pytest.raises(Refusal, match="no_such_employee"):
            await staff.invite_by_nip(session, NIP, START)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("officer", ["Pegawai Officer", "Pegawai Other_Officer"]),
        ("head pegawai", ["Pegawai Head"]),
        ("19800101 200501 2 003", ["Pegawai Head"]),
        ("%", []),
        ("nobody", []),
        ("   ", []),
    ],
)
async def test_employees_are_found_by_name_or_nip(database: Database, words: str, found: list[str]) -> None:
    async with database.begin() as session:
        await small_city(session)
        await some_staff(session, START)
    async with database.read() as session:
        assert [row.name for row in await staff.find(session, words, START.date())] == found


async def test_an_account_is_bound_to_one_employee_only(database: Database) -> None:
    async with database.begin() as session:
        await small_city(session)
        await some_staff(session, START)
        session.add(Employee(nip=NIP, name="Rahmat", unit_id=1, kind="pns"))
    async with database.begin() as session:
        invited = await staff.invite_by_nip(session, NIP, START)
        person, _, _ = await people.meet(session, 9_000_002, "Officer", "id", START, "id")
        outcome = await staff.bind(session, person, invited.code, START)
    assert isinstance(outcome, Refusal)
    assert outcome.code == "account_already_bound"
    async with database.read() as session:
        assert await session.scalar(select(Employee.person_id).where(Employee.nip == NIP)) is None


async def test_one_code_in_two_hands_at_once_binds_one_of_them(database: Database) -> None:
    async with database.begin() as session:
        await small_city(session)
        session.add(Employee(nip=NIP, name="Rahmat", unit_id=1, kind="pns"))
    async with database.begin() as session:
        code = (await staff.invite_by_nip(session, NIP, START)).code

    async def take(telegram_id: int) -> Employee | Refusal:
        async with database.begin() as session:
            person, _, _ = await people.meet(session, telegram_id, "X", "id", START, "id")
            return await staff.bind(session, person, code, START)

    outcomes = await asyncio.gather(*(take(5_000_000 + n) for n in range(6)))
    assert sum(isinstance(outcome, Employee) for outcome in outcomes) == 1
    refusals = {outcome.code for outcome in outcomes if isinstance(outcome, Refusal)}
    assert refusals <= {"code_used", "employee_already_bound"}
