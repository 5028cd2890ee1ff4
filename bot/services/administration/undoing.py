"""Undo changes of the city's data: rows that came go or end, rows that changed or went are as before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import city
from bot.services.imports.applying import apply
from bot.services.imports.plans import Change, ChangeKind
from bot.services.imports.shapes import Absent, Table
from bot.services.imports.stored import Stored, stored
from bot.services.imports.tables import TABLES
from models.base import Base
from models.errors import Refusal


async def undo(session: AsyncSession, changes: Sequence[Change], today: date) -> None:
    """Undo them all; refused with `data_changed` when a row is no longer as the changes left it."""
    present = {name: await stored(session, TABLES[name]) for name in {change.table for change in changes}}
    for change in changes:
        _require_as_left(present[change.table], change)
    await apply(session, [turned for change in changes if (turned := _turned(change)) is not None], today)
    for change in reversed(changes):
        if change.kind is ChangeKind.ADDED:
            await _remove(session, present[change.table].rows[change.key], TABLES[change.table], today)
    city.forget(session)


def _require_as_left(present: Stored, change: Change) -> None:
    row = present.values.get(change.key)
    is_gone = change.kind is ChangeKind.REMOVED and TABLES[change.table].absent is Absent.DELETE
    if (row is None) is not is_gone:
        raise Refusal("data_changed")
    if row is not None and any(row[column] != new for column, (_, new) in change.values.items()):
        raise Refusal("data_changed")


def _turned(change: Change) -> Change | None:
    """The change that leads back; None for a row that came, which is removed afterwards."""
    if change.kind is ChangeKind.ADDED:
        return None
    back = {column: (new, old) for column, (old, new) in change.values.items()}
    deleted = change.kind is ChangeKind.REMOVED and TABLES[change.table].absent is Absent.DELETE
    return Change(change.table, ChangeKind.ADDED if deleted else ChangeKind.CHANGED, change.key, back)


async def _remove(session: AsyncSession, row: Base, table: Table, today: date) -> None:
    """A row that nothing refers to goes; one that is in use already only ends, where its table keeps the past."""
    try:
        async with session.begin_nested():
            await session.delete(row)
    except IntegrityError:
        if table.absent is not Absent.END:
            raise Refusal("data_changed") from None
        await session.refresh(row)
        setattr(row, "valid_to", today - timedelta(days=1))  # noqa: B010 - every table that ends has this column
        await session.flush()
