"""Human resources write, open, change, copy and cancel courses in the chat, select participants, take workbooks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.callbacks import Learn
from bot.i18n import _
from bot.views import errors
from models.broadcasts.broadcast import Broadcast, BroadcastKind, BroadcastStatus
from models.employee import RoleGrant
from models.inbox import InboxStatus, InboxUpdate
from models.training.course import Course, CourseSession, CourseStatus, Selection
from models.training.registration import RegistrationStatus
from tests import training_scenes as scenes
from tests.desk_scenes import Statements, forges
from tests.driver import Phone, Stage
from tests.handlers.resident import picture
from tests.performance_scenes import Team
from tests.training_scenes import phone_of, status_of


@pytest.fixture
async def people(stage: Stage) -> Team:
    return await scenes.people(stage)


async def course_of(stage: Stage, number: int = 1) -> Course:
    async with stage.db.read() as session:
        return await session.get_one(Course, number)


async def count(stage: Stage, table: type) -> int:
    async with stage.db.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def manages(phone: Phone) -> None:
    await phone.says("/pelatihan")
    await phone.presses("Kelola pelatihan")


async def writes_a_course(hr: Phone) -> None:
    """Up to the summary."""
    await manages(hr)
    await hr.presses("Buat pelatihan")
    hr.sees("Apa nama pelatihannya?")
    await hr.says("Pelayanan Prima")
    await hr.presses("Teknis")
    await hr.presses("Klasikal (tatap muka)")
    await hr.says("8")
    await hr.says("1 Desember 2026 08.00-12.00\n2 Desember 2026 08.00-12.00, Ruang Rapat")
    hr.sees("Selasa, 1 Desember 2026 08.00 WIB sampai 12.00", "sampai 12.00, Ruang Rapat")
    await hr.presses("Lanjut")
    await hr.says("Aula lantai 2")
    await hr.says("2")
    await hr.says("28 November 2026")
    hr.sees("Simpan pelatihan ini?", "Sabtu, 28 November 2026 23.59 WIB", "Persetujuan atasan: perlu")


async def test_a_course_is_written_by_talk_and_opened(stage: Stage, people: Team) -> None:
    hr, worker = await phone_of(stage, "hr"), await phone_of(stage, "worker")
    await writes_a_course(hr)
    await hr.presses("Persetujuan")
    await hr.presses("Tidak perlu")
    await hr.presses("Sasaran")
    await hr.presses("PPPK")
    hr.sees("0 pegawai")
    await hr.presses("Semua pegawai")
    await hr.presses("Pilih unit")
    await hr.presses("PU")
    await hr.presses("Lanjut")
    hr.sees("Unit: PU")
    await hr.presses("Lanjut")
    await hr.presses("Poster dan bahan")
    await hr.sends("photo", picture())
    hr.sees("1 berkas tersimpan")
    await hr.presses("Selesai")
    await hr.presses("Simpan")
    hr.sees("rancangan, belum dibuka", "Kode: 2026-pelayanan-prima")
    await hr.presses("Buka pendaftaran")
    hr.sees("pendaftaran dibuka")
    row = await course_of(stage)
    assert (row.hours, row.quota, row.needs_approval, row.audience["units"]) == (8, 2, False, [1])
    assert row.closes_at == datetime(2026, 11, 28, 16, 59, tzinfo=UTC)
    assert await count(stage, CourseSession) == 2
    await worker.starts("pelatihan_1")
    worker.sees("Pelayanan Prima", "Aula lantai 2")
    await worker.presses("Poster dan bahan")
    worker.sees("Poster dan bahan Pelayanan Prima")


async def test_back_wrong_answers_restart_and_cancel(stage: Stage, people: Team) -> None:
    hr = await phone_of(stage, "hr")
    await manages(hr)
    await hr.presses("Buat pelatihan")
    await hr.says("Arsip")
    await hr.presses("Kembali")
    hr.sees("Apa nama pelatihannya?")
    await hr.says("Kearsipan")
    await hr.presses("Manajerial")
    await hr.presses("Nonklasikal")
    await hr.says("banyak")
    assert hr.saw("Jawaban itu belum bisa kami baca")
    await stage.close()
    await stage.open()
    await hr.says("6")
    await hr.says("besok saja")
    hr.sees("Kapan pertemuannya?")
    await hr.presses("Batal")
    hr.sees("Yang belum disimpan dibuang")
    assert await count(stage, Course) == 0


async def test_the_deadline_must_come_before_the_first_meeting(stage: Stage, people: Team) -> None:
    hr = await phone_of(stage, "hr")
    await writes_a_course(hr)
    await hr.presses("Batas daftar")
    await hr.says("3 Desember 2026")
    await hr.presses("Simpan")
    assert hr.saw("Batas pendaftaran harus sebelum pertemuan pertama")
    assert await count(stage, Course) == 0


async def test_another_time_is_told_and_more_seats_go_to_those_who_wait(stage: Stage, people: Team) -> None:
    course_id = await scenes.course(stage, quota=1)
    hr, worker, second = [await phone_of(stage, name) for name in ("hr", "worker", "second")]
    for phone in (worker, second):
        stage.later(minutes=1)
        await forges(phone, Learn("join", course_id).encode())
    await forges(hr, Learn("edit", course_id).encode())
    await hr.presses("Kursi")
    await hr.says("2")
    await hr.presses("Tempat")
    await hr.says("Ruang Rapat Utama")
    await hr.presses("Simpan")
    assert worker.saw("Jadwal atau tempat pelatihan Pelayanan Prima berubah")
    assert second.saw("Ada kursi kosong")
    await forges(hr, Learn("edit", course_id).encode())
    await hr.presses("Kursi")
    await hr.says("1")
    await hr.presses("Simpan")
    assert hr.saw("tidak bisa kurang dari yang sudah diberikan: 2")
    assert (await course_of(stage, course_id)).quota == 2


async def test_copying_and_cancelling(stage: Stage, people: Team) -> None:
    course_id = await scenes.course(stage)
    hr, worker = await phone_of(stage, "hr"), await phone_of(stage, "worker")
    await forges(worker, Learn("join", course_id).encode())
    await forges(hr, Learn("hr", course_id).encode())
    await hr.presses("Salin")
    hr.sees("Kapan pertemuannya?")
    await hr.says("15 Desember 2026 08.00-12.00")
    await hr.presses("Lanjut")
    await hr.says("10 Desember 2026")
    await hr.presses("Simpan")
    copy = await course_of(stage, 2)
    assert (copy.title, copy.status) == ("Pelayanan Prima", CourseStatus.DRAFT)
    await forges(hr, Learn("hr", course_id).encode())
    await hr.presses("Batalkan pelatihan")
    hr.sees("Batalkan pelatihan ini?")
    await hr.presses("Ya, lanjutkan")
    worker.sees("Pelatihan Pelayanan Prima dibatalkan")
    assert (await course_of(stage, course_id)).status is CourseStatus.CANCELLED


async def test_human_resources_select_several(stage: Stage, people: Team) -> None:
    course_id = await scenes.course(stage, selection=Selection.SELECTED)
    phones = {name: await phone_of(stage, name) for name in ("hr", "worker", "second", "third")}
    for name in ("worker", "second", "third"):
        stage.later(minutes=1)
        await forges(phones[name], Learn("join", course_id).encode())
    hr = phones["hr"]
    await forges(hr, Learn("hr", course_id).encode())
    await hr.presses("Pilih peserta")
    hr.sees("Kursi kosong: 2. Dipilih: 0")
    await hr.presses("Third")
    await hr.presses("Worker")
    hr.sees("Dipilih: 2")
    await stage.close()
    await stage.open()
    give = hr.button("Berikan kursi")
    await hr.presses_data(*give)
    hr.sees("2 dari 2 orang mendapat kursi")
    await hr.presses_data(*give)
    hr.sees("Tombol itu sudah tidak berlaku")
    assert phones["third"].saw("mendapat kursi pada pelatihan")
    await forges(hr, Learn("endsel", course_id).encode())
    phones["second"].sees("belum terpilih")
    assert await status_of(stage, course_id, people.ids["second"]) is RegistrationStatus.NOT_SELECTED


async def test_the_announcement_is_a_draft_broadcast_with_a_button(stage: Stage, people: Team) -> None:
    course_id = await scenes.course(stage, audience={"circle": "staff", "units": [1]})
    hr = await phone_of(stage, "hr")
    await forges(hr, Learn("hr", course_id).encode())
    await hr.presses("Buat pengumuman")
    hr.sees("Rancangan pengumuman Pelayanan Prima sudah dibuat")
    async with stage.db.read() as session:
        row = await session.get_one(Broadcast, 1)
    assert (row.kind, row.status) == (BroadcastKind.TRAINING, BroadcastStatus.DRAFT)
    assert row.audience["units"] == [1]
    assert set(row.contents) == {"id", "ms", "en"}
    assert row.buttons[0][0]["data"] == Learn("open", course_id).encode()
    await forges(hr, Learn("announce", course_id).encode())
    hr.sees("sudah dibuat")
    assert await count(stage, Broadcast) == 1


async def test_nobody_else_manages(stage: Stage, people: Team) -> None:
    course_id = await scenes.course(stage)
    worker = await phone_of(stage, "worker")
    verbs = ("manage", "hr", "people", "sure", "endsel", "new", "edit", "copy", "select", "announce", "book", "xform")
    for verb in (*verbs, "xsend", "xuse", "xdrop", "sess", "qr"):
        await forges(worker, Learn(verb, course_id).encode())
        worker.sees("hanya untuk petugas yang berwenang")
    for verb, extra in (("move", "cancelled"), ("tick", "1.0"), ("untick", "1.0"), ("roll", "1")):
        await forges(worker, Learn(verb, course_id, extra).encode())
        worker.sees("hanya untuk petugas yang berwenang")
    assert (await course_of(stage, course_id)).status is CourseStatus.OPEN


async def test_lists_of_human_resources_cost_the_same(stage: Stage, people: Team) -> None:
    hr, worker, second = [await phone_of(stage, name) for name in ("hr", "worker", "second")]
    first = await scenes.course(stage)
    costs = []
    for phone in (worker, second):
        await forges(phone, Learn("join", first).encode())
        for data in (Learn("manage", 0), Learn("people", 0, str(first)), Learn("roll", 0, "1")):
            with Statements(stage) as counted:
                await forges(hr, data.encode())
            costs.append(len(counted.seen))
        await scenes.course(stage, f"Kearsipan {phone.name}")
    assert costs[:3] == costs[3:]


async def test_a_right_that_ends_in_the_middle_of_selecting_ends_the_talk(stage: Stage, people: Team) -> None:
    course_id = await scenes.course(stage, selection=Selection.SELECTED)
    worker, hr = await phone_of(stage, "worker"), await phone_of(stage, "hr")
    await forges(worker, Learn("join", course_id).encode())
    await forges(hr, Learn("hr", course_id).encode())
    await hr.presses("Pilih peserta")
    hr.sees("Kursi kosong: 2")
    async with stage.db.begin() as session:
        grants = select(RoleGrant).where(RoleGrant.employee_id == people.ids["hr"])
        (await session.scalars(grants)).one().valid_to = stage.now.date() - timedelta(days=1)
    await hr.presses("Worker")
    assert hr.saw(_(errors.SENTENCES["not_your_role"]))
    await hr.says("Lampu jalan di depan rumah saya padam")
    hr.sees("Ada foto atau video?")
    async with stage.db.read() as session:
        assert set(await session.scalars(select(InboxUpdate.status))) == {InboxStatus.DONE}
