"""Counts, each morning, what the city's records give for its indicators, as it stood at the end of yesterday."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.reports.performance.measuring import measure
from bot.runtime import Runtime
from bot.services.city import City, know
from bot.services.performance import facts, indicators
from bot.services.performance.scope import periods_at, span_of


async def run(runtime: Runtime) -> dict[str, int]:
    """One round; how many values were written."""
    now = runtime.clock()
    async with runtime.db.begin() as session:
        return {"facts": await record(session, await know(session, now), now)}


async def record(session: AsyncSession, city: City, now: datetime) -> int:
    """Write the facts of every period that may still move; how many."""
    as_of = city.today(now) - timedelta(days=1)
    counted = await indicators.counted(session, as_of)
    written = 0
    for period in periods_at(as_of):
        measured = await measure(session, city, counted, period, as_of)
        written += await facts.keep(session, period, span_of(city, period, as_of).last, measured, now)
    return written
