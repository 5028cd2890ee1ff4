"""Who may see and do what with the needs: every button forged by everybody. The lists cost the same however long."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bot.callbacks import Learn
from bot.services import city as cities
from models.broadcasts.broadcast import Broadcast
from models.employee import Employee
from models.organisation import Service, Unit
from models.rules.training.needs import NeedKind
from models.training.course import Course
from models.training.need import NeedDecision
from tests import need_scenes, training_scenes
from tests.desk_scenes import Statements, forges, resident
from tests.driver import Stage
from tests.performance_scenes import Team
from tests.survey_rows import response, store
from tests.training_scenes import course, phone_of

ROLE, UNIT = "hanya untuk petugas yang berwenang", "unit itu bukan tugas"
NEED = "tidak lagi menunjukkan kebutuhan ini"


@pytest.fixture
async def people(stage: Stage) -> Team:
    """PU and Disdukcapil both have needs; the boss leads people of PU only."""
    found = await training_scenes.people(stage)
    await need_scenes.weak_unit(stage.db)
    await store(stage.db, *need_scenes.answers(10, service=need_scenes.CARDS, U7=1))
    await course(stage, "Melayani dengan Santun", topics=["santun"], quota=5)
    return found


#: Button → what worker (leads nobody), boss (leads in PU) and hr (leads nobody) are told; "" for what works.
TABLE = [
    (Learn("needs", 0), ROLE, "", ""),
    (Learn("needu", 1, "0"), ROLE, "", ""),
    (Learn("needu", 2, "0"), ROLE, UNIT, ""),
    (Learn("needu", 99, "0"), ROLE, UNIT, "Unit itu tidak ada"),
    (Learn("need", 1, "eU7"), ROLE, "", ""),
    (Learn("need", 2, "eU7"), ROLE, UNIT, ""),
    (Learn("need", 1, "eU6"), ROLE, NEED, NEED),
    (Learn("need", 1, ""), ROLE, NEED, NEED),
    (Learn("needann", 1, "1.eU7"), ROLE, ROLE, ""),
    (Learn("needann", 1, "nonsense"), ROLE, ROLE, NEED),
    (Learn("needann", 77, "1.eU7"), ROLE, ROLE, "sudah penuh, ditutup"),
    (Learn("needsug", 1, "1.eU7"), ROLE, "", UNIT),
    (Learn("needsug", 1, "2.eU7"), ROLE, UNIT, UNIT),
    (Learn("needsug", 77, "1.eU7"), ROLE, "sudah penuh, ditutup", UNIT),
    (Learn("needdone", 1, "eU7"), ROLE, ROLE, ""),
    (Learn("needwait", 1, "eU7"), ROLE, ROLE, ""),
    (Learn("needback", 1, "eU7"), ROLE, ROLE, ""),
    (Learn("neednew", 1, "eU7"), ROLE, ROLE, ""),
]


@pytest.mark.parametrize(("button", "worker", "boss", "hr"), TABLE, ids=lambda one: getattr(one, "verb", ""))
async def test_every_button_by_everybody(
    stage: Stage, people: Team, button: Learn, worker: str, boss: str, hr: str
) -> None:
    for name, said in {"worker": worker, "boss": boss, "hr": hr}.items():
        phone = await phone_of(stage, name)
        await forges(phone, button.encode())
        refused = any(words in phone.last() for words in (ROLE, UNIT, NEED, "sudah penuh", "Unit itu tidak ada"))
        assert refused == bool(said), phone.last()
        phone.sees(said)
    siti = await resident(stage)
    await forges(siti, button.encode())
    siti.sees(ROLE)
    async with stage.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(NeedDecision)) == 0
        assert await session.scalar(select(func.count()).select_from(Broadcast)) <= (button.verb == "needann")
        assert await session.scalar(select(func.count()).select_from(Course)) == 1


async def test_a_talk_ends_for_whoever_lost_the_right(stage: Stage, people: Team) -> None:
    boss = await phone_of(stage, "boss")
    await forges(boss, Learn("needsug", 1, "1.eU7").encode())
    await boss.presses("⬜ Worker")
    async with stage.db.begin() as session:
        from_now = people.ids["deputy"]
        for name in ("worker", "second", "third"):
            row = await session.get_one(Employee, people.ids[name])
            row.supervisor_id = from_now
    await boss.presses("Kirim usulan")
    boss.sees(ROLE)
    assert boss.saw("Tidak ada bawahan langsung")


FEW, MANY = 8, 80


async def test_many_units_cost_as_much_as_few(stage: Stage, people: Team) -> None:
    hr = await phone_of(stage, "hr")
    costs = []
    for number in (FEW, MANY):
        await _units(stage, number)
        with Statements(stage) as counted:
            await forges(hr, Learn("needs", 0).encode())
        costs.append(len(counted.seen))
        hr.sees("Halaman 1 dari")
    assert costs[0] == costs[1]
    await hr.presses("Berikutnya")
    hr.sees("Halaman 2 dari")


async def test_many_courses_and_needs_cost_as_much_as_few(stage: Stage, people: Team) -> None:
    boss = await phone_of(stage, "boss")
    screens = (Learn("needu", 1, "0"), Learn("need", 1, "eU7"))
    costs = []
    for number in (FEW, MANY):
        for one in range(number):
            await need_scenes.indicator(stage.db, "40", code=f"i-{number}-{one}")
            await course(stage, f"Santun {number} {one}", topics=["santun"])
        await store(stage.db, need_scenes.topic(NeedKind.INDICATOR, f"i-{number}", "x"))
        for screen in screens:
            with Statements(stage) as counted:
                await forges(boss, screen.encode())
            costs.append(len(counted.seen))
    assert costs[:2] == costs[2:]
    await forges(boss, Learn("needu", 1, "1").encode())
    boss.sees("Halaman 2 dari", "Lampu jalan menyala: 40%, seharusnya sekarang 90%")


async def _units(stage: Stage, number: int) -> None:
    """So many units more, each with a service that six people found unfriendly."""
    async with stage.db.begin() as session:
        units = [
            Unit(code=f"u{number}-{one}", name=f"Unit {number}-{one}", short_name=f"U{number}-{one}", kind="dinas")
            for one in range(number)
        ]
        session.add_all(units)
        await session.flush()
        services = [Service(code=f"s-{unit.code}", unit_id=unit.id, name="Layanan") for unit in units]
        session.add_all(services)
        await session.flush()
        for service in services:
            for _ in range(6):
                row = response([4, 4, 4, 4, 4, 4, 1, 4, 4], need_scenes.LAMPS, need_scenes.BEFORE)
                row.service_id, row.unit_id = service.id, service.unit_id
                session.add(row)
        cities.forget(session)
