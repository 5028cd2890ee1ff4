"""Own data: the export holds the weekly reports; an erasure leaves them with the roster and forgets the account."""

from __future__ import annotations

import json

from sqlalchemy import func, select

from models.performance.progress import WeeklyEntry, WeeklyReport
from tests.driver import Stage
from tests.weekly_scenes import history, led, phone


async def test_the_export_holds_the_own_reports_and_an_erasure_keeps_them_without_the_account(stage: Stage) -> None:
    await led(stage)
    stage.later(days=3)
    officer = phone(stage, "officer")
    await officer.says("/minggu")
    await officer.says("1: 4 ada kendala listrik; 2: 88; 3: 9")
    await officer.presses("Kirim laporan")
    await officer.says("/datasaya")
    reports = json.loads(await officer.newest_file())["staff"]["weekly_reports"]
    assert [report["week"] for report in reports] == ["2026-11-16", "2026-11-23"]
    assert [(value["item"], value["value"]) for value in reports[1]["values"]][1:] == [
        ("Kepuasan pemohon", "88"),
        ("Berkas arsip rapi", "9"),
    ]
    assert reports[1]["values"][0]["note"] == "ada kendala listrik"
    assert reports[1]["history"][0]["changes"]
    await officer.says("/hapus")
    await officer.presses("Ya, hapus")
    assert {event.actor_id for event in await history(stage)} == {None}
    async with stage.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(WeeklyReport)) == 2
        assert await session.scalar(select(func.count()).select_from(WeeklyEntry)) == 6
