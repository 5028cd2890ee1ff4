"""Scenes of the weekly report: an officer with a plan of three lines, led by the head of the unit."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.employee import Employee
from models.performance.plan import Aspect, PlanItem, PlanResult, WorkPlan
from models.performance.progress import WeeklyEntry, WeeklyEvent, WeeklyReport
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.plan_rules import PlanStatus, ResultKind
from tests.driver import Phone, Stage
from tests.factories import STAFF

MONDAY, LAST = date(2026, 11, 23), date(2026, 11, 16)
APPROVED = datetime(2026, 1, 12, 3, tzinfo=UTC)
#: Name, unit, polarity, aggregation, target of the year.
LINES = (
    ("Dokumen selesai", "dokumen", Polarity.HIGHER, Aggregation.SUM, 120),
    ("Kepuasan pemohon", "%", Polarity.HIGHER, Aggregation.LAST, 90),
    ("Berkas arsip rapi", "berkas", Polarity.HIGHER, Aggregation.MEAN, 10),
)


async def employee(session: AsyncSession, name: str) -> Employee:
    return (await session.scalars(select(Employee).where(Employee.name == f"Pegawai {name.title()}"))).one()


async def planned(session: AsyncSession, employee_id: int, lines: Any = LINES, **more: Any) -> list[int]:
    """A plan in force since January with these lines; their ids."""
    fields = {"year": 2026, "number": 1, "status": PlanStatus.APPROVED, "approved_at": APPROVED} | more
    plan = WorkPlan(employee_id=employee_id, created_at=APPROVED, **fields)
    session.add(plan)
    await session.flush()
    result = PlanResult(plan_id=plan.id, position=1, kind=ResultKind.MAIN, title="Layanan selesai")
    session.add(result)
    await session.flush()
    items = [_item(plan.id, result.id, number, *line) for number, line in enumerate(lines, start=1)]
    session.add_all(items)
    await session.flush()
    return [item.id for item in items]


def _item(
    plan_id: int, result_id: int, position: int, name: str, unit: str, polarity: Polarity, how: Aggregation, goal: int
) -> PlanItem:
    target = Decimal(goal)
    part = target / 4 if how is Aggregation.SUM else target
    return PlanItem(
        plan_id=plan_id,
        result_id=result_id,
        position=position,
        name=name,
        aspect=Aspect.QUANTITY,
        polarity=polarity,
        aggregation=how,
        measure_unit=unit,
        low=target,
        high=target,
        q1=part,
        q2=part,
        q3=part,
        q4=part,
    )


async def led(stage: Stage, lines: Any = LINES, *, last: bool = True) -> list[int]:
    """The officer has a plan and is led by the head; last week is reported (3, 87.5, 9). The ids of the lines."""
    async with stage.db.begin() as session:
        officer, head = await employee(session, "officer"), await employee(session, "head")
        officer.supervisor_id = head.id
        ids = await planned(session, officer.id, lines)
        if last:
            await reported(session, officer.id, LAST, dict(zip(ids, ("3", "87.5", "9"), strict=False)))
    return ids


async def reported(
    session: AsyncSession, employee_id: int, week: date, values: dict[int, str], **more: Any
) -> WeeklyReport:
    """A stored report, in time."""
    at = datetime(week.year, week.month, week.day, 8, tzinfo=UTC) + timedelta(days=4)
    row = WeeklyReport(employee_id=employee_id, week=week, due_at=at, reported_at=at, **more)
    session.add(row)
    await session.flush()
    session.add_all(
        WeeklyEntry(report_id=row.id, line_id=line, value=Decimal(value), entered_at=at)
        for line, value in values.items()
    )
    await session.flush()
    return row


def phone(stage: Stage, role: str) -> Phone:
    return stage.person(role.title(), telegram_id=STAFF[role])


async def stored(stage: Stage, week: date = MONDAY) -> WeeklyReport | None:
    async with stage.db.read() as session:
        return (await session.scalars(select(WeeklyReport).where(WeeklyReport.week == week))).one_or_none()


async def entries(stage: Stage, week: date = MONDAY) -> list[WeeklyEntry]:
    async with stage.db.read() as session:
        statement = (
            select(WeeklyEntry)
            .join(WeeklyReport, WeeklyReport.id == WeeklyEntry.report_id)
            .where(WeeklyReport.week == week)
            .order_by(WeeklyEntry.line_id)
        )
        return list((await session.scalars(statement)).all())


async def history(stage: Stage) -> list[WeeklyEvent]:
    async with stage.db.read() as session:
        return list((await session.scalars(select(WeeklyEvent).order_by(WeeklyEvent.id))).all())


async def numbers(stage: Stage, week: date = MONDAY) -> list[str]:
    """The stored values of the week, in order of the lines."""
    return [f"{entry.value.normalize():f}" for entry in await entries(stage, week)]
