"""Colleagues: who else works on a report, who is away, and who has how much to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from bot.services.people import valid_on
from models.complaint import Complaint
from models.employee import ActingSuperior, Employee, Leave, RoleGrant
from models.rules.complaint_flow import AT_UNIT, Action
from models.rules.permissions import TABLE, Grant, Presser, Role, Scope, may

_OF_A_UNIT = (Role.OFFICER, Role.HEAD)


@dataclass(frozen=True, slots=True)
class Colleague:
    """A civil servant with the roles of today, those of whom the person acts for included.

    `presser` is what the table of rights is asked with; it has person 0 where no account is bound.
    """

    employee_id: int
    name: str
    on_leave: bool
    presser: Presser

    @property
    def person_id(self) -> int | None:
        """The account, None where none is bound."""
        return self.presser.person_id or None

    @property
    def works(self) -> bool:
        """Whether work can be given to this person today."""
        return self.person_id is not None and not self.on_leave


async def team(session: AsyncSession, city: City, complaint: Complaint, now: datetime) -> list[Colleague]:
    """Who of the complaint's unit may take it in hand, by name: one query."""
    found = await of_units(session, city, [complaint.unit_id or 0], now)
    return [one for one in found if may(one.presser, Action.TAKE, complaint.record())]


async def of_units(session: AsyncSession, city: City, unit_ids: Sequence[int], now: datetime) -> list[Colleague]:
    """Officers and heads of these units, by name: one query."""
    return await _having(session, city.today(now), _unit_roles(unit_ids))


async def readers(session: AsyncSession, city: City, complaint: Complaint, now: datetime) -> list[Colleague]:
    """Everybody who may see the complaint by a role of the city, by name: one query."""
    roles = {role for role, scope in TABLE[Action.VIEW] if scope is not Scope.UNIT} - {Role.RESIDENT}
    central = and_(RoleGrant.role.in_(roles), RoleGrant.unit_id.is_(None))
    scope = or_(central, _unit_roles([complaint.unit_id or 0]))
    return [one for one in await _having(session, city.today(now), scope) if sees(one, complaint)]


async def some(session: AsyncSession, city: City, employee_ids: Sequence[int], now: datetime) -> list[Colleague]:
    """These civil servants with whatever roles they have today, by name: one query."""
    return await _having(session, city.today(now), Employee.id.in_(employee_ids))


async def name_of(session: AsyncSession, employee_id: int | None) -> str | None:
    """A civil servant's name."""
    return await session.scalar(select(Employee.name).where(Employee.id == employee_id))


def sees(colleague: Colleague, complaint: Complaint) -> bool:
    """Whether the table of rights lets this civil servant see the complaint."""
    return may(colleague.presser, Action.VIEW, complaint.record())


async def loads(session: AsyncSession, employee_ids: Sequence[int]) -> dict[int, int]:
    """How many open reports each of them has, in the given order."""
    rows = await session.execute(
        select(Complaint.officer_id, func.count())
        .where(Complaint.officer_id.in_(employee_ids), Complaint.status.in_(AT_UNIT))
        .group_by(Complaint.officer_id)
    )
    counted = {officer: count for officer, count in rows}
    return {employee_id: counted.get(employee_id, 0) for employee_id in employee_ids}


def _unit_roles(unit_ids: Sequence[int]) -> ColumnElement[bool]:
    return and_(RoleGrant.role.in_(_OF_A_UNIT), RoleGrant.unit_id.in_(unit_ids))


async def _having(session: AsyncSession, today: date, scope: ColumnElement[bool]) -> list[Colleague]:
    """Whoever has (or is lent) a role in this scope, with all roles of today."""
    wanted = _granted(today, Employee.id).where(scope).union(_lent(today, Employee.id).where(scope)).subquery()
    away = select(Leave.id).where(Leave.employee_id == Employee.id, Leave.first_day <= today, Leave.last_day >= today)
    what = (
        Employee.id.label("id"),
        Employee.name.label("name"),
        Employee.person_id.label("person"),
        RoleGrant.role.label("role"),
        RoleGrant.unit_id.label("unit"),
        away.exists().label("away"),
    )
    chosen = Employee.id.in_(select(wanted.c.id))
    rows = await session.execute(
        _granted(today, *what).where(chosen).union(_lent(today, *what).where(chosen)).order_by("name", "id")
    )
    return _gathered(rows)


def _granted(today: date, *what: Any) -> Select[Any]:
    """Employees of today with the roles of their own."""
    return (
        select(*what)
        .select_from(Employee)
        .join(RoleGrant, RoleGrant.employee_id == Employee.id)
        .where(valid_on(Employee, today), valid_on(RoleGrant, today))
    )


def _lent(today: date, *what: Any) -> Select[Any]:
    """Employees of today with the roles of those for whom they act."""
    return (
        select(*what)
        .select_from(Employee)
        .join(ActingSuperior, ActingSuperior.acting_id == Employee.id)
        .join(RoleGrant, RoleGrant.employee_id == ActingSuperior.employee_id)
        .where(
            ActingSuperior.valid_from <= today,
            ActingSuperior.valid_to >= today,
            valid_on(Employee, today),
            valid_on(RoleGrant, today),
        )
    )


def _gathered(rows: Any) -> list[Colleague]:
    """One colleague for the rows of one employee."""
    people: dict[int, tuple[Any, list[Grant]]] = {}
    for row in rows:
        people.setdefault(row.id, (row, []))[1].append(Grant(Role(row.role), row.unit))
    return [
        Colleague(row.id, row.name, bool(row.away), Presser(row.person or 0, row.id, tuple(grants)))
        for row, grants in people.values()
    ]
