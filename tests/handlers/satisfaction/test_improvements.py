"""Improvements at work: changed, begun, done; linked, everybody who raised it told once; reminders; lists."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from bot.callbacks import Open, Plan
from bot.jobs import improvements as duty
from models.complaint import Complaint
from models.employee import Leave
from models.improvement import Improvement, ImprovementEvent, ImprovementReport
from models.outbox import OutboxMessage
from models.person import Consent, Person, Purpose
from models.rules.improvements import Step, Term
from tests.desk_scenes import Statements, at_work, disposed, forges, resident, taken
from tests.driver import Phone, Stage
from tests.handlers.satisfaction.plan_scenes import (
    WEAK,
    WORDS,
    count,
    finished_for,
    head_with_a_draft,
    planned,
    steps,
    stored,
)
from tests.survey_rows import response

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
