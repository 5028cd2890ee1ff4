"""The register of reports as a workbook: one sheet in LAPOR's words, one with Open311's field names.

Nobody's name, account or number stands in it, for anonymous reports and all others alike (domain rule 14). The
column names are those of SP4N-LAPOR's list and of the Open311 GeoReport v2 standard, so they are never translated.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.db import Database
from bot.reports import workers
from bot.reports.desk import Slice
from bot.services.city import City, know
from bot.services.desk.visibility import unrestricted, visible_to
from models.complaint import Complaint, ReportClass
from models.rules.complaint_flow import OPEN, Status, Verdict
from models.rules.permissions import Presser

BATCH = 200
#: Fifty thousand reports take half a minute on two shared cores.
SECONDS = 300.0
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
USUAL_WIDTH = 17
WIDTHS = {
    **dict.fromkeys(("Isi Laporan", "description"), 46),
    **dict.fromkeys(("Lokasi", "address"), 28),
    **dict.fromkeys(("Kategori", "service_name", "Instansi Terdisposisi", "agency_responsible"), 23),
    **dict.fromkeys(("Tracking ID", "service_request_id"), 20),
    **dict.fromkeys(("requested_datetime", "updated_datetime", "expected_datetime"), 26),
    **dict.fromkeys(("Anonim", "Rahasia", "Sumber", "Nilai (1-4)", "Dibuka Kembali", "status", "lat", "long"), 11),
}
DEGREES = frozenset({"lat", "long"})
#: The sheet with LAPOR's table, which people read and print, and the one for programs.
REGISTER, PROGRAMS = "Register", "Open311"


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

    Restricted reports are left out, whoever asks: what is printed or forwarded is out of our hands. WorkerError when
    it cannot be made.
    """
    condition = and_(visible_to(presser), unrestricted(), cut.condition())
    return await workbook(db, condition, words, now)


async def workbook(db: Database, condition: ColumnElement[bool], words: Sequence[str], now: datetime) -> bytes:
    """The workbook of the reports that meet the condition."""
    return await workers.run(workers.SHEETS, _parts(db, condition, words, now), SECONDS)


async def _parts(
    db: Database, condition: ColumnElement[bool], words: Sequence[str], now: datetime
) -> AsyncIterator[bytes]:
    """Both sheets with their headings, and then their rows in turn, a batch of reports after the other.

    The lines about the list stand above LAPOR's table only; Open311's sheet begins with its field names.
    """
    above = [*({"row": [text], "style": "plain" if line else "title"} for line, text in enumerate(words)), []]
    yield workers.packed([*_head(REGISTER, LAPOR, above), *_head(PROGRAMS, OPEN311, [])])
    async with db.read() as session:
        city = await know(session, now)
        async for batch in rows(session, condition):
            for name, columns in ((REGISTER, LAPOR), (PROGRAMS, OPEN311)):
                told = ([_cell(value_of(report, city), city) for _, value_of in columns] for report in batch)
                yield workers.packed([{"sheet": name}, *told])


def _head(name: str, columns: Sequence[Column], above: Sequence[Any]) -> list[Any]:
    """Opens a sheet: the lines above, and the headings."""
    titles = [title for title, _ in columns]
    opening = {
        "sheet": name,
        "widths": [WIDTHS.get(title, USUAL_WIDTH) for title in titles],
        "styles": ["degrees" if title in DEGREES else "entry" for title in titles],
        "freeze": [len(above) + 1, 1],
        "filter": True,
        "paper": "A3",
    }
    return [opening, *above, {"row": titles, "style": "head"}]


def _cell(value: Value, city: City) -> Any:
    if isinstance(value, datetime):
        return {"moment": value.astimezone(city.calendar.zone).replace(tzinfo=None).isoformat()}
    return None if value == "" else value
