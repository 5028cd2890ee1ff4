"""Who acts in the life of a report: residents, and the staff of a city with two units."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import identity
from models.employee import Employee, RoleGrant
from models.organisation import Unit
from models.person import Person
from models.rules.permissions import Grant, Presser, Role
from tests.driver import START
from tests.factories import small_city, staff

RESIDENTS = ("Siti", "Budi", "Ani")
#: Beside the staff of `tests.factories`: name → role and unit.
MORE = {"second officer": (Role.OFFICER, 1), "other head": (Role.HEAD, 2)}


@dataclass(frozen=True)
class Actor:
    """Somebody who presses buttons."""

    name: str
    presser: Presser = field(repr=False)

    @property
    def is_resident(self) -> bool:
        """Whether this one has no role at all: only they report, so that a notice as staff is never one as reporter."""
        return not self.presser.grants


async def settle_in(session: AsyncSession) -> None:
    """The city, its staff and its residents; the second unit shares out its reports by itself."""
    await small_city(session)
    await staff(session, START)
    for number, name in enumerate((*RESIDENTS, *MORE)):
        session.add(Person(telegram_id=5_000_000 + number, name=name, language="id", created_at=START))
    await session.flush()
    for number, (name, (role, unit_id)) in enumerate(MORE.items()):
        person_id = await session.scalar(select(Person.id).where(Person.name == name))
        employee = Employee(
            nip=f"19900101201501{number:04d}", name=name, unit_id=unit_id, kind="pns", person_id=person_id
        )
        session.add(employee)
        await session.flush()
        session.add(RoleGrant(employee_id=employee.id, role=role, unit_id=unit_id, valid_from=date(2020, 1, 1)))
    (await session.get_one(Unit, 2)).auto_assign = True


async def everybody(session: AsyncSession) -> dict[int, Actor]:
    """All of them by person."""
    rows = await session.execute(
        select(Person.id, Person.name, Employee.id, RoleGrant.role, RoleGrant.unit_id)
        .outerjoin(Employee, Employee.person_id == Person.id)
        .outerjoin(RoleGrant, RoleGrant.employee_id == Employee.id)
        .order_by(Person.id)
    )
    found: dict[int, Actor] = {}
    for person_id, name, employee_id, role, unit_id in rows:
        grants = (Grant(role, unit_id),) if role is not None else ()
        marks = identity.marks_of(session, person_id)
        found[person_id] = Actor(name, Presser(person_id, employee_id, grants, marks))
    return found
