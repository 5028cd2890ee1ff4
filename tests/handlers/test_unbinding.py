"""An account is taken off the roster: a lost phone, the wrong person's account."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.services import outbox
from bot.services.unbinding import FOR_STAFF, WITHHELD
from bot.views import notices
from models.employee import Employee, RoleGrant
from models.outbox import OutboxMessage, OutboxStatus
from models.person import Person
from models.rules.permissions import Role
from tests.driver import Phone, Stage
from tests.factories import STAFF


async def officer_of(stage: Stage) -> Employee:
    async with stage.db.read() as session:
        statement = select(Employee).join(Person, Person.id == Employee.person_id)
        return (await session.scalars(statement.where(Person.telegram_id == STAFF["officer"]))).one()


async def employee_of(stage: Stage, employee_id: int) -> Employee:
    async with stage.db.read() as session:
        return await session.get_one(Employee, employee_id)


def commands_of(phone: Phone) -> list[str]:
    world = phone.stage.sandbox
    person = world.person(phone.id)
    return [c["command"] for c in world.commands.visible(world.chat_of(phone.id), phone.id, person.language_code)]


@pytest.fixture
async def asked(stage: Stage) -> tuple[Stage, Phone, Phone, Employee]:
    """HR stands before the question whether the officer's account is released."""
    boss, officer = stage.person("Hr", telegram_id=STAFF["hr"]), stage.person("Dewi", telegram_id=STAFF["officer"])
    employee = await officer_of(stage)
    await officer.starts()
    await boss.says("/undang")
    await boss.says(employee.nip)
    await boss.presses(employee.name)
    boss.sees("sudah terikat dengan satu akun")
    await boss.presses("Lepaskan akun")
    boss.sees("Lepaskan akun pegawai ini?", employee.name)
    return stage, boss, officer, employee


async def test_a_lost_phone_loses_the_desk_and_another_gets_it(asked: Any) -> None:
    stage, boss, officer, employee = asked
    assert "unit" in commands_of(officer)
    await boss.presses("Ya, lepaskan akun")
    boss.sees("Akun lama sudah dilepas", "Buat undangan untuk pegawai ini?")
    officer.sees("sudah dilepas dari data pegawai", employee.name)
    assert "unit" not in commands_of(officer)
    assert (await employee_of(stage, employee.id)).person_id is None
    await officer.says("/unit")
    officer.sees("hanya untuk petugas yang berwenang")
    await boss.presses("Buat undangan")
    code = boss.last().split("Kode: ")[1].split()[0]
    new = stage.person("Dewi HP baru")
    await new.says(code)
    new.sees("Selamat datang", employee.name)
    assert "unit" in commands_of(new)


async def test_going_back_or_away_releases_nobody(asked: Any) -> None:
    stage, boss, officer, employee = asked
    await boss.presses("Kembali")
    boss.sees("sudah terikat dengan satu akun")
    await boss.says("/batal")
    boss.sees("Tidak ada undangan yang dibuat")
    assert (await employee_of(stage, employee.id)).person_id is not None
    await officer.says("/unit")
    assert not officer.saw("hanya untuk petugas yang berwenang")


async def test_a_double_press_releases_once(asked: Any) -> None:
    stage, boss, officer, employee = asked
    message_id, data = boss.button("Ya, lepaskan akun")
    await boss.presses_data(message_id, data)
    await boss.presses_data(message_id, data)
    assert len([text for text in officer.texts() if "sudah dilepas dari data pegawai" in text]) == 1
    boss.sees("Buat undangan untuk pegawai ini?")
    assert (await employee_of(stage, employee.id)).person_id is None


async def test_whoever_loses_the_role_in_the_middle_releases_nobody(asked: Any) -> None:
    stage, boss, _officer, employee = asked
    async with stage.db.begin() as session:
        grant = (await session.scalars(select(RoleGrant).where(RoleGrant.role == Role.HR))).one()
        grant.valid_to = stage.now.date().replace(day=1)
    await boss.presses("Ya, lepaskan akun")
    assert boss.saw("hanya untuk petugas yang berwenang")
    assert (await employee_of(stage, employee.id)).person_id is not None


async def test_nobody_releases_the_own_account(stage: Stage) -> None:
    boss = stage.person("Hr", telegram_id=STAFF["hr"])
    async with stage.db.read() as session:
        statement = select(Employee).join(Person, Person.id == Employee.person_id)
        own = (await session.scalars(statement.where(Person.telegram_id == STAFF["hr"]))).one()
    await boss.says("/undang")
    await boss.says(own.nip)
    await boss.presses(own.name)
    await boss.presses("Lepaskan akun")
    await boss.presses("Ya, lepaskan akun")
    assert boss.saw("Akun sendiri tidak bisa dilepas")
    assert (await employee_of(stage, own.id)).person_id is not None


async def test_what_waits_for_the_civil_servant_is_withheld_what_waits_for_the_resident_is_not(asked: Any) -> None:
    stage, boss, _officer, employee = asked
    later = stage.now.replace(year=stage.now.year + 1)
    async with stage.db.begin() as session:
        for key, kind, values in (
            ("work", "report_filed", {"code": "TPI-1", "about": None}),
            ("digest", "incident", {"incident": "K-1"}),
            ("own", "ban_lifted", {}),
        ):
            await outbox.put(
                session,
                key=key,
                person_id=employee.person_id,
                kind=kind,
                values=values,
                now=stage.now,
                not_before=later,
            )
    await boss.presses("Ya, lepaskan akun")
    async with stage.db.read() as session:
        rows = {row.key: row for row in await session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))}
    assert [rows[key].status for key in ("work", "digest")] == [OutboxStatus.REFUSED] * 2
    assert rows["work"].fault == WITHHELD
    assert rows["own"].status is OutboxStatus.QUEUED
    assert set(notices.KINDS) >= FOR_STAFF
