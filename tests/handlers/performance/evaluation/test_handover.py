"""What is handed over to e-Kinerja: text to copy below Telegram's limit, a workbook, only the own work."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from bot.callbacks import Review
from bot.views.performance.evaluation import handover as view
from tests import performance_scenes as scenes
from tests.desk_scenes import forges
from tests.driver import Phone, Stage
from tests.performance_scenes import TELEGRAM


@pytest.fixture
async def worker(stage: Stage) -> Phone:
    async with stage.db.begin() as session:
        people = await scenes.team(session, boss=None, worker="boss")
        line = await scenes.plan(session, people.ids["worker"])
        for number in range(3):
            monday = date(2026, 11, 2) + timedelta(weeks=number)
            note = "Foto terlampir & lengkap " * (150 if number == 1 else 1)
            await scenes.week(session, people.ids["worker"], line, monday, "7.5", note=note, obstacle="Hujan")
    phone = stage.person("Worker", telegram_id=TELEGRAM + 2)
    await phone.starts()
    return phone


async def test_the_quarter_and_its_days_are_ready_to_copy(stage: Stage, worker: Phone) -> None:
    await worker.says("/penilaian")
    await worker.presses("Bahan e-Kinerja")
    await worker.presses("Triwulan IV 2026")
    worker.sees("Lampu jalan menyala", "Lampu yang diperbaiki: 22,5 titik dari target 30 titik")
    assert "<pre>" in stage.sandbox.history(worker.id)[-1].get("text", "") or _is_code(worker)
    before = len(worker.texts())
    await worker.presses("Per hari")
    told = worker.texts()[before - 1 :]
    assert any("Jumat, 20 November 2026" in text for text in told)
    assert any("Jumat, 6 November 2026" in text and "Kendala: Hujan" in text for text in told)
    assert all(len(text) < 4096 for text in told)
    assert len(told) > 1, "too long for one message"


def _is_code(phone: Phone) -> bool:
    return any(entity["type"] == "pre" for entity in phone.history()[-1].get("entities", []))


async def test_the_workbook_holds_both_sheets(stage: Stage, worker: Phone) -> None:
    await forges(worker, Review("sheet", 0, "2026-Q4").encode())
    book = CalamineWorkbook.from_filelike(BytesIO(await worker.newest_file()))
    assert book.sheet_names == ["Ringkasan", "Laporan mingguan"]
    summary, weeks = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert summary[1][0] == "Worker (NIP …002)"
    assert summary[4][3] == 22.5
    assert [row[4] for row in weeks[4:]] == [7.5, 7.5, 7.5]


@pytest.mark.parametrize(
    "data", ["v:quarter:0:", "v:quarter:0:2026-M3", "v:days:0:x", "v:sheet:0:abcd", "v:days:-4:2026-Q4"]
)
async def test_forged_periods(stage: Stage, worker: Phone, data: str) -> None:
    await forges(worker, data)
    assert worker.last()
    assert not worker.saw("gangguan di pihak kami")


async def test_another_sees_only_the_own_work(stage: Stage, worker: Phone) -> None:
    boss = stage.person("Boss", telegram_id=TELEGRAM + 1)
    await boss.starts()
    await forges(boss, Review("days", 0, "2026-Q4").encode())
    boss.sees("Belum ada laporan mingguan pada masa ini")


def test_long_lines_are_cut_and_nothing_is_lost() -> None:
    blocks = ["a" * 7000, "\n".join("b" * 200 for _ in range(40))]
    packed = list(view._packed(blocks))
    assert all(len(part) <= view.LONGEST for part in packed)
    assert sum(part.count("a") + part.count("b") for part in packed) == 7000 + 8000
