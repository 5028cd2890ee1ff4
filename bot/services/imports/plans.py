"""What an import would do: every fault of the sheets, or every difference from what is stored."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.imports import indicator_tables
from bot.services.imports.cells import UnreadableCellError, text
from bot.services.imports.checks import Values
from bot.services.imports.shapes import Absent, Column, Table
from bot.services.imports.sheets import Row, Sheet
from bot.services.imports.stored import Key, Stored, key_of, stored
from bot.services.imports.tables import REMARK, TABLES


class ChangeKind(StrEnum):
    """What happens to a row. Removed means ended where the table keeps its past, else deleted."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Fault:
    """A named fault and where it stands; row and column are None where the whole sheet is meant."""

    sheet: str
    row: int | None
    column: str | None
    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One row's difference: by column its old and new value (None: there was none, there will be none)."""

    table: str
    kind: ChangeKind
    key: Key
    values: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Plan:
    """Either faults and no changes, or the changes to apply (none if the data is the same)."""

    faults: tuple[Fault, ...]
    changes: tuple[Change, ...]


@dataclass(slots=True)
class _Draft:
    """A sheet while it is read: its rows by key with their numbers."""

    table: Table
    sheet: Sheet
    before: Stored
    rows: dict[Key, tuple[int, dict[str, Any]]] = field(default_factory=dict)


async def draft(session: AsyncSession, sheets: Sequence[Sheet], today: date) -> Plan:
    """Check the sheets cell by cell and compare them with the database; nothing is written."""
    faults: list[Fault] = []
    drafts: dict[str, _Draft] = {}
    for sheet in sheets:
        table = TABLES.get(sheet.name)
        if table is None or sheet.name in drafts:
            code = "unknown_sheet" if table is None else "sheet_twice"
            faults.append(Fault(sheet.name, None, None, code, {"sheets": ", ".join(TABLES)}))
            continue
        drafts[sheet.name] = _Draft(table, sheet, await stored(session, table))
        faults += _read(drafts[sheet.name], today)
    for one in drafts.values():
        faults += _shared_values(one)
        faults += [fault async for fault in _references(session, one, drafts)]
    if not faults:
        faults += await _faults_across(session, drafts)
    if faults:
        return Plan(tuple(faults), ())
    ordered = [drafts[name] for name in TABLES if name in drafts]
    return Plan((), tuple(change for one in ordered for change in _differences(one, today)))


def _read(one: _Draft, today: date) -> Iterator[Fault]:
    """Fill the draft with the rows of its sheet."""
    table, sheet = one.table, one.sheet
    wrong = list(_header_faults(table, sheet))
    ends_all = table.absent is Absent.END and (one.before.rows or not table.may_be_empty)
    if not wrong and not sheet.rows and ends_all:
        wrong.append(Fault(sheet.name, None, None, "empty_sheet"))
    yield from wrong
    if wrong:
        return
    columns = [column for column in table.columns if column.name in sheet.columns]
    for row in sheet.rows:
        values: dict[str, Any] = {}
        faults = list(_row_faults(table, columns, sheet.name, row, today, values))
        key = key_of(table, values)
        if not faults and key in one.rows:
            faults.append(Fault(sheet.name, row.number, table.key[0], "twice", {"row": one.rows[key][0]}))
        if not faults and not table.adds and key not in one.before.rows:
            faults.append(Fault(sheet.name, row.number, table.key[0], "unknown_key", {"value": key[0]}))
        if not faults and key in one.before.rows:
            kept = table.keep(one.before.rows[key], one.before.values[key], values, today)
            faults += [Fault(sheet.name, row.number, name, fault) for name, fault in kept]
        yield from faults
        if not faults:
            one.rows[key] = row.number, values


def _header_faults(table: Table, sheet: Sheet) -> Iterator[Fault]:
    known = {column.name for column in table.columns} | {REMARK}
    for column in table.columns:
        if column.required and column.name not in sheet.columns:
            yield Fault(sheet.name, None, column.name, "missing_column")
    for name in dict.fromkeys(sheet.columns):
        if name not in known:
            yield Fault(sheet.name, None, name, "unknown_column")
        elif sheet.columns.count(name) > 1:
            yield Fault(sheet.name, None, name, "column_twice")


