"""Being present: by the code of the room, scanned or typed, or by the list. Domain rule 38."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.callbacks import Learn
from models.rules.training.attendance_code import code_at
from models.training.course import CourseSession
from models.training.registration import Attendance, AttendanceWay
from tests import training_scenes as scenes
from tests.desk_scenes import forges
from tests.driver import START, Phone, Stage
from tests.performance_scenes import Team
from tests.training_scenes import phone_of


@pytest.fixture
async def people(stage: Stage) -> Team:
    return await scenes.people(stage)


async def attendances(stage: Stage) -> list[Attendance]:
    async with stage.db.read() as session:
        return list(await session.scalars(select(Attendance).order_by(Attendance.id)))


async def secret_of(stage: Stage) -> str:
    async with stage.db.read() as session:
        return (await session.get_one(CourseSession, 1)).secret


async def seated(stage: Stage) -> dict[str, Phone]:
    """A meeting in two hours; worker has a seat, second has none."""
    await scenes.course(stage, sessions=(START + timedelta(hours=2),), closes_at=START + timedelta(hours=1))
    phones = {name: await phone_of(stage, name) for name in ("hr", "worker", "second")}
    await forges(phones["worker"], Learn("join", 1).encode())
    return phones


async def link(stage: Stage, **back: Any) -> str:
    code = code_at(await secret_of(stage), 1, stage.now - timedelta(**back))
    return f"hadir_1_{code.long}"


async def test_rule_38_only_participants_with_the_code_of_now_are_present(stage: Stage, people: Team) -> None:
    phones = await seated(stage)
    worker, second = phones["worker"], phones["second"]
    await worker.starts(await link(stage))
    worker.sees("30 menit sebelum pertemuan")
    stage.later(hours=1, minutes=31)
    await second.starts(await link(stage))
    second.sees("hanya untuk peserta yang sudah mendapat kursi")
    await worker.starts(await link(stage, seconds=90))
    worker.sees("Kode itu salah atau sudah lewat")
    await worker.starts("hadir_99_abc")
    worker.sees("Pertemuan itu tidak ada")
    assert await attendances(stage) == []
    await worker.starts(await link(stage, seconds=30))
    worker.sees("Kehadiran Bapak/Ibu tercatat", "Pelayanan Prima")
    await worker.starts(await link(stage))
    (row,) = await attendances(stage)
    assert (row.registration_id, row.way) == (1, AttendanceWay.CODE)


async def test_the_code_can_be_typed(stage: Stage, people: Team) -> None:
    worker = (await seated(stage))["worker"]
    stage.later(hours=2)
    await forges(worker, Learn("open", 1).encode())
    await worker.presses("Ketik kode hadir")
    worker.sees("Berapa kode yang tampil di ruangan?")
    await worker.says("bantuan")
    assert worker.saw("mintalah dicatat pada daftar hadir")
    wrong = code_at(await secret_of(stage), 1, stage.now - timedelta(hours=1)).digits
    await worker.says(wrong)
    assert worker.saw("Kode itu salah atau sudah lewat")
    await stage.close()
    await stage.open()
    digits = code_at(await secret_of(stage), 1, stage.now).digits
    await worker.says(f"{digits[:3]} {digits[3:]}")
    worker.sees("Kehadiran Bapak/Ibu tercatat")
    await forges(worker, Learn("open", 1).encode())
    worker.sees("Tercatat hadir: 1 dari 1 pertemuan")


async def test_the_list_ticks_and_unticks(stage: Stage, people: Team) -> None:
    hr = (await seated(stage))["hr"]
    await forges(hr, Learn("roll", 0, "1").encode())
    hr.sees("Hadir: 0 dari 1 peserta")
    tick = hr.button("Worker")
    await hr.presses_data(*tick)
    hr.sees("Hadir: 1 dari 1")
    await hr.presses_data(*tick)
    (row,) = await attendances(stage)
    assert (row.way, row.recorded_by_id) == (AttendanceWay.LIST, people.ids["hr"])
    await hr.presses("Worker")
    hr.sees("Hadir: 0 dari 1")
    await forges(hr, Learn("tick", 99, "1.0").encode())
    hr.sees("Pendaftaran itu tidak ada")
    assert await attendances(stage) == []
