"""The needs in the chat: human resources, the superior, who suggests, what is decided, a new course."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.callbacks import Learn
from models.administration.audit import AuditRow
from models.broadcasts.broadcast import Broadcast
from models.employee import ActingSuperior, Employee
from models.training.course import Course, CourseStatus
from models.training.need import NeedDecision, NeedOutcome
from models.training.registration import RegistrationStatus
from tests import need_scenes, training_scenes
from tests.desk_scenes import forges
from tests.driver import START, Phone, Stage
from tests.performance_scenes import Team
from tests.survey_rows import store
from tests.training_scenes import course, phone_of, status_of


@pytest.fixture
async def people(stage: Stage) -> Team:
    found = await training_scenes.people(stage)
    await need_scenes.weak_unit(stage.db)
    return found


async def opens_the_need(phone: Phone) -> None:
    await phone.says("/pelatihan")
    await phone.presses("Kebutuhan pelatihan")
    if "🏢 PU" in phone.buttons():
        await phone.presses("🏢 PU")
    await phone.presses("U7 Perilaku Pelaksana")


async def decisions(stage: Stage) -> list[NeedDecision]:
    async with stage.db.read() as session:
        return list(await session.scalars(select(NeedDecision).order_by(NeedDecision.id)))


async def test_hr_sees_units_reasons_and_courses(stage: Stage, people: Team) -> None:
    await store(stage.db, need_scenes.improvement(people.ids["boss"]))
    await course(stage, "Melayani dengan Santun", topics=["santun"], quota=5)
    hr = await phone_of(stage, "hr")
    await hr.says("/pelatihan")
    await hr.presses("Kebutuhan pelatihan")
    hr.sees("Dinas Pekerjaan Umum: 2 kebutuhan", "Laporan tertutup tidak ikut dihitung")
    await hr.presses("🏢 PU")
    hr.sees(
        "Nilai U7 Perilaku Pelaksana 2,00 dari 4 (n=34), di bawah 3,06",
        "Perbaikan sedang berjalan: Loket ramah setiap hari, oleh Boss, sampai 31 Desember 2026",
        "Pengaduan: 8 dari 10 laporan dalam 90 hari terakhir (80%), biasanya di kota ini 50%",
    )
    await hr.presses("U7 Perilaku Pelaksana")
    hr.sees("Pelatihan yang cocok", "1. Melayani dengan Santun", "1 Desember 2026", "5 kursi untuk unit ini")
    assert not any("Usulkan" in label for label in hr.buttons())
    await hr.presses("🎓 1. Melayani")
    hr.sees("Kode: MELAYANI-DENGAN-SANTUN")


async def test_hr_announces_to_the_unit_once(stage: Stage, people: Team) -> None:
    await course(stage, "Melayani dengan Santun", topics=["santun"])
    hr = await phone_of(stage, "hr")
    await opens_the_need(hr)
    announce = hr.button("1. Umumkan")
    await hr.presses_data(*announce)
    hr.sees("untuk pegawai PU saja")
    await hr.presses_data(*announce)
    await hr.presses("Buka pengumumannya")
    hr.sees("Melayani dengan Santun", "PU")
    async with stage.db.read() as session:
        (row,) = (await session.scalars(select(Broadcast))).all()
        assert row.audience == {"circle": "staff", "units": [1]}
        assert await session.scalar(select(Course.broadcast_id)) is None


async def test_no_course_fits_and_hr_begins_one(stage: Stage, people: Team) -> None:
    hr = await phone_of(stage, "hr")
    await opens_the_need(hr)
    hr.sees("Belum ada pelatihan untuk kebutuhan ini")
    await hr.presses("Buat pelatihan untuk ini")
    hr.sees("Apa jenis kompetensinya?")
    await stage.close()
    await stage.open()
    await hr.presses("teknis")
    await hr.presses("klasikal")
    for answer in ("8", "1 Desember 2026 08.00-12.00"):
        await hr.says(answer)
    await hr.presses("Lanjut")
    for answer in ("Aula", "30", "28 November 2026"):
        await hr.says(answer)
    hr.sees("Pelatihan perilaku untuk PU", "perilaku, santun", "PU")
    await hr.presses("Simpan")
    async with stage.db.read() as session:
        row = (await session.scalars(select(Course))).one()
    assert (row.title, row.topics) == ("Pelatihan perilaku untuk PU", ["perilaku", "santun"])
    assert row.audience == {"circle": "staff", "units": [1]}
    assert row.status is CourseStatus.DRAFT
    await opens_the_need(hr)
    hr.sees("1. Pelatihan perilaku untuk PU", "rancangan, belum dibuka")


async def test_a_kind_that_the_city_names_is_not_asked(stage: Stage, people: Team) -> None:
    hr = await phone_of(stage, "hr")
    await forges(hr, Learn("neednew", 1, "rcomplaint").encode())
    hr.sees("Klasikal atau nonklasikal?")


async def test_a_draft_is_asked_for_before_a_new_course_begins(stage: Stage, people: Team) -> None:
    hr = await phone_of(stage, "hr")
    await forges(hr, Learn("new", 0).encode())
    await forges(hr, Learn("neednew", 1, "eU7").encode())
    await hr.presses("Mulai")
    hr.sees("Apa jenis kompetensinya?")
    await forges(hr, Learn("needwait", 1, "eU7").encode())
    await hr.presses("Mulai")
    hr.sees("Ditunda sampai kapan?")
    await hr.presses("Batal")
    hr.sees("tetap dihitung")
    assert await decisions(stage) == []


async def test_a_suggestion_begins_anew_beside_a_draft(stage: Stage, people: Team) -> None:
    await course(stage, "Melayani dengan Santun", topics=["santun"])
    boss = await phone_of(stage, "boss")
    await boss.says("Lampu jalan di depan SD mati sejak hari Senin")
    await forges(boss, Learn("needsug", 1, "1.eU7").encode())
    await boss.presses("Mulai")
    boss.sees("Kepada siapa pelatihan ini diusulkan?", "Melayani dengan Santun")
    await boss.presses("Bantuan")
    assert boss.saw("Usulan bukan perintah")


async def test_hr_handles_a_need_and_counts_it_again(stage: Stage, people: Team) -> None:
    hr = await phone_of(stage, "hr")
    await opens_the_need(hr)
    done = hr.button("Sudah ditangani")
    await hr.presses_data(*done)
    hr.sees("Apa alasannya?", "Nilai U7 Perilaku Pelaksana 2,00")
    await hr.says("x" * 301)
    assert hr.saw("paling banyak 300 huruf")
    await hr.says("Bimtek bulan Oktober sudah diikuti, NIK 2172010101800001")
    hr.sees("Dianggap sudah ditangani untuk masa ini. Alasan: Bimtek bulan Oktober sudah diikuti")
    assert "2172010101800001" not in hr.last()
    await hr.presses_data(*done)
    hr.sees("sudah diputuskan")
    await forges(hr, Learn("needs", 0).encode())
    assert hr.saw("Dinas Pekerjaan Umum: 1 kebutuhan")
    await opens_the_need(hr)
    again = hr.button("Hitung lagi")
    await hr.presses_data(*again)
    await hr.presses_data(*again)
    assert "Dianggap" not in hr.last()
    assert [row.outcome for row in await decisions(stage)] == [NeedOutcome.HANDLED, NeedOutcome.REOPENED]
    async with stage.db.read() as session:
        acts = (await session.scalars(select(AuditRow).where(AuditRow.subject == "need").order_by(AuditRow.id))).all()
    assert [act.new["outcome"] for act in acts] == ["handled", "reopened"]
    assert acts[0].new["what"] == "U7"
    assert "reason" not in acts[0].new


async def test_hr_puts_a_need_off_until_a_day(stage: Stage, people: Team) -> None:
    hr = await phone_of(stage, "hr")
    await opens_the_need(hr)
    await hr.presses("Tunda")
    await hr.says("kapan-kapan")
    assert hr.saw("Tanggal itu belum bisa dibaca")
    hr.sees("Ditunda sampai kapan?")
    await hr.says("24 November 2026")
    assert hr.saw("sesudah hari ini")
    await hr.presses("3 bulan lagi")
    hr.sees("Apa alasannya?")
    await hr.presses("Kembali")
    await hr.says("1 Desember 2026")
    await stage.close()
    await stage.open()
    await hr.says("Menunggu anggaran")
    hr.sees("Ditunda sampai 1 Desember 2026. Alasan: Menunggu anggaran")
    (row,) = await decisions(stage)
    assert (row.outcome, row.until) == (NeedOutcome.PUT_OFF, date(2026, 12, 1))
    boss = await phone_of(stage, "boss")
    await opens_the_need(boss)
    boss.sees("Ditunda sampai 1 Desember 2026")
    assert not any("Tunda" in label or "Hitung lagi" in label for label in boss.buttons())
    stage.later(days=7)
    await opens_the_need(hr)
    assert "Ditunda" not in hr.last()


async def test_the_superior_suggests_to_the_own_people(stage: Stage, people: Team) -> None:
    course_id = await course(stage, "Melayani dengan Santun", topics=["santun"], quota=5)
    await course(stage, "Rancangan", topics=["santun"], status=CourseStatus.DRAFT)
    boss, worker, second = [await phone_of(stage, name) for name in ("boss", "worker", "second")]
    await forges(second, Learn("join", course_id).encode())
    await boss.says("/pelatihan")
    await boss.presses("Kebutuhan pelatihan")
    boss.sees("Kebutuhan pelatihan: Dinas Pekerjaan Umum", "Nilai U7 Perilaku Pelaksana 2,00")
    assert "⬅️ Kebutuhan pelatihan" not in boss.buttons()
    await boss.presses("U7 Perilaku Pelaksana")
    assert "Rancangan" not in boss.last()
    suggest = boss.button("1. Usulkan ke pegawai")
    await boss.presses_data(*suggest)
    boss.sees("Kepada siapa pelatihan ini diusulkan?", "Second: sudah mendaftar", "Dipilih: 0 orang")
    assert not any("Second" in label or "Outsider" in label for label in boss.buttons())
    await boss.presses("Pilih semua")
    boss.sees("Dipilih: 2 orang")
    await boss.presses("Third")
    boss.sees("Dipilih: 1 orang")
    await stage.close()
    await stage.open()
    send = boss.button("Kirim usulan")
    await boss.presses_data(*send)
    boss.sees("Usulan pelatihan Melayani dengan Santun dikirim kepada 1 orang")
    await boss.presses_data(*send)
    worker.sees("Boss mengusulkan pelatihan Melayani dengan Santun", "Nilai U7 Perilaku Pelaksana 2,00", "di PU")
    assert sum("mengusulkan" in text for text in worker.texts()) == 1
    await worker.presses("Daftar pelatihan ini")
    assert await status_of(stage, course_id, people.ids["worker"]) is RegistrationStatus.SEATED
    await boss.presses_data(*suggest)
    boss.sees("Worker: sudah mendaftar")
    await boss.presses("Batal")
    boss.sees("belum ada yang diberi usulan")


async def test_who_was_told_is_not_told_again(stage: Stage, people: Team) -> None:
    await course(stage, "Melayani dengan Santun", topics=["santun"], quota=5)
    boss, worker = await phone_of(stage, "boss"), await phone_of(stage, "worker")
    for _ in range(2):
        await opens_the_need(boss)
        await boss.presses("1. Usulkan ke pegawai")
        if "Worker: sudah pernah diberi usulan ini" in boss.last():
            break
        await boss.presses("⬜ Worker")
        await boss.presses("Kosongkan pilihan")
        boss.sees("Dipilih: 0 orang")
        await boss.presses("⬜ Worker")
        await boss.presses("Kirim usulan")
    boss.sees("Worker: sudah pernah diberi usulan ini")
    assert sum("mengusulkan" in text for text in worker.texts()) == 1


async def test_whoever_acts_for_the_superior_suggests_as_well(stage: Stage, people: Team) -> None:
    await course(stage, "Melayani dengan Santun", topics=["santun"], quota=5)
    deputy, worker = await phone_of(stage, "deputy"), await phone_of(stage, "worker")
    await forges(deputy, Learn("needs", 0).encode())
    deputy.sees("hanya untuk petugas yang berwenang")
    day = START.date()
    acting = {"employee_id": people.ids["boss"], "acting_id": people.ids["deputy"]}
    await store(stage.db, ActingSuperior(**acting, valid_from=day, valid_to=day + timedelta(days=3)))
    async with stage.db.begin() as session:
        (await session.get_one(Employee, people.ids["deputy"])).unit_id = 2
    await deputy.says("/pelatihan")
    await deputy.presses("Kebutuhan pelatihan")
    deputy.sees("Dinas Pekerjaan Umum")
    await deputy.presses("U7 Perilaku Pelaksana")
    await deputy.presses("1. Usulkan ke pegawai")
    await deputy.presses("⬜ Worker")
    await deputy.presses("Kirim usulan")
    worker.sees("Deputy mengusulkan pelatihan Melayani dengan Santun")


async def test_the_course_fills_while_people_are_chosen(stage: Stage, people: Team) -> None:
    course_id = await course(stage, "Melayani dengan Santun", topics=["santun"], quota=1)
    boss, outsider = await phone_of(stage, "boss"), await phone_of(stage, "outsider")
    await opens_the_need(boss)
    await boss.presses("1. Usulkan ke pegawai")
    await boss.presses("⬜ Worker")
    await forges(outsider, Learn("join", course_id).encode())
    await boss.presses("Kirim usulan")
    boss.sees("sudah penuh, ditutup, atau bukan untuk unit ini")
    await boss.presses("Batal")
    assert boss.saw("belum ada yang diberi usulan")


async def test_a_need_that_is_gone_says_so(stage: Stage, people: Team) -> None:
    hr = await phone_of(stage, "hr")
    await opens_the_need(hr)
    await hr.presses("Sudah ditangani")
    await store(stage.db, *need_scenes.answers(400, U7=4))
    await hr.says("Sudah")
    assert hr.saw("tidak lagi menunjukkan kebutuhan ini")
    await hr.presses("Batal")
    assert await decisions(stage) == []
