"""The workbooks are written by a program of its own: what happens when that program cannot, and what is read for it."""

from __future__ import annotations

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from bot.callbacks import YearPlan
from bot.reports import register
from tests.desk_scenes import Statements, at_work, filed, forges, resident
from tests.driver import Stage
from tests.plan_scenes import drafted, in_line

NO_PROGRAM = "bot.reports.no_such_program"
SORRY = "berkas itu belum bisa disiapkan"


async def test_a_register_that_cannot_be_made_is_said(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.reports.workers.SHEETS", NO_PROGRAM)
    await filed(stage, await resident(stage))
    verifier = await at_work(stage, "verifier")
    await verifier.says("/kinerja")
    await verifier.presses("Unduh daftar laporan")
    verifier.sees(SORRY)


async def test_data_of_the_city_that_cannot_be_made_are_said(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.reports.workers.SHEETS", NO_PROGRAM)
    admin = await at_work(stage, "admin")
    await admin.says("/kelola")
    await admin.presses("Unduh data kota")
    admin.sees(SORRY)


async def test_a_plans_form_that_cannot_be_made_is_said(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.reports.workers.SHEETS", NO_PROGRAM)
    await in_line(stage)
    plan_id = await drafted(stage, "officer")
    officer = await at_work(stage, "officer")
    await forges(officer, YearPlan("sheet", plan_id).encode())
    officer.sees(SORRY)


async def test_a_register_costs_as_many_questions_whatever_stands_in_it(stage: Stage) -> None:
    siti, verifier = await resident(stage), await at_work(stage, "verifier")
    counts = []
    for more in (1, 15):
        for _ in range(more):
            await filed(stage, siti)
        await verifier.says("/kinerja")
        with Statements(stage) as statements:
            await verifier.presses("Unduh daftar laporan")
        book = CalamineWorkbook.from_filelike(BytesIO(await verifier.newest_file()))
        assert book.sheet_names == [register.REGISTER, register.PROGRAMS]
        counts.append(len(statements.seen))
    assert counts[0] == counts[1]
