"""Closings that are held: the inspectorate is reminded every so many working days, in office hours, until it looked."""

from __future__ import annotations

from bot.jobs import proofs
from bot.services.city import forget, know
from bot.services.proofs import alarms
from models.calendar import ServiceLimit
from models.complaint import Complaint
from models.proof import Finding
from models.rules.permissions import Role
from tests.desk_scenes import at_work, colleague, employee_of, on_leave, resident, stored, taken
from tests.driver import Phone, Stage

WORDS = "hari kerja ditahan"


async def held(stage: Stage) -> tuple[Phone, int]:
    inspector, siti = await at_work(stage, "inspector"), await resident(stage)
    complaint_id = await taken(stage, siti)
    async with stage.db.begin() as session:
        (await session.get_one(Complaint, complaint_id)).hold(stage.now)
    return inspector, complaint_id


async def morning(stage: Stage, *, days: float) -> int:
    """So many days later; how many reminders are fresh."""
    assert stage.product is not None
    stage.later(days=days)
    told = await proofs.run(stage.product.runtime)
    await stage.settle()
    return told["reminded"]


def reminders(phone: Phone) -> list[str]:
    return [text for text in phone.texts() if WORDS in text]


async def test_the_inspector_is_reminded_every_third_working_day_until_it_is_settled(stage: Stage) -> None:
    """Held on Tuesday 24 November: Friday, then Wednesday; the weekend does not count."""
    inspector, complaint_id = await held(stage)
    told = [await morning(stage, days=1) for _ in range(8)]
    assert told == [0, 0, 1, 0, 0, 0, 0, 1]
    code = (await stored(stage, complaint_id)).code
    assert [code in text for text in reminders(inspector)] == [True, True]
    assert "sudah 3 hari kerja" in reminders(inspector)[0]
    await inspector.presses("Buka laporan")
    inspector.sees(code)
    async with stage.db.begin() as session:
        complaint = await session.get_one(Complaint, complaint_id)
        await alarms.settle(session, complaint, Finding.RELEASED, None, "wajar", stage.now)
    assert [await morning(stage, days=1) for _ in range(7)] == [0] * 7


async def test_twice_in_a_day_tells_once_and_a_missed_day_is_caught_up(stage: Stage) -> None:
    inspector, _ = await held(stage)
    assert await morning(stage, days=6) == 1
    assert await morning(stage, days=0) == 0
    assert len(reminders(inspector)) == 1


async def test_how_often_is_the_citys_data(stage: Stage) -> None:
    inspector, _ = await held(stage)
    async with stage.db.begin() as session:
        session.add(ServiceLimit(name="remind_held", days=1, working=True))
        forget(session)
    assert [await morning(stage, days=1) for _ in range(4)] == [1, 1, 1, 0]
    async with stage.db.begin() as session:
        (await session.get_one(ServiceLimit, "remind_held")).days = 0
        forget(session)
    assert await morning(stage, days=5) == 0
    assert len(reminders(inspector)) == 3


async def test_it_arrives_in_office_hours_only(stage: Stage) -> None:
    inspector, _ = await held(stage)
    assert await morning(stage, days=2.75) == 1, "04.00 in the morning of Friday"
    assert reminders(inspector) == []
    async with stage.db.read() as session:
        opens_at = (await know(session, stage.now)).calendar.next_office_moment(stage.now)
    stage.now = opens_at
    await stage.settle()
    assert len(reminders(inspector)) == 1


async def test_whoever_is_away_or_accused_is_not_reminded(stage: Stage) -> None:
    inspector, complaint_id = await held(stage)
    other, other_id = await colleague(stage, "Rina Inspektur", role=Role.INSPECTOR, unit_id=None)
    async with stage.db.begin() as session:
        (await session.get_one(Complaint, complaint_id)).conflict_employee_id = other_id
    assert await morning(stage, days=3) == 1
    assert (len(reminders(inspector)), len(reminders(other))) == (1, 0)
    stage.later(days=5)
    await on_leave(stage, await employee_of(stage, "inspector"))
    assert await morning(stage, days=0) == 0
