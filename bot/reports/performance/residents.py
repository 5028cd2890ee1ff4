"""What residents' reports and ratings say to those who answer for a unit: overdue, due soon, newly rated low.

Codes and counts only, never a resident's words. Whom a report is about never learns of it here (domain rule 13).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from bot.services.desk.queues import soon
from models.complaint import Complaint
from models.improvement import Improvement
from models.rules.complaint_flow import OPEN
from models.rules.improvements import UNFINISHED
from models.survey import Pulse

#: A rating of this or less is low (domain rule 17).
LOW = 2
#: How far back new ratings are looked for at most.
LONGEST_LOOK = timedelta(days=31)


class Ticket(NamedTuple):
    """A report that a unit works on, with its clock."""

    id: int
    code: str
    unit_id: int
    due_at: datetime
    about_unit: int | None
    about_employee: int | None


class Low(NamedTuple):
    """So many low ratings of one day; of a closed report with whom it was about."""

    unit_id: int
    day: date
    number: int
    about_unit: int | None = None
    about_employee: int | None = None


class Work(NamedTuple):
    """An improvement that is not done."""

    id: int
    title: str
    unit_id: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks: the employee, the units answered for, and those for which there is any role."""

    employee_id: int
    units: frozenset[int]
    involved: frozenset[int]

    def sees(self, row: Ticket | Low) -> bool:
        """Whether a row belongs to one of the units and is not about the reader or one of the reader's units."""
        involved = row.about_unit in self.involved or row.about_employee == self.employee_id
        return row.unit_id in self.units and not involved


@dataclass(frozen=True)
class Voices:
    """Everything of the city that a digest may have to say of residents; filtered by `Reader`."""

    now: datetime
    tickets: tuple[Ticket, ...]
    low: tuple[Low, ...]
    works: tuple[Work, ...]

    def overdue(self, reader: Reader) -> list[Ticket]:
        """Reports whose promise is broken, the oldest first."""
        return [row for row in self.tickets if row.due_at < self.now and reader.sees(row)]

    def soon(self, reader: Reader) -> list[Ticket]:
        """Reports whose promise is near its end."""
        return [row for row in self.tickets if row.due_at >= self.now and reader.sees(row)]

    def rated_low(self, reader: Reader, since: date, before: date) -> int:
        """How many low ratings there were on the days from `since` to before `before`."""
        return sum(row.number for row in self.low if since <= row.day < before and reader.sees(row))

    def due_works(self, reader: Reader, until: date) -> list[Work]:
        """Improvements that are due until that day, or were."""
        return [row for row in self.works if row.due_on <= until and row.unit_id in reader.units]


async def voices(session: AsyncSession, city: City, now: datetime, since: date, until: date) -> Voices:
    """What there is of all units: four queries. Units are those of today, mergers followed."""
    until_moment = soon(city, now)
    statement = (
        select(
            *(Complaint.id, Complaint.code, Complaint.unit_id, Complaint.due_at),
            *(Complaint.conflict_unit_id, Complaint.conflict_employee_id),
        )
        .where(
            Complaint.status.in_(OPEN),
            Complaint.disposed_at.is_not(None),
            Complaint.unit_id.is_not(None),
            Complaint.paused_at.is_(None),
            Complaint.due_at <= until_moment,
        )
        .order_by(Complaint.due_at, Complaint.id)
    )
    tickets = [
        Ticket(number, code, city.successor(unit).id, due, about_unit, about_employee)
        for number, code, unit, due, about_unit, about_employee in await session.execute(statement)
        if unit is not None and due is not None
    ]
    works = (
        select(Improvement.id, Improvement.title, Improvement.unit_id, Improvement.due_on)
        .where(Improvement.status.in_(UNFINISHED), Improvement.due_on <= until)
        .order_by(Improvement.due_on, Improvement.id)
    )
    return Voices(
        now,
        tuple(tickets),
        (*await _pulses(session, city, since), *await _scores(session, city, since)),
        tuple(
            Work(number, title, city.successor(unit).id, due)
            for number, title, unit, due in await session.execute(works)
        ),
    )


async def _pulses(session: AsyncSession, city: City, since: date) -> list[Low]:
    statement = (
        select(Pulse.service_id, Pulse.day, func.count())
        .where(Pulse.day >= since, Pulse.score <= LOW)
        .group_by(Pulse.service_id, Pulse.day)
        .order_by(Pulse.day, Pulse.service_id)
    )
    rows = await session.execute(statement)
    services = city.services
    return [
        Low(city.successor(services[service].unit_id).id, day, number)
        for service, day, number in rows
        if service in services
    ]


async def _scores(session: AsyncSession, city: City, since: date) -> list[Low]:
    begin = datetime.combine(since, time(), city.calendar.zone).astimezone(UTC)
    statement = (
        select(Complaint.unit_id, Complaint.closed_at, Complaint.conflict_unit_id, Complaint.conflict_employee_id)
        .where(Complaint.closed_at >= begin, Complaint.score <= LOW, Complaint.unit_id.is_not(None))
        .order_by(Complaint.closed_at, Complaint.id)
    )
    found = await session.execute(statement)
    return [
        Low(city.successor(unit).id, city.calendar.local_day(closed), 1, about_unit, about_employee)
        for unit, closed, about_unit, about_employee in found
        if unit is not None and closed is not None
    ]
