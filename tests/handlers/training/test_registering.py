"""Registering for a course in the chat. Domain rule 39: the waiting list in order, it moves up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.callbacks import Learn
from models.employee import ActingSuperior
from models.training.course import CourseStatus, Selection
from models.training.registration import RegistrationStatus
from tests import training_scenes as scenes
from tests.desk_scenes import Statements, forges
from tests.driver import START, Phone, Stage
from tests.performance_scenes import Team
from tests.training_scenes import phone_of, status_of


@pytest.fixture
async def people(stage: Stage) -> Team:
    return await scenes.people(stage)


async def looks_at(phone: Phone, title: str) -> None:
    await phone.says("/pelatihan")
    await phone.presses("Pelatihan yang akan datang")
    await phone.presses(title)


async def test_rule_39_the_waiting_list_moves_up_and_both_are_told(stage: Stage, people: Team) -> None:
    course_id = await scenes.course(stage, quota=1)
    worker, second, third = [await phone_of(stage, name) for name in ("worker", "second", "third")]
    await looks_at(worker, "Pelayanan Prima")
    worker.sees("Kursi: 1, masih kosong 1", "teknis, klasikal", "Selasa, 1 Desember 2026 10.00 WIB", "Aula Contoh")
    await worker.presses("Daftar pelatihan ini")
    assert worker.saw("sudah mendapat kursi")
    worker.sees("Bapak/Ibu mendapat kursi pada pelatihan Pelayanan Prima")
    for phone in (second, third):
        stage.later(minutes=1)
        await looks_at(phone, "Pelayanan Prima")
        await phone.presses("Masuk daftar tunggu")
        phone.sees("masuk daftar tunggu")
    await third.presses("Lihat pelatihannya")
    third.sees("daftar tunggu", "nomor 2", "Daftar tunggu: 2 orang")
    stage.later(minutes=1)
    await worker.presses("Lihat pelatihannya")
    await worker.presses("Batalkan pendaftaran saya")
    worker.sees("Batalkan pendaftaran ini?")
    await worker.presses("Ya, batalkan")
    worker.sees("sudah dibatalkan")
    second.sees("Ada kursi kosong", "Rabu, 25 November 2026 10.03 WIB")
    await second.presses("Ambil kursi ini")
    second.sees("sudah mendapat kursi")
    await looks_at(third, "Pelayanan Prima")
    third.sees("nomor 1")
    assert await status_of(stage, course_id, people.ids["second"]) is RegistrationStatus.SEATED


async def test_double_taps_and_buttons_of_others_change_nothing(stage: Stage, people: Team) -> None:
    course_id = await scenes.course(stage)
    worker, second = await phone_of(stage, "worker"), await phone_of(stage, "second")
    await looks_at(worker, "Pelayanan Prima")
    join = worker.button("Daftar pelatihan ini")
    await worker.presses_data(*join)
    await worker.presses_data(*join)
    assert sum("mendapat kursi pada pelatihan" in text for text in worker.texts()) == 1
    for verb in ("leave", "leave2", "take"):
        await forges(second, Learn(verb, 1).encode())
        second.sees("bukan milik atau bukan tugas")
    await forges(second, Learn("open", 99).encode())
    second.sees("Pelatihan itu tidak ada")
    assert await status_of(stage, course_id, people.ids["worker"]) is RegistrationStatus.SEATED


async def test_who_is_not_meant_and_what_is_closed(stage: Stage, people: Team) -> None:
    await scenes.course(stage, "Hanya PPPK", audience={"circle": "staff", "kinds": ["pppk"]})
    await scenes.course(stage, "Sudah tutup", status=CourseStatus.CLOSED)
    await scenes.course(stage, "Rahasia", status=CourseStatus.DRAFT)
    worker = await phone_of(stage, "worker")
    await worker.says("/pelatihan")
    await worker.presses("Pelatihan yang akan datang")
    worker.sees("Sudah tutup")
    assert "Hanya PPPK" not in worker.last()
    assert "Rahasia" not in worker.last()
    await forges(worker, Learn("open", 1).encode())
    worker.sees("bukan untuk jabatan atau unit")
    await forges(worker, Learn("join", 1).encode())
    worker.sees("bukan untuk jabatan atau unit")
    await forges(worker, Learn("join", 2).encode())
    worker.sees("tidak dibuka atau sudah ditutup")
    await forges(worker, Learn("open", 3).encode())
    worker.sees("Pelatihan itu tidak ada")


async def test_the_superior_approves_and_an_acting_one_refuses_with_a_reason(stage: Stage, people: Team) -> None:
    course_id = await scenes.course(stage, needs_approval=True)
    async with stage.db.begin() as session:
        day = date(2026, 11, 24)
        session.add(
            ActingSuperior(
                employee_id=people.ids["boss"],
                acting_id=people.ids["deputy"],
                valid_from=day,
                valid_to=day + timedelta(days=3),
            )
        )
    phones = {name: await phone_of(stage, name) for name in ("boss", "deputy", "worker", "second", "outsider")}
    boss, deputy, worker, second = (phones[name] for name in ("boss", "deputy", "worker", "second"))
    for phone in (worker, second):
        stage.later(minutes=1)
        await looks_at(phone, "Pelayanan Prima")
        await phone.presses("Daftar pelatihan ini")
        phone.sees("menunggu persetujuan atasan")
    boss.sees("Second ingin mengikuti pelatihan Pelayanan Prima")
    deputy.sees("Second ingin mengikuti pelatihan Pelayanan Prima")
    await boss.says("/pelatihan")
    await boss.presses("Permohonan bawahan (2)")
    boss.sees("Worker: Pelayanan Prima", "Second: Pelayanan Prima")
    await boss.presses("Worker: Pelayanan")
    yes = boss.button("Setujui")
    await boss.presses_data(*yes)
    worker.sees("mendapat kursi")
    await boss.presses_data(*yes)
    boss.sees("sudah diputuskan")
    await deputy.presses("Tidak setuju")
    deputy.sees("Mengapa tidak disetujui?")
    await stage.close()
    await stage.open()
    await deputy.says("Minggu itu ada pelayanan keliling")
    deputy.sees("tidak disetujui atasan")
    second.sees("Atasan belum menyetujui", "Minggu itu ada pelayanan keliling")
    await second.presses("Lihat pelatihannya")
    second.sees("Alasan atasan: Minggu itu ada pelayanan keliling")
    for verb in ("yes", "no", "ask"):
        await forges(phones["outsider"], Learn(verb, 2).encode())
        phones["outsider"].sees("bukan bawahan Bapak/Ibu")
    assert await status_of(stage, course_id, people.ids["worker"]) is RegistrationStatus.SEATED
    assert await status_of(stage, course_id, people.ids["second"]) is RegistrationStatus.REFUSED


async def test_refusing_can_be_left(stage: Stage, people: Team) -> None:
    course_id = await scenes.course(stage, needs_approval=True)
    boss, worker = await phone_of(stage, "boss"), await phone_of(stage, "worker")
    await looks_at(worker, "Pelayanan Prima")
    await worker.presses("Daftar pelatihan ini")
    await boss.presses("Tidak setuju")
    await boss.presses("Bantuan")
    assert boss.saw("Tulis alasan singkat")
    await boss.says("batal")
    boss.sees("tetap menunggu keputusan")
    assert await status_of(stage, course_id, people.ids["worker"]) is RegistrationStatus.INTERESTED


async def test_a_link_opens_one_course_and_a_resident_is_turned_away(stage: Stage, people: Team) -> None:
    await scenes.course(stage, selection=Selection.SELECTED, description="Belajar melayani dengan senyum")
    worker, siti = await phone_of(stage, "worker"), stage.person("Siti")
    await worker.starts("pelatihan_1")
    worker.sees("Belajar melayani", "dipilih pengelola kepegawaian")
    await worker.presses("Daftar pelatihan ini")
    worker.sees("disetujui. Pesertanya dipilih oleh pengelola kepegawaian")
    await siti.starts("pelatihan_1")
    siti.sees("hanya untuk petugas")
    await siti.says("/pelatihan")
    siti.sees("hanya untuk petugas")


async def test_own_history_and_calendar(stage: Stage, people: Team) -> None:
    await scenes.course(stage, sessions=(START + timedelta(days=7), START + timedelta(days=8)))
    worker = await phone_of(stage, "worker")
    await looks_at(worker, "Pelayanan Prima")
    await worker.presses("Daftar pelatihan ini")
    await worker.says("/pelatihan")
    await worker.presses("Pelatihan saya")
    worker.sees("Pelayanan Prima", "sudah mendapat kursi")
    await worker.presses("Pelayanan Prima")
    await worker.presses("Simpan ke kalender")
    content = (await worker.newest_file()).decode()
    assert content.count("BEGIN:VEVENT") == 2
    stage.later(days=9)
    await worker.says("/pelatihan")
    await worker.presses("Pelatihan saya")
    worker.sees("belum terdaftar pada pelatihan apa pun")
    await worker.says("/pelatihan")
    await worker.presses("Riwayat pelatihan")
    worker.sees("Pelayanan Prima")


async def test_lists_cost_the_same_however_long(stage: Stage, people: Team) -> None:
    worker = await phone_of(stage, "worker")
    costs = []
    for number in (1, 12):
        for more in range(number):
            await scenes.course(stage, f"Pelatihan {number}-{more}")
        for verb in ("up", "mine", "past"):
            with Statements(stage) as counted:
                await forges(worker, Learn(verb, 0).encode())
            costs.append(len(counted.seen))
    assert costs[:3] == costs[3:]
    await forges(worker, Learn("up", 2).encode())
    worker.sees("Halaman 3 dari 3")
