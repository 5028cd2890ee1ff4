"""A register's file read row by row: headings as people write them, moments in any form, nobody's name.

A column that is not known (a name, a NIK) is never looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, NamedTuple

from bot.services.imports.sheets import Cell, Row, Sheet
from bot.services.performance.records.counter import Serving
from models.errors import Refusal
from models.organisation import Service
from models.rules.performance.applications import clean_number, parse_moment, require_past
from models.rules.working_time import WorkCalendar

#: Column → what it may be called, with underscores for spaces.
HEADINGS: dict[str, tuple[str, ...]] = {
    "number": (
        *("nomor", "no", "nomor_permohonan", "no_permohonan", "no._permohonan", "nomor_register", "no_register"),
        *("nomor_registrasi", "no_registrasi", "no_reg", "number", "application_number", "nombor", "nombor_permohonan"),
    ),
    "service": ("layanan", "jenis_layanan", "nama_layanan", "kode_layanan", "service", "perkhidmatan", "jenis"),
    "received": (
        *("diterima", "tanggal_diterima", "tgl_diterima", "tanggal_masuk", "tgl_masuk", "waktu_masuk", "masuk"),
        *("tanggal_permohonan", "tgl_permohonan", "received", "received_at"),
    ),
    "complete": (
        *("berkas_lengkap", "lengkap", "tanggal_lengkap", "tgl_lengkap", "tanggal_berkas_lengkap", "waktu_lengkap"),
        *("complete", "complete_at"),
    ),
    "finished": (
        *("selesai", "tanggal_selesai", "tgl_selesai", "waktu_selesai", "tanggal_terbit", "tgl_terbit", "finished"),
        "finished_at",
    ),
}
MOST_ROWS = 20_000


class Wrong(NamedTuple):
    """What cannot be used: the row in the file (0: the whole), the column, a code."""

    row: int
    column: str
    code: str


class Application(NamedTuple):
    """One usable row."""

    service_id: int
    number: str
    received_at: datetime
    complete_at: datetime | None
    finished_at: datetime | None


@dataclass(slots=True)
class Register:
    """What a file holds: usable rows and faults."""

    rows: list[Application] = field(default_factory=list)
    faults: list[Wrong] = field(default_factory=list)


def read(by: Serving, services: Sequence[Service], sheets: Sequence[Sheet]) -> Register:
    """The rows of every sheet that has a column of numbers; the same number twice is a fault."""
    found, seen = Register(), set[tuple[int, str]]()
    names = _names(services)
    for sheet in sheets:
        columns = _columns(sheet)
        if "number" not in columns or "received" not in columns:
            continue
        for row in sheet.rows:
            _read_row(by, names, columns, row, found, seen)
    if not found.rows and not found.faults:
        found.faults.append(Wrong(0, "", "no_records"))
    if len(found.rows) > MOST_ROWS:
        return Register(faults=[Wrong(0, "", "too_many_records")])
    return found


def _read_row(
    by: Serving,
    names: Mapping[str, int],
    columns: Mapping[str, str],
    row: Row,
    found: Register,
    seen: set[tuple[int, str]],
) -> None:
    cells = {name: row.cells.get(column, "") for name, column in columns.items()}
    try:
        one = _application(by, names, cells)
    except _UnusableError as error:
        found.faults.append(Wrong(row.number, error.column, error.code))
        return
    if (one.service_id, one.number) in seen:
        found.faults.append(Wrong(row.number, "number", "twice"))
        return
    seen.add((one.service_id, one.number))
    found.rows.append(one)


class _UnusableError(Exception):
    def __init__(self, column: str, code: str) -> None:
        super().__init__(code)
        self.column, self.code = column, code


def _application(by: Serving, names: Mapping[str, int], cells: Mapping[str, Cell]) -> Application:
    try:
        number = clean_number(_text(cells["number"]))
    except Refusal as error:
        raise _UnusableError("number", error.code) from None
    service = next(iter(names.values())) if "service" not in cells and len(set(names.values())) == 1 else None
    if service is None:
        service = names.get(_plain(_text(cells.get("service", ""))))
    if service is None:
        raise _UnusableError("service", "unknown_service")
    calendar = by.city.calendar
    received = _moment(by, "received", cells["received"], calendar, ends=False)
    complete = _moment(by, "complete", cells.get("complete", ""), calendar, ends=False)
    finished = _moment(by, "finished", cells.get("finished", ""), calendar, ends=True)
    if received is None:
        raise _UnusableError("received", "no_moment")
    if complete is None and ("complete" not in cells or finished is not None):
        complete = received
    if complete is not None and complete < received:
        raise _UnusableError("complete", "moments_disordered")
    if finished is not None and complete is not None and finished < complete:
        raise _UnusableError("finished", "moments_disordered")
    return Application(service, number, received, complete, finished)


def _moment(by: Serving, column: str, cell: Cell, calendar: WorkCalendar, *, ends: bool) -> datetime | None:
    """A day and hour; of a day alone the hour when the office opens, for what is finished when it closes."""
    if _text(cell) == "":
        return None
    at = _read_moment(by, cell, calendar, ends=ends)
    if at is None:
        raise _UnusableError(column, "no_moment")
    try:
        return require_past(min(at, by.now) if calendar.local_day(at) == by.today else at, by.now)
    except Refusal as error:
        raise _UnusableError(column, error.code) from None


def _read_moment(by: Serving, cell: Cell, calendar: WorkCalendar, *, ends: bool) -> datetime | None:
    if isinstance(cell, datetime):
        if cell.time() != time():
            return cell.replace(tzinfo=calendar.zone) if cell.tzinfo is None else cell
        return _of_day(cell.date(), calendar, ends=ends)
    if isinstance(cell, date):
        return _of_day(cell, calendar, ends=ends)
    words = _text(cell).replace("T", " ")
    at = parse_moment(words, by.today, calendar.zone)
    if at is not None:
        return at
    noon = parse_moment(f"{words} 12.00", by.today, calendar.zone)
    return None if noon is None else _of_day(noon.date(), calendar, ends=ends)


def _of_day(day: date, calendar: WorkCalendar, *, ends: bool) -> datetime:
    if not calendar.is_working_day(day):
        return datetime.combine(day, time(12), calendar.zone)
    return calendar.closes(day) if ends else calendar.opens(day)


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return " ".join(str(cell).split())


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _names(services: Sequence[Service]) -> dict[str, int]:
    """Code, name and every other name of each service."""
    pairs: Iterator[tuple[str, int]] = (
        (_plain(name), one.id) for one in services for name in (*one.aliases, one.name, one.code)
    )
    return dict(pairs)


def _columns(sheet: Sheet) -> dict[str, str]:
    """What of the sheet is read: our column → its heading; the first of those that fit."""
    known = {heading: name for name, headings in HEADINGS.items() for heading in headings}
    found: dict[str, str] = {}
    for heading in sheet.columns:
        name = known.get(heading.rstrip(".:*"))
        if name is not None:
            found.setdefault(name, heading)
    return found


def packed(row: Application) -> list[Any]:
    """A row as JSON knows it."""
    moments = (row.received_at, row.complete_at, row.finished_at)
    return [row.service_id, row.number, *(None if at is None else at.isoformat() for at in moments)]


def unpacked(row: Sequence[Any]) -> Application:
    """The row back."""
    complete, finished = (None if at is None else datetime.fromisoformat(at) for at in row[3:])
    return Application(row[0], row[1], datetime.fromisoformat(row[2]), complete, finished)
