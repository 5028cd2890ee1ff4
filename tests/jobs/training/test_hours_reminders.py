"""In September: one sentence to whoever lacks training hours, a count to superiors and human resources, once a year."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.callbacks import Learn
from bot.jobs.timetable import DUTIES, Timetable
from bot.jobs.training import hours_reminders
from bot.services.city import forget
from models.employee import ActingSuperior, Employee, Leave
from models.organisation import CityFact
from models.outbox import OutboxMessage
from models.training.hours import HoursStatus, TrainingHours
from tests import training_scenes
from tests.desk_scenes import Statements, forges
from tests.driver import START, Stage
from tests.jobs.cases import wib
from tests.performance_scenes import Team
from tests.training_scenes import phone_of

#: A Wednesday.
SECOND = wib(2026, 9, 2, 9, 30)
KINDS = ("hours_short", "hours_short_team", "hours_short_city", "hours_short_again")


@pytest.fixture
async def people(stage: Stage) -> Team:
    """The worker has 7 JP; second reached 20; third has a contract and none; everybody else reached 20."""
    found = await training_scenes.people(stage)
    counted = {"worker": 7} | dict.fromkeys(("second", "boss", "deputy", "hr", "outsider"), 20)
    async with stage.db.begin() as session:
        for name, hours in counted.items():
            session.add(
                TrainingHours(
                    employee_id=found.ids[name],
                    year=2026,
                    hours=hours,
                    title="Bimtek",
                    ended_on=date(2026, 3, 1),
                    status=HoursStatus.COUNTED,
                    created_at=START,
                )
            )
        (await session.get_one(Employee, found.ids["third"])).kind = "pppk"
        others = select(Employee).where(Employee.id.not_in(list(found.ids.values())))
        for stranger in await session.scalars(others):
            stranger.valid_to = date(2026, 1, 1)
    return found


async def looks(stage: Stage, at: datetime) -> int:
    stage.now = at
    assert stage.product is not None
    put = (await hours_reminders.run(stage.product.runtime))["reminded"]
    await stage.settle()
    return put


async def told(stage: Stage, people: Team) -> Counter[str]:
    """How often which kind came to each of the scene's people."""
    statement = select(Employee.id, OutboxMessage.kind).join(Employee, Employee.person_id == OutboxMessage.person_id)
    names = {number: name for name, number in people.ids.items()}
    async with stage.db.read() as session:
        rows = (await session.execute(statement.where(OutboxMessage.kind.in_(KINDS)))).all()
    return Counter(f"{names[number]} {kind}" for number, kind in rows)


async def test_once_a_year_in_september_to_the_person_the_superior_and_human_resources(
    stage: Stage, people: Team
) -> None:
    worker, boss, hr = [await phone_of(stage, name) for name in ("worker", "boss", "hr")]
    for early in (wib(2026, 8, 31, 9, 30), wib(2026, 9, 5, 9, 30)):  # a Monday in August, a Saturday
        assert await looks(stage, early) == 0
    assert await looks(stage, SECOND) == 3
    once = Counter(["worker hours_short", "boss hours_short_team", "hr hours_short_city"])
    assert await told(stage, people) == once
    worker.sees("tahun 2026 baru 7 dari 20 JP, kurang 13 JP lagi")
    await worker.presses("Pelatihan yang akan datang")
    worker.sees("Pelatihan yang akan datang")
    boss.sees("ada 1 PNS yang belum mencapai 20 JP tahun 2026; bawahan langsung: 1")
    await boss.presses("Buka daftarnya")
    boss.sees("1 dari 2 PNS", "Worker", "7 dari 20 JP")
    hr.sees("ada 1 dari 6 PNS yang belum mencapai 20 JP tahun 2026")
    await hr.presses("Buka daftarnya")
    hr.sees("Jam pelajaran (JP) pegawai kota, 2026", "Worker")
    for later in (1, 7, 28):
        assert await looks(stage, SECOND + timedelta(days=later)) == 0
    assert await told(stage, people) == once


async def test_downtime_is_caught_up_once_until_the_last_day(stage: Stage, people: Team) -> None:
    assert await looks(stage, wib(2026, 9, 30, 9, 30)) == 3
    assert await looks(stage, wib(2026, 9, 30, 10, 30)) == 0
    assert await looks(stage, wib(2026, 10, 1, 9, 30)) == 0


