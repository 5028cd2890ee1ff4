"""The register of reports as a workbook: one sheet in LAPOR's words, one with Open311's field names.

Nobody's name, account or number stands in it, for anonymous reports and all others alike (domain rule 14). The
column names are those of SP4N-LAPOR's list and of the Open311 GeoReport v2 standard, so they are never translated.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.db import Database
from bot.reports.desk import Slice
from bot.reports.sheets import A3, for_paper, height_of
from bot.services.city import City, know
from bot.services.desk.visibility import unrestricted, visible_to
from models.complaint import Complaint, ReportClass
from models.rules.complaint_flow import OPEN, Status, Verdict
from models.rules.permissions import Presser

BATCH = 500
MOMENT = "dd/mm/yyyy hh:mm"
#: LAPOR's word for each status.
LAPOR_STATUS = {
    Status.RECEIVED: "Baru",
    Status.INCOMPLETE: "Tunda",
    Status.VERIFIED: "Terverifikasi",
    Status.DISPOSED: "Disposisi",
    Status.IN_PROGRESS: "Proses",
    Status.FOLLOWED_UP: "Ditindaklanjuti",
    Status.REOPENED: "Dibuka kembali",
    Status.CLOSED: "Selesai",
    Status.NOT_OURS: "Bukan wewenang",
    Status.ARCHIVED: "Arsip",
    Status.WITHDRAWN: "Dicabut",
}
LAPOR_CLASS = {
    ReportClass.COMPLAINT: "Pengaduan",
    ReportClass.ASPIRATION: "Aspirasi",
    ReportClass.INFORMATION: "Permintaan Informasi",
}
LAPOR_VERDICT = {
    Verdict.SOLVED: "Dinyatakan selesai oleh pelapor",
    Verdict.NOT_SOLVED: "Dinyatakan belum selesai oleh pelapor",
    Verdict.WITHOUT_CONFIRMATION: "Ditutup tanpa konfirmasi",
}

Value = str | int | float | datetime | None


def _unit(complaint: Complaint, city: City) -> str:
    return city.units[complaint.unit_id].name if complaint.unit_id is not None else ""


def _place(complaint: Complaint, city: City) -> str:
    area = city.areas.get(complaint.area_id or 0)
    parts = [complaint.landmark, area and f"Kelurahan {area.kelurahan}", area and f"Kecamatan {area.kecamatan}"]
    return ", ".join(part for part in parts if part)


def _service(complaint: Complaint, city: City) -> str:
    return city.services[complaint.service_id].name if complaint.service_id is not None else ""


def _service_code(complaint: Complaint, city: City) -> str:
    return city.services[complaint.service_id].code if complaint.service_id is not None else complaint.report_class


def _last_change(complaint: Complaint) -> datetime:
    moments = (complaint.received_at, complaint.disposed_at, complaint.first_response_at)
    return max(moment for moment in (*moments, complaint.followed_up_at, complaint.closed_at) if moment is not None)


def _yes(flag: bool) -> str:
    return "Ya" if flag else "Tidak"


Column = tuple[str, Callable[[Complaint, City], Value]]
LAPOR: tuple[Column, ...] = (
    ("Tracking ID", lambda c, _: c.code),
    ("Tanggal Laporan", lambda c, _: c.received_at),
    ("Klasifikasi", lambda c, _: LAPOR_CLASS[c.report_class]),
    ("Kategori", _service),
    ("Isi Laporan", lambda c, _: c.text),
    ("Lokasi", _place),
    ("Instansi Terdisposisi", _unit),
    ("Status", lambda c, _: LAPOR_STATUS[c.status]),
    ("Anonim", lambda c, _: _yes(c.anonymous)),
    ("Rahasia", lambda c, _: _yes(c.confidential)),
    ("Sumber", lambda c, _: c.source.value),
    ("Tanggal Disposisi", lambda c, _: c.disposed_at),
    ("Tanggal Respons Pertama", lambda c, _: c.first_response_at),
    ("Tanggal Tindak Lanjut", lambda c, _: c.followed_up_at),
    ("Tanggal Selesai", lambda c, _: c.closed_at),
    ("Batas Penyelesaian", lambda c, _: c.settle_due_at),
    ("Penilaian Pelapor", lambda c, _: LAPOR_VERDICT[c.verdict] if c.verdict else ""),
    ("Nilai (1-4)", lambda c, _: c.score),
    ("Dibuka Kembali", lambda c, _: c.reopened),
)
OPEN311: tuple[Column, ...] = (
    ("service_request_id", lambda c, _: c.code),
    ("status", lambda c, _: "open" if c.status in OPEN else "closed"),
    ("status_notes", lambda c, _: LAPOR_STATUS[c.status]),
    ("service_name", _service),
    ("service_code", _service_code),
    ("description", lambda c, _: c.text),
    ("agency_responsible", _unit),
    ("requested_datetime", lambda c, _: c.received_at.isoformat(timespec="seconds")),
    ("updated_datetime", lambda c, _: _last_change(c).isoformat(timespec="seconds")),
    ("expected_datetime", lambda c, _: c.settle_due_at.isoformat(timespec="seconds")),
    ("address", _place),
    ("lat", lambda c, _: c.latitude),
    ("long", lambda c, _: c.longitude),
)
#: Words that begin like a formula stay words.
OPTIONS = {"constant_memory": True, "remove_timezone": True, "strings_to_formulas": False, "strings_to_urls": False}
USUAL_WIDTH = 17
WIDTHS = {
    **dict.fromkeys(("Isi Laporan", "description"), 46),
    **dict.fromkeys(("Lokasi", "address"), 28),
    **dict.fromkeys(("Kategori", "service_name", "Instansi Terdisposisi", "agency_responsible"), 23),
    **dict.fromkeys(("Tracking ID", "service_request_id"), 20),
    **dict.fromkeys(("requested_datetime", "updated_datetime", "expected_datetime"), 26),
    **dict.fromkeys(("Anonim", "Rahasia", "Sumber", "Nilai (1-4)", "Dibuka Kembali", "status", "lat", "long"), 11),
}
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "plain": {},
    "head": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DCE6F1", "border": 1},
    "cell": {"text_wrap": True, "valign": "top"},
    "moment": {"num_format": MOMENT, "valign": "top", "align": "left"},
    "degrees": {"num_format": "0.000000", "valign": "top"},
}


async def rows(session: AsyncSession, condition: ColumnElement[bool]) -> AsyncIterator[Sequence[Complaint]]:
    """The reports of a condition, the oldest first, in batches: memory does not grow with the register."""
    last = 0
    while True:
        batch = (
            await session.scalars(
                select(Complaint)
                .where(condition, Complaint.id > last)
                .options(joinedload(Complaint.service))
                .order_by(Complaint.id)
                .limit(BATCH)
            )
        ).all()
        if not batch:
            return
        yield batch
        last = batch[-1].id
        for complaint in batch:
            session.expunge(complaint)


async def make(db: Database, presser: Presser, cut: Slice, words: Sequence[str], now: datetime) -> bytes:
    """The workbook for the person who asked, by the rights of now; `words` are the lines above the list.

    Restricted reports are left out, whoever asks: what is printed or forwarded is out of our hands.
    """
    async with db.read() as session:
        condition = and_(visible_to(presser), unrestricted(), cut.condition())
        return await register(session, condition, await know(session, now), words)


async def register(session: AsyncSession, condition: ColumnElement[bool], city: City, words: Sequence[str]) -> bytes:
    """The workbook of the reports that meet the condition. Words that look like formulas stay words."""
    kept = BytesIO()
    book = _Book(xlsxwriter.Workbook(kept, OPTIONS), city, words)
    async for batch in rows(session, condition):
        await asyncio.to_thread(book.add, batch)
    book.close()
    return kept.getvalue()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet, its columns with their widths, and the line of its headings."""

    sheet: Any
    columns: Sequence[Column]
    widths: Sequence[float]
    head: int


