"""Invitations bind accounts to the roster; an NIP alone never does."""

import re

import pytest
from sqlalchemy import func, select

from bot.delivery.commands import register_commands
from bot.services import staff
from models.employee import Employee, Invitation, InvitationAttempt, RoleGrant
from models.errors import Refusal
from models.person import Person
from models.rules.permissions import Role
from tests.driver import START, Phone, Stage
from tests.factories import STAFF

NIP = "198609262015051001"


@pytest.fixture
async def newcomer(stage: Stage) -> int:
    """Somebody of the roster, an officer of the first unit, without an account."""
    async with stage.db.begin() as session:
        employee = Employee(nip=NIP, name="Rahmat Hidayat", unit_id=1, kind="pns", position="Pengadministrasi")
        session.add(employee)
        await session.flush()
        session.add(RoleGrant(employee_id=employee.id, role=Role.OFFICER, unit_id=1, valid_from=START.date()))
    return employee.id


async def code_for(stage: Stage, employee_id: int) -> str:
    async with stage.db.begin() as session:
        employee = await staff.get(session, employee_id)
        return (await staff.invite(session, employee, stage.now)).code


async def account_of(stage: Stage, employee_id: int) -> int | None:
    async with stage.db.read() as session:
        return await session.scalar(select(Employee.person_id).where(Employee.id == employee_id))


def hr(stage: Stage) -> Phone:
    return stage.person("Hr", telegram_id=STAFF["hr"])


async def test_from_invitation_to_the_first_desk(stage: Stage, newcomer: int) -> None:
    boss, rahmat = hr(stage), stage.person("Rahmat")
    await boss.starts()
    await boss.presses("Undang pegawai")
    boss.sees("Siapa yang ingin diundang?")
    await boss.says("rahmat")
    boss.sees("Pegawai yang mana?")
    assert any("Rahmat Hidayat (…001)" in label for label in boss.buttons())
    await boss.presses("Rahmat Hidayat")
    boss.sees("Buat undangan untuk pegawai ini?", "…001", "Dinas Pekerjaan Umum")
    await boss.presses("Buat undangan")
    boss.sees("Kode:", "berlaku sekali", "Selasa, 1 Desember 2026")
    link = re.search(r"start=(i_\w+)", boss.last())
    assert link is not None
    assert not boss.saw(NIP)
    await rahmat.starts(link[1])
    rahmat.sees("Selamat datang, Rahmat Hidayat", "petugas unit, PU", "…001")
    assert "🧰 Kerjakan laporan unit" in rahmat.buttons()
    assert await account_of(stage, newcomer) is not None
    assert not rahmat.saw(NIP)


async def test_rule_34_an_nip_alone_never_binds(stage: Stage, newcomer: int) -> None:
    rahmat = stage.person("Rahmat")
    await rahmat.says(NIP)
    await rahmat.starts(f"i_{NIP}")
    assert rahmat.saw("tidak dikenal")
    assert await account_of(stage, newcomer) is None


async def test_rule_34_a_code_is_typed_in_any_form_and_works_once(stage: Stage, newcomer: int) -> None:
    code = await code_for(stage, newcomer)
    rahmat, thief = stage.person("Rahmat"), stage.person("Maling")
    await rahmat.says(f" {code.lower()} ")
    rahmat.sees("Selamat datang, Rahmat Hidayat")
    bound = await account_of(stage, newcomer)
    await thief.says(code)
    thief.sees("sudah dipakai")
    await rahmat.says(code)
    rahmat.sees("sudah terikat")
    assert await account_of(stage, newcomer) == bound


async def test_rule_34_a_code_expires(stage: Stage, newcomer: int) -> None:
    code = await code_for(stage, newcomer)
    rahmat = stage.person("Rahmat")
    stage.later(days=7, seconds=1)
    await rahmat.says(code)
    rahmat.sees("tidak berlaku")
    assert await account_of(stage, newcomer) is None


async def test_rule_34_wrong_codes_shut_the_door_for_an_hour(stage: Stage, newcomer: int) -> None:
    code = await code_for(stage, newcomer)
    thief = stage.person("Maling")
    for letter in "BCDFG":
        await thief.says(f"{letter * 4}-2345-6789")
        thief.sees("tidak dikenal")
        stage.later(minutes=10)
    await thief.says(code)
    thief.sees("Terlalu banyak")
    stage.later(minutes=49)
    await thief.says(code)
    thief.sees("Terlalu banyak")
    assert await account_of(stage, newcomer) is None
    stage.later(minutes=2)
    await thief.says(code)
    thief.sees("Selamat datang")
    async with stage.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(InvitationAttempt)) == 5


async def test_a_new_invitation_ends_the_one_before(stage: Stage, newcomer: int) -> None:
    old, new = await code_for(stage, newcomer), await code_for(stage, newcomer)
    rahmat = stage.person("Rahmat")
    await rahmat.says(old)
    rahmat.sees("tidak berlaku")
    await rahmat.says(new)
    rahmat.sees("Selamat datang")


async def test_only_a_hash_of_a_long_code_is_stored(stage: Stage, newcomer: int) -> None:
    code = staff.normalise(await code_for(stage, newcomer))
    async with stage.db.read() as session:
        invitation = (await session.scalars(select(Invitation))).one()
    stored = [str(getattr(invitation, column.key)) for column in Invitation.__table__.columns]
    assert code not in " ".join(stored)
    assert len(staff.ALPHABET) ** staff.LENGTH > 2**50
    assert set(code) <= set(staff.ALPHABET)


