"""Courses by workbook: shown, written whole or not at all, faults by cell; what human resources download."""

from __future__ import annotations

from io import BytesIO

import pytest
import xlsxwriter
from sqlalchemy import func, select

from bot.callbacks import Learn
from bot.jobs.training import sheets as course_sheets
from bot.services.imports import sheets as readable
from bot.services.training import sheet_form as form
from models.training.course import Course
from tests import training_scenes as scenes
from tests.desk_scenes import forges
from tests.driver import Phone, Stage
from tests.performance_scenes import Team
from tests.training_scenes import phone_of


@pytest.fixture
async def people(stage: Stage) -> Team:
    return await scenes.people(stage)


async def course_of(stage: Stage, number: int = 1) -> Course:
    async with stage.db.read() as session:
        return await session.get_one(Course, number)


async def count(stage: Stage, table: type) -> int:
    async with stage.db.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def manages(phone: Phone) -> None:
    await phone.says("/pelatihan")
    await phone.presses("Kelola pelatihan")


def workbook(courses: list[tuple[object, ...]], meetings: list[tuple[object, ...]]) -> bytes:
    kept = BytesIO()
    book = xlsxwriter.Workbook(kept)
    for name, heads, rows in (
        (form.COURSES, form.COURSE_HEADS, courses),
        (form.SESSIONS, form.SESSION_HEADS, meetings),
    ):
        sheet = book.add_worksheet(name)
        for line, row in enumerate([heads, *rows]):
            sheet.write_row(line, 0, row)
    book.close()
    return kept.getvalue()


async def sends_workbook(stage: Stage, hr: Phone, content: bytes) -> None:
    await manages(hr)
    await hr.presses("Kirim Excel")
    await hr.sends("document", content, name="pelatihan.xlsx")
    hr.sees("sedang diperiksa")
    assert stage.product is not None
    await course_sheets.run(stage.product.runtime)
    await stage.settle()


async def test_a_workbook_is_shown_then_written_whole(stage: Stage, people: Team) -> None:
    hr = await phone_of(stage, "hr")
    other = ("KEDUA", "Kearsipan", "manajerial", "nonklasikal", "", "", 4, "", "", 10, "", "30/11/2026")
    await sends_workbook(stage, hr, workbook([form.EXAMPLE, other], [form.EXAMPLE_SESSION]))
    hr.sees("Beginilah 2 pelatihan dari Excel", "Pelayanan Prima", "Selasa, 1 Desember 2026 08.00 WIB", "Kearsipan")
    assert await count(stage, Course) == 0
    use = hr.button("Simpan semuanya")
    await hr.presses_data(*use)
    hr.sees("2 pelatihan disimpan sebagai rancangan")
    await hr.presses_data(*use)
    assert await count(stage, Course) == 2
    row = await course_of(stage)
    assert (row.code, row.quota, row.unit_quota, row.topics) == ("CONTOH", 30, 2, ["layanan"])


async def test_faults_are_told_by_cell_and_nothing_is_written(stage: Stage, people: Team) -> None:
    hr = await phone_of(stage, "hr")
    wrong = (
        "SATU",
        "",
        "sulap",
        "klasikal",
        "",
        "",
        "delapan",
        "",
        "",
        10,
        "",
        "01/01/2020",
        "",
        "",
        "Dinas Antariksa",
    )
    meetings = [("SATU", "01/12/2026", "12.00", "08.00", ""), ("LAIN", "01/12/2026", "08.00", "09.00", "")]
    await sends_workbook(stage, hr, workbook([wrong], meetings))
    hr.sees(
        "belum bisa dipakai",
        "Pelatihan B2: nama pelatihannya kosong",
        "Pelatihan C2: “sulap” tidak dikenal",
        "Pelatihan G2: “delapan” bukan bilangan",
        "Pelatihan L2: “01/01/2020” bukan tanggal, atau sudah lewat",
        "Pelatihan O2: ada unit yang tidak dikenal",
        "Pertemuan D2: selesainya harus sesudah",
        "Pertemuan A3: tidak ada pelatihan dengan kode “LAIN”",
    )
    assert await count(stage, Course) == 0


async def test_the_form_and_the_list_of_participants_are_workbooks(stage: Stage, people: Team) -> None:
    course_id = await scenes.course(stage)
    hr, worker = await phone_of(stage, "hr"), await phone_of(stage, "worker")
    await forges(worker, Learn("join", course_id).encode())
    await manages(hr)
    await hr.presses("Bentuk Excel")
    names = [one.name for one in readable.read("a.xlsx", await hr.newest_file())]
    assert names == ["pelatihan", "pertemuan"]
    stage.later(hours=1)
    await forges(hr, Learn("book", course_id).encode())
    content = await hr.newest_file()
    sheet, ratings, *_others = readable.read("a.xlsx", content)
    cells = [str(cell) for row in sheet.rows for cell in row.cells.values()]
    assert (sheet.name, ratings.name) == ("peserta", "penilaian")
    assert content[:2] == b"PK"
    assert cells