class _Book:
    """The workbook while it is written, line by line on both sheets.

    The lines about the list stand above LAPOR's table, which people read and print; Open311's sheet begins with its
    field names, for programs.
    """

    def __init__(self, book: Any, city: City, words: Sequence[str]) -> None:
        self._book, self._city, self._count = book, city, 0
        self._styles = {name: book.add_format(style) for name, style in STYLES.items()}
        self._sheets = [
            self._open("Register", LAPOR, words),
            self._open("Open311", OPEN311, ()),
        ]

    def _open(self, name: str, columns: Sequence[Column], words: Sequence[str]) -> _Sheet:
        sheet, head = self._book.add_worksheet(name), len(words) + 1 if words else 0
        widths = [WIDTHS.get(title, USUAL_WIDTH) for title, _ in columns]
        for number, width in enumerate(widths):
            sheet.set_column(number, number, width)
        for line, text in enumerate(words):
            sheet.write_string(line, 0, text, self._styles["plain" if line else "title"])
        sheet.set_row(head, height_of((title, width) for (title, _), width in zip(columns, widths, strict=True)))
        for number, (title, _) in enumerate(columns):
            sheet.write_string(head, number, title, self._styles["head"])
        sheet.freeze_panes(head + 1, 1)
        for_paper(sheet, head, A3)
        return _Sheet(sheet, columns, widths, head)

    def add(self, batch: Sequence[Complaint]) -> None:
        """Write the next reports."""
        for complaint in batch:
            self._count += 1
            for one in self._sheets:
                self._row(one, one.head + self._count, [value_of(complaint, self._city) for _, value_of in one.columns])

    def _row(self, one: _Sheet, line: int, values: Sequence[Value]) -> None:
        words = [value if isinstance(value, str) else None for value in values]
        one.sheet.set_row(line, height_of(zip(words, one.widths, strict=True)))
        for column, value in enumerate(values):
            self._write(one.sheet, line, column, value)

    def _write(self, sheet: Any, line: int, column: int, value: Value) -> None:
        if isinstance(value, datetime):
            sheet.write_datetime(line, column, value.astimezone(self._city.calendar.zone), self._styles["moment"])
        elif isinstance(value, int | float):
            sheet.write_number(line, column, value, self._styles["cell" if isinstance(value, int) else "degrees"])
        elif value:
            sheet.write_string(line, column, value, self._styles["cell"])

    def close(self) -> None:
        """Finish the file."""
        for one in self._sheets:
            one.sheet.autofilter(one.head, 0, one.head + max(self._count, 1), len(one.columns) - 1)
        self._book.close()
