"""Who leads whom on which day, on both databases: transfers, acting superiors, circles. Domain rule 31."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.db import Database
from bot.services.performance import chain
from models.employee import ActingSuperior, Employee, Leave
from models.errors import Refusal
from models.organisation import Unit
from models.performance.placement import Placement

MOVED = date(2026, 6, 1)
BEFORE, AFTER = MOVED - timedelta(days=1), MOVED


@pytest.fixture
async def people(database: Database) -> dict[str, int]:
    """`boss` leads `head` and `other`; `worker` belonged to `head` until MOVED and belongs to `other` since then."""
    async with database.begin() as session:
        unit = Unit(code="pu", name="Dinas PU", short_name="PU", kind="dinas")
        session.add(unit)
        await session.flush()
        found: dict[str, int] = {}
        leaders = {"boss": None, "head": "boss", "other": "boss", "worker": "other", "deputy": "boss"}
        for number, (name, leader) in enumerate(leaders.items(), start=1):
            row = Employee(nip=f"19800101200501100{number}", name=name, unit_id=unit.id, kind="pns")
            row.supervisor_id = found[leader] if leader else None
            session.add(row)
            await session.flush()
            found[name] = row.id
        session.add(
            Placement(employee_id=found["worker"], unit_id=unit.id, supervisor_id=found["head"], last_day=BEFORE)
        )
        session.add(
            ActingSuperior(
                employee_id=found["other"],
                acting_id=found["deputy"],
                valid_from=AFTER,
                valid_to=AFTER + timedelta(days=9),
            )
        )
    return found


@pytest.mark.parametrize(
    ("who", "day", "leads"),
    [
        ("head", BEFORE, True),
        ("head", AFTER, False),
        ("other", BEFORE, False),
        ("other", AFTER, True),
        ("deputy", BEFORE, False),
        ("deputy", AFTER, True),
        ("deputy", AFTER + timedelta(days=10), False),
        ("boss", AFTER, False),
        ("worker", AFTER, False),
    ],
)
async def test_rule_31_only_the_superior_of_that_day_leads(
    database: Database, people: dict[str, int], who: str, day: date, leads: bool
) -> None:
    async with database.read() as session:
        assert await chain.leads(session, people[who], people["worker"], day) is leads
        shown = [row.name for row in await chain.subordinates(session, people[who], day)]
    assert ("worker" in shown) is leads


async def test_the_way_up_and_who_acts(database: Database, people: dict[str, int]) -> None:
    async with database.read() as session:
        assert await chain.above(session, people["worker"], BEFORE) == [people["head"], people["boss"]]
        assert await chain.above(session, people["worker"], AFTER) == [people["other"], people["boss"]]
        assert await chain.deputies(session, list(people.values()), AFTER) == {people["other"]: [people["deputy"]]}
        names = [row.name for row in await chain.subordinates(session, people["boss"], AFTER)]
    assert names == ["deputy", "head", "other"]


async def test_a_circle_in_the_roster_ends(database: Database, people: dict[str, int]) -> None:
    async with database.begin() as session:
        (await session.get_one(Employee, people["boss"])).supervisor_id = people["worker"]
    async with database.read() as session:
        assert await chain.above(session, people["worker"], AFTER) == [people["other"], people["boss"]]


async def test_a_stranger_is_refused(database: Database, people: dict[str, int]) -> None:
    async with database.read() as session:
        await chain.require_superior(session, people["other"], people["worker"], AFTER)
        for who in (people["head"], people["worker"], None):
            with pytest.raises(Refusal, match="not_your_subordinate"):
                await chain.require_superior(session, who, people["worker"], AFTER)


async def test_days_of_leave_are_cut_to_the_span(database: Database, people: dict[str, int]) -> None:
    first = date(2026, 6, 1)
    async with database.begin() as session:
        session.add(Leave(employee_id=people["worker"], first_day=date(2026, 5, 28), last_day=date(2026, 6, 2)))
    async with database.read() as session:
        away = await chain.on_leave(session, [people["worker"], people["head"]], first, first + timedelta(days=4))
    assert away == {people["worker"]: {date(2026, 6, 1), date(2026, 6, 2)}}
