"""The superior: who waits, one tap to accept, words to give back; nobody else (domain rule 31)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from bot.callbacks import Open, Weekly
from bot.views import errors
from models.employee import ActingSuperior, Employee
from models.performance.progress import WeeklyReport
from models.rules.performance.reporting import WeekStatus
from models.rules.permissions import Desk
from tests.desk_scenes import Statements
from tests.driver import Phone, Stage
from tests.weekly_scenes import LAST, MONDAY, employee, history, led, numbers, phone, planned, reported, stored


async def waiting(stage: Stage) -> tuple[Phone, Phone]:
    """Officer and head; the officer has reported the running week, and the head has accepted the last one."""
    await led(stage, last=False)
    stage.later(days=3)
    officer, head = phone(stage, "officer"), phone(stage, "head")
    await officer.says("/minggu")
    await officer.says("1: 3; 2: 87,5; 3: 9")
    await officer.presses("Kirim laporan")
    return officer, head


async def forges(who: Phone, payload: Weekly) -> None:
    await who.says("/menu")
    await who.presses_data(who.history()[-1]["message_id"], payload.encode())


async def test_the_head_accepts_with_one_tap(stage: Stage) -> None:
    _, head = await waiting(stage)
    await head.says("/periksa")
    head.sees("1 laporan menunggu diperiksa")
    await head.presses("Pegawai Officer · 23–27 Nov · 3/3")
    head.sees("1. Dokumen selesai: 3 dokumen", "tertinggal")
    accept = head.button("Terima")
    await head.presses_data(*accept)
    head.sees("sudah Bapak/Ibu terima")
    report = await stored(stage)
    assert report is not None
    assert report.status is WeekStatus.VERIFIED
    await head.presses_data(*accept)
    head.sees("Sudah diputuskan sebelumnya oleh Pegawai Head")
    assert [event.status_after for event in await history(stage)] == [WeekStatus.REPORTED, WeekStatus.VERIFIED]


async def test_a_report_given_back_is_told_and_corrected(stage: Stage) -> None:
    officer, head = await waiting(stage)
    await head.says("/periksa")
    await head.presses("Pegawai Officer")
    await head.presses("Kembalikan")
    head.sees("Apa yang perlu diperbaiki")
    await head.says("Butir 1 belum ada buktinya")
    head.sees("dikembalikan")
    officer.sees("dikembalikan oleh Pegawai Head", "Butir 1 belum ada buktinya")
    await officer.presses("Perbaiki")
    await officer.says("1: 2")
    await officer.presses("Kirim laporan")
    report = await stored(stage)
    assert report is not None
    assert report.status is WeekStatus.REPORTED
    assert await numbers(stage) == ["2", "87.5", "9"]
    await head.says("/periksa")
    head.sees("1 laporan menunggu")


async def test_what_was_corrected_meanwhile_is_looked_at_again(stage: Stage) -> None:
    officer, head = await waiting(stage)
    await head.says("/periksa")
    await head.presses("Pegawai Officer")
    accept = head.button("Terima")
    await officer.presses("Perbaiki")
    await officer.says("1: 99")
    await officer.presses("Kirim laporan")
    await head.presses_data(*accept)
    head.sees("baru saja diperbaiki")
    report = await stored(stage)
    assert report is not None
    assert report.status is WeekStatus.REPORTED


async def test_rule_31_nobody_but_the_superior_of_the_day(stage: Stage) -> None:
    officer, head = await waiting(stage)
    report = await stored(stage)
    assert report is not None
    number, version = str(report.id), str(report.version)
    everybody = [officer, *(phone(stage, role) for role in ("hr", "admin", "other_officer", "inspector"))]
    everybody.append(stage.person("Siti"))
    for who in everybody:
        for verb in ("verify", "back", "good") + (() if who is officer else ("card", "history", "files")):
            seen = len(who.texts())
            await forges(who, Weekly(verb, number, version))
            answer = "\n".join(who.texts()[seen:])
            assert any(errors.SENTENCES[code] in answer for code in ("not_your_role", "not_your_subordinate"))
            assert "Dokumen selesai" not in answer
    after = await stored(stage)
    assert after is not None
    assert (after.status, after.version) == (WeekStatus.REPORTED, report.version)
    async with stage.db.begin() as session:  # the officer now works for somebody else
        (await employee(session, "officer")).supervisor_id = (await employee(session, "hr")).id
    await forges(head, Weekly("verify", number, version))
    head.sees(errors.SENTENCES["not_your_role"])


async def test_who_acts_for_the_superior_may_and_not_for_oneself(stage: Stage) -> None:
    officer, head = await waiting(stage)
    hr = phone(stage, "hr")
    async with stage.db.begin() as session:
        superior = (await employee(session, "head")).id
        for name in ("hr", "officer"):
            acting = (await employee(session, name)).id
            days = {"valid_from": date(2026, 11, 20), "valid_to": date(2026, 12, 1)}
            session.add(ActingSuperior(employee_id=superior, acting_id=acting, **days))
    report = await stored(stage)
    assert report is not None
    own = Weekly("verify", str(report.id), str(report.version))
    await forges(officer, own)
    officer.sees(errors.SENTENCES["not_your_subordinate"])
    await hr.says("/periksa")
    await hr.presses("Pegawai Officer")
    await hr.presses("Terima")
    after = await stored(stage)
    assert after is not None
    assert after.status is WeekStatus.VERIFIED
    await head.says("/periksa")
    head.sees("Tidak ada laporan yang menunggu")


async def test_all_on_track_are_accepted_at_once(stage: Stage) -> None:
    ids = await led(stage)
    async with stage.db.begin() as session:
        head = await employee(session, "head")
        for name, value in (("officer", "200"), ("hr", "200"), ("admin", "1")):
            one = await employee(session, name)
            one.supervisor_id = head.id
            lines = ids if name == "officer" else await planned(session, one.id)
            await reported(session, one.id, MONDAY, dict(zip(lines, (value, "95", "11"), strict=True)))
    boss = phone(stage, "head")
    await boss.says("/periksa")
    boss.sees("4 laporan menunggu")
    await boss.presses("Terima semua yang sesuai laju (2)")
    boss.sees("2 laporan menunggu")
    async with stage.db.read() as session:
        statement = select(func.count()).where(WeeklyReport.status == WeekStatus.VERIFIED)
        assert await session.scalar(statement) == 2


async def test_silent_ones_are_named_once_the_week_is_due(stage: Stage) -> None:
    await led(stage)
    head = phone(stage, "head")
    await head.says("/periksa")
    assert "Belum melapor" not in head.last()
    stage.later(days=3, hours=6)
    await head.says("/periksa")
    head.sees("Belum melapor untuk minggu 23–27 November 2026: Pegawai Officer")


@pytest.mark.parametrize(
    "data", ["j:verify:x:1", "j:verify:1:x", "j:card:99999:", "j:good", "j:back::", "j:card", "j:zzz:1:"]
)
async def test_forged_buttons_are_answered(stage: Stage, data: str) -> None:
    _, head = await waiting(stage)
    await head.says("/menu")
    await head.presses_data(head.history()[-1]["message_id"], data)
    assert head.last()
    report = await stored(stage)
    assert report is not None
    assert report.status is WeekStatus.REPORTED


async def statements_of(stage: Stage, head: Phone) -> int:
    message_id = head.history()[-1]["message_id"]
    with Statements(stage) as statements:
        await head.presses_data(message_id, Open(Desk.WEEKLY_CHECK.value).encode())
    return len(statements.seen)


async def test_the_list_costs_the_same_for_many(stage: Stage) -> None:
    await led(stage)
    head = phone(stage, "head")
    await head.says("/periksa")
    few = await statements_of(stage, head)
    async with stage.db.begin() as session:
        boss = await employee(session, "head")
        rows = [
            Employee(nip=f"1980010120050{n:05d}", name=f"Bawahan {n}", unit_id=1, kind="pns", supervisor_id=boss.id)
            for n in range(60)
        ]
        session.add_all(rows)
        await session.flush()
        for row in rows:
            lines = await planned(session, row.id)
            await reported(session, row.id, LAST, dict.fromkeys(lines, "3"))
    assert await statements_of(stage, head) == few
    head.sees("61 laporan menunggu")
    assert "Berikutnya ▶️" in head.buttons()