def _row_faults(
    table: Table, columns: list[Column], sheet: str, row: Row, today: date, values: dict[str, Any]
) -> Iterator[Fault]:
    """Read the row into `values`; a row with an unreadable cell is not checked as a whole."""
    sound = True
    for column in columns:
        cell = row.cells.get(column.name, "")
        try:
            if column.required and (cell == "" or text(cell, today) == ""):
                raise UnreadableCellError("empty_cell")
            values[column.name] = value = column.read(cell, today)
            longest = table.longest(column)
            if longest is not None and isinstance(value, str) and len(value) > longest:
                raise UnreadableCellError("too_long", longest=longest)
        except UnreadableCellError as error:
            sound = False
            yield Fault(sheet, row.number, column.name, error.code, error.values)
    if sound:
        for name, code in table.check(values):
            yield Fault(sheet, row.number, name, code)


def _shared_values(one: _Draft) -> Iterator[Fault]:
    """Rows whose unique values belong to another key already, in the sheet or in the database."""
    names = one.table.unique
    if not names:
        return
    owners = {
        tuple(values[name] for name in names): key for key, values in one.before.values.items() if key not in one.rows
    }
    for key, (number, values) in one.rows.items():
        if owners.setdefault(tuple(values[name] for name in names), key) != key:
            yield Fault(one.sheet.name, number, names[-1], "twice")


async def _references(session: AsyncSession, one: _Draft, drafts: Mapping[str, _Draft]) -> AsyncIterator[Fault]:
    """Faults of cells that name a row which neither the database nor the file has, or that go in a circle."""
    for column in one.table.columns:
        if column.refers is None:
            continue
        other = drafts.get(column.refers)
        known = set(other.before.rows if other else (await stored(session, TABLES[column.refers])).rows)
        known |= set(other.rows if other else ())
        for number, values in one.rows.values():
            named = values.get(column.name)
            if named is not None and (named,) not in known:
                yield Fault(one.sheet.name, number, column.name, "unknown_reference", {"value": named})
        if column.refers == one.table.name:
            for number in _circles(one, column.name):
                yield Fault(one.sheet.name, number, column.name, "circle")


async def _faults_across(session: AsyncSession, drafts: Mapping[str, _Draft]) -> list[Fault]:
    """What the indicators and their targets show only together, as they will be."""
    names = (indicator_tables.INDICATORS, indicator_tables.TARGETS)
    if not any(name in drafts for name in names):
        return []
    indicators, targets = [await _as_will_be(session, TABLES[name], drafts.get(name)) for name in names]
    faults = []
    for wrong in indicator_tables.across(indicators, targets):
        sent = ((name, drafts[name].rows.get(key)) for name, key in wrong.rows if name in drafts)
        place = next(((name, row[0]) for name, row in sent if row is not None), None)
        if place is not None:
            faults.append(Fault(place[0], place[1], wrong.column, wrong.code))
    return faults


async def _as_will_be(session: AsyncSession, table: Table, one: _Draft | None) -> Mapping[Key, Values]:
    if one is None:
        return (await stored(session, table)).values
    kept = {} if table.absent is Absent.DELETE else one.before.values
    return {**kept, **{key: {**one.before.values.get(key, {}), **values} for key, (_, values) in one.rows.items()}}


def _circles(one: _Draft, column: str) -> Iterator[int]:
    """Rows of the sheet from which following the column leads back to the row itself."""
    after = {key: values.get(column) for key, values in one.before.values.items()}
    after |= {key: values[column] for key, (_, values) in one.rows.items() if column in values}
    for start, (number, _) in one.rows.items():
        passed: set[Key] = set()
        key: Key = start
        while (named := after.get(key)) is not None and key not in passed:
            passed.add(key)
            key = (named,)
            if key == start:
                yield number
                break


def _differences(one: _Draft, today: date) -> Iterator[Change]:
    table = one.table
    for key, (_, values) in one.rows.items():
        old = one.before.values.get(key)
        if table.absent is Absent.END:
            values.setdefault("valid_to", None)
        if old is None:
            yield Change(table.name, ChangeKind.ADDED, key, {name: (None, new) for name, new in values.items()})
        elif changed := {name: (old[name], new) for name, new in values.items() if old[name] != new}:
            yield Change(table.name, ChangeKind.CHANGED, key, changed)
    for key, old in one.before.values.items():
        if key not in one.rows and (values := _removal(table, old, today)):
            yield Change(table.name, ChangeKind.REMOVED, key, values)


def _removal(table: Table, old: Values, today: date) -> dict[str, tuple[Any, Any]]:
    """What leaving a stored row out of the sheet does to it; yesterday was its last day."""
    if table.absent is Absent.DELETE:
        return {name: (value, None) for name, value in old.items()}
    if table.absent is Absent.KEEP or (old["valid_to"] is not None and old["valid_to"] < today):
        return {}
    return {"valid_to": (old["valid_to"], today - timedelta(days=1))}
