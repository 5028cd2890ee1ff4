"""Everybody on the roster of one day, and who leads whom: read whole, so that no question is asked per person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from bot.services.people import valid_on
from bot.services.performance import chain
from models.employee import ActingSuperior, Employee, Leave, RoleGrant
from models.rules.permissions import Role

#: Who sees every unit beside those who lead it through the chain, where the city does not say.
CITY_LEVEL = "head setda"


@dataclass(frozen=True, slots=True)
class Member:
    """A civil servant as placed on the day; `person_id` is None without an account."""

    id: int
    name: str
    position: str
    person_id: int | None
    unit_id: int
    superior_id: int | None


@dataclass(frozen=True)
class Roster:
    """The roster of a day: members by id, who acts for whom, who is away, and for which units each answers."""

    day: date
    members: Mapping[int, Member]
    acting: Mapping[int, tuple[int, ...]]
    away: frozenset[int]
    heads: Mapping[int, frozenset[int]]
    roles: Mapping[int, frozenset[int]]
    city_level: frozenset[int]

    @cached_property
    def teams(self) -> dict[int, list[int]]:
        """Whom each superior of the day leads directly, by name; a superior who left the roster included."""
        found: dict[int, list[int]] = {}
        for member in self.members.values():
            if member.superior_id is not None and member.superior_id != member.id:
                found.setdefault(member.superior_id, []).append(member.id)
        return found

    def as_whom(self, leader_id: int) -> tuple[int, ...]:
        """The leader, and those for whom this one acts."""
        return (leader_id, *self.acting.get(leader_id, ()))

    def led_by(self, leader_id: int) -> list[int]:
        """Whom somebody leads that day, directly or by acting, by name; never oneself."""
        found = {one for leader in self.as_whom(leader_id) for one in self.teams.get(leader, ())} - {leader_id}
        return sorted(found, key=lambda one: (self.members[one].name, one))

    def below(self, leader_id: int) -> list[int]:
        """Everybody below, on whatever level; a circle in the roster ends it."""
        found: dict[int, None] = {}
        waiting = self.led_by(leader_id)
        while waiting:
            step = waiting.pop()
            if step not in found and step != leader_id:
                found[step] = None
                waiting.extend(self.teams.get(step, ()))
        return list(found)

    def leads_leaders(self, leader_id: int) -> bool:
        """Whether somebody below leads others."""
        return any(self.teams.get(one) for one in self.led_by(leader_id))

    @cached_property
    def leaders(self) -> list[int]:
        """Everybody on the roster who leads somebody that day, or sees the whole city."""
        candidates = {*self.teams, *self.acting, *self.city_level} & set(self.members)
        return sorted(one for one in candidates if one in self.city_level or self.led_by(one))

    def units_of(self, leader_id: int) -> frozenset[int]:
        """The units whose head somebody is, or for whose head this one acts."""
        return frozenset().union(*(self.heads.get(one, frozenset()) for one in self.as_whom(leader_id)))

    def sees_city(self, leader_id: int) -> bool:
        """Whether somebody is on the city's level, or acts for one who is."""
        return any(one in self.city_level for one in self.as_whom(leader_id))


async def roster(session: AsyncSession, city: City, day: date) -> Roster:
    """The roster of a day: four queries."""
    columns = (Employee.id, Employee.name, Employee.position, Employee.person_id)
    placed = chain.placed(select(*columns, chain.unit_column(), chain.superior_column()), day)
    statement = placed.where(valid_on(Employee, day)).order_by(Employee.name, Employee.id)
    members = {row[0]: Member(*row) for row in await session.execute(statement)}
    heads, roles, level = await _grants(session, city, day)
    return Roster(
        day=day,
        members=members,
        acting=await _acting(session, day),
        away=frozenset(
            await session.scalars(select(Leave.employee_id).where(Leave.first_day <= day, Leave.last_day >= day))
        ),
        heads=heads,
        roles=roles,
        city_level=level,
    )


async def _acting(session: AsyncSession, day: date) -> dict[int, tuple[int, ...]]:
    statement = (
        select(ActingSuperior.acting_id, ActingSuperior.employee_id)
        .where(ActingSuperior.valid_from <= day, ActingSuperior.valid_to >= day)
        .order_by(ActingSuperior.id)
    )
    found: dict[int, tuple[int, ...]] = {}
    for acting, absent in await session.execute(statement):
        found[acting] = (*found.get(acting, ()), absent)
    return found


async def _grants(
    session: AsyncSession, city: City, day: date
) -> tuple[dict[int, frozenset[int]], dict[int, frozenset[int]], frozenset[int]]:
    """The units of the heads, the units of everybody who has a role, and who is on the city's level."""
    wanted = set(_level(city))
    statement = select(RoleGrant.employee_id, RoleGrant.role, RoleGrant.unit_id).where(valid_on(RoleGrant, day))
    heads: dict[int, set[int]] = {}
    roles: dict[int, set[int]] = {}
    level = set()
    for employee, role, unit in await session.execute(statement.order_by(RoleGrant.id)):
        if (role, unit) in wanted:
            level.add(employee)
        if unit is not None:
            roles.setdefault(employee, set()).add(unit)
        if unit is not None and role is Role.HEAD:
            heads.setdefault(employee, set()).add(city.successor(unit).id)
    return _frozen(heads), _frozen(roles), frozenset(level)


def _frozen(found: Mapping[int, Iterable[int]]) -> dict[int, frozenset[int]]:
    return {key: frozenset(values) for key, values in found.items()}


def _level(city: City) -> list[tuple[Role, int | None]]:
    """Roles of the city's level as the data names them: "head setda; hr"."""
    codes = {unit.code: unit.id for unit in city.units.values()}
    found: list[tuple[Role, int | None]] = []
    for part in city.fact("performance.city_level", CITY_LEVEL).split(";"):
        role, _, code = part.strip().partition(" ")
        if role in {known.value for known in Role} and (not code or code in codes):
            found.append((Role(role), codes[code] if code else None))
    return found
