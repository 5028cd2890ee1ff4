"""What can be imported: for each sheet its table, key, columns, and what becomes of rows that are not in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from bot.services.imports import checks
from bot.services.imports.cells import (
    Reader,
    civil_servant_number,
    code,
    day,
    degrees,
    geometry,
    maybe,
    one_of,
    text,
    usually,
    whole,
    words,
    yes_or_no,
)
from bot.services.imports.checks import Values
from models.base import Base
from models.calendar import HolidayOverride, ServiceLimit
from models.employee import Employee, RoleGrant
from models.organisation import Addressee, Area, CityFact, EmergencyNumber, ReplyTemplate, Service, TemplateKind, Unit
from models.rules.complaint_flow import Status
from models.rules.permissions import GRANTED


class Absent(Enum):
    """What an import does to rows that its sheet does not have."""

    KEEP = auto()
    END = auto()
    DELETE = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet. `refers` names the sheet whose key it holds."""

    name: str
    read: Reader = text
    required: bool = False
    refers: str | None = None

    @property
    def attribute(self) -> str:
        return f"{self.name}_id" if self.refers else self.name


def _nothing_wrong(_values: Values) -> Iterable[tuple[str, str]]:
    return ()


def _nothing_more(_values: Values, _today: date) -> Values:
    return {}


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet and its database table.

    `check` names columns and faults that only the whole row shows; `first` gives attributes that a new row
    has beside its columns; a sheet that does not `add` only changes rows; no two rows share their `unique` values.
    """

    name: str
    model: type[Base]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    absent: Absent
    adds: bool = True
    unique: tuple[str, ...] = ()
    check: Callable[[Values], Iterable[tuple[str, str]]] = _nothing_wrong
    first: Callable[[Values, date], Values] = _nothing_more

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if there is none."""
        return {column.name: column for column in self.columns}[name]

    def longest(self, column: Column) -> int | None:
        """How many characters the database takes."""
        length = getattr(self.model.__table__.columns[column.attribute].type, "length", None)
        return length if isinstance(length, int) else None


_CODE = Column("code", code, required=True)
_NAME = Column("name", required=True)
_KEYWORDS = Column("keywords", words)
_PERIOD = (Column("valid_from", maybe(day)), Column("valid_to", maybe(day)))

#: In the order in which they are applied: what is referred to comes first.
TABLES = {
    table.name: table
    for table in (
        Table(
            "city",
            CityFact,
            ("key",),
            (Column("key", code, required=True), Column("value")),
            Absent.KEEP,
            check=checks.of_fact,
        ),
        Table(
            "sla",
            ServiceLimit,
            ("name",),
            (
                Column("name", code, required=True),
                Column("days", whole, required=True),
                Column("working", yes_or_no, required=True),
            ),
            Absent.KEEP,
        ),
        Table(
            "holidays",
            HolidayOverride,
            ("day",),
            (Column("day", day, required=True), _NAME, Column("working", yes_or_no, required=True)),
            Absent.DELETE,
        ),
        Table(
            "emergency",
            EmergencyNumber,
            ("kind",),
            (
                Column("kind", code, required=True),
                Column("label", required=True),
                Column("number", required=True),
                _KEYWORDS,
                Column("position", whole, required=True),
            ),
            Absent.DELETE,
        ),
        Table("addressees", Addressee, ("code",), (_CODE, _NAME, Column("contact"), _KEYWORDS), Absent.KEEP),
        Table(
            "templates",
            ReplyTemplate,
            ("code",),
            (
                _CODE,
                Column("state", one_of(Status), required=True),
                Column("kind", usually(TemplateKind.REPLY, one_of(TemplateKind))),
                Column("title", required=True),
                Column("text", required=True),
            ),
            Absent.DELETE,
            check=checks.of_template,
        ),
        Table(
            "units",
            Unit,
            ("code",),
            (
                _CODE,
                _NAME,
                Column("short_name", required=True),
                Column("kind", code, required=True),
                Column("parent", maybe(code), refers="units"),
                Column("merged_into", maybe(code), refers="units"),
                Column("aliases", words),
                _KEYWORDS,
                Column("address"),
                Column("hours"),
                Column("auto_assign", maybe(yes_or_no)),
                *_PERIOD,
            ),
            Absent.END,
            check=checks.of_unit,
        ),
        Table(
            "services",
            Service,
            ("code",),
            (
                _CODE,
                Column("unit", code, required=True, refers="units"),
                _NAME,
                Column("aliases", words),
                _KEYWORDS,
                Column("standard_value", maybe(whole)),
                Column("standard_unit", maybe(one_of(("working_days", "hours")))),
                Column("cost"),
                Column("requirements"),
                *_PERIOD,
            ),
            Absent.END,
            check=checks.of_service,
        ),
        Table(
            "areas",
            Area,
            ("code",),
            (
                _CODE,
                Column("kelurahan", required=True),
                Column("kecamatan", required=True),
                Column("latitude", degrees(90), required=True),
                Column("longitude", degrees(180), required=True),
                Column("aliases", words),
            ),
            Absent.KEEP,
            unique=("kecamatan", "kelurahan"),
        ),
        Table(
            "boundaries",
            Area,
            ("code",),
            (_CODE, Column("boundary", geometry, required=True)),
            Absent.KEEP,
            adds=False,
        ),
        Table(
            "roster",
            Employee,
            ("nip",),
            (
                Column("nip", civil_servant_number, required=True),
                _NAME,
                Column("unit", code, required=True, refers="units"),
                Column("position"),
                Column("grade"),
                Column("supervisor", maybe(civil_servant_number), refers="roster"),
                *_PERIOD,
            ),
            Absent.END,
            check=checks.of_period,
            first=checks.kind_of_employee,
        ),
        Table(
            "roles",
            RoleGrant,
            ("employee", "role", "unit"),
            (
                Column("employee", civil_servant_number, required=True, refers="roster"),
                Column("role", one_of(GRANTED), required=True),
                Column("unit", maybe(code), refers="units"),
                Column("valid_to", maybe(day)),
            ),
            Absent.END,
            first=lambda _values, today: {"valid_from": today},
        ),
    )
}
#: For the people who keep the file; never imported.
REMARK = "note"
