"""Write the changes of a plan, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import city
from bot.services.imports import transfers
from bot.services.imports.plans import Change, ChangeKind
from bot.services.imports.shapes import Absent, Table
from bot.services.imports.stored import numbers, stored
from bot.services.imports.tables import TABLES
from models.base import Base

#: Called as the work goes on: sheet, rows done, rows in all.
Progress = Callable[[str, int, int], None]


def silent(_sheet: str, _done: int, _total: int) -> None:
    """For callers that show no progress."""


async def apply(session: AsyncSession, changes: Sequence[Change], today: date, progress: Progress = silent) -> None:
    """Insert, update, end or delete the rows; the city is read anew by the next turn."""
    for table in TABLES.values():
        own = [change for change in changes if change.table == table.name]
        if own:
            await _apply_to(session, table, own, today, progress)
    city.forget(session)


async def _apply_to(
    session: AsyncSession, table: Table, changes: list[Change], today: date, progress: Progress
) -> None:
    rows = (await stored(session, table)).rows
    ids = {
        column.refers: await numbers(session, column.refers)
        for column in table.columns
        if column.refers and column.refers != table.name
    }
    await transfers.remember(session, table, changes, rows, today)
    for done, change in enumerate(changes, start=1):
        if change.kind is ChangeKind.REMOVED and table.absent is Absent.DELETE:
            await session.delete(rows[change.key])
        else:
            row = rows[change.key] if change.key in rows else _new(session, table, change, today)
            rows[change.key] = row
            _fill(row, table, change, ids)
        progress(table.name, done, len(changes))
    await session.flush()
    if any(column.refers == table.name for column in table.columns):
        await _link(session, table, changes, rows)


def _new(session: AsyncSession, table: Table, change: Change, today: date) -> Base:
    values = {name: new for name, (_, new) in change.values.items()}
    row = table.model(**table.first(values, today))
    session.add(row)
    return row


def _fill(row: Base, table: Table, change: Change, ids: dict[str, dict[str, int]]) -> None:
    for name, (_, new) in change.values.items():
        column = table.column(name)
        if column.refers is None:
            setattr(row, column.attribute, new)
        elif column.refers != table.name:
            setattr(row, column.attribute, ids[column.refers].get(new))


async def _link(session: AsyncSession, table: Table, changes: list[Change], rows: dict[Any, Base]) -> None:
    """Rows that refer to rows of their own table, now that all of them have ids."""
    ids = await numbers(session, table.name)
    for change in changes:
        for name, (_, new) in change.values.items():
            column = table.column(name)
            if column.refers == table.name:
                setattr(rows[change.key], column.attribute, ids.get(new))
    await session.flush()
