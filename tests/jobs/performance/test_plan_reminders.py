"""In January: one reminder to whoever has no work plan, one notice to the superior, once a year. Domain rule 30."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.jobs.performance import plan_reminders
from bot.jobs.timetable import DUTIES, Timetable
from bot.services.city import forget
from models.employee import ActingSuperior, Employee, Leave
from models.organisation import CityFact
from models.outbox import OutboxMessage
from models.rules.performance.plan_rules import PlanStatus
from tests import performance_scenes, training_scenes
from tests.desk_scenes import Statements
from tests.driver import Stage
from tests.jobs.cases import wib
from tests.performance_scenes import Team
from tests.training_scenes import phone_of

#: The tenth is a Sunday.
MONDAY = wib(2027, 1, 11, 9, 30)
KINDS = ("plan_missing", "plans_missing")


@pytest.fixture
async def people(stage: Stage) -> Team:
    """The worker has a draft, second has handed in, third has a plan in force; boss and the others have nothing."""
    found = await training_scenes.people(stage)
    states = {"worker": PlanStatus.DRAFT, "second": PlanStatus.SUBMITTED, "third": PlanStatus.APPROVED}
    async with stage.db.begin() as session:
        for name, status in states.items():
            await performance_scenes.plan(session, found.ids[name], year=2027, status=status, approved_at=None)
        await performance_scenes.plan(session, found.ids["outsider"])
    return found


async def looks(stage: Stage, at: datetime) -> int:
    stage.now = at
    assert stage.product is not None
    put = (await plan_reminders.run(stage.product.runtime))["reminded"]
    await stage.settle()
    return put


async def told(stage: Stage, people: Team) -> Counter[str]:
    """How often which kind came to each of the scene's people."""
    statement = select(Employee.id, OutboxMessage.kind).join(Employee, Employee.person_id == OutboxMessage.person_id)
    names = {number: name for name, number in people.ids.items()}
    async with stage.db.read() as session:
        rows = (await session.execute(statement.where(OutboxMessage.kind.in_(KINDS)))).all()
    return Counter(f"{names[number]} {kind}" for number, kind in rows if number in names)


async def test_rule_30_once_a_year_from_the_first_working_day_to_the_missing_and_their_superior(
    stage: Stage, people: Team
) -> None:
    worker, boss = await phone_of(stage, "worker"), await phone_of(stage, "boss")
    for day, hour in ((8, 10), (9, 10), (10, 10)):
        assert await looks(stage, wib(2027, 1, day, hour)) == 0
    assert await looks(stage, MONDAY) > 0
    assert await told(stage, people) == Counter(
        {f"{name} plan_missing": 1 for name in ("boss", "deputy", "worker", "hr", "outsider")}
        | {"boss plans_missing": 1}
    )
    worker.sees("Rencana kerja (SKP) 2027 Bapak/Ibu belum diajukan", "paling lambat Minggu, 31 Januari 2027")
    await worker.presses("Buka rencana kerja")
    worker.sees("Rencana kerja (SKP) 2027")
    boss.sees("1 bawahan Bapak/Ibu belum mengajukan rencana kerja (SKP) 2027", "• Worker")
    await boss.presses("Rencana bawahan")
    boss.sees("Worker")
    for later in (timedelta(hours=1), timedelta(days=1), timedelta(days=10)):
        assert await looks(stage, MONDAY + later) == 0
    assert await looks(stage, wib(2028, 1, 10, 9, 30)) > 0
    assert (await told(stage, people))["worker plan_missing"] == 2


async def test_downtime_is_made_up_for_until_plans_are_due(stage: Stage, people: Team) -> None:
    assert await looks(stage, wib(2027, 1, 29, 9, 30)) > 0
    assert (await told(stage, people))["worker plan_missing"] == 1


async def test_after_the_last_day_nobody_is_reminded(stage: Stage, people: Team) -> None:
    assert await looks(stage, wib(2027, 2, 1, 9, 30)) == 0
    assert await looks(stage, wib(2027, 11, 24, 9, 30)) == 0


async def test_whoever_is_away_is_reminded_afterwards_and_the_deputy_gets_the_names(stage: Stage, people: Team) -> None:
    async with stage.db.begin() as session:
        days = {"first_day": date(2027, 1, 4), "last_day": date(2027, 1, 12)}
        session.add(Leave(employee_id=people.ids["worker"], **days))
        session.add(Leave(employee_id=people.ids["boss"], **days))
        session.add(
            ActingSuperior(
                employee_id=people.ids["boss"],
                acting_id=people.ids["deputy"],
                valid_from=date(2027, 1, 4),
                valid_to=date(2027, 1, 12),
            )
        )
    await looks(stage, MONDAY)
    first = await told(stage, people)
    assert (first["worker plan_missing"], first["boss plans_missing"], first["deputy plans_missing"]) == (0, 0, 1)
    await looks(stage, MONDAY + timedelta(days=2))
    second = await told(stage, people)
    assert (second["worker plan_missing"], second["boss plans_missing"], second["deputy plans_missing"]) == (1, 1, 1)


async def test_the_day_is_the_citys_data_and_the_duty_stands_in_the_timetable(stage: Stage, people: Team) -> None:
    async with stage.db.begin() as session:
        session.add(CityFact(key="performance.plan_remind", value="05-01"))
        forget(session)
    duty = next(duty for duty in DUTIES if duty.name == "plan reminders")
    assert stage.product is not None
    table = Timetable(stage.product.runtime, (duty,))
    stage.now = wib(2027, 1, 6, 9, 30)  # the fifth is Isra Mikraj
    counts = await table.fire(duty)
    assert counts is not None
    assert counts["reminded"] > 0
    assert await table.fire(duty) is None


async def test_the_queries_do_not_grow_with_the_people(stage: Stage, people: Team) -> None:
    assert stage.product is not None
    assert await looks(stage, MONDAY) > 0
    async with stage.db.begin() as session:
        await session.execute(OutboxMessage.__table__.delete())
    with Statements(stage) as few:
        await plan_reminders.run(stage.product.runtime)
    async with stage.db.begin() as session:
        await session.execute(OutboxMessage.__table__.delete())
        for number in range(20):
            session.add(
                Employee(
                    nip=f"199001012015011{number:03d}",
                    name=f"Baru {number}",
                    unit_id=1,
                    kind="pns",
                    supervisor_id=people.ids["boss"],
                )
            )
    boss = await phone_of(stage, "boss")
    with Statements(stage) as many:
        await plan_reminders.run(stage.product.runtime)
    assert len(many.seen) == len(few.seen)
    await stage.settle()
    boss.sees("21 bawahan", "… dan 6 lagi")
