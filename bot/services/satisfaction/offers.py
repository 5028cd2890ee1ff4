"""Where the survey is offered: after a rating, after a closed report, and by what a counter or a page shows."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from bot.services.satisfaction.responses import earlier_answer
from models.person import Person


class Link(StrEnum):
    """What a link opens, by the beginning of its payload; a service's code follows."""

    RATING = "n_"
    SURVEY = "s_"
    PAGE = "l_"
    MICRO = "m_"


async def can_offer(session: AsyncSession, city: City, person: Person, service_id: int | None, now: datetime) -> bool:
    """Whether the survey about this service makes sense now: it is offered, and not answered in this period."""
    service = city.services.get(service_id or 0)
    if service is None or (service.valid_to is not None and service.valid_to < city.today(now)):
        return False
    return await earlier_answer(session, city, person, service.id, now) is None
