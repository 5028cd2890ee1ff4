"""Reminds whoever owes an improvement: before its date, on it, and from then on until it is done.

Which days is the city's data (`improvement.remind_before`, `improvement.remind_every`). One reminder a stage and date,
on working days in office hours, never to somebody on leave (who is reminded after it).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import outbox
from bot.services.city import City
from bot.services.notices import sending_moment
from bot.services.satisfaction.improvements import values_of
from models.employee import Employee, Leave
from models.improvement import Improvement
from models.rules.improvements import UNFINISHED, stage_of
from models.rules.respondents import listed

BEFORE, EVERY = "14; 3", "7"


async def remind(session: AsyncSession, city: City, now: datetime) -> int:
    """Put the reminders that are due today; how many were fresh. Two queries and one row a reminder."""
    today = city.today(now)
    if not city.calendar.is_working_day(today):
        return 0
    before = [int(days) for days in listed(city.fact("improvement.remind_before", BEFORE))]
    every = int(city.fact("improvement.remind_every", EVERY))
    told = 0
    for row, person_id in await _owed(session, today, max([*before, 0])):
        stage = stage_of((row.due_on - today).days, before, every)
        if stage is None:
            continue
        told += await outbox.put(
            session,
            key=f"improvement_due:{row.id}:{row.due_on}:{stage}:{person_id}",
            person_id=person_id,
            kind="improvement_due",
            now=now,
            values={**values_of(row), "days": (row.due_on - today).days},
            not_before=sending_moment(city, now),
        )
    return told


async def _owed(session: AsyncSession, today: date, horizon: int) -> list[tuple[Improvement, int]]:
    """Unfinished improvements whose date is near or over, with the account of an owner who is at work."""
    away = select(Leave.employee_id).where(Leave.first_day <= today, Leave.last_day >= today)
    statement = (
        select(Improvement, Employee.person_id)
        .join(Employee, Employee.id == Improvement.owner_id)
        .where(
            Improvement.status.in_(UNFINISHED),
            Improvement.due_on <= today + timedelta(days=horizon),
            Employee.person_id.is_not(None),
            Employee.id.not_in(away),
        )
        .order_by(Improvement.id)
    )
    return [(row, person_id) for row, person_id in await session.execute(statement) if person_id]
