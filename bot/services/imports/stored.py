"""What the database holds now, in the words of the sheets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.imports.checks import Values
from bot.services.imports.shapes import Table
from bot.services.imports.tables import TABLES
from models.base import Base

#: The values of a row's key columns, in the table's order.
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """The rows of one table by key, and the same as values by column."""

    rows: dict[Key, Base]
    values: dict[Key, Values]


async def stored(session: AsyncSession, table: Table) -> Stored:
    """Every row of the table; of several with one key (a role given twice) the latest."""
    names = {
        column.refers: {number: key for key, number in (await numbers(session, column.refers)).items()}
        for column in table.columns
        if column.refers
    }
    rows: dict[Key, Base] = {}
    values: dict[Key, Values] = {}
    order = inspect(table.model).primary_key
    for row in await session.scalars(select(table.model).order_by(*order)):
        held: dict[str, Any] = {}
        for column in table.columns:
            value = getattr(row, column.attribute)
            held[column.name] = names[column.refers].get(value) if column.refers else value
        key = key_of(table, held)
        rows[key], values[key] = row, held
    return Stored(rows, values)


async def numbers(session: AsyncSession, name: str) -> dict[str, int]:
    """The ids of a table that others refer to, by its key."""
    table = TABLES[name]
    columns = table.model.__table__.columns
    found = await session.execute(select(columns[table.key[0]], columns["id"]))
    return {key: number for key, number in found}


def key_of(table: Table, values: Values) -> Key:
    """The key of a row of values."""
    return tuple(values.get(name) for name in table.key)
