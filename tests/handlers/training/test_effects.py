"""Three months after a course the superior says once whether it is used at work; human resources see the shares."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.callbacks import Learn
from bot.jobs.training import effects
from bot.services.city import forget
from bot.views import errors
from models.employee import ActingSuperior, Employee
from models.organisation import CityFact
from models.outbox import OutboxMessage
from models.training.course import CourseSession, CourseStatus
from models.training.effect import Effect, EffectCheck
from models.training.registration import Attendance, AttendanceWay, Registration, RegistrationStatus
from tests import training_scenes as scenes
from tests.desk_scenes import Statements, forges
from tests.driver import START, Stage
from tests.jobs.cases import wib
from tests.performance_scenes import Team
from tests.training_scenes import phone_of

ENDED = wib(2026, 11, 30, 9)
#: Three months later, a Monday (the last of February is a Sunday).
DAY = wib(2027, 3, 1, 8, 30)


@pytest.fixture
async def people(stage: Stage) -> Team:
    """Worker and second (led by the boss) and the outsider were there, third had a seat and was not."""
    found = await scenes.people(stage)
    await course(stage, found, "Pelayanan Prima", ("worker", "second", "outsider"), ("third",))
    return found


async def course(
    stage: Stage, people: Team, title: str, present: tuple[str, ...], absent: tuple[str, ...] = (), at: datetime = ENDED
) -> int:
    """A course that is over, with who was there and who was not."""
    course_id = await scenes.course(
        stage, title, sessions=(at - timedelta(days=1), at), status=CourseStatus.DONE, quota=200
    )
    async with stage.db.begin() as session:
        where = CourseSession.course_id == course_id
        first = (await session.scalars(select(CourseSession.id).where(where).order_by(CourseSession.id))).first()
        for seat, name in enumerate((*present, *absent), start=1):
            row = Registration(
                course_id=course_id,
                employee_id=people.ids[name],
                unit_id=1,
                status=RegistrationStatus.SEATED,
                seat=seat,
                unit_seat=seat,
                queued_at=START,
            )
            session.add(row)
            await session.flush()
            if name in present:
                session.add(Attendance(session_id=first, registration_id=row.id, way=AttendanceWay.LIST, at=at))
    return course_id


async def looks(stage: Stage, at: datetime) -> int:
    stage.now = at
    assert stage.product is not None
    asked = (await effects.run(stage.product.runtime))["asked"]
    await stage.settle()
    return asked


async def checks(stage: Stage) -> list[EffectCheck]:
    async with stage.db.read() as session:
        return list(await session.scalars(select(EffectCheck).order_by(EffectCheck.id)))


async def notices(stage: Stage) -> int:
    async with stage.db.read() as session:
        return len(list(await session.scalars(select(OutboxMessage.id).where(OutboxMessage.kind == "effect_asked"))))


async def test_the_superior_is_asked_once_after_three_months_about_whoever_was_there(
    stage: Stage, people: Team
) -> None:
    boss = await phone_of(stage, "boss")
    assert await looks(stage, DAY - timedelta(days=2)) == 0
    assert await looks(stage, DAY) == 2, "nobody leads the outsider, and third was not there"
    assert await looks(stage, DAY) == 0
    assert await looks(stage, DAY + timedelta(days=5)) == 0
    assert await notices(stage) == 2
    assert boss.saw("Worker pernah mengikuti pelatihan Pelayanan Prima")
    assert boss.saw("Second pernah mengikuti pelatihan Pelayanan Prima")
    assert not boss.saw("Third pernah")


async def test_one_press_answers_and_a_sentence_may_follow(stage: Stage, people: Team) -> None:
    boss, hr = await phone_of(stage, "boss"), await phone_of(stage, "hr")
    await looks(stage, DAY)
    press = boss.button("Sudah diterapkan")
    await boss.presses_data(*press)
    boss.sees("Jawaban: ✅ Sudah diterapkan")
    await boss.presses_data(*press)
    boss.sees("Jawaban: ✅ Sudah diterapkan")
    (first, second) = await checks(stage)
    answered, other = (first, second) if first.effect is not None else (second, first)
    assert (answered.effect, other.effect, answered.superior_id) == (Effect.APPLIED, None, people.ids["boss"])
    await forges(boss, Learn("eff", answered.id, "not_yet").encode())
    boss.sees(errors.SENTENCES["effect_answered"])
    await forges(boss, Learn("effsee", answered.id).encode())
    await boss.presses("Tambah satu kalimat")
    boss.sees("Apa yang berubah di pekerjaannya?")
    await boss.says("bantuan")
    await boss.says("x" * 501)
    assert boss.saw("terlalu panjang")
    await stage.close()
    await stage.open()
    await boss.says("Warga 2172011204900001 dijawab hari itu juga")
    boss.sees("dijawab hari itu juga")
    (kept,) = [one for one in await checks(stage) if one.effect is not None]
    assert kept.note is not None
    assert "2172011204900001" not in kept.note
    await forges(boss, Learn("effnote", kept.id).encode())
    boss.sees(errors.SENTENCES["effect_noted"])
    await hr.says("/pelatihan")
    await forges(hr, Learn("hr", 1).encode())
    hr.sees("Penerapan di pekerjaan: 1 dari 2 dijawab atasan", "Sudah diterapkan: 1 (100%)", "Belum: 0 (0%)")
    await hr.presses("Jawaban atasan")
    hr.sees("Sudah diterapkan", "dijawab hari itu juga")
    await hr.presses("Kelola pelatihan ini")
    for data in ("l:effall:0:99", "l:effall:0:x"):
        await forges(hr, data)
        hr.sees(errors.SENTENCES["no_such_course"])


async def test_the_desk_lists_what_is_not_answered(stage: Stage, people: Team) -> None:
    boss = await phone_of(stage, "boss")
    await boss.says("/pelatihan")
    assert "Penerapan hasil pelatihan" not in str(boss.history()[-1])
    await looks(stage, DAY)
    await boss.says("/pelatihan")
    await boss.presses("Penerapan hasil pelatihan (2)")
    await boss.presses("Worker: Pelayanan Prima")
    boss.sees("Selesai: Senin, 30 November 2026")
    await boss.presses("Sebagian")
    await boss.presses("Pegawai lain")
    await boss.presses("Second: Pelayanan Prima")
    await boss.presses("Belum")
    await boss.presses("Tambah satu kalimat")
    await boss.presses("Batal")
    boss.sees("Jawabannya tetap tersimpan")
    await forges(boss, Learn("effs", 0).encode())
    boss.sees("Semuanya sudah dijawab")
    assert {one.effect for one in await checks(stage)} == {Effect.PARTLY, Effect.NOT_YET}


async def test_rule_31_only_the_superior_of_today_and_whoever_acts_may_answer(stage: Stage, people: Team) -> None:
    await looks(stage, DAY)
    (check, _) = await checks(stage)
    buttons = (Learn("effsee", check.id), Learn("eff", check.id, "applied"), Learn("effnote", check.id))
    siti = stage.person("Siti")
    await siti.starts()
    refused = {"worker": "not_your_subordinate", "outsider": "not_your_subordinate", "hr": "not_your_subordinate"}
    phones = {name: await phone_of(stage, name) for name in refused}
    for phone, code in ((siti, "not_your_role"), *((phones[name], code) for name, code in refused.items())):
        for one in buttons:
            await forges(phone, one.encode())
            phone.sees(errors.SENTENCES[code])
    for phone in (siti, phones["worker"], phones["outsider"]):
        await forges(phone, Learn("effall", 0, "1").encode())
        phone.sees(errors.SENTENCES["not_your_role"])
    await forges(siti, Learn("effs", 0).encode())
    siti.sees(errors.SENTENCES["not_your_role"])
    assert [one.effect for one in await checks(stage)] == [None, None]
    async with stage.db.begin() as session:
        days = {"valid_from": stage.now.date(), "valid_to": stage.now.date() + timedelta(days=5)}
        session.add(ActingSuperior(employee_id=people.ids["boss"], acting_id=people.ids["deputy"], **days))
    deputy = await phone_of(stage, "deputy")
    await forges(deputy, Learn("eff", check.id, "partly").encode())
    deputy.sees("Jawaban: 🌓 Sebagian")
    boss = await phone_of(stage, "boss")
    await forges(boss, Learn("effnote", check.id).encode())
    boss.sees(errors.SENTENCES["effect_noted"])
    for data in ("l:eff:999:applied", "l:effsee:999:", f"l:eff:{check.id}:weather", "l:effnote:999:"):
        await forges(boss, data)
    assert (await checks(stage))[0].superior_id == people.ids["deputy"]


async def test_the_period_is_the_citys_data_downtime_is_made_up_for_and_old_courses_are_left(
    stage: Stage, people: Team
) -> None:
    async with stage.db.begin() as session:
        session.add(CityFact(key="training.effect_months", value="1"))
        forget(session)
    await course(stage, people, "Lama Sekali", ("worker",), at=wib(2026, 9, 1, 9))
    assert await looks(stage, wib(2026, 12, 29, 9)) == 0
    assert await looks(stage, wib(2027, 1, 20, 9)) == 2
    assert {one.registration_id for one in await checks(stage)} == {1, 2}


async def test_whoever_left_the_roster_is_not_asked_about(stage: Stage, people: Team) -> None:
    async with stage.db.begin() as session:
        (await session.get_one(Employee, people.ids["worker"])).valid_to = date(2027, 1, 31)
    assert await looks(stage, DAY) == 1


async def test_the_own_data_tell_what_the_superior_said(stage: Stage, people: Team) -> None:
    worker, boss = await phone_of(stage, "worker"), await phone_of(stage, "boss")
    await looks(stage, DAY)
    check = next(one for one in await checks(stage) if one.registration_id == 1)
    await forges(boss, Learn("eff", check.id, "partly").encode())
    await worker.says("/datasaya")
    (training,) = json.loads(await worker.newest_file())["staff"]["trainings"]
    assert training["at_work"] == {"effect": "partly", "note": None}


async def test_the_queries_do_not_grow_with_the_participants(stage: Stage, people: Team) -> None:
    async with stage.db.begin() as session:
        for number in range(40):
            row = Employee(
                nip=f"199001012015011{number:03d}",
                name=f"Baru {number}",
                unit_id=1,
                kind="pns",
                supervisor_id=people.ids["boss"],
            )
            session.add(row)
            await session.flush()
            people.ids[f"n{number}"] = row.id
    assert await looks(stage, DAY) == 2
    assert stage.product is not None
    await course(stage, people, "Kecil", ("n0",), at=ENDED + timedelta(days=2))
    stage.now = DAY + timedelta(days=2)
    with Statements(stage) as few:
        await effects.run(stage.product.runtime)
    await course(stage, people, "Besar", tuple(f"n{number}" for number in range(40)), at=ENDED + timedelta(days=4))
    stage.now = DAY + timedelta(days=4)
    with Statements(stage) as many:
        assert (await effects.run(stage.product.runtime))["asked"] == 40
    assert len(many.seen) == len(few.seen)


async def test_the_lists_cost_the_same_with_many(stage: Stage, people: Team) -> None:
    boss, hr = await phone_of(stage, "boss"), await phone_of(stage, "hr")
    await looks(stage, DAY)
    (first, second) = await checks(stage)
    await forges(boss, Learn("eff", first.id, "applied").encode())

    async def costs() -> list[int]:
        found = []
        for phone, one in ((boss, Learn("effs", 0)), (hr, Learn("effall", 0, "1"))):
            with Statements(stage) as seen:
                await forges(phone, one.encode())
            found.append(len(seen.seen))
        return found

    few = await costs()
    boss.sees("Pilih pegawainya")
    async with stage.db.begin() as session:
        for number in range(24):
            row = Employee(
                nip=f"199001012015011{number:03d}",
                name=f"Baru {number:02d}",
                unit_id=1,
                kind="pns",
                supervisor_id=people.ids["boss"],
            )
            session.add(row)
            await session.flush()
            held = {"status": RegistrationStatus.SEATED, "seat": 50 + number, "unit_seat": 50 + number}
            seat = Registration(course_id=1, employee_id=row.id, unit_id=1, queued_at=START, **held)
            session.add(seat)
            await session.flush()
            said = {"effect": Effect.PARTLY, "superior_id": people.ids["boss"]} if number % 2 else {}
            session.add(EffectCheck(registration_id=seat.id, asked_at=stage.now, **said))
    assert await costs() == few
    hr.sees("Baru 01: 🌓 Sebagian", "Halaman 1 dari 2")
    await hr.presses("Berikutnya")
    hr.sees("Worker: ✅ Sudah diterapkan", "Halaman 2 dari 2")
    boss.sees("Pilih pegawainya")
    await boss.presses("Berikutnya")
    assert second.effect is None