async def test_a_bound_employee_is_not_invited_again(stage: Stage, newcomer: int) -> None:
    boss, rahmat = hr(stage), stage.person("Rahmat")
    await rahmat.says(await code_for(stage, newcomer))
    await boss.says("/undang")
    await boss.says(NIP)
    await boss.presses("Rahmat Hidayat")
    boss.sees("sudah terikat dengan satu akun")
    assert not any("Buat undangan" in label for label in boss.buttons())
    async with stage.db.begin() as session:
        with pytest.raises(Refusal, match="employee_already_bound"):
            await staff.invite(session, await staff.get(session, newcomer), stage.now)


async def test_somebody_who_left_is_not_found(stage: Stage, newcomer: int) -> None:
    async with stage.db.begin() as session:
        (await staff.get(session, newcomer)).valid_to = START.date().replace(day=1)
    boss = hr(stage)
    await boss.says("/undang")
    await boss.says("Rahmat Hidayat")
    boss.sees("Tidak ada pegawai aktif")


async def test_only_hr_and_administrators_invite(stage: Stage, newcomer: int) -> None:
    for role in ("officer", "verifier", "inspector", "head"):
        phone = stage.person(role, telegram_id=STAFF[role])
        await phone.says("/undang")
        phone.sees("hanya untuk petugas yang berwenang")
    siti, admin = stage.person("Siti"), stage.person("Admin", telegram_id=STAFF["admin"])
    await siti.starts()
    await siti.presses_data(siti.history()[-1]["message_id"], "o:invite:0")
    siti.sees("hanya untuk petugas yang berwenang")
    await admin.says("/undang")
    admin.sees("Siapa yang ingin diundang?")


async def test_whoever_loses_the_role_in_the_middle_makes_no_code(stage: Stage, newcomer: int) -> None:
    boss = hr(stage)
    await boss.says("/undang")
    await boss.says("Rahmat Hidayat")
    await boss.presses("Rahmat Hidayat")
    async with stage.db.begin() as session:
        grant = (await session.scalars(select(RoleGrant).where(RoleGrant.role == Role.HR))).one()
        grant.valid_to = START.date().replace(day=1)
    await boss.presses("Buat undangan")
    assert boss.saw("hanya untuk petugas yang berwenang")
    async with stage.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Invitation)) == 0


async def test_a_code_leaves_an_open_report_alone(stage: Stage, newcomer: int) -> None:
    code = await code_for(stage, newcomer)
    rahmat = stage.person("Rahmat")
    await rahmat.says("Lampu jalan di depan SD mati sejak Senin")
    await rahmat.says(code)
    assert rahmat.saw("Selamat datang, Rahmat Hidayat")
    rahmat.sees("Ada foto atau video?")


# --- which commands a chat offers ---


def offered(phone: Phone) -> dict[str, str]:
    """The commands this person sees behind the menu button."""
    world = phone.stage.sandbox
    person = world.person(phone.id)
    seen = world.commands.visible(world.chat_of(phone.id), phone.id, person.language_code)
    return {command["command"]: command["description"] for command in seen}


async def test_commands_are_registered_per_scope_and_language(stage: Stage) -> None:
    assert stage.product is not None
    await register_commands(stage.product.runtime.bot, "112")
    siti, ali = stage.person("Siti"), stage.person("Ali", "en")
    expected = "start menu lapor nilai skm laporan mutu acara kabar bantuan bahasa batal privasi datasaya hapus tarik"
    assert list(offered(siti)) == expected.split()
    assert list(offered(ali)) == expected.split()
    world = stage.sandbox
    assert [c["command"] for c in world.commands.get(("all_group_chats", 0, 0), "")] == ["start"]
    assert "lapor" in world.bot.descriptions[""].casefold()
    assert "telepon 112" in world.bot.short_descriptions[""]
    assert "call 112" in world.bot.short_descriptions["en"]


async def test_telegram_refusing_the_commands_stops_nobody(stage: Stage) -> None:
    assert stage.product is not None
    stage.sandbox.faults.add("setMyCommands", times=3, status=500, description="Internal Server Error")
    await register_commands(stage.product.runtime.bot, "")
    siti = stage.person("Siti")
    await siti.starts()
    siti.sees("Selamat datang")


@pytest.mark.parametrize(
    ("role", "first", "own"),
    [
        ("officer", "unit", "permohonan"),
        ("head", "unit", "bagi"),
        ("verifier", "verifikasi", "minggu"),
        ("inspector", "awasi", "minggu"),
        ("hr", "minggu", "undang"),
    ],
)
async def test_staff_see_the_commands_of_their_desks(stage: Stage, role: str, first: str, own: str) -> None:
    phone = stage.person(role, telegram_id=STAFF[role])
    await phone.starts()
    assert next(iter(offered(phone))) == first
    assert {own, "lapor"} <= set(offered(phone))


async def test_a_bound_account_gets_its_commands(stage: Stage, newcomer: int) -> None:
    rahmat = stage.person("Rahmat")
    await rahmat.says(await code_for(stage, newcomer))
    assert "unit" in offered(rahmat)


async def test_a_chosen_language_is_remembered_and_spoken(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts()
    await siti.presses("English")
    assert "unit" not in offered(siti)
    assert "lapor" in offered(siti)
    await siti.says("/bahasa")
    await siti.presses("Melayu")
    async with stage.db.read() as session:
        person = (await session.scalars(select(Person).where(Person.telegram_id == siti.id))).one()
    assert (person.language, person.language_chosen) == ("ms", True)
