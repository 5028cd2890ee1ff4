"""The people of the demo: a few with phones on the page, about sixty civil servants, a crowd of residents."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.conversation import Conversation
from models.employee import Employee, RoleGrant
from models.organisation import Unit
from models.person import Person
from models.rules.permissions import Role

SINCE = date(2024, 1, 1)
OFFICERS_A_UNIT = 4
RESIDENTS = 120
#: Units with a desk of their own in the demo, by code.
UNITS = ("perkim", "pupr", "dlh", "dishub", "disdukcapil", "dinsos", "dinkes", "disdik", "dpmptsp", "disdagin")
#: The unit whose head leads the other heads.
TOP = "setda"
#: Telegram ids of invented people whose phones the page does not show start here, those of officers there.
CROWD = 7_100_000
STAFF_CROWD = 7_200_000
#: One in so many of them blocked the bot.
LOST_EACH = 15


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody with a phone on the demo's page. Staff name a role and, where it has one, a unit by code."""

    telegram_id: int
    name: str
    label: str
    colour: str
    role: Role | None = None
    unit: str = ""


PERSONAS = (
    Persona(7_000_001, "Siti", "Warga", "#2a9d8f"),
    Persona(7_000_002, "Rahmat", "Verifikator (Diskominfo)", "#e76f51", Role.VERIFIER),
    Persona(7_000_003, "Dewi", "Petugas (Perkim)", "#457b9d", Role.OFFICER, "perkim"),
    Persona(7_000_004, "Zulkifli", "Kepala Perkim", "#6d597a", Role.HEAD, "perkim"),
    Persona(7_000_005, "Nurhayati", "Inspektur", "#b56576", Role.INSPECTOR),
    Persona(7_000_006, "Yanti", "BKPSDM", "#588157", Role.HR),
    Persona(7_000_007, "Azman", "Administrator", "#555b6e", Role.ADMIN),
    Persona(7_000_008, "Hamid", "Sekretaris Daerah", "#9c6644", Role.HEAD, "setda"),
)


async def create_people(
    session: AsyncSession, words: dict[str, Any], dice: random.Random, now: datetime
) -> tuple[list[Person], dict[int, list[Employee]]]:
    """Create everybody; the residents, and the officers by unit id."""
    units = {unit.code: unit for unit in (await session.scalars(select(Unit).order_by(Unit.id))).all()}
    heads = await _create_staff(session, words, dice, units, now)
    officers: dict[int, list[Employee]] = {}
    for unit_code, head in heads.items():
        unit = units[unit_code]
        officers[unit.id] = await _create_officers(session, words, dice, unit, head, now)
    residents = [await _person(session, PERSONAS[0].telegram_id, PERSONAS[0].name, now)]
    for number in range(RESIDENTS):
        residents.append(await _person(session, CROWD + number, _name(words, dice), now))
    await _create_top(session, words, units, now)
    return residents, officers


async def _create_top(session: AsyncSession, words: dict[str, Any], units: dict[str, Unit], now: datetime) -> None:
    """The secretary of the city, who leads the heads and those who work for the whole city.

    Comes last, with dice of its own: everybody else stays who they are.
    """
    persona = next(p for p in PERSONAS if p.unit == TOP)
    top = await _employ(session, words, random.Random(persona.telegram_id), units[TOP], "Sekretaris", now, persona)
    top.position = persona.label
    await _grant(session, top, Role.HEAD, units[TOP].id)
    led = select(Employee).where(Employee.supervisor_id.is_(None), Employee.id != top.id).order_by(Employee.id)
    for employee in await session.scalars(led):
        employee.supervisor_id = top.id
    await session.flush()


async def _create_staff(
    session: AsyncSession, words: dict[str, Any], dice: random.Random, units: dict[str, Unit], now: datetime
) -> dict[str, Employee]:
    """The heads of the units, and those who work for the whole city."""
    heads: dict[str, Employee] = {}
    for unit_code in UNITS:
        persona = next((p for p in PERSONAS if p.role is Role.HEAD and p.unit == unit_code), None)
        head = await _employ(session, words, dice, units[unit_code], "Kepala", now, persona)
        await _grant(session, head, Role.HEAD, units[unit_code].id)
        heads[unit_code] = head
    homes = {Role.VERIFIER: "diskominfo", Role.INSPECTOR: "inspektorat", Role.HR: "bkpsdm", Role.ADMIN: "diskominfo"}
    for role, unit_code in homes.items():
        persona = next(p for p in PERSONAS if p.role is role)
        employee = await _employ(session, words, dice, units[unit_code], "Analis", now, persona)
        await _grant(session, employee, role, None)
    return heads


async def _create_officers(
    session: AsyncSession, words: dict[str, Any], dice: random.Random, unit: Unit, head: Employee, now: datetime
) -> list[Employee]:
    officers = []
    for number in range(OFFICERS_A_UNIT):
        wanted = [p for p in PERSONAS if p.role is Role.OFFICER and p.unit == unit.code]
        persona = wanted[0] if wanted and number == 0 else None
        officer = await _employ(session, words, dice, unit, "Pelaksana", now, persona)
        if officer.person_id is None:
            account = await _person(session, STAFF_CROWD + officer.id, officer.name, now)
            officer.person_id = account.id
        officer.supervisor_id = head.id
        await _grant(session, officer, Role.OFFICER, unit.id)
        officers.append(officer)
    return officers


async def _employ(
    session: AsyncSession,
    words: dict[str, Any],
    dice: random.Random,
    unit: Unit,
    position: str,
    now: datetime,
    persona: Persona | None,
) -> Employee:
    """A civil servant; a persona has an account with a phone on the page."""
    person = await _person(session, persona.telegram_id, persona.name, now) if persona is not None else None
    employee = Employee(
        nip=_nip(dice),
        name=persona.name if persona is not None else _name(words, dice),
        unit_id=unit.id,
        position=f"{position} {unit.short_name}",
        grade=dice.choice(["II/c", "III/a", "III/b", "III/d", "IV/a"]),
        kind="pns",
        person_id=person.id if person is not None else None,
        valid_from=SINCE,
    )
    session.add(employee)
    await session.flush()
    return employee


async def _grant(session: AsyncSession, employee: Employee, role: Role, unit_id: int | None) -> None:
    session.add(RoleGrant(employee_id=employee.id, role=role, unit_id=unit_id, valid_from=SINCE))
    await session.flush()


async def _person(session: AsyncSession, telegram_id: int, name: str, now: datetime) -> Person:
    """An account; a few of the crowd have blocked the bot."""
    person = Person(
        telegram_id=telegram_id,
        name=name,
        language="id",
        demo=True,
        reachable=telegram_id < CROWD or telegram_id % LOST_EACH != 0,
        created_at=now,
    )
    session.add(person)
    await session.flush()
    session.add(Conversation(person_id=person.id, draft={}, updated_at=now))
    return person


def _name(words: dict[str, Any], dice: random.Random) -> str:
    return f"{dice.choice(words['first_names'])} {dice.choice(words['last_names'])}"


def _nip(dice: random.Random) -> str:
    """A well-formed number of nobody (domain section 4)."""
    born = date(dice.randint(1968, 1995), dice.randint(1, 12), dice.randint(1, 28))
    appointed = f"{born.year + dice.randint(23, 28)}{dice.randint(1, 12):02d}"
    return f"{born:%Y%m%d}{appointed}{dice.randint(1, 2)}{dice.randint(1, 999):03d}"
