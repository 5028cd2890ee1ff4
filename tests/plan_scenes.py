"""Scenes of work plans: the officer is led by the head, the head by the top; plans as somebody wrote them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import know
from bot.services.people import presser_of
from bot.services.performance.plans import deciding, drafting, reading
from bot.services.performance.plans.drafting import NewItem
from bot.services.performance.plans.reading import Planning, Whole
from models.employee import ActingSuperior, Employee
from models.performance.indicator import YEAR, Indicator, IndicatorTarget, Level
from models.performance.plan import Aspect, CoreValue, WorkPlan
from models.person import Person
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.plan_rules import ResultKind
from tests.desk_scenes import at_work
from tests.driver import Phone, Stage
from tests.factories import STAFF

THIS_YEAR = 2026
#: Who leads whom in these scenes; `admin` is the top of the city.
LED_BY = {"officer": "head", "other_officer": "head", "head": "admin", "verifier": "admin"}
LAMPS = NewItem(
    name="Jumlah lampu yang diperbaiki",
    aspect=Aspect.QUANTITY,
    polarity=Polarity.HIGHER,
    aggregation=Aggregation.SUM,
    measure_unit="titik",
    low=Decimal(120),
    high=Decimal(120),
)


async def in_line(stage: Stage) -> None:
    """Everybody gets the superior of LED_BY."""
    async with stage.db.begin() as session:
        people = {name: await of_role(session, name) for name in STAFF}
        for name, leader in LED_BY.items():
            people[name].supervisor_id = people[leader].id


async def of_role(session: AsyncSession, role: str) -> Employee:
    statement = select(Employee).join(Person, Person.id == Employee.person_id).where(Person.telegram_id == STAFF[role])
    return (await session.scalars(statement)).one()


async def by(stage: Stage, session: AsyncSession, role: str) -> Planning:
    """This role acts now."""
    person = (await session.scalars(select(Person).where(Person.telegram_id == STAFF[role]))).one()
    city = await know(session, stage.now)
    return Planning(session, city, await presser_of(session, person, stage.now), stage.now)


async def drafted(
    stage: Stage, role: str, title: str = "Lampu jalan menyala", year: int = THIS_YEAR, serves: int | None = None
) -> int:
    """A complete draft with one main result and one item; its id."""
    async with stage.db.begin() as session:
        planning = await by(stage, session, role)
        plan = await drafting.open_plan(planning, year)
        result = await drafting.add_result(planning, plan.id, ResultKind.MAIN, title, serves)
        await drafting.add_item(planning, plan.id, result.id, LAMPS)
        return plan.id


async def submitted(stage: Stage, role: str, **draft: Any) -> int:
    """The same, with the superior."""
    plan_id = await drafted(stage, role, **draft)
    async with stage.db.begin() as session:
        await deciding.submit(await by(stage, session, role), plan_id)
    await stage.settle()
    return plan_id


async def approved(stage: Stage, role: str, **draft: Any) -> int:
    """The same, in force; its superior's plan too, whose first result it serves."""
    leader = LED_BY.get(role)
    if leader is None:
        return await submitted(stage, role, **draft)
    plan_id = await submitted(stage, role, serves=await first_result(stage, leader), **draft)
    async with stage.db.begin() as session:
        await deciding.approve(await by(stage, session, leader), plan_id)
    await stage.settle()
    return plan_id


async def first_result(stage: Stage, role: str) -> int:
    """The first result of this role's plan in force, which is made if there is none."""
    async with stage.db.read() as session:
        plan = await reading.in_force(session, (await of_role(session, role)).id, THIS_YEAR)
    plan_id = plan.id if plan is not None else await approved(stage, role, title=f"Hasil {role}")
    return (await seen(stage, plan_id)).results[0].row.id


async def seen(stage: Stage, plan_id: int) -> Whole:
    """The plan as a second session reads it."""
    async with stage.db.read() as session:
        return await reading.whole(session, plan_id)


async def newest(stage: Stage) -> WorkPlan:
    """The plan that was begun last."""
    async with stage.db.read() as session:
        return (await session.scalars(select(WorkPlan).order_by(WorkPlan.id.desc()).limit(1))).one()


async def count(stage: Stage, table: Any) -> int:
    async with stage.db.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def indicator(stage: Stage, code: str = "PU-01", **values: Any) -> int:
    """An indicator of the first unit with a target of 90 to 95 per cent; its id."""
    facts: dict[str, Any] = {
        "name": "Laporan selesai tepat waktu",
        "measure_unit": "%",
        "polarity": Polarity.HIGHER,
        "aggregation": Aggregation.LAST,
        "level": Level.UNIT,
        "unit_id": 1,
    }
    async with stage.db.begin() as session:
        row = Indicator(code=code, **(facts | values))
        session.add(row)
        await session.flush()
        target = {"year": THIS_YEAR, "quarter": YEAR, "low": Decimal(90), "high": Decimal(95)}
        session.add(IndicatorTarget(indicator_id=row.id, **target))
        return row.id


async def acting(stage: Stage, absent: str, deputy: str) -> None:
    """`deputy` does today what `absent` would do."""
    async with stage.db.begin() as session:
        today = (await know(session, stage.now)).today(stage.now)
        away, acts = await of_role(session, absent), await of_role(session, deputy)
        session.add(ActingSuperior(employee_id=away.id, acting_id=acts.id, valid_from=today, valid_to=today))


async def with_values(stage: Stage, role: str, plan_id: int) -> None:
    """Two expectations."""
    async with stage.db.begin() as session:
        words = {CoreValue.LOYAL: "Menjaga rahasia jabatan", CoreValue.ADAPTIVE: "Belajar cara baru"}
        await drafting.set_behaviours(await by(stage, session, role), plan_id, words)


async def at_the_start(stage: Stage) -> Phone:
    """The officer, led by the head, has opened the plan of this year."""
    await in_line(stage)
    officer = await at_work(stage, "officer")
    await officer.says("/rencana")
    return officer


async def answers_an_item(officer: Phone) -> None:
    """From the name of an item to its split."""
    await officer.says("Jumlah lampu yang diperbaiki")
    await officer.presses("Kuantitas")
    await officer.presses("Makin banyak")
    await officer.says("120 titik")
    await officer.presses("Dijumlahkan")
