"""What lists and cards of plans cost: the same number of queries for one and for many."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import event

from bot.services.performance.plans import drafting, reading, team
from models.employee import Employee
from models.performance.plan import WorkPlan
from models.rules.performance.plan_rules import PlanStatus, ResultKind
from tests.driver import START, Stage
from tests.plan_scenes import LAMPS, THIS_YEAR, by, drafted, in_line, of_role

Reading = Callable[[reading.Planning], Awaitable[Any]]


async def led(planning: reading.Planning) -> Any:
    return await team.led(planning, THIS_YEAR)


async def units(planning: reading.Planning) -> Any:
    return await team.units(planning, THIS_YEAR, 0)


async def of_unit(planning: reading.Planning) -> Any:
    return await team.of_unit(planning, 1, THIS_YEAR)


@asynccontextmanager
async def counting(stage: Stage) -> AsyncIterator[list[str]]:
    statements: list[str] = []
    engine = stage.db.engine.sync_engine

    def note(*args: Any) -> None:
        statements.append(args[2])

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def cost(stage: Stage, role: str, read: Reading) -> int:
    async with stage.db.read() as session:
        planning = await by(stage, session, role)
        async with counting(stage) as statements:
            assert await read(planning)
        return len(statements)


async def more_people(stage: Stage, number: int) -> None:
    """So many more below the head, every second one with a plan in force and a newer draft."""
    async with stage.db.begin() as session:
        head = await of_role(session, "head")
        for place in range(number):
            row = Employee(nip=f"19900101201501{place:04d}", name=f"Anggota {place}", unit_id=1, kind="pns")
            row.supervisor_id = head.id
            session.add(row)
            await session.flush()
            if place % 2:
                held = {"year": THIS_YEAR, "created_at": START}
                session.add(WorkPlan(employee_id=row.id, number=1, status=PlanStatus.APPROVED, **held))
                session.add(WorkPlan(employee_id=row.id, number=2, status=PlanStatus.DRAFT, **held))


@pytest.mark.parametrize(("role", "read"), [("head", led), ("hr", units), ("hr", of_unit)])
async def test_a_list_costs_the_same_for_a_few_and_for_many(stage: Stage, role: str, read: Reading) -> None:
    await in_line(stage)
    few = await cost(stage, role, read)
    await more_people(stage, 40)
    assert await cost(stage, role, read) == few


async def test_a_card_costs_the_same_for_a_short_and_a_long_plan(stage: Stage) -> None:
    await in_line(stage)
    plan_id = await drafted(stage, "officer")

    async def card(planning: reading.Planning) -> Any:
        return await reading.whole(planning.session, plan_id)

    short = await cost(stage, "officer", card)
    async with stage.db.begin() as session:
        planning = await by(stage, session, "officer")
        for number in range(8):
            result = await drafting.add_result(planning, plan_id, ResultKind.MAIN, f"Hasil {number}")
            for _ in range(3):
                await drafting.add_item(planning, plan_id, result.id, LAMPS)
    assert await cost(stage, "officer", card) == short


async def test_members_know_what_is_in_force_beside_a_newer_draft(stage: Stage) -> None:
    await in_line(stage)
    await more_people(stage, 2)
    async with stage.db.read() as session:
        found = {one.name: one for one in await team.led(await by(stage, session, "head"), THIS_YEAR)}
    assert (found["Anggota 0"].status, found["Anggota 0"].in_force) == (None, False)
    assert (found["Anggota 1"].status, found["Anggota 1"].in_force) == (PlanStatus.DRAFT, True)
