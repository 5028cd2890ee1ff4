"""A superior evaluates, the employee answers, in whole talks; cancelled, gone back, old and forged buttons."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from bot.callbacks import Open, Review
from bot.jobs import evaluations as duty
from models.performance.evaluation import Evaluation, Feedback
from models.rules.performance.evaluation_rules import EvaluationStatus
from models.rules.performance.predicate import Predicate
from models.rules.permissions import Desk, Role
from tests import performance_scenes as scenes
from tests.desk_scenes import Statements, forges
from tests.driver import Phone, Stage
from tests.performance_scenes import TELEGRAM, Team

NAMES = ("top", "boss", "other", "worker", "hr")


@pytest.fixture
async def people(stage: Stage) -> Team:
    async with stage.db.begin() as session:
        found = await scenes.team(session, top=None, boss="top", other="top", worker="boss", hr=None)
        await scenes.granted(session, found.ids["hr"], Role.HR)
        found.line = await scenes.plan(session, found.ids["worker"])
        await scenes.quarter_of_weeks(session, found.ids["worker"], found.line)
    return found


async def phone_of(stage: Stage, name: str) -> Phone:
    phone = stage.person(name.title(), telegram_id=TELEGRAM + 1 + NAMES.index(name))
    await phone.starts()
    return phone


async def opened(stage: Stage) -> None:
    """The duty of the morning has run."""
    assert stage.product is not None
    await duty.run(stage.product.runtime)
    await stage.settle()


async def rows(stage: Stage, table: Any = Evaluation) -> list[Any]:
    async with stage.db.read() as session:
        return list((await session.scalars(select(table).order_by(table.id))).all())


async def rated(stage: Stage) -> tuple[Phone, Phone]:
    """Boss and worker, after boss rated."""
    boss, worker = await phone_of(stage, "boss"), await phone_of(stage, "worker")
    await opened(stage)
    boss.sees("Triwulan III 2026", "1 bawahan", "menunggu dinilai")
    await boss.presses("Menilai bawahan")
    await boss.presses("Worker")
    boss.sees("Worker", "Lampu yang diperbaiki: 39 titik dari 30 titik (120 persen)", "capaian sebenarnya 130 persen")
    boss.sees("13 dari 13 minggu", "Menunggu dinilai")
    await boss.presses("🧭 Nilai")
    boss.sees("Bagaimana hasil kerjanya?", "Angkanya menunjuk ke", "perilaku di atas → Sangat baik", "Sangat kurang")
    await boss.presses("Di atas ekspektasi")
    boss.sees("Bagaimana perilaku kerjanya?", "👉 Hasil kerja di atas ekspektasi")
    assert "Sesuai ekspektasi → Baik" in boss.buttons()
    await boss.presses("Di atas ekspektasi → Sangat baik")
    boss.sees("Apa alasannya?", "Sangat baik")
    await boss.says("Semua lampu diperbaiki, laporan lengkap")
    await boss.presses("Lewati")
    boss.sees("Predikat: Sangat baik", "Semua lampu diperbaiki")
    await boss.presses("Kirim penilaian")
    boss.sees("Predikat: Sangat baik", "menunggu tanggapan pegawai")
    return boss, worker


async def test_rated_and_accepted(stage: Stage, people: Team) -> None:
    boss, worker = await rated(stage)
    worker.sees("sudah diberikan: Sangat baik", "8 Desember 2026")
    await worker.presses("Buka penilaian")
    worker.sees("Alasan: Semua lampu diperbaiki", "Keberatan bisa diajukan sampai 8 Desember 2026")
    await worker.presses("Saya terima")
    worker.sees("Diterima pegawai")
    boss.sees("Worker menerima penilaian Triwulan III 2026")
    await worker.presses("Riwayat")
    worker.sees("belum dinilai → Sangat baik", "Boss", "Worker")
    (row,) = await rows(stage)
    assert (row.status, row.predicate) == (EvaluationStatus.ACKNOWLEDGED, Predicate.VERY_GOOD)


async def test_objected_and_decided_with_another_rating(stage: Stage, people: Team) -> None:
    top = await phone_of(stage, "top")
    boss, worker = await rated(stage)
    await worker.presses("Buka penilaian")
    await worker.presses("Ajukan keberatan")
    worker.sees("diputuskan Top")
    await worker.says("Nilai perilaku tidak tepat")
    worker.sees("Kirim keberatan ini?", "Nilai perilaku tidak tepat")
    await worker.presses("Kirim keberatan")
    worker.sees("Keberatan, menunggu keputusan")
    boss.sees("mengajukan keberatan")
    await top.presses("Buka penilaian")
    await top.presses("Putuskan keberatan")
    await top.presses("Ubah penilaian")
    await top.presses("Sesuai ekspektasi")
    await top.presses("Sesuai ekspektasi → Baik")
    await top.says("Perilaku sesuai, hasil sesuai")
    top.sees("Sangat baik → Baik")
    await top.presses("Kirim keputusan")
    top.sees("Keberatan sudah diputuskan", "Predikat: Baik")
    worker.sees("sudah diputuskan", "Baik")
    (row,) = await rows(stage)
    assert (row.status, row.predicate) == (EvaluationStatus.DECIDED, Predicate.GOOD)


async def test_a_decision_that_keeps_the_rating(stage: Stage, people: Team) -> None:
    top = await phone_of(stage, "top")
    _boss, worker = await rated(stage)
    await worker.presses("Buka penilaian")
    await worker.presses("Ajukan keberatan")
    await worker.says("Kurang tinggi")
    await worker.presses("Kirim keberatan")
    await top.says("/penilaian")
    top.sees("Keberatan yang menunggu keputusan Bapak/Ibu: 1")
    await top.presses("✋ Keberatan")
    await top.presses("Worker")
    await top.presses("Putuskan keberatan")
    await top.presses("Tetap seperti sekarang")
    await top.says("Sudah yang tertinggi")
    await top.presses("Kirim keputusan")
    (row,) = await rows(stage)
    assert (row.status, row.predicate, row.decision) == (
        EvaluationStatus.DECIDED,
        Predicate.VERY_GOOD,
        "Sudah yang tertinggi",
    )


async def test_back_cancel_and_a_restart_half_way(stage: Stage, people: Team) -> None:
    boss = await phone_of(stage, "boss")
    await opened(stage)
    await boss.says("/penilaian")
    await boss.presses("Menilai bawahan")
    await boss.presses("Worker")
    await boss.presses("🧭 Nilai")
    await boss.presses("Sesuai ekspektasi")
    await boss.presses("Kembali")
    boss.sees("Bagaimana hasil kerjanya?")
    await boss.presses("Di bawah ekspektasi")
    await stage.close()
    await stage.open()
    await boss.presses("Sesuai ekspektasi → Butuh perbaikan")
    boss.sees("Apa alasannya?")
    await boss.says("/batal")
    boss.sees("Tidak ada yang dikirim atau diubah")
    (row,) = await rows(stage)
    assert (row.status, row.predicate) == (EvaluationStatus.OPEN, None)


async def test_a_part_is_changed_before_sending(stage: Stage, people: Team) -> None:
    boss = await phone_of(stage, "boss")
    await opened(stage)
    await boss.says("/penilaian")
    await boss.presses("Menilai bawahan")
    await boss.presses("Worker")
    await boss.presses("🧭 Nilai")
    await boss.presses("Sesuai ekspektasi")
    await boss.presses("Sesuai ekspektasi → Baik")
    await boss.says("Alasan pertama")
    await boss.says("Lebih sering ke lapangan")
    await boss.presses("Ubah nilainya")
    await boss.presses("Di atas ekspektasi")
    await boss.presses("Sesuai ekspektasi → Baik")
    boss.sees("Hasil kerja: Di atas ekspektasi", "Alasan: Alasan pertama", "Saran: Lebih sering ke lapangan")
    await boss.presses("Ubah alasan")
    await boss.says("Alasan kedua")
    boss.sees("Alasan: Alasan kedua")
    send = boss.button("Kirim penilaian")
    await boss.presses_data(*send)
    await boss.presses_data(*send)
    (row,) = await rows(stage)
    assert (row.reason, row.version) == ("Alasan kedua", 2), "a double tap rates once"


@pytest.mark.parametrize("verb", ["open", "rate", "acknowledge", "object", "decide", "history", "paper"])
@pytest.mark.parametrize("who", ["other", "resident"])
async def test_forged_buttons_of_strangers_show_and_change_nothing(
    stage: Stage, people: Team, verb: str, who: str
) -> None:
    await opened(stage)
    phone = await phone_of(stage, who) if who in NAMES else stage.person("Siti")
    await phone.says("/menu")
    await forges(phone, Review(verb, 1).encode())
    assert not phone.saw("Lampu yang diperbaiki")
    assert "maaf" in phone.last().casefold()
    (row,) = await rows(stage)
    assert (row.status, row.version) == (EvaluationStatus.OPEN, 1)


@pytest.mark.parametrize("data", ["v:open:99", "v:rate:99:", "v:open:x:", "v:own:-3:", "v:city:0:", "v:everyone:0:x"])
async def test_forged_numbers_and_periods(stage: Stage, people: Team, data: str) -> None:
    worker = await phone_of(stage, "worker")
    await forges(worker, data)
    assert worker.last()
    assert await rows(stage) == []


async def test_an_old_button_of_the_talk_is_answered_with_the_present_state(stage: Stage, people: Team) -> None:
    _boss, worker = await rated(stage)
    await worker.presses("Buka penilaian")
    accept, objecting = worker.button("Saya terima"), worker.button("Ajukan keberatan")
    await worker.presses_data(*accept)
    await worker.presses_data(*objecting)
    worker.sees("sudah berada pada tahap lain")
    await worker.presses_data(*accept)
    worker.sees("sudah berada pada tahap lain")
    (row,) = await rows(stage)
    assert row.status is EvaluationStatus.ACKNOWLEDGED


async def test_human_resources_count_and_read_and_never_rate(stage: Stage, people: Team) -> None:
    hr = await phone_of(stage, "hr")
    await rated(stage)
    await hr.says("/penilaian")
    await hr.presses("Seluruh kota")
    hr.sees("Triwulan III 2026", "menunggu tanggapan pegawai: 1", "Sangat baik: 1")
    await hr.presses("Lihat daftarnya")
    await hr.presses("Worker")
    hr.sees("Predikat: Sangat baik")
    assert not [label for label in hr.buttons() if "Nilai" in label or "Ubah nilai" in label]
    await forges(hr, Review("rate", 1).encode())
    hr.sees("bukan bawahan Bapak/Ibu")


async def test_a_resident_opens_nothing(stage: Stage, people: Team) -> None:
    siti = stage.person("Siti")
    for act in ("/penilaian", "/catatan"):
        await siti.says(act)
        siti.sees("hanya untuk petugas yang berwenang")
    await forges(siti, Open(Desk.EVALUATIONS.value).encode())
    siti.sees("hanya untuk petugas yang berwenang")


async def test_the_lists_have_a_fixed_number_of_queries(stage: Stage, people: Team) -> None:
    boss = await phone_of(stage, "boss")

    async def counted() -> int:
        await boss.says("/penilaian")
        with Statements(stage) as one:
            await boss.presses("Menilai bawahan")
        return len(one.seen)

    few = await counted()
    async with stage.db.begin() as session:
        more = await scenes.team_of(session, people.ids["boss"], 6)
        for number in more:
            await scenes.plan(session, number)
    await opened(stage)
    assert await counted() == few
    assert len([label for label in boss.buttons() if "TW III 2026" in label]) == 7


# --- feedback ---


async def test_praise_is_read_by_both_and_stands_on_the_card(stage: Stage, people: Team) -> None:
    stage.later(days=-60)
    boss, worker = await phone_of(stage, "boss"), await phone_of(stage, "worker")
    await boss.says("/catatan")
    boss.sees("Untuk siapa catatannya?")
    await boss.presses("Worker")
    await boss.presses("Pujian")
    await boss.presses("Lampu yang diperbaiki")
    await boss.says("Kerja bagus di Sei Jang")
    boss.sees("Kirim catatan ini kepada Worker?", "Tentang: Lampu yang diperbaiki")
    await boss.presses("Kirim catatan")
    worker.sees("Pujian dari Boss", "Kerja bagus di Sei Jang")
    await worker.presses("Catatan untuk saya")
    worker.sees("Kerja bagus di Sei Jang", "Tentang: Lampu yang diperbaiki")
    stage.later(days=60)
    await opened(stage)
    await boss.says("/penilaian")
    await boss.presses("Menilai bawahan")
    await boss.presses("Worker")
    boss.sees("Pujian dari Boss", "Kerja bagus di Sei Jang")
    (note,) = await rows(stage, Feedback)
    assert (note.employee_id, note.author_id, note.line_id) == (people.ids["worker"], people.ids["boss"], people.line)


@pytest.mark.parametrize(
    ("who", "whom"), [("worker", "boss"), ("worker", "worker"), ("other", "worker"), ("hr", "worker")]
)
async def test_notes_only_down_the_line_of_today(stage: Stage, people: Team, who: str, whom: str) -> None:
    phone = await phone_of(stage, who)
    await forges(phone, Review("note", people.ids[whom]).encode())
    phone.sees("tidak bisa dilakukan untuk diri sendiri" if who == whom else "bukan bawahan Bapak/Ibu")
    assert await rows(stage, Feedback) == []
