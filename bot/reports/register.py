"""The register of reports as a workbook: one sheet in LAPOR's words, one with Open311's field names.

Nobody's name, account or number stands in it, for anonymous reports and all others alike (domain rule 14). The
column names are those of SP4N-LAPOR's list and of the Open311 GeoReport v2 standard, so they are never translated.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.db import Database
from bot.reports.desk import Slice
from bot.services.city import City, know
from bot.services.desk.figures import moments_of, units_of
from bot.services.desk.visibility import unrestricted, visible_to
from bot.services.people import presser_of
from models.complaint import Complaint, ReportClass
from models.person import Person
from models.rules.complaint_flow import OPEN, Status, Verdict
from models.rules.desk.spans import Span

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
    ("requested_datetime", lambda c, _: c.received_at.isoformat()),
    ("updated_datetime", lambda c, _: _last_change(c).isoformat()),
    ("expected_datetime", lambda c, _: c.settle_due_at.isoformat()),
    ("address", _place),
    ("lat", lambda c, _: c.latitude),
    ("long", lambda c, _: c.longitude),
)
SHEETS = {"Register": LAPOR, "Open311": OPEN311}
#: Words that begin like a formula stay words.
OPTIONS = {"constant_memory": True, "remove_timezone": True, "strings_to_formulas": False, "strings_to_urls": False}
WIDTHS = {"Isi Laporan": 60, "description": 60, "Lokasi": 36, "address": 36}


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


async def make(db: Database, person_id: int, span: Span, now: datetime) -> tuple[str, bytes]:
    """Name and bytes of the workbook for the person who asked, of the days of a span, by the rights of now.

    Restricted reports are left out, whoever asks: what is printed or forwarded is out of our hands.
    """
    async with db.read() as session:
        person = await session.get_one(Person, person_id)
        presser, city = await presser_of(session, person, now), await know(session, now)
        since, until, first, last = moments_of(city, span, now)
        cut = Slice(since, until, units_of(presser)).condition()
        content = await register(session, and_(visible_to(presser), unrestricted(), cut), city)
    return f"laporan-{first:%Y%m%d}-{last:%Y%m%d}.xlsx", content


async def register(session: AsyncSession, condition: ColumnElement[bool], city: City) -> bytes:
    """The workbook of the reports that meet the condition. Words that look like formulas stay words."""
    kept = BytesIO()
    book = _Book(xlsxwriter.Workbook(kept, OPTIONS), city)
    async for batch in rows(session, condition):
        await asyncio.to_thread(book.add, batch)
    book.close()
    return kept.getvalue()


class _Book:
    """The workbook while it is written, line by line on both sheets."""

    def __init__(self, book: Any, city: City) -> None:
        self._book, self._city, self._line = book, city, 0
        self._moment = book.add_format({"num_format": MOMENT})
        head = book.add_format({"bold": True, "text_wrap": True})
        self._sheets = [(_sheet(book, name, columns, head), columns) for name, columns in SHEETS.items()]

    def add(self, batch: Sequence[Complaint]) -> None:
        """Write the next reports."""
        for complaint in batch:
            self._line += 1
            for sheet, columns in self._sheets:
                for number, (_, value_of) in enumerate(columns):
                    self._write(sheet, number, value_of(complaint, self._city))

    def _write(self, sheet: Any, column: int, value: Value) -> None:
        if isinstance(value, datetime):
            sheet.write_datetime(self._line, column, value.astimezone(self._city.calendar.zone), self._moment)
        elif isinstance(value, int | float):
            sheet.write_number(self._line, column, value)
        elif value:
            sheet.write_string(self._line, column, value)

    def close(self) -> None:
        """Finish the file."""
        for sheet, columns in self._sheets:
            sheet.autofilter(0, 0, max(self._line, 1), len(columns) - 1)
        self._book.close()


def _sheet(book: Any, name: str, columns: Sequence[Column], style: Any) -> Any:
    sheet = book.add_worksheet(name)
    for number, (title, _) in enumerate(columns):
        sheet.set_column(number, number, WIDTHS.get(title, 18))
        sheet.write_string(0, number, title, style)
    sheet.freeze_panes(1, 1)
    return sheet
