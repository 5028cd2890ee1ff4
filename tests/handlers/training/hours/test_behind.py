"""Who lacks training hours, in the chat: for human resources, for superiors, the reminder, the workbook of a year."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from bot.callbacks import Learn
from bot.services.city import forget
from models.employee import ActingSuperior, Employee, Leave
from models.organisation import CityFact
from models.training.course import Course, CourseKind, CourseStatus
from models.training.hours import HoursStatus, TrainingHours
from tests import hours_scenes
from tests import training_scenes as scenes
from tests.desk_scenes import Statements, forges
from tests.driver import START, Phone, Stage
from tests.hours_scenes import BELOW, CITY, TEAM, counted, notices, opens
from tests.performance_scenes import Team
from tests.training_scenes import phone_of


@pytest.fixture
async def people(stage: Stage) -> Team:
    return await hours_scenes.people(stage)


# --- the list ---


async def test_human_resources_see_who_lacks_hours_with_the_counts_of_the_units(stage: Stage, people: Team) -> None:
    hr = await phone_of(stage, "hr")
    await hr.says("/jp")
    await hr.presses("JP pegawai kota")
    hr.sees("2 dari 6 PNS belum mencapai 20 JP", "1 dari 5", "1 dari 1")
    said = hr.last()
    assert said.index("1. Outsider") < said.index("2. Worker")  # most missing first
    hr.sees("0 dari 20 JP", "7 dari 20 JP")
    assert "Second" not in said
    assert "Third" not in said
    assert await notices(stage) == 0  # looking tells nobody


async def test_one_unit_alone_and_those_with_a_contract(stage: Stage, people: Team) -> None:
    hr = await phone_of(stage, "hr")
    await opens(hr)
    await hr.presses("Pilih satu unit")
    await hr.presses("1 dari 1")
    hr.sees("1 dari 1 PNS belum mencapai", "Outsider")
    assert "Worker" not in hr.last()
    await hr.presses("PPPK sampai 24 JP")
    hr.sees("Tidak ada pegawai jenis ini")
    await hr.presses("Semua unit")
    hr.sees("1 dari 1 PPPK sudah sampai batas 24 JP", "Third", "26 dari 24 JP")
    await hr.presses("PNS di bawah 20 JP")
    hr.sees("2 dari 6 PNS")


async def test_rule_38_hours_that_wait_and_courses_without_attendance_add_nothing(stage: Stage, people: Team) -> None:
    names = ("worker", "outsider", "second")
    course_id = await scenes.course(stage, quota=3, hours=20, sessions=(START + timedelta(hours=2),))
    for name in names:
        await forges(await phone_of(stage, name), Learn("join", course_id).encode())
    await counted(stage, people.ids["worker"], 13, HoursStatus.PENDING)
    stage.later(hours=6)
    hr = await phone_of(stage, "hr")
    for state in (CourseStatus.CLOSED, CourseStatus.DONE):
        await forges(hr, Learn("move", course_id, state.value).encode())
    assert stage.product is not None
    await stage.settle()
    await opens(hr)
    hr.sees("2 dari 6 PNS belum mencapai", "Outsider", "0 dari 20 JP", "7 dari 20 JP")
    async with stage.db.read() as session:
        assert (await session.get_one(Course, course_id)).status is CourseStatus.DONE
        assert not (await session.scalars(select(TrainingHours).where(TrainingHours.course_id == course_id))).all()


async def test_the_minimum_is_the_citys_data(stage: Stage, people: Team) -> None:
    async with stage.db.begin() as session:
        await session.merge(CityFact(key="training.pns_minimum", value="5"))
        forget(session)
    hr = await phone_of(stage, "hr")
    await opens(hr)
    hr.sees("1 dari 6 PNS belum mencapai 5 JP")


async def test_the_list_is_paged_and_costs_the_same_however_many(stage: Stage, people: Team) -> None:
    hr, boss = await phone_of(stage, "hr"), await phone_of(stage, "boss")
    looks = ((hr, CITY), (boss, TEAM), (boss, BELOW))
    few = [await cost(stage, phone, extra) for phone, extra in looks]
    async with stage.db.begin() as session:
        for number in range(25):
            values = {"unit_id": 1, "kind": "pns", "supervisor_id": people.ids["boss"]}
            session.add(Employee(nip=f"199001012015011{number:03d}", name=f"Baru {number:02d}", **values))
    assert [await cost(stage, phone, extra) for phone, extra in looks] == few
    await opens(hr)
    hr.sees("27 dari 31 PNS", "Halaman 1 dari 3", "10. Baru 09")
    await hr.presses("Berikutnya")
    hr.sees("11. Baru 10", "Halaman 2 dari 3")
    await hr.presses("Berikutnya")
    hr.sees("27. Worker")


async def cost(stage: Stage, phone: Phone, extra: str) -> int:
    with Statements(stage) as statements:
        await opens(phone, extra)
    return len(statements.seen)


# --- superiors ---


async def test_a_superior_sees_the_own_people_and_all_below(stage: Stage, people: Team) -> None:
    async with stage.db.begin() as session:
        (await session.get_one(Employee, people.ids["outsider"])).supervisor_id = people.ids["second"]
    boss = await phone_of(stage, "boss")
    await boss.says("/jp")
    assert "JP pegawai kota" not in str(boss.history()[-1])
    await boss.presses("JP bawahan")
    boss.sees("bawahan langsung", "1 dari 2 PNS belum mencapai 20 JP", "Worker", "7 dari 20 JP")
    assert "Outsider" not in boss.last()
    assert "Rekap" not in str(boss.history()[-1])
    assert "Ingatkan" not in str(boss.history()[-1])
    await boss.presses("Semua di bawah saya")
    boss.sees("2 dari 3 PNS", "Outsider", "Worker")
    assert "Deputy" not in boss.last()
    await boss.presses("PPPK sampai 24 JP")
    boss.sees("1 dari 1 PPPK", "Third")


async def test_whoever_acts_for_a_superior_sees_them_until_the_last_day(stage: Stage, people: Team) -> None:
    today = stage.now.date()
    async with stage.db.begin() as session:
        session.add(
            ActingSuperior(
                employee_id=people.ids["boss"], acting_id=people.ids["deputy"], valid_from=today, valid_to=today
            )
        )
    deputy = await phone_of(stage, "deputy")
    await deputy.says("/jp")
    await deputy.presses("JP bawahan")
    deputy.sees("Worker", "7 dari 20 JP")
    stage.later(days=1)
    await opens(deputy, TEAM)
    deputy.sees("hanya untuk petugas yang berwenang")


# --- the reminder ---


async def test_human_resources_remind_once_a_month(stage: Stage, people: Team) -> None:
    hr, worker, outsider = [await phone_of(stage, name) for name in ("hr", "worker", "outsider")]
    async with stage.db.begin() as session:
        days = {"first_day": stage.now.date(), "last_day": stage.now.date()}
        session.add(Leave(employee_id=people.ids["outsider"], **days))
    await opens(hr)
    await hr.presses("Ingatkan mereka (2)")
    hr.sees("Kirim pengingat kepada 2 pegawai?")
    assert await notices(stage) == 0
    yes = hr.button("Ya, ingatkan")
    await hr.presses_data(*yes)
    hr.sees("1 pegawai diingatkan", "1 orang dilewati")
    worker.sees("baru 7 dari 20 JP", "kurang 13 JP lagi")
    assert not outsider.saw("kurang 20 JP lagi")
    await hr.presses_data(*yes)
    hr.sees("0 pegawai diingatkan", "2 orang dilewati")
    await worker.presses("Pelatihan yang akan datang")
    worker.sees("Pelatihan yang akan datang")
    assert await notices(stage) == 1
    stage.later(days=31)
    await forges(hr, Learn("lackyes", 0, CITY).encode())
    hr.sees("2 pegawai diingatkan")
    assert await notices(stage) == 3


async def test_only_the_unit_that_is_listed_is_reminded(stage: Stage, people: Team) -> None:
    hr, worker = await phone_of(stage, "hr"), await phone_of(stage, "worker")
    await opens(hr, "c.u.2")
    await hr.presses("Ingatkan mereka (1)")
    await hr.presses("Ya, ingatkan")
    hr.sees("1 pegawai diingatkan")
    assert not worker.saw("kurang 13 JP lagi")
    assert await notices(stage) == 1


# --- the workbook ---


async def test_the_recap_of_a_year_as_a_workbook(stage: Stage, people: Team) -> None:
    course_id = await scenes.course(stage, kind=CourseKind.MANAGERIAL, status=CourseStatus.DONE)
    async with stage.db.begin() as session:
        session.add(
            TrainingHours(
                employee_id=people.ids["worker"],
                year=2026,
                hours=8,
                title="Pelayanan Prima",
                ended_on=date(2026, 4, 1),
                course_id=course_id,
                status=HoursStatus.COUNTED,
                created_at=START,
            )
        )
    hr = await phone_of(stage, "hr")
    await opens(hr)
    await hr.presses("Rekap 2026")
    book = CalamineWorkbook.from_filelike(BytesIO(await hr.newest_file()))
    assert book.sheet_names == ["Pegawai", "Unit"]
    rows = book.get_sheet_by_name("Pegawai").to_python()
    assert rows[0][0] == "Rekap jam pelajaran (JP) pegawai tahun 2026"
    assert rows[3][1:5] == ["Nama", "NIP", "Unit", "Jenis"]
    found = {row[1]: row for row in rows[4:]}
    assert found["Worker"][2] == "…003"  # of the NIP only the last three digits
    # technical, managerial, sociocultural, functional, the city's, from elsewhere, all, target, missing, above
    assert found["Worker"][4:] == ["PNS", 0, 8, 0, 0, 8, 7, 15, 20, 5, ""]
    assert found["Second"][-4:] == [20, 20, 0, ""]
    assert found["Third"][4:] == ["PPPK", 0, 0, 0, 0, 0, 26, 26, 24, "", 2]
    assert rows[-1][0] == "Jumlah"
    assert rows[-1][11] == 7 + 8 + 20 + 26 + 20 + 30 + 21
    units = book.get_sheet_by_name("Unit").to_python()[4:]
    assert sorted(row[1:] for row in units[:-1]) == [[1, 1, 0, 0, 0, 0, 0], [6, 5, 4, 80, 22, 1, 1]]
    assert units[-1] == ["Jumlah", 7, 6, 4, 66.7, 18.9, 1, 1]


async def test_a_past_year_and_one_that_has_not_begun(stage: Stage, people: Team) -> None:
    hr = await phone_of(stage, "hr")
    await forges(hr, Learn("lackxls", 2025).encode())
    book = CalamineWorkbook.from_filelike(BytesIO(await hr.newest_file()))
    rows = book.get_sheet_by_name("Pegawai").to_python()
    assert "Rabu, 31 Desember 2025" in str(rows[1][0])
    assert {row[11] for row in rows[4:-1]} == {0}
    await forges(hr, Learn("lackxls", 2027).encode())
    hr.sees("Catatan JP itu tidak ada")
