"""One-tap ratings: one per person, service and day; a second one replaces it after a question."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from models.errors import Refusal
from models.person import Person
from models.survey import Pulse

#: Scores that offer to become a report.
LOW = (1, 2)


async def rated_today(
    session: AsyncSession, city: City, person: Person, service_id: int, now: datetime
) -> Pulse | None:
    """The person's rating of this service today, if there is one."""
    statement = select(Pulse).where(
        Pulse.person_id == person.id, Pulse.service_id == service_id, Pulse.day == city.today(now)
    )
    return (await session.scalars(statement)).one_or_none()


async def rate(
    session: AsyncSession,
    city: City,
    person: Person,
    service_id: int,
    score: int,
    channel: str,
    now: datetime,
) -> Pulse:
    """Store the day's rating, or change its score; refused for an unknown service or a score out of 1-4."""
    service = city.services.get(service_id)
    if service is None or (service.valid_to is not None and service.valid_to < city.today(now)):
        raise Refusal("no_such_service")
    if not 1 <= score <= 4:
        raise Refusal("score_out_of_range")
    pulse = await rated_today(session, city, person, service_id, now)
    if pulse is None:
        pulse = Pulse(
            person_id=person.id,
            service_id=service_id,
            day=city.today(now),
            score=score,
            channel=channel,
            created_at=now,
        )
        session.add(pulse)
    pulse.score = score
    await session.flush()
    return pulse


async def own_pulse(session: AsyncSession, person: Person, pulse_id: int) -> Pulse:
    """A rating of this very person; refused with `not_your_record` otherwise."""
    pulse = await session.get(Pulse, pulse_id)
    if pulse is None or pulse.person_id != person.id:
        raise Refusal("not_your_record")
    return pulse


async def link(session: AsyncSession, person: Person, pulse_id: int, complaint_id: int) -> None:
    """The rating became this report."""
    (await own_pulse(session, person, pulse_id)).complaint_id = complaint_id
