"""The code of the room renews itself in one message, until it is stopped, its time is over, or the message is gone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.callbacks import Learn
from bot.jobs.training import codes
from bot.services.city import forget
from bot.views import errors
from models.employee import RoleGrant
from models.organisation import CityFact
from models.outbox import OutboxMessage
from models.rules.training.attendance_code import code_at
from models.training.code_show import CodeShow
from models.training.course import CourseSession
from models.training.registration import Attendance
from tests import training_scenes as scenes
from tests.desk_scenes import forges
from tests.driver import START, Phone, Stage
from tests.performance_scenes import TELEGRAM, Team
from tests.training_scenes import phone_of

ROLL = "Daftar hadir"


@pytest.fixture
async def people(stage: Stage) -> Team:
    """A meeting in two hours, of three hours; human resources, and a worker with a seat."""
    found = await scenes.people(stage)
    await scenes.course(stage, sessions=(START + timedelta(hours=2),), closes_at=START + timedelta(hours=1))
    await forges(await phone_of(stage, "worker"), Learn("join", 1).encode())
    return found


def worker_of(stage: Stage) -> Phone:
    """The phone of the worker, which is there already."""
    return Phone(stage, TELEGRAM + 1 + scenes.NAMES.index("worker"), "Worker")


async def looks(stage: Stage, **later: float) -> dict[str, int]:
    """The duty looks after this time."""
    stage.later(**later)
    assert stage.product is not None
    counts = await codes.run(stage.product.runtime)
    await stage.settle()
    return counts


async def code_of(stage: Stage) -> tuple[str, str]:
    """The digits and the long code of now."""
    async with stage.db.read() as session:
        code = code_at((await session.get_one(CourseSession, 1)).secret, 1, stage.now)
    return code.digits, code.long


def pictures(phone: Phone) -> list[dict[str, Any]]:
    return [message for message in phone.history() if "photo" in message]


async def shown(stage: Stage) -> Phone:
    """Human resources show the code as the meeting begins."""
    hr = await phone_of(stage, "hr")
    stage.later(hours=2)
    await forges(hr, Learn("qr", 1).encode())
    return hr


async def test_the_picture_is_renewed_in_place_and_what_it_shows_is_always_taken(stage: Stage, people: Team) -> None:
    hr = await shown(stage)
    (first,) = pictures(hr)
    assert (await code_of(stage))[0] in first["caption"]
    assert "Berganti sendiri setiap 30 detik" in first["caption"]
    assert await looks(stage, seconds=10) == {"renewed": 0, "ended": 0}
    seen = {first["photo"][0]["file_id"]}
    for _ in range(4):
        assert (await looks(stage, seconds=30))["renewed"] == 1
        assert (await looks(stage, seconds=0))["renewed"] == 0
        (now,) = pictures(hr)
        assert now["message_id"] == first["message_id"]
        assert (await code_of(stage))[0] in now["caption"]
        seen.add(now["photo"][0]["file_id"])
    assert len(seen) == 5
    worker = worker_of(stage)
    await worker.starts(f"hadir_1_{(await code_of(stage))[1]}")
    async with stage.db.read() as session:
        assert len(list(await session.scalars(select(Attendance)))) == 1


async def test_it_goes_on_after_a_restart_and_ends_after_the_citys_minutes(stage: Stage, people: Team) -> None:
    async with stage.db.begin() as session:
        session.add(CityFact(key="training.code_minutes", value="5"))
        forget(session)
    hr = await shown(stage)
    await stage.close()
    await stage.open()
    assert (await looks(stage, minutes=4))["renewed"] == 1
    assert (await looks(stage, minutes=1)) == {"renewed": 0, "ended": 1}
    assert pictures(hr) == []
    hr.sees("Kode hadir Pelayanan Prima tidak ditampilkan lagi")
    assert await looks(stage, minutes=1) == {"renewed": 0, "ended": 0}
    await hr.presses("Tampilkan lagi")
    assert len(pictures(hr)) == 1


async def test_it_ends_with_the_meeting(stage: Stage, people: Team) -> None:
    hr = await phone_of(stage, "hr")
    stage.later(hours=4, minutes=50)
    await forges(hr, Learn("qr", 1).encode())
    assert (await looks(stage, minutes=9))["renewed"] == 1
    assert (await looks(stage, minutes=1))["ended"] == 1
    assert pictures(hr) == []
    await hr.presses("Tampilkan lagi")
    stage.later(minutes=1)
    await forges(hr, Learn("qr", 1).encode())
    hr.sees("sampai pertemuan selesai")


async def test_the_stop_button_takes_it_away_and_its_other_buttons_leave_it(stage: Stage, people: Team) -> None:
    hr = await shown(stage)
    await looks(stage, seconds=30)
    stop = hr.button("Berhenti menampilkan")
    await hr.presses(ROLL)
    hr.sees("Hadir: 0 dari 1 peserta")
    assert len(pictures(hr)) == 1
    for _ in range(2):
        await hr.presses_data(*stop)
        hr.sees("tidak ditampilkan lagi")
        assert pictures(hr) == []
    assert await looks(stage, minutes=5) == {"renewed": 0, "ended": 0}
    async with stage.db.read() as session:
        assert list(await session.scalars(select(CodeShow))) == []


async def test_pressed_twice_it_is_shown_once_and_later_in_place_of_the_former(stage: Stage, people: Team) -> None:
    hr = await shown(stage)
    await forges(hr, Learn("qr", 1).encode())
    (first,) = pictures(hr)
    stage.later(minutes=1)
    await forges(hr, Learn("qr", 1).encode())
    (second,) = pictures(hr)
    assert second["message_id"] != first["message_id"]
    assert (await looks(stage, seconds=30))["renewed"] == 1


async def test_a_message_that_is_gone_or_a_right_that_ended_ends_it(stage: Stage, people: Team) -> None:
    hr = await shown(stage)
    (first,) = pictures(hr)
    assert stage.product is not None
    await stage.product.runtime.bot.delete_message(hr.id, first["message_id"])
    await looks(stage, seconds=30)
    assert (await looks(stage, seconds=30))["ended"] == 1
    await forges(hr, Learn("qr", 1).encode())
    async with stage.db.begin() as session:
        grant = (await session.scalars(select(RoleGrant).where(RoleGrant.employee_id == people.ids["hr"]))).one()
        grant.valid_to = stage.now.date() - timedelta(days=1)
    (last,) = pictures(hr)
    await looks(stage, seconds=30)
    assert (await looks(stage, seconds=30))["ended"] == 1
    assert pictures(hr)[0]["caption"] == last["caption"]


async def test_only_human_resources_show_it_and_only_their_own_is_stopped(stage: Stage, people: Team) -> None:
    hr = await shown(stage)
    worker, boss = worker_of(stage), await phone_of(stage, "boss")
    for phone in (worker, boss):
        for data in (Learn("qr", 1), Learn("noqr", 1, "1"), Learn("sess", 1), Learn("roll", 0, "1")):
            await forges(phone, data.encode())
            phone.sees(errors.SENTENCES["not_your_role"])
        assert pictures(phone) == []
    async with stage.db.begin() as session:
        session.add(RoleGrant(employee_id=people.ids["boss"], role="hr", valid_from=START.date() - timedelta(days=9)))
    await forges(boss, Learn("noqr", 1, "1").encode())
    boss.sees("Pertemuan itu tidak ada")
    assert len(pictures(hr)) == 1
    for data in ("noqr:1:x", "noqr:99:", "qr:99:", "noqr:x:1"):
        await forges(hr, f"{Learn.tag}:{data}")
    assert len(pictures(hr)) == 1


async def test_each_change_has_a_key_of_its_own(stage: Stage, people: Team) -> None:
    await shown(stage)
    for _ in range(3):
        await looks(stage, seconds=30)
    async with stage.db.read() as session:
        keys = list(await session.scalars(select(OutboxMessage.key).where(OutboxMessage.kind == "room_code")))
    assert len(set(keys)) == len(keys) == 4
