"""The demo's training hours of the year: some reached the minimum, most are on the way, a few have none.

Dewi is some hours short, two of those with a contract are near or above their maximum, and a certificate of one of
Dewi's colleagues waits for human resources.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from bot.services.demo.people import PERSONAS
from models.employee import Employee
from models.person import Person
from models.rules.nip import Kind
from models.rules.permissions import Role
from models.training.hours import HoursStatus, TrainingHours

#: Certificates from elsewhere: title, provider, JP.
COURSES = (
    ("Pelayanan Publik Dasar", "Lembaga Administrasi Negara", 8),
    ("Menulis Surat Dinas", "Balai Diklat Contoh", 4),
    ("Keamanan Data Pribadi", "Kementerian Contoh", 6),
    ("Mengelola Arsip", "Arsip Nasional Contoh", 10),
)
#: Which of them somebody has, by the place in the roster: 28, 18, 12, 10, 4 and 0 JP.
HELD = ((0, 1, 2, 3), (0, 3), (0, 1), (1, 2), (1,), (), (0, 2, 3))
#: Of the officers without a phone on the page, these have a contract: below, and above its maximum.
CONTRACTS = {5: (0, 1), 9: (0, 1, 2, 3)}
#: The month and day do not matter; a contract's number stands where a PNS has the month.
CONTRACT_NUMBER = "21"
DAYS_APART = 30


async def tell_hours(session: AsyncSession, city: City, now: datetime) -> None:
    """Insert them. Nobody is told: they were counted long ago."""
    people = list(await session.scalars(select(Employee).order_by(Employee.id)))
    hr, dewi = await _persona(session, Role.HR), await _persona(session, Role.OFFICER)
    crowd = [one for one in people if one.id not in (hr, dewi) and one.supervisor_id is not None]
    today = city.today(now)
    for number, one in enumerate(crowd):
        held = CONTRACTS.get(number)
        if held is not None:
            one.kind, one.nip = Kind.PPPK, f"{one.nip[:12]}{CONTRACT_NUMBER}{one.nip[14:]}"
        _count(session, one.id, HELD[number % len(HELD)] if held is None else held, today, now, hr)
    _count(session, dewi, (0,), today, now, hr)
    _count(session, hr, (0, 3, 2), today, now, dewi)
    colleague = next(one for one in crowd if one.supervisor_id == next(p for p in people if p.id == dewi).supervisor_id)
    session.add(_row(colleague.id, 1, today - timedelta(days=2), now, HoursStatus.PENDING))
    await session.flush()


async def _persona(session: AsyncSession, role: Role) -> int:
    number = next(one.telegram_id for one in PERSONAS if one.role is role)
    statement = select(Employee.id).join(Person, Person.id == Employee.person_id).where(Person.telegram_id == number)
    return (await session.scalars(statement)).one()


def _count(
    session: AsyncSession, employee_id: int, held: Sequence[int], today: date, now: datetime, by_id: int
) -> None:
    """Counted certificates of this year, a month apart."""
    for number, course in enumerate(held, start=1):
        day = max(date(today.year, 1, 1), today - timedelta(days=DAYS_APART * number))
        row = _row(employee_id, course, day, now, HoursStatus.PENDING)
        row.decide(HoursStatus.COUNTED, by_id, now, None)
        session.add(row)


def _row(employee_id: int, course: int, day: date, now: datetime, status: HoursStatus) -> TrainingHours:
    title, provider, hours = COURSES[course]
    return TrainingHours(
        employee_id=employee_id,
        year=day.year,
        hours=hours,
        title=title,
        provider=provider,
        ended_on=day,
        status=status,
        created_at=now,
        demo=True,
    )
