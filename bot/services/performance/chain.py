"""Who leads whom on a given day: transfers, acting superiors and leave included.

The superior of a day stands in the placement that covers it, else in the roster row. Whoever acts for a superior that
day (Plt./Plh.) stands beside, and may do the same. Nobody is the own superior.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.people import valid_on
from models.employee import ActingSuperior, Employee, Leave
from models.errors import Refusal
from models.performance.placement import Placement
from models.rules.performance.hands import Hand, hands_of


def superior_column() -> ColumnElement[Any]:
    """The superior of that day, in a statement joined by `placed`."""
    return case((Placement.id.is_not(None), Placement.supervisor_id), else_=Employee.supervisor_id)


def unit_column() -> ColumnElement[Any]:
    """The unit of that day, in a statement joined by `placed`."""
    return case((Placement.id.is_not(None), Placement.unit_id), else_=Employee.unit_id)


def placed(statement: Select[Any], day: date) -> Select[Any]:
    """The statement over Employee with the placement of that day, if one covers it."""
    begun = or_(Placement.first_day.is_(None), Placement.first_day <= day)
    return statement.outerjoin(Placement, and_(Placement.employee_id == Employee.id, begun, Placement.last_day >= day))


async def superiors(session: AsyncSession, employee_ids: Collection[int], day: date) -> dict[int, int | None]:
    """The superior of each on that day (not who acts for this one); None for the top."""
    statement = placed(select(Employee.id, superior_column()), day).where(Employee.id.in_(employee_ids))
    return {employee: superior for employee, superior in await session.execute(statement)}


async def acting_for(session: AsyncSession, employee_id: int, day: date) -> frozenset[int]:
    """The employee and everyone for whom this one acts that day."""
    statement = select(ActingSuperior.employee_id).where(ActingSuperior.acting_id == employee_id, _acts(day))
    return frozenset({employee_id, *await session.scalars(statement)})


async def deputies(session: AsyncSession, employee_ids: Collection[int], day: date) -> dict[int, list[int]]:
    """Who acts for each of them that day."""
    statement = (
        select(ActingSuperior.employee_id, ActingSuperior.acting_id)
        .where(ActingSuperior.employee_id.in_(employee_ids), _acts(day))
        .order_by(ActingSuperior.id)
    )
    found: dict[int, list[int]] = {}
    for employee, acting in await session.execute(statement):
        found.setdefault(employee, []).append(acting)
    return found


async def subordinates(session: AsyncSession, employee_id: int, day: date) -> Sequence[Employee]:
    """Whom the employee leads that day, directly or by acting, by name; never the employee."""
    leaders = await acting_for(session, employee_id, day)
    statement = (
        placed(select(Employee), day)
        .where(superior_column().in_(leaders), Employee.id != employee_id, valid_on(Employee, day))
        .order_by(Employee.name, Employee.id)
    )
    return (await session.scalars(statement)).all()


async def leads(session: AsyncSession, employee_id: int, other_id: int, day: date) -> bool:
    """Whether the employee is that day the superior of the other, or acts for the superior."""
    return Hand.SUPERIOR in await hands(session, employee_id, other_id, day)


async def above(session: AsyncSession, employee_id: int, day: date) -> list[int]:
    """The superiors of that day from the nearest to the top; a circle in the roster ends it."""
    found: list[int] = []
    step = (await superiors(session, [employee_id], day)).get(employee_id)
    while step is not None and step != employee_id and step not in found:
        found.append(step)
        step = (await superiors(session, [step], day)).get(step)
    return found


async def line(session: AsyncSession, employee_id: int, day: date) -> list[set[int]]:
    """From the nearest superior up: on each level the superior and those who act for this one that day."""
    up = await above(session, employee_id, day)
    acting = await deputies(session, up, day)
    return [{superior, *acting.get(superior, ())} for superior in up]


async def hands(
    session: AsyncSession, actor_id: int | None, owner_id: int, day: date, rated_by: int | None = None
) -> frozenset[Hand]:
    """What the actor is that day to the owner's plans, reports and evaluations."""
    if actor_id is None:
        return frozenset()
    return hands_of(actor_id, owner_id, await line(session, owner_id, day), rated_by)


async def require_superior(session: AsyncSession, employee_id: int | None, other_id: int, day: date) -> None:
    """Refuse with `not_your_subordinate` unless the employee leads the other that day (domain rules 26, 31)."""
    if employee_id is None or not await leads(session, employee_id, other_id, day):
        raise Refusal("not_your_subordinate")


async def on_leave(
    session: AsyncSession, employee_ids: Collection[int] | None, first: date, last: date
) -> dict[int, set[date]]:
    """The days of each (None: of everybody) between `first` and `last` on which this one is away."""
    statement = select(Leave).where(Leave.first_day <= last, Leave.last_day >= first)
    if employee_ids is not None:
        statement = statement.where(Leave.employee_id.in_(employee_ids))
    away: dict[int, set[date]] = {}
    for leave in await session.scalars(statement):
        begin, end = max(first, leave.first_day), min(last, leave.last_day)
        days = {date.fromordinal(number) for number in range(begin.toordinal(), end.toordinal() + 1)}
        away.setdefault(leave.employee_id, set()).update(days)
    return away


def _acts(day: date) -> ColumnElement[bool]:
    return and_(ActingSuperior.valid_from <= day, ActingSuperior.valid_to >= day)
