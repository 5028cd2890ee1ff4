"""A civil servant who moves leaves a trace: where the roster row stood until yesterday."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.imports.plans import Change, ChangeKind
from bot.services.imports.shapes import Table
from models.base import Base
from models.employee import Employee
from models.performance.placement import Placement

#: A change of one of these is a transfer.
MOVING = frozenset({"unit", "supervisor", "position"})
_ONE_DAY = timedelta(days=1)


async def remember(
    session: AsyncSession, table: Table, changes: Sequence[Change], rows: Mapping[Any, Base], today: date
) -> None:
    """Before the changes are written: a placement for each employee whom they move, once a day."""
    if table.model is not Employee:
        return
    changed = (rows[one.key] for one in changes if one.kind is ChangeKind.CHANGED and MOVING & set(one.values))
    moved = [row for row in changed if isinstance(row, Employee)]
    ids = [row.id for row in moved]
    latest = select(Placement.employee_id, func.max(Placement.last_day)).group_by(Placement.employee_id)
    found = await session.execute(latest.where(Placement.employee_id.in_(ids)))
    ends = {employee: last_day for employee, last_day in found}
    yesterday = today - _ONE_DAY
    for row in moved:
        end = ends.get(row.id)
        if end is not None and end >= yesterday:
            continue
        session.add(_placement(row, None if end is None else end + _ONE_DAY, yesterday))


def _placement(row: Employee, first_day: date | None, last_day: date) -> Placement:
    return Placement(
        employee_id=row.id,
        unit_id=row.unit_id,
        supervisor_id=row.supervisor_id,
        position=row.position,
        first_day=first_day,
        last_day=last_day,
    )
