"""A superior with people who report, who are silent, who are behind; and somebody above both units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.conversation import Conversation
from models.employee import Employee, RoleGrant
from models.performance.plan import Aspect, PlanItem, PlanResult, WorkPlan
from models.performance.progress import WeeklyEntry, WeeklyReport, WeekStatus
from models.person import Person
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.plan_rules import PlanStatus, ResultKind
from models.rules.permissions import Role
from tests.factories import STAFF

APPROVED = datetime(2026, 1, 12, 3, tzinfo=UTC)
#: The newest week that is due at the beginning of every test (a Tuesday).
WEEK = date(2026, 11, 16)
PHONES = {"mayor": 9_100_001, "capil_head": 9_100_002, "ani": 9_100_003, "budi": 9_100_004, "cici": 9_100_005}
NAMES = {
    "mayor": "Pimpinan Kota",
    "capil_head": "Kepala Capil",
    "ani": "Ani Anggraini",
    "budi": "Budi Bakri",
    "cici": "Cici Cahyani",
}


@dataclass
class Team:
    """Employees by short name, and the lines of their plans."""

    people: dict[str, int]
    lines: dict[str, int]


async def person(session: AsyncSession, name: str, telegram_id: int, now: datetime) -> Person:
    """An account that can be talked to."""
    row = Person(telegram_id=telegram_id, name=name, language="id", created_at=now)
    session.add(row)
    await session.flush()
    session.add(Conversation(person_id=row.id, draft={}, updated_at=now))
    await session.flush()
    return row


async def employee(session: AsyncSession, number: int, name: str, unit_id: int, **more: Any) -> Employee:
    """A row of the roster."""
    row = Employee(
        nip=f"19850101201001{number % 2 + 1}{number:03d}"[:18], name=name, unit_id=unit_id, kind="pns", **more
    )
    session.add(row)
    await session.flush()
    return row


async def plan(session: AsyncSession, whose: int, **line: Any) -> int:
    """A plan in force with one line; `line` overrides columns of the item. The line's id."""
    row = WorkPlan(
        employee_id=whose, year=2026, number=1, created_at=APPROVED, approved_at=APPROVED, status=PlanStatus.APPROVED
    )
    session.add(row)
    await session.flush()
    result = PlanResult(plan_id=row.id, position=1, kind=ResultKind.MAIN, title="Layanan selesai")
    session.add(result)
    await session.flush()
    quarter = Decimal(13)
    columns: dict[str, Any] = {
        "name": "Berkas selesai",
        "aspect": Aspect.QUANTITY,
        "polarity": Polarity.HIGHER,
        "aggregation": Aggregation.SUM,
        "measure_unit": "berkas",
        "low": Decimal(52),
        "high": Decimal(52),
        **{f"q{number}": quarter for number in range(1, 5)},
        **line,
    }
    item = PlanItem(plan_id=row.id, result_id=result.id, position=1, **columns)
    session.add(item)
    await session.flush()
    return item.id


async def weekly(
    session: AsyncSession, whose: int, line: int, week: date, value: str, *, late: bool = False, **more: Any
) -> WeeklyReport:
    """A report of a week with one value; `obstacle` and `status` as they are given."""
    due = datetime(week.year, week.month, week.day, 8, tzinfo=UTC) + timedelta(days=4)
    status = more.pop("status", WeekStatus.VERIFIED)
    row = WeeklyReport(employee_id=whose, week=week, due_at=due, reported_at=due, status=status, late=late)
    session.add(row)
    await session.flush()
    session.add(WeeklyEntry(report_id=row.id, line_id=line, value=Decimal(value), entered_at=due, **more))
    await session.flush()
    return row


async def make_team(session: AsyncSession, now: datetime) -> Team:
    """`head` leads officer, Ani, Budi and Cici; `capil_head` leads other_officer; the mayor leads both heads.

    Ani keeps the pace, Budi is behind with an obstacle, Cici is silent since the week before, the officer has no plan.
    """
    staff = {name: await _staff(session, number) for name, number in STAFF.items()}
    people: dict[str, Employee] = {}
    for number, (name, telegram_id) in enumerate(PHONES.items(), start=1):
        account = await person(session, NAMES[name], telegram_id, now)
        unit = 2 if name == "capil_head" else 1
        people[name] = await employee(session, number, NAMES[name], unit, person_id=account.id)
    head, mayor = staff["head"], people["mayor"]
    head.supervisor_id = people["capil_head"].supervisor_id = mayor.id
    for one in (staff["officer"], people["ani"], people["budi"], people["cici"]):
        one.supervisor_id = head.id
    staff["other_officer"].supervisor_id = people["capil_head"].id
    session.add(RoleGrant(employee_id=people["capil_head"].id, role=Role.HEAD, unit_id=2, valid_from=date(2020, 1, 1)))
    lines = {name: await plan(session, people[name].id) for name in ("ani", "budi", "cici")}
    lines["other_officer"] = await plan(session, staff["other_officer"].id)
    await _weeks(session, people, staff, lines)
    await session.flush()
    ids = {name: row.id for name, row in (people | staff).items()}
    return Team(ids, lines)


async def _weeks(
    session: AsyncSession, people: dict[str, Employee], staff: dict[str, Employee], lines: dict[str, int]
) -> None:
    for number in range(40):
        week = WEEK - timedelta(weeks=39 - number)
        await weekly(session, people["ani"].id, lines["ani"], week, "1.3")
        obstacle = "Printer rusak" if week == WEEK else None
        await weekly(session, people["budi"].id, lines["budi"], week, "0.5", late=week == WEEK, obstacle=obstacle)
        if week < WEEK:
            await weekly(session, people["cici"].id, lines["cici"], week, "1.05")
        await weekly(session, staff["other_officer"].id, lines["other_officer"], week, "1")


async def _staff(session: AsyncSession, telegram_id: int) -> Employee:
    statement = select(Employee).join(Person, Person.id == Employee.person_id).where(Person.telegram_id == telegram_id)
    return (await session.scalars(statement)).one()
