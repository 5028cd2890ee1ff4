"""Each period of a duty fires once: with two processes, after downtime, and after a failure."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.db import Database
from bot.jobs.timetable import DUTIES, Duty, Timetable
from bot.runtime import Runtime
from models.calendar import DutyRun
from tests.driver import Stage
from tests.jobs.cases import wib

EVERY = timedelta(minutes=5)


@pytest.fixture
async def second(stage: Stage) -> AsyncIterator[Runtime]:
    """What a second process on the same database would have."""
    assert stage.product is not None
    database = Database(stage.database_url)
    yield replace(stage.product.runtime, db=database)
    await database.close()


class Recorder:
    """A duty that writes down when it ran, and fails when told to."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.runs: list[datetime] = []
        self.fails = False

    async def __call__(self, _runtime: Runtime) -> dict[str, int]:
        self.runs.append(self._stage.now)
        await asyncio.sleep(0)
        if self.fails:
            raise RuntimeError("on purpose")
        return {"done": 1}


def nightly(run: Recorder) -> Duty:
    return Duty("nightly", run, timedelta(days=1), hour=2)


def first(stage: Stage) -> Timetable:
    assert stage.product is not None
    return Timetable(stage.product.runtime, ())


async def runs_of(stage: Stage) -> list[DutyRun]:
    async with stage.db.read() as session:
        return list((await session.scalars(select(DutyRun).order_by(DutyRun.id))).all())


async def test_two_timetables_fire_each_period_once(stage: Stage, second: Runtime) -> None:
    record = Recorder(stage)
    duty = Duty("sweep", record, EVERY)
    tables = (first(stage), Timetable(second, ()))
    for _ in range(4):
        counts = await asyncio.gather(*(table.fire(duty) for table in tables for _ in range(3)))
        assert counts.count({"done": 1}) == 1
        assert counts.count(None) == 5
        stage.later(minutes=5)
    assert len(record.runs) == 4
    stored = await runs_of(stage)
    assert [run.counts for run in stored] == [{"done": 1}] * 4
    assert all(run.finished_at is not None for run in stored)


async def test_a_restart_does_not_fire_a_period_again(stage: Stage, second: Runtime) -> None:
    record = Recorder(stage)
    duty = Duty("sweep", record, EVERY)
    await first(stage).fire(duty)
    stage.later(minutes=2)
    assert await Timetable(second, ()).fire(duty) is None
    assert len(record.runs) == 1


async def test_downtime_of_a_sweep_is_caught_up_once(stage: Stage) -> None:
    record = Recorder(stage)
    duty = Duty("sweep", record, EVERY)
    await first(stage).fire(duty)
    stage.later(hours=9)
    for _ in range(3):
        await first(stage).fire(duty)
        stage.later(seconds=15)
    assert len(record.runs) == 2


async def test_a_nightly_duty_missed_from_one_to_nine_is_caught_up_at_nine(stage: Stage) -> None:
    record = Recorder(stage)
    duty = nightly(record)
    stage.now = wib(2026, 11, 24, 2, 1)
    assert await first(stage).fire(duty) is not None
    stage.now = wib(2026, 11, 25, 1)
    assert await first(stage).fire(duty) is None
    stage.now = wib(2026, 11, 25, 9)
    assert await first(stage).fire(duty) is not None
    stage.later(minutes=1)
    assert await first(stage).fire(duty) is None
    stage.now = wib(2026, 11, 26, 2)
    assert await first(stage).fire(duty) is not None
    assert [run.period for run in await runs_of(stage)] == ["2026-11-24", "2026-11-25", "2026-11-26"]


async def test_downtime_beyond_the_grace_is_not_caught_up(stage: Stage) -> None:
    record = Recorder(stage)
    duty = nightly(record)
    stage.now = wib(2026, 11, 24, 14)
    assert duty.grace == timedelta(hours=12)
    assert await first(stage).fire(duty) is not None
    stage.now = wib(2026, 11, 25, 14, 1)
    assert await first(stage).fire(duty) is None
    assert len(record.runs) == 1


async def test_a_failing_duty_is_logged_and_its_next_period_runs(stage: Stage) -> None:
    record = Recorder(stage)
    duty = Duty("sweep", record, EVERY)
    record.fails = True
    with capture_logs() as logs:
        assert await first(stage).fire(duty) is None
    assert [(entry["event"], entry["duty"]) for entry in logs] == [("duty_failed", "sweep")]
    (failed,) = await runs_of(stage)
    assert failed.finished_at is None
    record.fails = False
    assert await first(stage).fire(duty) is None
    stage.later(minutes=5)
    assert await first(stage).fire(duty) == {"done": 1}


async def test_every_duty_of_the_table_runs_on_an_empty_city(stage: Stage) -> None:
    table = first(stage)
    stage.now = wib(2026, 11, 25, 8, 30)
    for duty in DUTIES:
        counts = await table.fire(duty)
        assert counts is not None, duty.name
        told = duty.name in ("audit", "menus") or not any(counts.values())
        assert told, "but what the city's data were loaded by is chained, and the staff's chats get their commands"
    assert len({duty.name for duty in DUTIES}) == len(DUTIES) == len(await runs_of(stage))


async def test_the_scheduler_looks_at_once(stage: Stage) -> None:
    ran = asyncio.Event()

    async def run(_runtime: Runtime) -> dict[str, int]:
        ran.set()
        return {}

    assert stage.product is not None
    table = Timetable(stage.product.runtime, (Duty("sweep", run, EVERY),))
    table.start()
    await asyncio.wait_for(ran.wait(), 10)
    await table.stop()


async def test_a_duty_in_the_middle_of_its_work_is_broken_off_without_a_word(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    begun, given_back = asyncio.Event(), []

    async def run(runtime: Runtime) -> dict[str, int]:
        async with runtime.db.begin():
            begun.set()
            try:
                await asyncio.Event().wait()
            finally:
                given_back.append("connection")
        return {}

    assert stage.product is not None
    table = Timetable(stage.product.runtime, (Duty("sweep", run, EVERY),))
    table.start()
    await asyncio.wait_for(begun.wait(), 10)
    caplog.clear()
    await table.stop()
    await asyncio.sleep(0)

    assert given_back == ["connection"]
    assert [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")] == []
