"""Databases of an earlier release with a row in every table, and what stands in a database whatever its release."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Engine, Enum, Integer, MetaData, Numeric, String, inspect
from sqlalchemy import select as choose

from models.tables import metadata

NOW = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
#: What a column gets by its type, the first that fits; texts get the column's name.
VALUES: tuple[tuple[type[Any], Any], ...] = (
    (Boolean, True),
    (Integer, 1),
    (Numeric, Decimal("0.5")),
    (DateTime, NOW),
    (Date, date(2026, 11, 1)),
    (JSON, {"kept": ["as", "it", "is"]}),
)

#: What a check of the table asks for instead.
FITTING: dict[tuple[str, str], Any] = {
    ("course_session", "ends_at"): NOW + timedelta(hours=3),
    ("forum", "ends_at"): NOW + timedelta(hours=3),
    ("nomination", "unit_id"): None,
    ("certificate", "previous"): None,
}

Rows = dict[str, list[dict[str, Any]]]


def settle(engine: Engine) -> None:
    """Write one row into each table, the first of its kind, every column filled."""
    tables = _reflected(engine)
    done: set[str] = set()
    with engine.begin() as connection:
        for table in tables.sorted_tables:
            if table.name != "alembic_version":
                connection.execute(table.insert().values({c.name: _value(c, done) for c in table.columns}))
                done.add(table.name)


def _value(column: Column[Any], done: set[str]) -> Any:
    """A value that the column and the models take; a reference leads to the only row there is."""
    if (column.table.name, column.name) in FITTING:
        return FITTING[column.table.name, column.name]
    homes = {key.column.table.name for key in column.foreign_keys} - {column.table.name}
    if homes and not homes <= done:
        return None
    known = metadata.tables[column.table.name].columns.get(column.name)
    if known is not None and isinstance(known.type, Enum):
        return known.type.enums[0]
    for kind, value in VALUES:
        if isinstance(column.type, kind):
            return value
    assert isinstance(column.type, String), column
    return column.name[: column.type.length]


def rows(engine: Engine, shown: Rows | None = None) -> Rows:
    """Table → rows, in the columns of `shown` or in all."""
    tables = _reflected(engine).tables
    wanted = {name: list(first[0]) for name, first in shown.items()} if shown is not None else None
    found: Rows = {}
    with engine.connect() as connection:
        for name in wanted if wanted is not None else tables.keys() - {"alembic_version"}:
            columns = (
                [tables[name].columns[column] for column in wanted[name]] if wanted is not None else [tables[name]]
            )
            found[name] = [dict(row) for row in connection.execute(choose(*columns)).mappings()]
    return found


def shape(engine: Engine) -> dict[str, Any]:
    """What a database says of its tables: columns with defaults, checks, keys, indexes."""
    look = inspect(engine)
    return {
        table: {
            "columns": sorted(
                (c["name"], str(c["type"]), c["nullable"], c["default"]) for c in look.get_columns(table)
            ),
            "checks": sorted((c["name"] or "", c["sqltext"]) for c in look.get_check_constraints(table)),
            "unique": sorted((u["name"] or "", *u["column_names"]) for u in look.get_unique_constraints(table)),
            "foreign": sorted(
                (f["name"] or "", *f["constrained_columns"], f["referred_table"], str(f["options"]))
                for f in look.get_foreign_keys(table)
            ),
            "indexes": sorted((i["name"] or "", *map(str, i["column_names"])) for i in look.get_indexes(table)),
        }
        for table in look.get_table_names()
        if table != "alembic_version"
    }


def _reflected(engine: Engine) -> MetaData:
    tables = MetaData()
    tables.reflect(engine)
    return tables
