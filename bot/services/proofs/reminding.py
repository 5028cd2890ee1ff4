"""Reminds the inspectorate of closings that are held because a proof is doubted, until somebody has looked.

Every so many working days (the limit `remind_held`), on working days in office hours; nobody of a report about them.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import outbox
from bot.services.city import City
from bot.services.notices import holders, involved, sending_moment
from models.complaint import Complaint
from models.rules.permissions import Role

#: Working days between two reminders, where the city's limits say nothing.
EVERY = 3


async def remind(session: AsyncSession, city: City, now: datetime) -> int:
    """Put the reminders that are due; how many were fresh. One a held closing, stage and inspector."""
    today = city.today(now)
    every = city.limits.working_days.get("remind_held", EVERY)
    if every < 1 or not city.calendar.is_working_day(today):
        return 0
    people = set(await holders(session, today, Role.INSPECTOR))
    told = 0
    for row in await session.scalars(select(Complaint).where(Complaint.held_at.is_not(None)).order_by(Complaint.id)):
        if row.held_at is None:
            continue
        days = city.calendar.working_days_between(city.today(row.held_at), today)
        for person_id in sorted(people - await involved(session, city, row, now)) if days >= every else ():
            told += await outbox.put(
                session,
                key=f"proof_waits:{row.id}:{row.held_at:%Y%m%d%H%M%S}:{days // every}:{person_id}",
                person_id=person_id,
                kind="proof_waits",
                now=now,
                values={"complaint_id": row.id, "code": row.code, "days": days},
                complaint_id=row.id,
                not_before=sending_moment(city, now),
            )
    return told
