"""The plans that count on a day: of each employee the version that was approved by then and not yet replaced."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from models.employee import Employee
from models.performance.plan import PlanItem, PlanResult, WorkPlan
from models.rules.performance.plan_rules import PlanStatus, ResultKind

#: Of these versions the approved one counts; a superseded one counted until then.
_ONCE_APPROVED = (PlanStatus.APPROVED, PlanStatus.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a plan in force: the item, and the result that it measures."""

    item: PlanItem
    result: PlanResult

    @property
    def id(self) -> int:
        """What its weekly values hang on, through all versions of the plan."""
        return self.item.line_id

    @property
    def is_main(self) -> bool:
        """Whether it measures a main result."""
        return self.result.kind is ResultKind.MAIN


@dataclass(frozen=True, slots=True)
class InForce:
    """An employee's plan of a year with its lines, in the order of their numbers."""

    plan: WorkPlan
    lines: tuple[Line, ...]

    @property
    def employee_id(self) -> int:
        """Whose plan it is."""
        return self.plan.employee_id

    def numbered(self, position: int) -> Line | None:
        """The line with this number (`IKU-2`)."""
        return next((line for line in self.lines if line.item.position == position), None)


async def of(session: AsyncSession, employee_ids: Collection[int], year: int) -> dict[int, InForce]:
    """The plan in force now of each employee who has one for the year: two queries."""
    return await _of(session, WorkPlan.employee_id.in_(employee_ids), year)


async def of_everyone(session: AsyncSession, year: int) -> dict[int, InForce]:
    """The same of all: two queries."""
    return await _of(session, true(), year)


async def own(session: AsyncSession, employee_id: int, year: int) -> InForce | None:
    """The plan in force of one employee."""
    return (await of(session, [employee_id], year)).get(employee_id)


async def on(session: AsyncSession, employee_ids: Collection[int], day: date) -> dict[int, InForce]:
    """The plan of each as it stood at the end of `day` (UTC): the last version approved by then; two queries.

    An evaluation of a past quarter reads the targets that held then.
    """
    statement = (
        select(WorkPlan)
        .where(
            WorkPlan.employee_id.in_(employee_ids),
            WorkPlan.year == day.year,
            WorkPlan.status.in_(_ONCE_APPROVED),
        )
        .order_by(WorkPlan.employee_id, WorkPlan.number)
    )
    plans: dict[int, WorkPlan] = {}
    for plan in await session.scalars(statement):
        if plan.approved_at is not None and plan.approved_at.date() <= day:
            plans[plan.employee_id] = plan
    return await _with_lines(session, list(plans.values()))


async def _of(session: AsyncSession, whose: ColumnElement[bool], year: int) -> dict[int, InForce]:
    statement = (
        select(WorkPlan)
        .where(whose, WorkPlan.year == year, WorkPlan.status == PlanStatus.APPROVED)
        .order_by(WorkPlan.employee_id, WorkPlan.number)
    )
    plans = {plan.employee_id: plan for plan in await session.scalars(statement)}
    return await _with_lines(session, list(plans.values()))


async def _with_lines(session: AsyncSession, plans: Sequence[WorkPlan]) -> dict[int, InForce]:
    statement = (
        select(PlanItem, PlanResult)
        .join(PlanResult, PlanResult.id == PlanItem.result_id)
        .where(PlanItem.plan_id.in_([plan.id for plan in plans]))
        .order_by(PlanItem.plan_id, PlanItem.position)
    )
    lines: dict[int, list[Line]] = {plan.id: [] for plan in plans}
    for item, result in await session.execute(statement):
        lines[item.plan_id].append(Line(item, result))
    return {plan.employee_id: InForce(plan, tuple(lines[plan.id])) for plan in plans}


async def names(session: AsyncSession, employee_ids: Collection[int]) -> dict[int, str]:
    """Who they are: one query."""
    statement = select(Employee.id, Employee.name).where(Employee.id.in_(employee_ids))
    return {number: name for number, name in await session.execute(statement)}
