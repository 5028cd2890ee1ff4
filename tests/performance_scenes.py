"""Scenes of evaluations: a small line of command, plans in force, weeks, and somebody's rights."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.services.city import know
from bot.services.performance.evaluation.judging import Judging
from models.conversation import Conversation
from models.employee import Employee, RoleGrant
from models.performance.plan import Aspect, PlanItem, PlanResult, WorkPlan
from models.performance.progress import WeeklyEntry, WeeklyReport, WeekStatus
from models.person import Person
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.plan_rules import PlanStatus, ResultKind
from models.rules.permissions import Grant, Presser, Role

#: Approved on a Monday in January.
APPROVED = datetime(2026, 1, 12, 3, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
TELEGRAM = 9_300_000


@dataclass
class Team:
    """Employees by name, and the line of the worker's plan."""

    ids: dict[str, int] = field(default_factory=dict)
    line: int = 0


async def team(session: AsyncSession, **leaders: str | None) -> Team:
    """Everybody with an account; `worker="boss"` is led by boss (leaders first). In the first unit of the city."""
    found = Team()
    for number, (name, leader) in enumerate(leaders.items(), start=1):
        person = Person(telegram_id=TELEGRAM + number, name=name.title(), language="id", created_at=NOW)
        session.add(person)
        await session.flush()
        session.add(Conversation(person_id=person.id, draft={}, updated_at=NOW))
        row = Employee(
            nip=f"1985010120080110{number:02d}",
            name=name.title(),
            unit_id=1,
            position="Pelaksana",
            kind="pns",
            person_id=person.id,
            supervisor_id=found.ids[leader] if leader else None,
        )
        session.add(row)
        await session.flush()
        found.ids[name] = row.id
    return found


async def granted(session: AsyncSession, employee_id: int, role: Role, unit_id: int | None = None) -> None:
    """A role since long ago."""
    session.add(RoleGrant(employee_id=employee_id, role=role, unit_id=unit_id, valid_from=date(2020, 1, 1)))
    await session.flush()


async def plan(session: AsyncSession, employee_id: int, target: int = 120, **state: Any) -> int:
    """A plan in force since January with one main line, a sum in four even parts; the line's id."""
    held = {"status": PlanStatus.APPROVED, "approved_at": APPROVED, "year": 2026} | state
    row = WorkPlan(employee_id=employee_id, number=1, created_at=APPROVED, **held)
    session.add(row)
    await session.flush()
    result = PlanResult(plan_id=row.id, position=1, kind=ResultKind.MAIN, title="Lampu jalan menyala")
    session.add(result)
    await session.flush()
    part, whole = Decimal(target) / 4, Decimal(target)
    item = PlanItem(
        plan_id=row.id,
        result_id=result.id,
        position=1,
        name="Lampu yang diperbaiki",
        aspect=Aspect.QUANTITY,
        polarity=Polarity.HIGHER,
        aggregation=Aggregation.SUM,
        measure_unit="titik",
        low=whole,
        high=whole,
        q1=part,
        q2=part,
        q3=part,
        q4=part,
    )
    session.add(item)
    await session.flush()
    return item.id


async def week(session: AsyncSession, employee_id: int, line: int, monday: date, value: str, **more: Any) -> None:
    """One weekly report with one value; `more` are columns of the entry or `late`, `status`."""
    at = datetime(monday.year, monday.month, monday.day, 3, tzinfo=UTC) + timedelta(days=4)
    report = WeeklyReport(
        employee_id=employee_id,
        week=monday,
        due_at=at,
        reported_at=at,
        late=more.pop("late", False),
        status=more.pop("status", WeekStatus.VERIFIED),
    )
    session.add(report)
    await session.flush()
    session.add(WeeklyEntry(report_id=report.id, line_id=line, value=Decimal(value), entered_at=at, **more))
    await session.flush()


async def quarter_of_weeks(session: AsyncSession, employee_id: int, line: int, value: str = "3") -> None:
    """Every week of the third quarter of 2026: thirteen of them."""
    for number in range(13):
        await week(session, employee_id, line, date(2026, 6, 29) + timedelta(weeks=number), value)


async def judging(session: AsyncSession, employee_id: int, now: datetime = NOW) -> Judging:
    """This employee acts, with the roles that were granted."""
    person_id = await session.scalar(select(Employee.person_id).where(Employee.id == employee_id))
    rows = await session.execute(
        select(RoleGrant.role, RoleGrant.unit_id).where(RoleGrant.employee_id == employee_id).order_by(RoleGrant.id)
    )
    presser = Presser(person_id or 0, employee_id, tuple(Grant(role, unit) for role, unit in rows))
    return Judging(session, await know(session, now), presser, now)


async def system(session: AsyncSession, now: datetime = NOW) -> Judging:
    """A duty acts."""
    return Judging(session, await know(session, now), Presser(0), now)


async def one(database: Database, table: Any, number: int) -> Any:
    """A row as a second session reads it."""
    async with database.read() as session:
        return await session.get_one(table, number)


async def team_of(session: AsyncSession, leader: int, size: int) -> list[int]:
    """So many more people without accounts whom `leader` leads."""
    rows = [
        Employee(
            nip=f"19900101201501{number:04d}", name=f"Anggota {number}", unit_id=1, kind="pns", supervisor_id=leader
        )
        for number in range(1, size + 1)
    ]
    session.add_all(rows)
    await session.flush()
    return [row.id for row in rows]
