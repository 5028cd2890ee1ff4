"""What a sheet of the city's data is: its table, key, columns, and what becomes of rows that are not in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from bot.services.imports.cells import Reader, text
from bot.services.imports.checks import Values
from models.base import Base


class Absent(Enum):
    """What an import does to rows that its sheet does not have."""

    KEEP = auto()
    END = auto()
    DELETE = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet. `refers` names the sheet whose key it holds, `kept_as` its attribute of another name."""

    name: str
    read: Reader = text
    required: bool = False
    refers: str | None = None
    kept_as: str | None = None

    @property
    def attribute(self) -> str:
        return self.kept_as or (f"{self.name}_id" if self.refers else self.name)


def _nothing_wrong(_values: Values) -> Iterable[tuple[str, str]]:
    return ()


def _any_change(_row: Base, _old: Values, _new: Values, _today: date) -> Iterable[tuple[str, str]]:
    return ()


def _nothing_more(_values: Values, _today: date) -> Values:
    return {}


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet and its database table.

    `check` names columns and faults that only the whole row shows, `keep` those of changing a stored row (the row, its
    old and new values, today); `first` gives attributes that a new row has beside its columns; a sheet that does not
    `add` only changes rows, one that `may_be_empty` has no rows in a city that uses none; no two rows share their
    `unique` values.
    """

    name: str
    model: type[Base]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    absent: Absent
    adds: bool = True
    may_be_empty: bool = False
    unique: tuple[str, ...] = ()
    check: Callable[[Values], Iterable[tuple[str, str]]] = _nothing_wrong
    keep: Callable[[Base, Values, Values, date], Iterable[tuple[str, str]]] = _any_change
    first: Callable[[Values, date], Values] = _nothing_more

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if there is none."""
        return {column.name: column for column in self.columns}[name]

    def longest(self, column: Column) -> int | None:
        """How many characters the database takes."""
        length = getattr(self.model.__table__.columns[column.attribute].type, "length", None)
        return length if isinstance(length, int) else None
