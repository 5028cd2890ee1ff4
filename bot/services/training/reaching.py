"""For whom a course is: how many that are, and what can be chosen."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.services.broadcasts import audiences
from bot.services.training.desk import Doing
from models.rules.audience import Audience


async def count(by: Doing, audience: Audience) -> int:
    """How many employees of today the filter finds: one query."""
    found = audiences.employees(by.city, audience, 0, by.today).subquery()
    return await by.session.scalar(select(func.count()).select_from(found)) or 0


def units(by: Doing) -> list[tuple[int, str]]:
    """The units of today by name."""
    found = [(one.id, one.short_name) for one in by.city.units.values() if one.is_active(by.today)]
    return sorted(found, key=lambda one: one[1])
