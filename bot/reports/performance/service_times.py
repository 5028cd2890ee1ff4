"""How long a service takes: finished applications of some days in figures, open ones by their age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.reports.performance import collecting
from bot.reports.performance.measuring import durations
from bot.services.city import City
from bot.services.performance.scope import Scope, span_of
from models.performance.service_record import ServiceRecord
from models.rules.performance.durations import DurationFigures

#: Upper bounds, in working days since the complete file, of the ages of open applications; the last has none.
AGES = (1, 3)


@dataclass(frozen=True, slots=True)
class ServiceTimes:
    """A service's figures; `ages` counts its open applications up to each bound and beyond, `incomplete` the others."""

    figures: DurationFigures
    ages: tuple[int, ...]
    incomplete: int


async def service_times(
    session: AsyncSession, city: City, service_ids: Sequence[int], period: str, now: datetime
) -> dict[int, ServiceTimes]:
    """Of each service: two queries, however many there are."""
    today = city.today(now)
    finished = await collecting.times(session, city, span_of(city, period, today))
    statement = select(ServiceRecord.service_id, ServiceRecord.complete_at).where(
        ServiceRecord.service_id.in_(service_ids), ServiceRecord.finished_at.is_(None)
    )
    waiting: dict[int, list[datetime | None]] = {}
    for service_id, complete_at in await session.execute(statement):
        waiting.setdefault(service_id, []).append(complete_at)
    found = {}
    for service_id in service_ids:
        moments = waiting.get(service_id, [])
        days = [
            city.calendar.working_days_between(city.today(moment), today) for moment in moments if moment is not None
        ]
        ages = [sum(day <= bound for day in days) for bound in AGES]
        buckets = (ages[0], ages[1] - ages[0], len(days) - ages[1])
        figures = durations(finished.of(Scope(service_id=service_id)))
        found[service_id] = ServiceTimes(figures, buckets, len(moments) - len(days))
    return found
