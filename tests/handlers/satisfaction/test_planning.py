"""The follow-up plan in the chat: drafted, planned with owner and date, changed, linked, done, everybody told once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.callbacks import Open, Plan
from bot.jobs import improvements as duty
from bot.services import city as cities
from models.complaint import Complaint
from models.employee import Leave
from models.improvement import Improvement, ImprovementEvent, ImprovementFinding, ImprovementReport
from models.organisation import Unit
from models.outbox import OutboxMessage
from models.person import Consent, Person, Purpose
from models.population import ServiceUsers
from models.rules.improvements import Step, Term
from models.rules.skm import Element
from models.survey import SurveyResponse
from tests.desk_scenes import Statements, at_work, disposed, forges, resident, taken
from tests.driver import Phone, Stage
from tests.survey_rows import response, store

WORDS = "Menambah satu regu perbaikan lampu"
#: Waktu is the weakest, then sarana; everything else is at its best.
WEAK = (4, 4, 2, 4, 4, 4, 4, 3, 4)


async def weak_unit(stage: Stage, service_id: int = 1) -> None:
    await store(stage.db, *(response(WEAK, service_id) for _ in range(10)))


async def head_with_a_draft(stage: Stage) -> Phone:
    await weak_unit(stage)
    head = await at_work(stage, "head")
    await head.says("/ikm")
    await head.presses("Rencana tindak lanjut")
    return head


async def planned(stage: Stage, head: Phone) -> int:
    """The weakest element planned by the head for the officer, in three months; its id."""
    await head.presses("U3 Waktu")
    await head.says(WORDS)
    await head.presses("Pegawai Officer")
    await head.presses("3 bulan lagi")
    await head.presses("Simpan")
    async with stage.db.read() as session:
        return await session.scalar(select(func.max(Improvement.id))) or 0


async def stored(stage: Stage, improvement_id: int) -> Improvement:
    async with stage.db.read() as session:
        return (await session.scalars(select(Improvement).where(Improvement.id == improvement_id))).one()


async def steps(stage: Stage) -> list[Any]:
    async with stage.db.read() as session:
        rows = await session.execute(
            select(ImprovementEvent.status_before, ImprovementEvent.status_after).order_by(ImprovementEvent.id)
        )
        return [tuple(row) for row in rows]


async def count(stage: Stage, table: Any) -> int:
    async with stage.db.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


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


# --- changing and working ---


async def test_words_owner_and_date_can_be_changed_and_the_old_stay_in_the_history(stage: Stage) -> None:
    head = await head_with_a_draft(stage)
    improvement_id = await planned(stage, head)
    await head.presses("Ubah isi")
    await head.says("Menambah dua regu")
    await head.presses("Ganti orang")
    await head.presses("Pegawai Head")
    await head.presses("Ubah tanggal")
    await head.says("2027-12-01")
    head.sees("Menambah dua regu", "Pegawai Head", "1 Desember 2027 (jangka menengah)")
    async with stage.db.read() as session:
        values = list(await session.scalars(select(ImprovementEvent.values).order_by(ImprovementEvent.id)))
    assert values[1] == {"title": [WORDS, "Menambah dua regu"]}
    assert values[3]["due_on"] == ["2027-02-24", "2027-12-01"]
    assert (await stored(stage, improvement_id)).term is Term.MEDIUM


async def test_the_owner_begins_and_finishes(stage: Stage) -> None:
    head, officer = await head_with_a_draft(stage), await at_work(stage, "officer")
    improvement_id = await planned(stage, head)
    await officer.presses("Buka perbaikan")
    assert not any("Batalkan" in label for label in officer.buttons())
    await officer.presses("Mulai dikerjakan")
    officer.sees("Keadaan: Sedang dikerjakan")
    await officer.presses("Selesai")
    officer.sees("Apa hasilnya?", "kepada 0 warga")
    await officer.says("Regu kedua bekerja sejak Senin")
    officer.sees("Keadaan: Selesai", "Hasil: Regu kedua bekerja sejak Senin", "Riwayat")
    assert await steps(stage) == [(None, Step.PLANNED), (Step.PLANNED, Step.DOING), (Step.DOING, Step.DONE)]
    for verb in ("start", "finish"):
        await forges(officer, Plan(verb, str(improvement_id)).encode())
        officer.sees("sudah selesai atau sudah dibatalkan")


async def test_dropped_with_a_reason(stage: Stage) -> None:
    head = await head_with_a_draft(stage)
    await planned(stage, head)
    await head.presses("Batalkan")
    await head.says("Anggarannya dialihkan")
    head.sees("Keadaan: Dibatalkan", "Hasil: Anggarannya dialihkan")
    assert await count(stage, OutboxMessage) <= 2, "nobody outside is told"


# --- for whom: rule 43 ---


async def test_only_fitting_reports_can_be_linked(stage: Stage) -> None:
    siti, head = await resident(stage), await head_with_a_draft(stage)
    mine = await taken(stage, siti)
    foreign = await disposed(stage, siti, "u2")
    improvement_id = await planned(stage, head)
    await head.presses("Kaitkan laporan warga")
    async with stage.db.read() as session:
        codes = {key: code for key, code in await session.execute(select(Complaint.id, Complaint.code))}
    head.sees(codes[mine])
    assert codes[foreign] not in head.last()
    await head.presses("☐ " + codes[mine])
    assert "☑ " + codes[mine] in head.buttons()
    assert await count(stage, ImprovementReport) == 1
    await head.presses("☑ " + codes[mine])
    assert await count(stage, ImprovementReport) == 0
    await forges(head, Plan("tie", str(improvement_id), f"{foreign}.0").encode())
    head.sees("bukan milik atau bukan tugas")
    assert await count(stage, ImprovementReport) == 0


async def finished_for(stage: Stage, *complaints: int) -> Phone:
    """The head plans, links these reports and says it is done."""
    head = await head_with_a_draft(stage)
    improvement_id = await planned(stage, head)
    for complaint_id in complaints:
        await forges(head, Plan("tie", str(improvement_id), f"{complaint_id}.0").encode())
    await forges(head, Plan("finish", str(improvement_id)).encode())
    await head.says("Regu kedua bekerja sejak Senin")
    return head


async def test_rule_43_every_linked_reporter_is_told_once(stage: Stage) -> None:
    siti, budi, ani = await resident(stage), await resident(stage, "Budi"), await resident(stage, "Ani")
    linked = [await taken(stage, siti), await taken(stage, siti), await taken(stage, budi)]
    await taken(stage, ani)
    await finished_for(stage, *linked)
    for phone in (siti, budi):
        told = [text for text in phone.texts() if "Anda melapor, kami perbaiki" in text]
        assert len(told) == 1, phone.name
        assert WORDS in told[0]
        assert "Hasilnya: Regu kedua bekerja sejak Senin" in told[0]
    assert siti.last().count("TPI-") == 2, "one message names both reports"
    assert not ani.saw("kami perbaiki")


async def test_rule_43_an_anonymous_reporter_is_told_and_nothing_shows_who_it_is(stage: Stage) -> None:
    siti = await resident(stage)
    secret = await taken(stage, siti, anonymous=True)
    await finished_for(stage, secret)
    assert siti.saw("Anda melapor, kami perbaiki")
    async with stage.db.read() as session:
        kinds = list(await session.scalars(select(OutboxMessage.kind)))
        code = await session.scalar(select(Complaint.code).where(Complaint.id == secret))
        written = [str(values) for values in await session.scalars(select(OutboxMessage.values))]
        person_id = await session.scalar(select(Person.id).where(Person.telegram_id == siti.id))
        whose = (
            await session.execute(
                select(OutboxMessage.kind, OutboxMessage.values).where(OutboxMessage.person_id == person_id)
            )
        ).all()
    assert "improvement_done" not in kinds
    assert code is not None
    assert all(code not in str(values) for _kind, values in whose)
    assert written


async def respond(stage: Stage, phone: Phone, scores: tuple[int, ...], *, consents: bool) -> None:
    async with stage.db.begin() as session:
        person = (await session.scalars(select(Person).where(Person.telegram_id == phone.id))).one()
        session.add(response(scores, 1, person_id=person.id))
        if consents:
            session.add(Consent(person_id=person.id, purpose=Purpose.BROADCASTS, version="x", given_at=stage.now))


async def test_rule_43_respondents_who_scored_low_and_may_be_written_to(stage: Stage) -> None:
    names = ("Siti", "Budi", "Ani", "Tini")
    siti, budi, ani, tini = [await resident(stage, name) for name in names]
    await respond(stage, siti, WEAK, consents=True)
    await respond(stage, budi, WEAK, consents=False)
    await respond(stage, ani, (4,) * 9, consents=True)
    await respond(stage, tini, WEAK, consents=True)
    linked = await taken(stage, tini)
    await finished_for(stage, linked)
    assert [len([t for t in phone.texts() if "kami perbaiki" in t]) for phone in (siti, budi, ani, tini)] == [
        1,
        0,
        0,
        1,
    ]
    siti.sees("Anda menilai, kami perbaiki.")
    tini.sees("Anda melapor, kami perbaiki.")


async def test_whoever_withdrew_in_between_is_not_written_to(stage: Stage) -> None:
    siti = await resident(stage)
    await respond(stage, siti, WEAK, consents=True)
    await siti.says("/tarik")
    await finished_for(stage)
    assert not siti.saw("kami perbaiki")


async def test_residents_read_what_is_being_improved(stage: Stage) -> None:
    head = await head_with_a_draft(stage)
    await planned(stage, head)
    siti = await resident(stage)
    await siti.says("/mutu")
    await siti.presses("PU")
    siti.sees("Yang sedang atau sudah diperbaiki", f"{WORDS} (direncanakan, paling lambat 24 Februari 2027)")
    assert "Pegawai" not in siti.last(), "a unit answers to residents, not a person"


# --- reminders ---


async def remind(stage: Stage) -> int:
    assert stage.product is not None
    counts = await duty.run(stage.product.runtime)
    await stage.settle()
    return counts["reminded"]


async def due_in(stage: Stage, days: int) -> None:
    async with stage.db.begin() as session:
        await session.execute(update(Improvement).values(due_on=(stage.now + timedelta(days=days)).date()))


async def test_the_owner_is_reminded_once_a_stage_until_it_is_done(stage: Stage) -> None:
    head, officer = await head_with_a_draft(stage), await at_work(stage, "officer")
    improvement_id = await planned(stage, head)
    assert await remind(stage) == 0, "three months are far away"
    await due_in(stage, 10)
    assert [await remind(stage), await remind(stage)] == [1, 0]
    officer.sees("Tinggal 10 hari", WORDS)
    await due_in(stage, 3)
    assert await remind(stage) == 1
    await due_in(stage, -2)
    assert await remind(stage) == 1
    officer.sees("sudah lewat 2 hari")
    await forges(officer, Plan("finish", str(improvement_id)).encode())
    await officer.says("Sudah")
    await due_in(stage, -20)
    assert await remind(stage) == 0


async def test_nobody_is_reminded_on_a_day_off_or_on_leave(stage: Stage) -> None:
    head = await head_with_a_draft(stage)
    await planned(stage, head)
    await due_in(stage, 2)
    tuesday = stage.now
    stage.now = tuesday + timedelta(days=4)
    assert await remind(stage) == 0
    stage.now = tuesday
    async with stage.db.begin() as session:
        row = (await session.scalars(select(Improvement))).one()
        session.add(Leave(employee_id=row.owner_id, first_day=tuesday.date(), last_day=tuesday.date()))
    assert await remind(stage) == 0
    stage.now = tuesday + timedelta(days=1)
    assert await remind(stage) == 1


# --- lists ---


async def test_the_lists_cost_the_same_for_one_and_for_many(stage: Stage) -> None:
    siti, head = await resident(stage), await head_with_a_draft(stage)
    improvement_id = await planned(stage, head)
    counts = []
    for more in (1, 5):
        for _ in range(more):
            await taken(stage, siti)
        async with stage.db.begin() as session:
            row = (await session.scalars(select(Improvement).where(Improvement.id == improvement_id))).one()
            session.add_all(
                Improvement(
                    title="x",
                    unit_id=1,
                    owner_id=row.owner_id,
                    due_on=row.due_on,
                    term=row.term,
                    status=Step.PLANNED,
                    created_at=stage.now,
                )
                for _ in range(more)
            )
        for data in (Open("improvements"), Plan("reports", str(improvement_id), "0"), Plan("draft", "u1", "2026-Q4")):
            with Statements(stage) as statements:
                await forges(head, data.encode())
            counts.append(len(statements.seen))
    assert counts[:3] == counts[3:]


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
