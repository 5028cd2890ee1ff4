"""The city's first data, from the files that come with the product."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.imports.applying import Progress, apply, silent
from bot.services.imports.plans import Change, ChangeKind, draft
from bot.services.imports.sheets import Sheet, read

DATA = Path(__file__).parents[2] / "data"


def city_sheets() -> list[Sheet]:
    """The files of bot/data as sheets."""
    return [sheet for path in sorted(DATA.iterdir()) for sheet in read(path.name, path.read_bytes())]


async def seed_city(session: AsyncSession, today: date, progress: Progress = silent) -> list[Change]:
    """Add the rows that are missing and return them. What the city has changed or ended since stays so.

    ValueError names the faults of a data file, which an import would refuse too.
    """
    plan = await draft(session, city_sheets(), today)
    if plan.faults:
        raise ValueError("; ".join(f"{fault.sheet}:{fault.row}:{fault.column} {fault.code}" for fault in plan.faults))
    added = [change for change in plan.changes if change.kind is ChangeKind.ADDED]
    await apply(session, added, today, progress)
    return added
