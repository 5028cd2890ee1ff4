"""The ledger of training hours in the chat: the own year, a certificate from elsewhere, what human resources decide."""

from __future__ import annotations

from datetime import date

import pytest

from bot.callbacks import Learn
from models.employee import Employee
from models.training.hours import HoursStatus, TrainingHours
from tests import training_scenes as scenes
from tests.desk_scenes import Statements, forges
from tests.driver import START, Phone, Stage
from tests.handlers.resident import picture
from tests.performance_scenes import Team
from tests.training_scenes import phone_of


@pytest.fixture
async def people(stage: Stage) -> Team:
    return await scenes.people(stage)


async def hours(stage: Stage, employee_id: int, *counted: int) -> None:
    async with stage.db.begin() as session:
        for number, one in enumerate(counted):
            session.add(
                TrainingHours(
                    employee_id=employee_id,
                    year=2026,
                    hours=one,
                    title=f"Pelatihan {number}",
                    ended_on=date(2026, 3, 1),
                    status=HoursStatus.COUNTED,
                    created_at=START,
                )
            )


async def sends_a_certificate(phone: Phone, jp: str = "8") -> None:
    await phone.says("/jp")
    await phone.presses("Tambah sertifikat dari luar")
    for words in ("Bimtek Arsip", "LAN", "3 Februari 2026", jp):
        await phone.says(words)
    await phone.sends("photo", picture())
    phone.sees("sudah dikirim", "Bimtek Arsip")


async def test_rule_38_a_pns_sees_x_of_the_minimum_and_a_pppk_of_the_maximum(stage: Stage, people: Team) -> None:
    await hours(stage, people.ids["worker"], 8, 4)
    await hours(stage, people.ids["second"], 20, 6)
    async with stage.db.begin() as session:
        (await session.get_one(Employee, people.ids["second"])).kind = "pppk"
    worker, second = await phone_of(stage, "worker"), await phone_of(stage, "second")
    await worker.says("/jp")
    worker.sees("12 dari 20 JP", "Kurang 8 JP lagi", "🟩🟩🟩🟩🟩🟩⬜⬜⬜⬜", "Pelatihan 0, 8 JP")
    await second.says("/jp")
    second.sees("26 dari paling banyak 24 JP", "Sudah 2 JP di atas batas")
    await worker.presses("2025")
    worker.sees("0 dari 20 JP", "Belum ada JP pada tahun ini")
    await worker.presses("2026")
    worker.sees("12 dari 20 JP")


async def test_a_certificate_from_elsewhere_is_looked_at_and_counted_once(stage: Stage, people: Team) -> None:
    hr, worker = await phone_of(stage, "hr"), await phone_of(stage, "worker")
    await sends_a_certificate(worker)
    hr.sees("Worker mengirim sertifikat Bimtek Arsip")
    await hr.says("/jp")
    await hr.presses("Sertifikat menunggu diperiksa (1)")
    await hr.presses("Worker: Bimtek Arsip")
    hr.sees("Penyelenggara: LAN", "Selesai: Selasa, 3 Februari 2026", "Jumlah: 8 JP")
    yes = hr.button("Hitung")
    await hr.presses_data(*yes)
    await hr.presses_data(*yes)
    hr.sees("sudah diputuskan")
    worker.sees("8 JP dari Bimtek Arsip sudah dihitung")
    await worker.presses("Jam pelajaran saya")
    worker.sees("8 dari 20 JP")


async def test_refusing_needs_a_reason_and_outlives_a_restart(stage: Stage, people: Team) -> None:
    hr, worker = await phone_of(stage, "hr"), await phone_of(stage, "worker")
    await sends_a_certificate(worker)
    await hr.presses("Periksa sertifikat")
    await hr.presses("Tolak")
    hr.sees("Mengapa sertifikat ini tidak dihitung?")
    await hr.says("batal")
    hr.sees("tetap menunggu")
    await forges(hr, Learn("jpno", 1).encode())
    await stage.close()
    await stage.open()
    await hr.says("Fotonya kabur")
    hr.sees("tidak dihitung", "Alasan: Fotonya kabur")
    worker.sees("belum bisa dihitung", "Fotonya kabur")


async def test_above_the_maximum_of_a_pppk_human_resources_are_told(stage: Stage, people: Team) -> None:
    await hours(stage, people.ids["worker"], 20)
    async with stage.db.begin() as session:
        (await session.get_one(Employee, people.ids["worker"])).kind = "pppk"
    hr, worker = await phone_of(stage, "hr"), await phone_of(stage, "worker")
    await sends_a_certificate(worker)
    await hr.presses("Periksa sertifikat")
    hr.sees("menjadi 28 JP, di atas 24 JP untuk PPPK")
    await hr.presses("Hitung")
    worker.sees("8 JP dari Bimtek Arsip sudah dihitung")


async def test_wrong_answers_are_asked_again_and_the_talk_can_go_back(stage: Stage, people: Team) -> None:
    worker = await phone_of(stage, "worker")
    await worker.says("/jp")
    await worker.presses("Tambah sertifikat dari luar")
    await worker.says("Bimtek Arsip")
    await worker.presses("Kembali")
    worker.sees("Apa judul pelatihannya?")
    for words in ("Bimtek Arsip", "LAN", "besok"):
        await worker.says(words)
    assert worker.saw("Tanggalnya tidak terbaca atau belum tiba")
    for words in ("3 Februari 2026", "nol"):
        await worker.says(words)
    assert worker.saw("angka bulat di atas nol")
    for words in ("8", "ini sertifikatnya"):
        await worker.says(words)
    assert worker.saw("Kirimkan foto atau berkas")
    await worker.presses("Batal")
    worker.sees("Tidak ada yang dikirim")


async def test_buttons_of_human_resources_are_closed_to_others(stage: Stage, people: Team) -> None:
    worker = await phone_of(stage, "worker")
    await sends_a_certificate(worker)
    for verb in ("jpwait", "jpsee", "jpyes", "jpno"):
        await forges(worker, Learn(verb, 1).encode())
        worker.sees("hanya untuk petugas yang berwenang")
    async with stage.db.read() as session:
        assert (await session.get_one(TrainingHours, 1)).status is HoursStatus.PENDING


async def test_lists_cost_the_same_however_many(stage: Stage, people: Team) -> None:
    worker = await phone_of(stage, "worker")
    seen = []
    for counted in ((1,), (2,) * 15):
        await hours(stage, people.ids["worker"], *counted)
        with Statements(stage) as statements:
            await worker.says("/jp")
        seen.append(len(statements.seen))
    assert seen[0] == seen[1]
