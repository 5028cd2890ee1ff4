"""Firings of timed duties: claimed by whoever inserts the row, with what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from models.calendar import DutyRun


async def claim(session: AsyncSession, duty: str, period: str, now: datetime) -> bool:
    """Whether this firing is ours."""
    dialect: Any = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = (
        dialect.insert(DutyRun)
        .values(duty=duty, period=period, started_at=now)
        .on_conflict_do_nothing(index_elements=[DutyRun.duty, DutyRun.period])
        .returning(DutyRun.id)
    )
    return (await session.execute(statement)).scalar_one_or_none() is not None


async def finish(session: AsyncSession, duty: str, period: str, counts: dict[str, int], now: datetime) -> None:
    """Write down what came of it."""
    await session.execute(
        update(DutyRun)
        .where(DutyRun.duty == duty, DutyRun.period == period)
        .values(finished_at=now, counts=counts)
        .execution_options(synchronize_session=False)
    )


async def forget(session: AsyncSession, before: datetime) -> int:
    """Drop old firings; how many."""
    result: Any = await session.execute(delete(DutyRun).where(DutyRun.started_at < before))
    return int(result.rowcount)
