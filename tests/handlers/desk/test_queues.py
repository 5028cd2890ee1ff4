"""The desks' filters: what each shows and counts, for whom, and with how many questions to the database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.callbacks import Queue
from models.complaint import Complaint, ReportClass
from models.rules.complaint_flow import Status
from models.rules.permissions import Desk
from tests.desk_scenes import Statements, at_work, disposed, employee_of, filed, forges, resident, stored, taken
from tests.driver import Phone, Stage


async def changed(stage: Stage, complaint_id: int, **values: Any) -> str:
    """Put the report into a state by hand; its code."""
    async with stage.db.begin() as session:
        await session.execute(update(Complaint).where(Complaint.id == complaint_id).values(**values))
    return (await stored(stage, complaint_id)).code


async def unit_with_everything(stage: Stage) -> dict[str, str]:
    """One report for each filter; filter → code."""
    siti = await resident(stage)
    me = await employee_of(stage, "officer")
    reports = [await disposed(stage, siti, text=f"Lampu nomor {number} mati di sini") for number in range(6)]
    far = stage.now + timedelta(days=20)
    codes = {
        "mine": await changed(stage, reports[0], officer_id=me, status=Status.IN_PROGRESS, due_at=far),
        "unassigned": await changed(stage, reports[1], due_at=far),
        "soon": await changed(stage, reports[2], officer_id=me + 1, due_at=stage.now + timedelta(hours=3)),
        "overdue": await changed(stage, reports[3], officer_id=me + 1, due_at=stage.now - timedelta(days=7)),
        "waiting": await changed(
            stage, reports[4], officer_id=me + 1, status=Status.FOLLOWED_UP, due_at=None, followed_up_at=stage.now
        ),
        "closed": await changed(stage, reports[5], status=Status.CLOSED, due_at=None, closed_at=stage.now),
    }
    await disposed(stage, siti, "u2", text="Urusan unit lain sama sekali")
    return codes


def labels(phone: Phone) -> list[str]:
    """The filter buttons as read."""
    return [label for label in phone.buttons() if label.split()[-1].isdigit() and not label.isdigit()]


async def test_each_filter_shows_its_own_and_the_buttons_count_them(stage: Stage) -> None:
    codes = await unit_with_everything(stage)
    officer = await at_work(stage, "officer")
    await officer.says("/unit")
    assert labels(officer) == [
        "• Unit 4",
        "🙋 Saya 1",
        "Belum dibagi 1",
        "⏳ Segera 1",
        "⏰ Terlambat 1",
        "⏸ Menunggu 1",
        "Semua 6",
    ]
    for label, name in (
        ("Saya", "mine"),
        ("Belum dibagi", "unassigned"),
        ("Segera", "soon"),
        ("Terlambat", "overdue"),
        ("Menunggu", "waiting"),
    ):
        await officer.presses(label)
        assert [code for code in codes.values() if code in officer.last()] == [codes[name]], label
    await officer.presses("Semua")
    officer.sees("6 laporan", "selesai")


async def test_the_most_urgent_stands_first_and_the_line_says_how_late_it_is(stage: Stage) -> None:
    codes = await unit_with_everything(stage)
    officer = await at_work(stage, "officer")
    await officer.says("/unit")
    officer.sees("1. ⏰", "terlambat 5 hari kerja", "batas hari ini", "sisa")
    text = officer.last()
    assert text.index(codes["overdue"]) < text.index(codes["soon"]) < text.index(codes["mine"])
    await officer.presses("1")
    officer.sees(codes["overdue"], "Waktu: terlambat 5 hari kerja", "Batas: Selasa, 17 November 2026 10.00 WIB")


async def test_verifier_and_inspector_have_filters_of_their_own(stage: Stage) -> None:
    siti = await resident(stage)
    new, incomplete, working = await filed(stage, siti), await filed(stage, siti), await taken(stage, siti)
    await changed(stage, incomplete, status=Status.INCOMPLETE, paused_at=stage.now)
    late = await changed(stage, working, due_at=stage.now - timedelta(days=1))
    verifier, inspector = await at_work(stage, "verifier"), await at_work(stage, "inspector")
    await verifier.says("/verifikasi")
    verifier.sees("1 laporan yang menunggu diperiksa", (await stored(stage, new)).code)
    assert "• Perlu diperiksa 1" in labels(verifier)
    await verifier.presses("Menunggu")
    verifier.sees("menunggu pelapor sejak", (await stored(stage, incomplete)).code)
    await inspector.says("/awasi")
    inspector.sees("1 laporan yang terlambat", late)
    assert labels(inspector)[0] == "• ⏰ Terlambat 1"


async def test_rule_13_restricted_reports_are_a_filter_only_for_who_may_see_them(stage: Stage) -> None:
    """Domain rule 13: nobody else reads so much as their number or their count."""
    code = (await stored(stage, await filed(stage, await resident(stage), confidential=True))).code
    inspector, verifier = await at_work(stage, "inspector"), await at_work(stage, "verifier")
    await inspector.says("/awasi")
    await inspector.presses("Rahasia 1")
    inspector.sees("🔐", code)
    await verifier.says("/verifikasi")
    verifier.sees("Tidak ada laporan")
    assert not [label for label in labels(verifier) if "Rahasia" in label]
    await forges(verifier, Queue(Desk.VERIFIER_QUEUE.value, "restricted", 0).encode())
    assert code not in "".join(verifier.texts())


@pytest.mark.parametrize("wanted", ["", "x", "mine", "restricted", "all"])
async def test_a_forged_filter_or_page_shows_a_list_of_the_own_rights(stage: Stage, wanted: str) -> None:
    code = (await stored(stage, await disposed(stage, await resident(stage)))).code
    officer, other = await at_work(stage, "officer"), await at_work(stage, "other_officer")
    await forges(officer, Queue(Desk.UNIT_QUEUE.value, wanted, 9999).encode())
    officer.sees("Laporan unit Bapak/Ibu")
    await forges(other, Queue(Desk.UNIT_QUEUE.value, wanted, -3).encode())
    other.sees("Laporan unit Bapak/Ibu")
    assert code not in other.last()
    await forges(other, Queue(Desk.OVERSIGHT.value, wanted, 0).encode())
    other.sees("hanya untuk petugas")


@pytest.mark.parametrize("wanted", ["work", "mine", "overdue", "all"])
async def test_a_filter_asks_the_database_the_same_number_of_times_for_10_and_1000_rows(
    stage: Stage, wanted: str
) -> None:
    officer, me = await at_work(stage, "officer"), await employee_of(stage, "officer")
    await fill(stage, 10, me)
    with Statements(stage) as few:
        await forges(officer, Queue(Desk.UNIT_QUEUE.value, wanted, 0).encode())
    officer.sees("10 laporan")
    await fill(stage, 990, me)
    with Statements(stage) as many:
        await forges(officer, Queue(Desk.UNIT_QUEUE.value, wanted, 1).encode())
    officer.sees("1.000 laporan")
    assert len(few.seen) == len(many.seen)


async def fill(stage: Stage, number: int, officer_id: int | None) -> None:
    """Overdue reports of the first unit, written in one go."""
    day = stage.now - timedelta(days=40)
    async with stage.db.begin() as session:
        session.add_all(
            Complaint(
                code=f"TPI-261015-{number}-{index}",
                report_class=ReportClass.COMPLAINT,
                filing_key=f"filled:{number}:{index}",
                service_id=1,
                unit_id=1,
                officer_id=officer_id,
                area_id=1,
                text="Lampu mati",
                status=Status.DISPOSED,
                received_at=day,
                disposed_at=day,
                verify_due_at=day,
                settle_due_at=day,
                statutory_due_on=day.date(),
                due_at=day,
            )
            for index in range(number)
        )
