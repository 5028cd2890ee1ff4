"""The place at attendance: offered where the room has a point, never demanded, kept as a distance only."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from bot.callbacks import Learn
from bot.jobs import housekeeping
from bot.services.city import forget
from bot.views.training import nearness as view
from models.complaint import Complaint
from models.conversation import Conversation
from models.employee import Employee
from models.inbox import InboxUpdate
from models.organisation import CityFact
from models.rules.training.attendance_code import code_at
from models.training.course import CourseSession
from models.training.registration import Attendance, AttendanceWay, Registration, RegistrationStatus
from tests import training_scenes as scenes
from tests.desk_scenes import Statements, forges
from tests.driver import Stage
from tests.nearness_scenes import FAR, NEAR, NEARER, at_the_door, metres_of, scans, scans_and_adds
from tests.performance_scenes import Team

ROLL = Learn("roll", 0, "1").encode()
SPOT = Learn("spot", 1).encode()


@pytest.fixture
async def people(stage: Stage) -> Team:
    return await scenes.people(stage)


async def test_scanned_offered_sent_and_seen_by_human_resources(stage: Stage, people: Team) -> None:
    phones = await at_the_door(stage, "worker", "second")
    worker, hr = phones["worker"], phones["hr"]
    await scans_and_adds(stage, worker)
    worker.sees("Tidak wajib", "hanya pengelola kepegawaian", "90 hari sesudah pertemuan")
    assert await metres_of(stage) == [None]
    await worker.sends("location", *NEAR)
    worker.sees("Tercatat: ± 40 m dari ruangan")
    await worker.presses("Selesai")
    worker.sees("Kehadiran Bapak/Ibu tercatat")
    await worker.presses("Ubah atau hapus lokasi")
    worker.sees("Tercatat: ± 40 m dari ruangan")
    await scans(stage, phones["second"])
    await forges(hr, ROLL)
    hr.sees("Hadir: 2 dari 2", "Jarak yang ditambahkan peserta", "Worker (", "): ± 40 m dari ruangan", "): —")
    assert "⚠" not in hr.last()


async def test_a_typed_code_is_offered_the_same(stage: Stage, people: Team) -> None:
    worker = (await at_the_door(stage, "worker"))["worker"]
    await forges(worker, Learn("open", 1).encode())
    await worker.presses("Ketik kode hadir")
    async with stage.db.read() as session:
        secret = (await session.get_one(CourseSession, 1)).secret
    await worker.says(code_at(secret, 1, stage.now).digits)
    await worker.presses("Tambahkan lokasi")
    await worker.sends("location", *NEAR)
    assert await metres_of(stage) == [40]


async def test_skipping_costs_nothing(stage: Stage, people: Team) -> None:
    worker = (await at_the_door(stage, "worker"))["worker"]
    for way in ("Lewati", "Batal"):
        await scans_and_adds(stage, worker)
        await worker.presses(way)
        worker.sees("Kehadiran Bapak/Ibu", "tercatat")
    await worker.presses("Tambahkan lokasi")
    await worker.says("bantuan")
    assert worker.saw("pilih Lokasi, lalu Kirim lokasi saya")
    assert await metres_of(stage) == [None]


async def test_without_a_point_of_the_room_nothing_is_asked(stage: Stage, people: Team) -> None:
    phones = await at_the_door(stage, "worker", room=None)
    worker, hr = phones["worker"], phones["hr"]
    await scans(stage, worker)
    assert not any("lokasi" in label for label in worker.buttons())
    await forges(worker, SPOT)
    worker.sees("Lokasi tidak ditanyakan untuk pertemuan ini")
    await forges(hr, ROLL)
    assert "Jarak" not in hr.last()


async def test_the_last_place_counts_and_sending_twice_is_harmless(stage: Stage, people: Team) -> None:
    worker = (await at_the_door(stage, "worker"))["worker"]
    await scans_and_adds(stage, worker)
    await worker.sends("location", *FAR)
    worker.sees("± 900 m dari ruangan", "kirim sekali lagi")
    await worker.sends("location", *NEARER)
    await worker.sends("location", *NEARER)
    worker.sees("± 90 m dari ruangan")
    assert await metres_of(stage) == [90]
    async with stage.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Complaint)) == 0
    await worker.presses("Hapus jaraknya")
    worker.sees("Mau menambahkan lokasi?")
    assert await metres_of(stage) == [None]


async def test_a_far_one_is_marked_and_stays_present(stage: Stage, people: Team) -> None:
    phones = await at_the_door(stage, "worker", "second")
    hr = phones["hr"]
    for name, spot in (("worker", NEAR), ("second", FAR)):
        await scans_and_adds(stage, phones[name])
        await phones[name].sends("location", *spot)
    await forges(hr, ROLL)
    hr.sees("Hadir: 2 dari 2", "): ⚠ ± 900 m dari ruangan", "⚠ 1 peserta lebih dari 200 m", "tetap sah")
    assert "⚠ ± 40" not in hr.last()
    await forges(hr, Learn("book", 1).encode())
    book = CalamineWorkbook.from_filelike(BytesIO(await hr.newest_file()))
    rows = book.get_sheet_by_name("Kehadiran").to_python()
    assert [(row[0], row[4], row[5]) for row in rows[-2:]] == [
        ("Second", "kode hadir", "⚠ ± 900 m dari ruangan"),
        ("Worker", "kode hadir", "± 40 m dari ruangan"),
    ]
    async with stage.db.begin() as session:
        session.add(CityFact(key="training.far_metres", value="30"))
        forget(session)
    await forges(hr, ROLL)
    hr.sees("⚠ ± 40 m", "⚠ 2 peserta lebih dari 30 m")


async def test_after_the_doors_closed_it_is_refused_and_nothing_else_happens(stage: Stage, people: Team) -> None:
    worker = (await at_the_door(stage, "worker"))["worker"]
    stage.later(hours=2, minutes=30)
    await scans_and_adds(stage, worker)
    stage.later(minutes=40)
    await worker.sends("location", *NEAR)
    worker.sees("Pertemuannya sudah selesai", "Kehadiran Bapak/Ibu tetap tercatat")
    await forges(worker, SPOT)
    worker.sees("Pertemuannya sudah selesai")
    assert await metres_of(stage) == [None]
    async with stage.db.read() as session:
        person_id = await session.scalar(select(Employee.person_id).where(Employee.id == people.ids["worker"]))
        assert await session.scalar(select(Conversation.flow).where(Conversation.person_id == person_id)) is None
        assert await session.scalar(select(func.count()).select_from(Complaint)) == 0


async def test_rule_31_only_for_ones_own_attendance(stage: Stage, people: Team) -> None:
    phones = await at_the_door(stage, "worker", "second")
    worker, second = phones["worker"], phones["second"]
    await scans_and_adds(stage, worker)
    await forges(second, SPOT)
    second.sees("pada pertemuan ini belum tercatat")
    await forges(worker, Learn("spot", 99).encode())
    assert worker.saw("Pertemuan itu tidak ada")
    message_id, data = worker.button("Lewati")
    await second.presses_data(message_id, data)
    siti = stage.person("Siti")
    await siti.starts()
    await forges(siti, SPOT)
    assert not siti.saw("Mau menambahkan lokasi?")
    await worker.sends("location", *NEAR)
    assert await metres_of(stage) == [40]


async def test_a_forwarded_place_is_not_ones_own(stage: Stage, people: Team) -> None:
    worker = (await at_the_door(stage, "worker"))["worker"]
    await scans_and_adds(stage, worker)
    origin = {"type": "hidden_user", "date": int(stage.now.timestamp()), "sender_user_name": "Siti"}
    place = {"latitude": NEAR[0], "longitude": NEAR[1]}
    stage.sandbox._say(worker.id, {"location": place, "forward_origin": origin})
    await stage.settle()
    assert worker.saw("bukan yang diteruskan")
    worker.sees("Mau menambahkan lokasi?")
    await worker.says("0.91706, 104.45")
    worker.sees("Mau menambahkan lokasi?")
    assert await metres_of(stage) == [None]


async def test_a_restart_half_way_and_an_unticked_name(stage: Stage, people: Team) -> None:
    phones = await at_the_door(stage, "worker")
    worker, hr = phones["worker"], phones["hr"]
    await scans_and_adds(stage, worker)
    await stage.close()
    await stage.open()
    await worker.sends("location", *NEAR)
    worker.sees("± 40 m dari ruangan")
    await forges(hr, Learn("untick", 1, "1.0").encode())
    await worker.sends("location", *NEAR)
    worker.sees("pada pertemuan ini belum tercatat")
    assert await metres_of(stage) == []


async def test_a_draft_that_is_open_is_asked_about_first(stage: Stage, people: Team) -> None:
    worker = (await at_the_door(stage, "worker"))["worker"]
    await worker.says("/lapor")
    await scans(stage, worker)
    await worker.presses("Tambahkan lokasi")
    await worker.presses("Mulai baru")
    worker.sees("Mau menambahkan lokasi?")
    await worker.sends("location", *NEAR)
    assert await metres_of(stage) == [40]


async def test_rule_37_the_own_data_hold_the_distance_and_no_point_is_kept(stage: Stage, people: Team) -> None:
    worker = (await at_the_door(stage, "worker"))["worker"]
    await scans_and_adds(stage, worker)
    await worker.sends("location", *NEAR)
    async with stage.db.read() as session:
        inbox = [str(row.payload) + str(row.answers) for row in await session.scalars(select(InboxUpdate))]
        drafts = [str(row.draft) for row in await session.scalars(select(Conversation))]
    assert not any("0.91706" in kept for kept in (*inbox, *drafts))
    await worker.says("/datasaya")
    exported = await worker.newest_file()
    (training,) = json.loads(exported)["staff"]["trainings"]
    assert [one["distance_m"] for one in training["attendance"]] == [40]
    assert b"0.91706" not in exported


async def test_rule_36_it_is_forgotten_after_a_while(stage: Stage, people: Team) -> None:
    worker = (await at_the_door(stage, "worker"))["worker"]
    await worker.says("/privasi")
    assert worker.saw("jarak dari ruangan pelatihan yang ditambahkan sendiri 90 hari")
    await scans_and_adds(stage, worker)
    await worker.sends("location", *NEAR)
    assert stage.product is not None
    stage.later(days=90)
    assert (await housekeeping.run(stage.product.runtime))["distances"] == 0
    stage.later(hours=4)
    assert (await housekeeping.run(stage.product.runtime))["distances"] == 1
    assert await metres_of(stage) == [None]


async def test_the_list_costs_the_same_with_many(stage: Stage, people: Team) -> None:
    phones = await at_the_door(stage, "worker")
    hr = phones["hr"]
    await scans_and_adds(stage, phones["worker"])
    await phones["worker"].sends("location", *NEAR)

    async def cost() -> int:
        with Statements(stage) as seen:
            await forges(hr, ROLL)
        return len(seen.seen)

    few = await cost()
    async with stage.db.begin() as session:
        for number in range(30):
            row = Employee(nip=f"199001012015011{number:03d}", name=f"Baru {number:02d}", unit_id=1, kind="pns")
            session.add(row)
            await session.flush()
            held = {"status": RegistrationStatus.SEATED, "seat": 50 + number, "unit_seat": 50 + number}
            seat = Registration(course_id=1, employee_id=row.id, unit_id=1, queued_at=stage.now, **held)
            session.add(seat)
            await session.flush()
            there = {"way": AttendanceWay.CODE, "at": stage.now, "distance_m": 10 * number * number}
            session.add(Attendance(session_id=1, registration_id=seat.id, **there))
    assert await cost() == few
    hr.sees("Baru 09", "⚠ ± 810 m", "⚠ 25 peserta", "Halaman 1 dari 4")


def test_far_away_is_said_in_kilometres() -> None:
    assert [view.distance(metres) for metres in (0, 990, 1000, 12_340)] == ["± 0 m", "± 990 m", "± 1 km", "± 12,3 km"]
