"""Fifty civil servants of five units and their year: plans, leave, transfers, stand-ins, all drawn from one seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from models.employee import ActingSuperior, Employee, Leave
from models.organisation import Unit
from models.performance.placement import Placement
from models.performance.plan import Aspect, PlanItem, PlanResult, WorkPlan
from models.person import Person
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.plan_rules import PlanStatus, ResultKind

YEAR = 2026
#: Plans are approved before the first simulated week, that of 5 January.
FIRST, WEEKS = date(2026, 1, 5), 52
APPROVED = datetime(2026, 1, 4, 3, tzinfo=UTC)
UNITS, A_UNIT = 5, 10
#: What everybody measures: how it adds up, and the year's target.
LINES = (
    ("dokumen", Aggregation.SUM, Polarity.HIGHER, Decimal(400)),
    ("persen", Aggregation.LAST, Polarity.HIGHER, Decimal(90)),
    ("hari", Aggregation.MEAN, Polarity.LOWER, Decimal(5)),
)


@dataclass(slots=True)
class Staff:
    """Who they are, and what the test itself knows of their year."""

    boss: int = 0
    heads: list[int] = field(default_factory=list)
    members: list[int] = field(default_factory=list)
    person_of: dict[int, int] = field(default_factory=dict)
    #: employee → [(since, superior)], in order.
    led_by: dict[int, list[tuple[date, int]]] = field(default_factory=dict)
    away: dict[int, set[date]] = field(default_factory=dict)
    #: superior → [(stand-in, first, last)].
    stand_ins: dict[int, list[tuple[int, date, date]]] = field(default_factory=dict)
    lines: dict[int, list[int]] = field(default_factory=dict)

    def superior(self, employee: int, day: date) -> int:
        """Whose subordinate somebody is that day."""
        return [who for since, who in self.led_by[employee] if since <= day][-1]

    def may_check(self, employee: int, day: date) -> set[int]:
        """The superior and whoever stands in that day."""
        superior = self.superior(employee, day)
        acting = {who for who, first, last in self.stand_ins.get(superior, []) if first <= day <= last}
        return {superior, *acting} - {employee}


async def hire(session: AsyncSession, dice: random.Random) -> Staff:
    """Everybody with a plan of three lines, approved on APPROVED."""
    staff = Staff()
    units = [Unit(code=f"dinas{n}", name=f"Dinas {n}", short_name=f"D{n}", kind="dinas") for n in range(UNITS + 1)]
    session.add_all(units)
    await session.flush()
    staff.boss = await _employ(session, staff, "Sekda", units[-1].id, None)
    for unit in units[:-1]:
        head = await _employ(session, staff, f"Kepala {unit.short_name}", unit.id, staff.boss)
        staff.heads.append(head)
        for number in range(A_UNIT):
            member = await _employ(session, staff, f"Pegawai {unit.short_name}-{number}", unit.id, head)
            staff.members.append(member)
            staff.lines[member] = await _plan(session, member, head, dice)
    await _leave(session, staff, dice)
    await _stand_ins(session, staff)
    return staff


async def transfer(session: AsyncSession, staff: Staff, employee: int, head: int, day: date) -> None:
    """From `day` on the employee belongs to another head, as an import of the roster writes it."""
    row = await session.get_one(Employee, employee)
    target = await session.get_one(Employee, head)
    earlier = [since for since, _ in staff.led_by[employee]][-1]
    session.add(
        Placement(
            employee_id=employee,
            unit_id=row.unit_id,
            supervisor_id=row.supervisor_id,
            first_day=None if earlier == date.min else earlier,
            last_day=day - timedelta(days=1),
        )
    )
    row.unit_id, row.supervisor_id = target.unit_id, head
    staff.led_by[employee].append((day, head))
    await session.flush()


async def _employ(session: AsyncSession, staff: Staff, name: str, unit_id: int, superior: int | None) -> int:
    number = len(staff.person_of) + 1
    person = Person(telegram_id=70_000 + number, name=name, language="id", created_at=APPROVED)
    session.add(person)
    await session.flush()
    employee = Employee(
        nip=f"1980010120050110{number:02d}",
        name=name,
        unit_id=unit_id,
        kind="pns",
        supervisor_id=superior,
        person_id=person.id,
    )
    session.add(employee)
    await session.flush()
    staff.person_of[employee.id] = person.id
    if superior is not None:
        staff.led_by[employee.id] = [(date.min, superior)]
    return employee.id


async def _plan(session: AsyncSession, employee: int, superior: int, dice: random.Random) -> list[int]:
    plan = WorkPlan(
        employee_id=employee,
        year=YEAR,
        status=PlanStatus.APPROVED,
        superior_id=superior,
        created_at=APPROVED,
        approved_at=APPROVED,
    )
    session.add(plan)
    await session.flush()
    kinds = (ResultKind.MAIN, ResultKind.MAIN, ResultKind.ADDITIONAL)
    ids = []
    for position, (unit, aggregation, polarity, target) in enumerate(LINES, start=1):
        result = PlanResult(plan_id=plan.id, position=position, kind=kinds[position - 1], title=f"Hasil {position}")
        session.add(result)
        await session.flush()
        aimed = target + dice.randint(0, 4) * 4
        quarter = aimed / 4 if aggregation is Aggregation.SUM else aimed
        item = PlanItem(
            plan_id=plan.id,
            result_id=result.id,
            position=position,
            name=f"Indikator {position}",
            aspect=Aspect.QUANTITY,
            polarity=polarity,
            aggregation=aggregation,
            measure_unit=unit,
            low=aimed,
            high=aimed,
            q1=quarter,
            q2=quarter,
            q3=quarter,
            q4=quarter,
        )
        session.add(item)
        await session.flush()
        ids.append(item.id)
    return ids


async def _leave(session: AsyncSession, staff: Staff, dice: random.Random) -> None:
    """Everybody is away twice, from a day to two weeks."""
    for member in staff.members:
        for half in range(2):
            first = FIRST + timedelta(days=half * 180 + dice.randint(0, 160))
            last = first + timedelta(days=dice.choice([0, 2, 4, 6, 13]))
            session.add(Leave(employee_id=member, first_day=first, last_day=last))
            days = {first + timedelta(days=n) for n in range((last - first).days + 1)}
            staff.away.setdefault(member, set()).update(days)
    await session.flush()


async def _stand_ins(session: AsyncSession, staff: Staff) -> None:
    """For a month each head is replaced: by a subordinate, or by another head."""
    for place, head in enumerate(staff.heads):
        first = date(YEAR, place * 2 + 2, 1)
        last = first + timedelta(days=29)
        who = staff.members[place * A_UNIT] if place % 2 else staff.heads[(place + 1) % UNITS]
        session.add(ActingSuperior(employee_id=head, acting_id=who, valid_from=first, valid_to=last))
        staff.stand_ins.setdefault(head, []).append((who, first, last))
    await session.flush()
