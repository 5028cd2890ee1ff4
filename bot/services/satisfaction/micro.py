"""The micro-survey: one element at a counter, the elements in turn; never part of a full response."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import surveys
from bot.services.administration import bans
from bot.services.city import City
from bot.services.satisfaction.responses import present_period
from models.person import Person
from models.rules import skm
from models.rules.skm import Element
from models.rules.survey_period import first_day
from models.survey import Channel, MicroAnswer


async def answered_today(
    session: AsyncSession, city: City, person: Person, service_id: int, now: datetime
) -> MicroAnswer | None:
    """What the person tapped about this service today."""
    statement = select(MicroAnswer).where(
        MicroAnswer.person_id == person.id,
        MicroAnswer.service_id == service_id,
        MicroAnswer.day == city.today(now),
    )
    return (await session.scalars(statement)).one_or_none()


async def next_element(session: AsyncSession, city: City, service_id: int, now: datetime) -> Element:
    """The element with the fewest answers for this service in the present period; of equals the first."""
    since: date = first_day(present_period(city, now))
    statement = (
        select(MicroAnswer.element, func.count())
        .where(MicroAnswer.service_id == service_id, MicroAnswer.day >= since)
        .group_by(MicroAnswer.element)
    )
    counted = {element: count for element, count in await session.execute(statement)}
    return min(Element, key=lambda element: counted.get(element, 0))


async def answer(
    session: AsyncSession,
    city: City,
    person: Person,
    service_id: int,
    element: Element,
    score: int,
    now: datetime,
) -> MicroAnswer:
    """Keep one tap; the first of the day about a service stands. Refused for a score out of 1-4."""
    service = surveys.require_service(city, service_id, now)
    skm.score_of(score)
    await bans.require_free(session, city, person.id, now)
    kept = await answered_today(session, city, person, service_id, now)
    if kept is not None:
        return kept
    kept = MicroAnswer(
        person_id=person.id,
        service_id=service_id,
        unit_id=city.successor(service.unit_id).id,
        day=city.today(now),
        element=element,
        score=score,
        channel=Channel.QR,
        created_at=now,
    )
    session.add(kept)
    await session.flush()
    return kept
