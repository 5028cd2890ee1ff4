"""Lists of plans: those one leads, and for human resources every unit's. The queries do not grow with the people."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Subquery, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.people import valid_on
from bot.services.performance import chain
from bot.services.performance.plans.reading import Planning
from models.employee import Employee
from models.errors import Refusal
from models.performance.plan import WorkPlan
from models.rules.performance.plan_rules import PlanStatus

PAGE = 8


@dataclass(frozen=True, slots=True)
class Member:
    """A civil servant and where the plan of the year stands: its newest version, and whether one is in force."""

    employee_id: int
    name: str
    status: PlanStatus | None
    in_force: bool
    plan_id: int | None = None


@dataclass(frozen=True, slots=True)
class UnitCount:
    """How many civil servants of a unit have the newest version of their plan in which state (None: no plan)."""

    unit_id: int
    statuses: dict[PlanStatus | None, int]

    @property
    def total(self) -> int:
        """All of the unit."""
        return sum(self.statuses.values())


async def led(by: Planning, year: int) -> list[Member]:
    """Whom the person leads today, those who wait for a decision first."""
    people = await chain.subordinates(by.session, by.employee_id, by.today)
    found = await _members(by.session, year, Employee.id.in_([one.id for one in people]))
    return sorted(found, key=lambda one: (one.status is not PlanStatus.SUBMITTED, one.name))


async def waiting(by: Planning, year: int) -> int:
    """How many plans of those whom the person leads wait for a decision."""
    if not by.presser.leads:
        return 0
    return sum(one.status is PlanStatus.SUBMITTED for one in await led(by, year))


async def units(by: Planning, year: int, page: int) -> tuple[list[UnitCount], int]:
    """A page of the units that have people, by name, and how many pages: for human resources."""
    require_all(by)
    newest = _newest(year)
    rows = await by.session.execute(
        select(Employee.unit_id, WorkPlan.status, func.count())
        .outerjoin(newest, newest.c.employee_id == Employee.id)
        .outerjoin(WorkPlan, _is_newest(newest, year))
        .where(valid_on(Employee, by.today))
        .group_by(Employee.unit_id, WorkPlan.status)
    )
    counts: dict[int, dict[PlanStatus | None, int]] = {}
    for unit_id, status, number in rows:
        counts.setdefault(unit_id, {})[status] = number
    names = {unit_id: by.city.units[unit_id].short_name for unit_id in counts}
    ordered = sorted(counts, key=lambda unit_id: (names[unit_id], unit_id))
    pages = max(1, -(-len(ordered) // PAGE))
    shown = ordered[min(page, pages - 1) * PAGE :][:PAGE]
    return [UnitCount(unit_id, counts[unit_id]) for unit_id in shown], pages


async def of_unit(by: Planning, unit_id: int, year: int) -> list[Member]:
    """The people of a unit, those without a plan first: for human resources."""
    require_all(by)
    found = await _members(by.session, year, and_(Employee.unit_id == unit_id, valid_on(Employee, by.today)))
    order = [None, PlanStatus.DRAFT, PlanStatus.RETURNED, PlanStatus.SUBMITTED, PlanStatus.APPROVED]
    return sorted(found, key=lambda one: (order.index(one.status) if one.status in order else 9, one.name))


def require_all(by: Planning) -> None:
    """Refused with `not_your_role` for anybody but human resources."""
    if not by.sees_everyone:
        raise Refusal("not_your_role")


def page_of(members: Sequence[Member], page: int) -> tuple[Sequence[Member], int, int]:
    """A page of them, its number, and how many pages."""
    pages = max(1, -(-len(members) // PAGE))
    page = max(0, min(page, pages - 1))
    return members[page * PAGE : (page + 1) * PAGE], page, pages


async def _members(session: AsyncSession, year: int, which: ColumnElement[bool]) -> list[Member]:
    newest = _newest(year)
    rows = await session.execute(
        select(Employee.id, Employee.name, WorkPlan.status, WorkPlan.id)
        .outerjoin(newest, newest.c.employee_id == Employee.id)
        .outerjoin(WorkPlan, _is_newest(newest, year))
        .where(which)
        .order_by(Employee.name, Employee.id)
    )
    found = list(rows)
    held = await _in_force(session, [employee_id for employee_id, *_ in found], year)
    return [Member(number, name, status, number in held, plan_id) for number, name, status, plan_id in found]


async def _in_force(session: AsyncSession, employee_ids: Collection[int], year: int) -> set[int]:
    statement = select(WorkPlan.employee_id).where(
        WorkPlan.employee_id.in_(employee_ids), WorkPlan.year == year, WorkPlan.status == PlanStatus.APPROVED
    )
    return set(await session.scalars(statement))


def _newest(year: int) -> Subquery:
    return (
        select(WorkPlan.employee_id, func.max(WorkPlan.number).label("number"))
        .where(WorkPlan.year == year)
        .group_by(WorkPlan.employee_id)
        .subquery()
    )


def _is_newest(newest: Subquery, year: int) -> ColumnElement[bool]:
    return and_(WorkPlan.employee_id == newest.c.employee_id, WorkPlan.year == year, WorkPlan.number == newest.c.number)
