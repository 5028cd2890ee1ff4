"""Work shared out: by itself to the lightest load, and by the head in one go."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from bot.callbacks import Open
from bot.services import city as cities
from bot.services.desk import assigning
from models.complaint import Complaint
from models.errors import Refusal
from models.organisation import CityFact, Unit
from models.outbox import OutboxMessage
from models.rules.complaint_flow import Action, Status
from models.rules.permissions import Desk, Role
from tests.desk_scenes import (
    Statements,
    acting,
    at_work,
    colleague,
    disposed,
    employee_of,
    events,
    filed,
    forges,
    on_leave,
    opens,
    resident,
    stored,
    taken,
)
from tests.driver import Stage
from tests.handlers.desk.test_queues import fill


async def shares_by_itself(stage: Stage, *, city: bool = True, unit: bool | None = None) -> None:
    """Whether new reports are given out without anybody doing it."""
    async with stage.db.begin() as session:
        await session.merge(CityFact(key="desk.auto_assign", value="on" if city else "off"))
        await session.execute(update(Unit).where(Unit.id == 1).values(auto_assign=unit))
        cities.forget(session)


# --- by itself ---


async def test_the_lightest_load_gets_it_and_the_card_says_why(stage: Stage) -> None:
    officer, verifier = await at_work(stage, "officer"), await at_work(stage, "verifier")
    dewi, dewis_id = await colleague(stage, "Dewi Lestari")
    siti = await resident(stage)
    for _ in range(2):
        await taken(stage, siti)
    await shares_by_itself(stage)
    complaint_id = await filed(stage, siti, service_id=1)
    told = len(officer.texts())
    await opens(verifier, complaint_id)
    await verifier.presses("Terima & teruskan ke PU")
    assert (await stored(stage, complaint_id)).officer_id == dewis_id
    dewi.sees("dibagikan kepada Bapak/Ibu", "beban Bapak/Ibu sekarang paling ringan", "Pengaduan: Lampu jalan")
    assert len(officer.texts()) == told
    await dewi.presses("Buka laporan")
    dewi.sees(
        "Petugas: Dewi Lestari",
        "Dibagi otomatis kepada Dewi Lestari: beban paling ringan (0 laporan) (sistem; internal)",
    )
    event = (await events(stage, complaint_id))[-1]
    assert (event.action, event.role, event.public) == (Action.ASSIGN, "system", False)
    assert (event.values["reason"], event.values["load"]) == ("lightest_load", 0)


async def test_who_is_on_leave_gets_nothing_and_whoever_acts_does(stage: Stage) -> None:
    """The delegate of an absent officer gets the work; without one the colleagues do."""
    await at_work(stage, "officer")
    dewi, dewis_id = await colleague(stage, "Dewi Lestari")
    hendra, hendras_id = await colleague(stage, "Hendra", role=Role.HR, unit_id=None)
    await shares_by_itself(stage)
    siti, officers_id = await resident(stage), await employee_of(stage, "officer")
    await on_leave(stage, officers_id)
    assert (await stored(stage, await disposed(stage, siti))).officer_id == dewis_id
    await on_leave(stage, dewis_id, acting_id=hendras_id)
    assert (await stored(stage, await disposed(stage, siti))).officer_id == hendras_id
    assert hendra.saw("dibagikan kepada Bapak/Ibu")
    assert len([text for text in dewi.texts() if "dibagikan" in text]) == 1


async def test_with_nobody_at_work_it_waits_and_the_head_is_told(stage: Stage) -> None:
    head = await at_work(stage, "head")
    await shares_by_itself(stage)
    await on_leave(stage, await employee_of(stage, "officer"))
    complaint_id = await disposed(stage, await resident(stage))
    assert (await stored(stage, complaint_id)).officer_id is None
    head.sees("diteruskan ke unit Bapak/Ibu")


@pytest.mark.parametrize(
    ("city", "unit", "given"), [(False, None, False), (True, None, True), (True, False, False), (False, True, True)]
)
async def test_the_unit_decides_else_the_city(stage: Stage, city: bool, unit: bool | None, given: bool) -> None:
    await shares_by_itself(stage, city=city, unit=unit)
    complaint = await stored(stage, await disposed(stage, await resident(stage)))
    assert (complaint.officer_id is not None) is given


async def test_a_transfer_is_shared_out_too(stage: Stage) -> None:
    complaint_id = await taken(stage, await resident(stage))
    await shares_by_itself(stage)
    other = await at_work(stage, "other_officer")
    officer = await at_work(stage, "officer")
    await opens(officer, complaint_id)
    await officer.presses("Alihkan ke unit lain")
    await officer.says("kependudukan")
    await officer.presses("Dinas Kependudukan")
    await officer.says("Ini urusan kependudukan.")
    await officer.presses("Simpan")
    assert (await stored(stage, complaint_id)).officer_id == await employee_of(stage, "other_officer")
    other.sees("dibagikan kepada Bapak/Ibu")


# --- by the head ---


async def test_the_head_ticks_previews_and_shares_out(stage: Stage) -> None:
    head, siti = await at_work(stage, "head"), await resident(stage)
    officer, (dewi, _) = await at_work(stage, "officer"), await colleague(stage, "Dewi Lestari")
    await taken(stage, siti)
    reports = [await disposed(stage, siti, service_id=1) for _ in range(4)]
    await head.says("/unit")
    await head.presses("Bagi tugas")
    head.sees("Laporan mana yang ingin dibagi? 4 belum dipegang", "0 dipilih")
    await head.presses("☐ 2")
    await head.presses("☐ 4")
    head.sees("2 dipilih")
    await head.presses("☑ 2")
    head.sees("1 dipilih")
    await head.presses("Pilih semua")
    head.sees("4 dipilih")
    await head.presses("Bagi rata 4 laporan")
    head.sees("Dewi Lestari: 3 laporan (sekarang 0, menjadi 3)", "Pegawai Officer: 1 laporan (sekarang 1, menjadi 2)")
    assert all([(await stored(stage, number)).officer_id is None for number in reports])
    before = len(dewi.texts())
    await head.presses("Bagikan")
    head.sees("Sudah dibagi", "Dewi Lestari: 3 laporan", "Pegawai Officer: 1 laporan")
    assert all([(await stored(stage, number)).officer_id is not None for number in reports])
    dewi.sees("Kepala unit membagikan 3 laporan", "Pengaduan: Lampu jalan")
    assert len(dewi.texts()) == before + 1
    officer.sees("membagikan 1 laporan")
    await opens(dewi, (await newest_of(stage, "Dewi Lestari")))
    dewi.sees("Dibagi rata kepada Dewi Lestari")


async def newest_of(stage: Stage, name: str) -> int:
    async with stage.db.read() as session:
        rows = await session.scalars(
            select(Complaint.id).where(Complaint.officer_id.is_not(None)).order_by(Complaint.id)
        )
        for complaint_id in reversed(rows.all()):
            if any(event.values.get("officer_name") == name for event in await events(stage, complaint_id)):
                return complaint_id
    raise AssertionError(name)


async def test_a_report_given_away_meanwhile_stops_the_whole_plan_and_says_who(stage: Stage) -> None:
    head, officer = await at_work(stage, "head"), await at_work(stage, "officer")
    siti = await resident(stage)
    reports = [await disposed(stage, siti) for _ in range(3)]
    await head.says("/bagi")
    await head.presses("Pilih semua")
    await head.presses("Bagi rata")
    await opens(officer, reports[1])
    await officer.presses("Saya kerjakan")
    stage.later(minutes=5)
    await head.presses("Bagikan")
    head.sees("tidak bisa lagi", "Diambil untuk dikerjakan", "Pegawai Officer", "10.00 WIB")
    assert [(await stored(stage, number)).officer_id is None for number in reports] == [True, False, True]
    async with stage.db.read() as session:
        kinds = (await session.scalars(select(OutboxMessage.kind))).all()
    assert "reports_shared" not in kinds


async def test_the_way_back_cancel_help_a_restart_and_a_double_tap(stage: Stage) -> None:
    head, siti = await at_work(stage, "head"), await resident(stage)
    reports = [await disposed(stage, siti) for _ in range(2)]
    await forges(head, Open(Desk.SHARING.value).encode())
    await head.presses("☐ 1")
    await stage.close()
    await stage.open()
    await head.presses("Bantuan")
    assert head.saw("Tekan kotak di depan nomor")
    await head.presses("Bagi rata 1 laporan")
    await head.presses("Kembali")
    assert head.saw("1 dipilih")
    await head.presses("Kosongkan")
    await head.presses("Pilih semua")
    await head.presses("Bagi rata 2 laporan")
    message_id, data = head.button("✅ Bagikan")
    await head.presses_data(message_id, data)
    await head.presses_data(message_id, data)
    for number in reports:
        assert [event.action for event in await events(stage, number)].count(Action.ASSIGN) == 1
    await head.says("/bagi")
    head.sees("Semuanya sudah dibagi")
    await disposed(stage, siti)
    await head.says("/bagi")
    await head.says("batal")
    head.sees("tidak ada yang dibagi")


async def test_only_a_head_shares_out_and_only_the_own_unit(stage: Stage) -> None:
    theirs = await disposed(stage, await resident(stage), "u2")
    for role in ("officer", "verifier", "inspector", "admin"):
        phone = await at_work(stage, role)
        await forges(phone, Open(Desk.SHARING.value).encode())
        phone.sees("hanya untuk petugas yang berwenang")
    async with stage.db.read() as session:
        head = await acting(stage, session, "head")
        assert (await assigning.unassigned(session, head.presser, 0)).total == 0
        with pytest.raises(Refusal, match="not_your_record"):
            await assigning.plan(head, [theirs])


async def test_nobody_at_work_is_said_by_name_of_the_unit(stage: Stage) -> None:
    head = await at_work(stage, "head")
    await disposed(stage, await resident(stage))
    await on_leave(stage, await employee_of(stage, "officer"))
    await head.says("/bagi")
    await head.presses("Pilih semua")
    await head.presses("Bagi rata")
    head.sees("tidak ada petugas PU yang bekerja")


async def test_the_boxes_ask_the_database_the_same_number_of_times_for_10_and_1000_rows(stage: Stage) -> None:
    head = await at_work(stage, "head")
    await fill(stage, 10, None)
    with Statements(stage) as few:
        await head.says("/bagi")
    head.sees("10 belum dipegang")
    await head.says("batal")
    await fill(stage, 990, None)
    with Statements(stage) as many:
        await head.says("/bagi")
    head.sees("1.000 belum dipegang")
    assert len(few.seen) == len(many.seen)
    await head.presses("Pilih semua")
    head.sees("100 dipilih")
    await head.presses("Berikutnya")
    head.sees("100 dipilih")
    with Statements(stage) as previewed:
        await head.presses("Bagi rata 100 laporan")
    head.sees("Pegawai Officer: 100 laporan")
    assert len(previewed.seen) < 20
    await head.presses("Bagikan")
    head.sees("Pegawai Officer: 100 laporan")
    async with stage.db.read() as session:
        rows = await session.scalars(select(Complaint.status).where(Complaint.officer_id.is_not(None)))
        assert set(rows) == {Status.DISPOSED}