async def test_after_the_last_day_nobody_is_told(stage: Stage, people: Team) -> None:
    assert await looks(stage, wib(2026, 10, 1, 9, 30)) == 0
    assert await told(stage, people) == Counter()


async def test_where_everybody_reached_it_nobody_is_told(stage: Stage, people: Team) -> None:
    async with stage.db.begin() as session:
        await session.merge(CityFact(key="training.pns_minimum", value="7"))
        forget(session)
    assert await looks(stage, SECOND) == 0
    assert await told(stage, people) == Counter()


async def test_leaders_of_leaders_count_everybody_below(stage: Stage, people: Team) -> None:
    async with stage.db.begin() as session:
        (await session.get_one(Employee, people.ids["boss"])).supervisor_id = people.ids["deputy"]
    deputy = await phone_of(stage, "deputy")
    assert await looks(stage, SECOND) == 4
    deputy.sees("ada 1 PNS yang belum mencapai 20 JP tahun 2026; bawahan langsung: 0")
    await deputy.presses("Buka daftarnya")
    deputy.sees("semua pegawai di bawah Bapak/Ibu", "Worker")


async def test_whoever_is_away_is_told_afterwards_and_the_deputy_gets_the_count(stage: Stage, people: Team) -> None:
    async with stage.db.begin() as session:
        days = {"first_day": date(2026, 9, 1), "last_day": date(2026, 9, 3)}
        session.add_all([Leave(employee_id=people.ids[name], **days) for name in ("worker", "boss")])
        session.add(
            ActingSuperior(
                employee_id=people.ids["boss"],
                acting_id=people.ids["deputy"],
                valid_from=date(2026, 9, 1),
                valid_to=date(2026, 9, 3),
            )
        )
    await looks(stage, SECOND)
    assert await told(stage, people) == Counter(["deputy hours_short_team", "hr hours_short_city"])
    await looks(stage, SECOND + timedelta(days=2))
    after = await told(stage, people)
    assert (after["worker hours_short"], after["boss hours_short_team"], after["hr hours_short_city"]) == (1, 1, 1)


async def test_nobody_is_told_twice_in_a_month(stage: Stage, people: Team) -> None:
    hr = await phone_of(stage, "hr")
    stage.now = wib(2026, 9, 1, 7, 30)
    await forges(hr, Learn("lackyes", 0, "c.u.0").encode())
    hr.sees("1 pegawai diingatkan")
    await looks(stage, SECOND)
    assert "worker hours_short" not in await told(stage, people)
    stage.now = wib(2026, 10, 1, 9, 30)
    await forges(hr, Learn("lackyes", 0, "c.u.0").encode())
    hr.sees("1 pegawai diingatkan")
    await forges(hr, Learn("lackyes", 0, "c.u.0").encode())
    hr.sees("0 pegawai diingatkan")
    assert (await told(stage, people))["worker hours_short_again"] == 2


async def test_the_days_are_the_citys_data_and_the_duty_stands_in_the_timetable(stage: Stage, people: Team) -> None:
    async with stage.db.begin() as session:
        for key, value in (("hours_remind", "05-10"), ("hours_remind_until", "09-10")):
            await session.merge(CityFact(key=f"training.{key}", value=value))
        forget(session)
    assert await looks(stage, SECOND) == 0
    duty = next(duty for duty in DUTIES if duty.name == "hours reminders")
    assert stage.product is not None
    table = Timetable(stage.product.runtime, (duty,))
    stage.now = wib(2026, 10, 5, 9, 30)
    assert await table.fire(duty) == {"reminded": 3}
    assert await table.fire(duty) is None


async def test_the_queries_do_not_grow_with_the_people(stage: Stage, people: Team) -> None:
    assert stage.product is not None
    assert await looks(stage, SECOND) == 3
    costs = []
    for added in (0, 20):
        async with stage.db.begin() as session:
            await session.execute(OutboxMessage.__table__.delete())
            for number in range(added):
                values = {"unit_id": 1, "kind": "pns", "supervisor_id": people.ids["boss"]}
                session.add(Employee(nip=f"199001012015011{number:03d}", name=f"Baru {number}", **values))
        with Statements(stage) as statements:
            await hours_reminders.run(stage.product.runtime)
        costs.append(len(statements.seen))
    assert costs[0] == costs[1]
