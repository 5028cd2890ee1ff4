"""The clock's work for courses: reminders with a calendar file, offers that end, registration that closes. Rule 39."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.callbacks import Learn
from bot.jobs.training import reminders
from models.outbox import OutboxMessage
from models.training.course import Course, CourseStatus
from models.training.registration import RegistrationStatus
from tests import training_scenes as scenes
from tests.desk_scenes import forges
from tests.driver import START, Stage
from tests.performance_scenes import Team
from tests.training_scenes import phone_of, status_of

WIB = ZoneInfo("Asia/Jakarta")
#: A Saturday: no office hours that day.
MEETING = datetime(2026, 11, 28, 9, tzinfo=WIB)


@pytest.fixture
async def people(stage: Stage) -> Team:
    return await scenes.people(stage)


async def looks(stage: Stage, at: datetime | None = None) -> dict[str, int]:
    if at is not None:
        stage.now = at
    assert stage.product is not None
    counts = await reminders.run(stage.product.runtime)
    await stage.settle()
    return counts


async def test_reminders_come_once_each_never_at_night_and_on_a_saturday_too(stage: Stage, people: Team) -> None:
    await scenes.course(stage, sessions=(MEETING,), closes_at=START + timedelta(days=1))
    worker, second = await phone_of(stage, "worker"), await phone_of(stage, "second")
    await forges(worker, Learn("join", 1).encode())
    seen = {}
    for day in (24, 25, 26, 27, 28):
        for hour in (1, 6, 7, 12, 22):
            at = datetime(2026, 11, day, hour, 30, tzinfo=WIB)
            if at > stage.now and (found := (await looks(stage, at))["reminded"]):
                seen[day, hour] = found
    assert seen == {(25, 7): 1, (27, 7): 1, (28, 7): 1}
    assert worker.saw("3 hari lagi ada pelatihan")
    assert worker.saw("Besok ada pelatihan")
    assert worker.saw("Hari ini ada pelatihan Pelayanan Prima")
    assert not any("ada pelatihan" in text for text in second.texts())
    content = (await worker.newest_file()).decode()
    assert "DTSTART;TZID=Asia/Jakarta:20261128T090000" in content
    async with stage.db.read() as session:
        kinds = list(await session.scalars(select(OutboxMessage.kind).where(OutboxMessage.kind == "session_reminder")))
    assert len(kinds) == 3


async def test_rule_39_an_offer_that_nobody_took_goes_on(stage: Stage, people: Team) -> None:
    await scenes.course(stage, quota=1)
    worker, second, third = [await phone_of(stage, name) for name in ("worker", "second", "third")]
    for phone in (worker, second, third):
        stage.later(minutes=1)
        await forges(phone, Learn("join", 1).encode())
    await forges(worker, Learn("leave2", 1).encode())
    assert second.saw("Ada kursi kosong")
    take = second.button("Ambil kursi ini")
    assert (await looks(stage))["ended"] == 0
    stage.later(hours=25)
    assert (await looks(stage))["ended"] == 1
    assert second.saw("Bapak/Ibu kini berada di urutan akhir")
    assert third.saw("Ada kursi kosong")
    await second.presses_data(*take)
    second.sees("sudah lewat atau sudah diberikan")
    assert await status_of(stage, 1, people.ids["third"]) is RegistrationStatus.OFFERED


async def test_registration_closes_in_time_and_human_resources_are_told(stage: Stage, people: Team) -> None:
    await scenes.course(stage, closes_at=START + timedelta(hours=2))
    hr = await phone_of(stage, "hr")
    assert (await looks(stage))["closed"] == 0
    stage.later(hours=2)
    assert (await looks(stage))["closed"] == 1
    assert (await looks(stage))["closed"] == 0
    hr.sees("Pendaftaran pelatihan Pelayanan Prima sudah ditutup")
    async with stage.db.read() as session:
        assert (await session.get_one(Course, 1)).status is CourseStatus.CLOSED
