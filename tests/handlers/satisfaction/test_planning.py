"""The follow-up plan in the chat: drafted and planned, by whom and by whom not; the users of a service."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from bot.callbacks import Plan
from bot.services import city as cities
from models.improvement import Improvement, ImprovementFinding
from models.organisation import Unit
from models.population import ServiceUsers
from models.rules.improvements import Step, Term
from models.rules.skm import Element
from models.survey import SurveyResponse
from tests.desk_scenes import at_work, forges, resident
from tests.driver import Stage
from tests.handlers.satisfaction.plan_scenes import (
    WORDS,
    count,
    head_with_a_draft,
    planned,
    stored,
)

# --- the draft ---


async def test_rule_08_the_draft_goes_from_the_lowest_up(stage: Stage) -> None:
    head = await head_with_a_draft(stage)
    head.sees("Rencana tindak lanjut: PU", "Triwulan IV 2026", "U3 Waktu Penyelesaian: 2,00 D", "usul: Mempercepat")
    assert [label for label in head.buttons() if label.startswith("➕ U")] == [
        "➕ U3 Waktu Penyelesaian",
        "➕ U8 Sarana dan Prasarana",
    ], "what nobody can do better is left out"


async def test_planning_takes_words_owner_and_date(stage: Stage) -> None:
    head, officer = await head_with_a_draft(stage), await at_work(stage, "officer")
    await head.presses("U3 Waktu")
    head.sees("Apa yang akan diperbaiki?", "PU: U3 Waktu Penyelesaian", "Usul: Mempercepat penyelesaian")
    await head.presses("Pakai usul ini")
    head.sees("Siapa penanggung jawabnya?")
    await head.presses("Pegawai Officer")
    head.sees("Paling lambat kapan?")
    await head.says("31 Maret 2028")
    head.sees("Simpan perbaikan ini?", "31 Maret 2028 (jangka menengah)", "bisa dibaca warga")
    assert await count(stage, Improvement) == 0, "nothing is written before the last press"
    await head.presses("Simpan")
    head.sees("Mempercepat penyelesaian", "Penanggung jawab: Pegawai Officer", "Keadaan: Direncanakan")
    head.sees("Sebab: U3 Waktu Penyelesaian bernilai 2,00 pada Triwulan IV 2026 (10 jawaban)")
    row = await stored(stage, 1)
    assert (row.unit_id, row.service_id, row.element, row.due_on, row.term, row.status) == (
        *(1, None, Element.U3, date(2028, 3, 31)),
        *(Term.MEDIUM, Step.PLANNED),
    )
    async with stage.db.read() as session:
        finding = (await session.scalars(select(ImprovementFinding))).one()
    assert (finding.element, finding.period, finding.n, finding.total) == (Element.U3, "2026-Q4", 10, 20)
    officer.sees("menjadi penanggung jawab perbaikan", "Paling lambat 31 Maret 2028")
    await head.says("/ikm")
    await head.presses("Rencana tindak lanjut")
    head.sees("sedang diperbaiki: Mempercepat penyelesaian")


async def test_back_cancel_and_a_restart_half_way(stage: Stage) -> None:
    head = await head_with_a_draft(stage)
    await head.presses("U3 Waktu")
    await head.says(WORDS)
    await head.presses("Kembali")
    head.sees("Apa yang akan diperbaiki?")
    await head.says(WORDS + " dua kali")
    await stage.close()
    await stage.open()
    await head.presses("Pegawai Head")
    await head.presses("1 bulan lagi")
    head.sees(WORDS + " dua kali", "24 Desember 2026 (jangka pendek)")
    await head.presses("📅 Tanggal")
    await head.presses("24 bulan lagi")
    head.sees("24 November 2028 (jangka menengah)")
    await head.presses("Batal")
    head.sees("tidak ada yang disimpan")
    assert await count(stage, Improvement) == 0


async def test_a_double_tap_saves_once(stage: Stage) -> None:
    head = await head_with_a_draft(stage)
    await head.presses("U3 Waktu")
    await head.says(WORDS)
    await head.presses("Pegawai Officer")
    await head.presses("1 bulan lagi")
    message_id, data = head.button("Simpan")
    for _ in range(2):
        stage.sandbox.press(head.id, message_id, data)
    await stage.settle()
    assert await count(stage, Improvement) == 1


@pytest.mark.parametrize(
    ("words", "seen"), [("kapan-kapan", "belum bisa kami baca"), ("1 Januari 2020", "sesudah hari ini")]
)
async def test_a_date_must_be_one_and_lie_ahead(stage: Stage, words: str, seen: str) -> None:
    head = await head_with_a_draft(stage)
    await head.presses("U3 Waktu")
    await head.says(WORDS)
    await head.presses("Pegawai Officer")
    await head.says(words)
    assert head.saw(seen)
    await head.presses("3 bulan lagi")
    head.sees("Simpan perbaikan ini?")


async def test_for_reports_of_residents(stage: Stage) -> None:
    head = await head_with_a_draft(stage)
    await head.presses("Dari laporan warga")
    await head.presses("Pengaduan")
    head.sees("Usul: Menyelesaikan sebab pengaduan warga tentang PU")
    await head.presses("Pakai usul ini")
    await head.presses("Pegawai Head")
    await head.presses("6 bulan lagi")
    await head.presses("Simpan")
    head.sees("Sebab: laporan warga (Pengaduan)")
    assert (await stored(stage, 1)).element is None


# --- whose it is ---


@pytest.mark.parametrize("role", ["officer", "other_officer", "verifier", "inspector", "hr", "admin"])
async def test_only_the_head_of_the_unit_plans_or_changes(stage: Stage, role: str) -> None:
    head = await head_with_a_draft(stage)
    improvement_id = await planned(stage, head)
    other = await at_work(stage, role)
    for plan in (
        Plan("draft", "u1", "2026-Q4"),
        Plan("make", "u1", "2026-Q4.U1"),
        Plan("users", "u1", "2026-Q4"),
        *(Plan(verb, str(improvement_id)) for verb in ("title", "owner", "due", "drop")),
        Plan("reports", str(improvement_id), "0"),
        Plan("tie", str(improvement_id), "1.0"),
    ):
        await forges(other, plan.encode())
        assert "Maaf" in other.last(), plan
    row = await stored(stage, improvement_id)
    assert (row.title, row.status) == (WORDS, Step.PLANNED)
    assert await count(stage, Improvement) == 1


async def test_residents_and_other_units_see_no_improvement(stage: Stage) -> None:
    head = await head_with_a_draft(stage)
    improvement_id = await planned(stage, head)
    for phone in (await resident(stage), await at_work(stage, "other_officer")):
        await forges(phone, Plan("open", str(improvement_id)).encode())
        phone.sees("bukan tugas Bapak/Ibu")
        for verb in ("start", "finish"):
            await forges(phone, Plan(verb, str(improvement_id)).encode())
            phone.sees("bukan tugas Bapak/Ibu")
    assert (await stored(stage, improvement_id)).status is Step.PLANNED


async def test_the_list_of_each(stage: Stage) -> None:
    head = await head_with_a_draft(stage)
    await planned(stage, head)
    for role, sees in (
        ("officer", True),
        ("head", True),
        ("verifier", True),
        ("admin", True),
        ("other_officer", False),
    ):
        phone = head if role == "head" else await at_work(stage, role)
        await phone.says("/perbaikan")
        assert (WORDS in phone.last()) is sees, role
    siti = await resident(stage)
    await siti.says("/perbaikan")
    siti.sees("hanya untuk petugas")


async def test_a_merged_units_improvements_stay_with_its_successor(stage: Stage) -> None:
    head = await head_with_a_draft(stage)
    await planned(stage, head)
    async with stage.db.begin() as session:
        await session.execute(update(Improvement).values(unit_id=2))
        await session.execute(update(Unit).where(Unit.id == 2).values(merged_into_id=1))
        cities.forget(session)
    await head.says("/perbaikan")
    head.sees(WORDS)


@pytest.mark.parametrize(
    "data", ["p:open:999:", "p:start:999:", "p:finish:x:", "p:make:u1:x", "p:make:c:2026-Q4.U1", "p:users:c:"]
)
async def test_forged_ones_are_refused(stage: Stage, data: str) -> None:
    head = await at_work(stage, "head")
    await forges(head, data)
    assert any(word in head.last() for word in ("tidak ada", "tidak berlaku", "Belum ada")), head.last()
    assert await count(stage, Improvement) == 0


# --- the users of a service ---


async def test_the_users_of_a_service_are_recorded_by_its_head(stage: Stage) -> None:
    head = await head_with_a_draft(stage)
    await head.says("/ikm")
    await head.presses("Jumlah pengguna")
    head.sees("Jumlah pengguna pada Triwulan III 2026")
    await head.presses("Lampu jalan")
    await head.says("banyak")
    assert head.saw("angka bulat saja")
    await head.says("1.250")
    head.sees("Lampu jalan: 1.250 pengguna pada Triwulan III 2026", "294 responden")
    await head.presses("Kembali ke hasil survei")
    head.sees("Sampel: 10 dari 294: belum memenuhi sampel.")
    await head.presses("Jumlah pengguna")
    assert any("Lampu jalan: 1.250" in label for label in head.buttons())
    await head.presses("Lampu jalan")
    await head.says("0")
    assert head.saw("lebih dari nol")
    await head.says("300")
    async with stage.db.read() as session:
        rows = (await session.execute(select(ServiceUsers.service_id, ServiceUsers.period, ServiceUsers.users))).all()
    assert [tuple(row) for row in rows] == [(1, "2026-Q3", 300)]
    assert await count(stage, SurveyResponse) == 10
