"""The register's workbook, read back as a clerk's Excel would."""

from __future__ import annotations

import random
import re
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import true

from bot.db import Database
from bot.reports import register
from bot.reports.desk import Dimension, Slice, overview
from models.complaint import Complaint
from models.person import Person
from models.rules.complaint_flow import Status
from tests.factories import small_city
from tests.reports.complaint_rows import NOW, a_report

WORDS = ("Daftar laporan: seluruh kota", "Pilihan: semua")


async def written(database: Database, condition: Any = None) -> dict[str, list[dict[str, Any]]]:
    """Sheet → rows by column name."""
    content = await register.workbook(database, true() if condition is None else condition, WORDS, NOW)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    found = {}
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python()
        if name == "Register":
            assert [row[0] for row in rows[: len(WORDS) + 1]] == [*WORDS, ""]
            rows = rows[len(WORDS) + 1 :]
        head, *rows = rows
        found[name] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


@pytest.fixture
async def reports(database: Database) -> list[Complaint]:
    dice = random.Random(7)
    made = [a_report(number, dice) for number in range(register.BATCH + 20)]
    async with database.begin() as session:
        await small_city(session)
        session.add_all(made)
    return made


async def test_every_report_stands_once_on_both_sheets_in_order(database: Database, reports: list[Complaint]) -> None:
    book = await written(database)
    assert [row["Tracking ID"] for row in book["Register"]] == [report.code for report in reports]
    assert [row["service_request_id"] for row in book["Open311"]] == [report.code for report in reports]
    for row, report in zip(book["Register"], reports, strict=True):
        assert row["Status"] == register.LAPOR_STATUS[report.status]
        shown = datetime.fromisoformat(str(row["Tanggal Laporan"]))  # a midnight is read as a date
        assert shown == (report.received_at + timedelta(hours=7)).replace(tzinfo=None), "Excel shows the city's time"


async def test_rule_45_the_rates_can_be_recomputed_from_the_register(
    database: Database, reports: list[Complaint]
) -> None:
    """Domain rule 45 for the desk: the sheet alone gives the numbers of the summary."""
    async with database.read() as session:
        summary = await overview(session, Slice(NOW - timedelta(days=400), NOW), Dimension.UNIT, NOW)
    sheet = (await written(database))["Register"]
    counted = [row for row in sheet if row["Status"] not in ("Arsip", "Bukan wewenang", "Dicabut")]
    assert len(counted) == summary.whole.counted
    closed = [row for row in counted if row["Status"] == "Selesai"]
    assert len(closed) == summary.whole.closed
    confirmed = [row for row in closed if row["Penilaian Pelapor"] == "Dinyatakan selesai oleh pelapor"]
    assert len(confirmed) == summary.whole.solved
    assert sum(row["Nilai (1-4)"] or 0 for row in counted) == summary.whole.score_sum


async def test_a_condition_chooses_the_rows(database: Database, reports: list[Complaint]) -> None:
    book = await written(database, Complaint.status == Status.CLOSED)
    assert {row["Status"] for row in book["Register"]} == {"Selesai"}
    assert {row["status"] for row in book["Open311"]} == {"closed"}


async def test_rule_14_no_reporter_stands_in_the_register(database: Database) -> None:
    """Domain rule 14, and more: not even an open report names its reporter in an export."""
    async with database.begin() as session:
        await small_city(session)
        person = Person(telegram_id=77_123_456, name="Siti Rahasia", language="id", created_at=NOW)
        session.add(person)
        await session.flush()
        for number, anonymous in enumerate((True, False)):
            report = a_report(number, random.Random(number))
            report.reporter_id, report.anonymous = person.id, anonymous
            session.add(report)
    book = await written(database)
    cells = [str(value) for sheet in book.values() for row in sheet for value in row.values()]
    assert len(book["Register"]) == 2
    assert not [cell for cell in cells if "Siti" in cell or "77123456" in cell.replace(".", "")]


async def test_words_that_look_like_a_formula_stay_words(database: Database) -> None:
    attack = '=HYPERLINK("http://example.org";"klik")'
    async with database.begin() as session:
        await small_city(session)
        report = a_report(1, random.Random(1))
        report.text = attack
        session.add(report)
    (row,) = (await written(database))["Register"]
    assert row["Isi Laporan"] == attack


async def test_an_empty_register_has_its_headings(database: Database) -> None:
    async with database.begin() as session:
        await small_city(session)
    book = await written(database)
    assert book == {"Register": [], "Open311": []}


async def test_long_words_have_room_and_the_paper_lies_across(database: Database) -> None:
    async with database.begin() as session:
        await small_city(session)
        for number, text in enumerate(("pendek", "panjang sekali " * 40, "tanpa akhir " * 400)):
            report = a_report(number, random.Random(number))
            report.text = text
            session.add(report)
    content = await register.workbook(database, true(), WORDS, NOW)
    for name, above in (("sheet1", len(WORDS) + 2), ("sheet2", 1)):
        sheet = ZipFile(BytesIO(content)).read(f"xl/worksheets/{name}.xml").decode()
        heights = [float(height) for height in re.findall(r'<row [^>]*?ht="([\d.]+)"', sheet)]
        assert 60 < heights[-2] < heights[-1] < 409.5, "the tallest row that Excel knows"
        assert 'orientation="landscape"' in sheet
        assert 'fitToHeight="0"' in sheet
        assert f'topLeftCell="B{above + 1}"' in sheet, "the headings stay in sight"


async def test_moments_for_programs_have_no_fractions(database: Database) -> None:
    async with database.begin() as session:
        await small_city(session)
        report = a_report(1, random.Random(1))
        report.received_at = NOW.replace(microsecond=692_212)
        session.add(report)
    (row,) = (await written(database))["Open311"]
    assert row["requested_datetime"] == "2026-11-02T03:00:00+00:00"
