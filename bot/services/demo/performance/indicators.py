"""Whose the city's indicators are in the demo: a unit's its head's, a single one its first officer's."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.employee import RoleGrant
from models.performance.indicator import Indicator, Level
from models.rules.permissions import Role


async def tell_indicators(session: AsyncSession) -> None:
    """Give the owners; the values are counted from the demo's own records."""
    granted = select(RoleGrant.role, RoleGrant.unit_id, RoleGrant.employee_id).where(
        RoleGrant.role.in_((Role.HEAD, Role.OFFICER)), RoleGrant.unit_id.is_not(None)
    )
    first: dict[tuple[Role, int | None], int] = {}
    for role, unit_id, employee_id in await session.execute(granted.order_by(RoleGrant.id)):
        first.setdefault((role, unit_id), employee_id)
    for row in await session.scalars(select(Indicator).order_by(Indicator.id)):
        role = Role.OFFICER if row.level is Level.INDIVIDUAL else Role.HEAD
        row.owner_id = first.get((role, row.unit_id))
    await session.flush()
