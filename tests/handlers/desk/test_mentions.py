"""Internal notes that name colleagues: by @name, by button, and only those who may see the report."""

from __future__ import annotations

from sqlalchemy import select

from models.outbox import OutboxMessage
from models.rules.permissions import Role
from tests.desk_scenes import (
    at_work,
    colleague,
    disposed,
    events,
    officer_with_a_report,
    on_leave,
    opens,
    resident,
)
from tests.driver import Phone, Stage


async def writes(officer: Phone, text: str) -> None:
    await officer.presses("Catatan internal")
    await officer.says(text)


async def test_a_colleague_named_in_a_note_is_told_with_the_words_and_a_link(stage: Stage) -> None:
    dewi, _ = await colleague(stage, "Dewi Lestari")
    officer, siti, _ = await officer_with_a_report(stage)
    before = len(siti.texts())
    await writes(officer, "@dewi tolong cek suku cadangnya.")
    officer.sees("Diberi tahu: Dewi Lestari")
    assert not dewi.saw("menyebut Bapak/Ibu")
    await officer.presses("Simpan")
    officer.sees("pelapor tidak melihatnya", "Menyebut: Dewi Lestari")
    dewi.sees("Pegawai Officer menyebut Bapak/Ibu", "tolong cek suku cadangnya", "Pengaduan: Lampu jalan")
    await dewi.presses("Buka laporan")
    dewi.sees("tolong cek suku cadangnya")
    assert len(siti.texts()) == before


async def test_a_colleague_is_picked_by_button_and_unpicked(stage: Stage) -> None:
    dewi, _ = await colleague(stage, "Dewi Lestari")
    hendra, _ = await colleague(stage, "Hendra Saputra")
    officer, _, complaint_id = await officer_with_a_report(stage)
    await writes(officer, "Gardu lama, tunggu suku cadang.")
    await officer.presses("Beri tahu rekan")
    officer.sees("Siapa yang perlu tahu", "@dewi")
    assert not [label for label in officer.buttons() if "Pegawai Officer" in label or "Other_Officer" in label]
    await officer.presses("☐ Dewi Lestari")
    await officer.presses("☐ Hendra Saputra")
    await officer.presses("☑ Hendra Saputra")
    await officer.presses("kembali ke catatan")
    officer.sees("Diberi tahu: Dewi Lestari.")
    await officer.presses("Simpan")
    assert dewi.saw("menyebut Bapak/Ibu")
    assert not hendra.saw("menyebut Bapak/Ibu")
    assert (await events(stage, complaint_id))[-1].values["mentions"] == ["Dewi Lestari"]


async def test_rule_20_who_may_not_see_the_report_is_not_told_and_it_is_said(stage: Stage) -> None:
    """Domain rule 20: a note opens no door to another unit."""
    far, _ = await colleague(stage, "Farida Hanum", unit_id=2)
    officer, _, _ = await officer_with_a_report(stage)
    await writes(officer, "@farida dan @entahsiapa tolong dibantu.")
    officer.sees("Farida Hanum tidak berhak melihat laporan ini", "@entahsiapa tidak dikenal")
    await officer.presses("Simpan")
    assert not far.saw("menyebut")


async def test_two_of_one_name_are_chosen_by_button(stage: Stage) -> None:
    one, _ = await colleague(stage, "Dewi Lestari")
    other, _ = await colleague(stage, "Dewi Anggraini")
    officer, _, _ = await officer_with_a_report(stage)
    await writes(officer, "@dewi tolong dicek.")
    officer.sees("Lebih dari satu rekan bernama @dewi")
    await officer.presses("Beri tahu rekan")
    await officer.presses("☐ Dewi Anggraini")
    await officer.presses("kembali ke catatan")
    officer.sees("Diberi tahu: Dewi Anggraini.")
    assert "Lebih dari satu" not in officer.last()
    await officer.presses("Simpan")
    assert other.saw("menyebut")
    assert not one.saw("menyebut")


async def test_who_is_on_leave_is_not_disturbed(stage: Stage) -> None:
    dewi, dewis_id = await colleague(stage, "Dewi Lestari")
    await on_leave(stage, dewis_id)
    officer, _, _ = await officer_with_a_report(stage)
    await writes(officer, "@dewi tolong dicek.")
    officer.sees("Tidak diberi tahu karena cuti", "Dewi Lestari")
    await officer.presses("Simpan")
    assert not dewi.saw("menyebut")


async def test_rule_13_the_words_of_a_restricted_report_are_in_no_notice(stage: Stage) -> None:
    """Domain rule 13."""
    inspector = await at_work(stage, "inspector")
    other, _ = await colleague(stage, "Nurhayati Hasan", role=Role.INSPECTOR, unit_id=None)
    complaint_id = await disposed(stage, await resident(stage), service_id=1)
    await opens(inspector, complaint_id)
    await inspector.presses("Jadikan rahasia")
    await inspector.presses("Ya, lakukan")
    await writes(inspector, "@nurhayati ada dugaan pungutan liar.")
    await inspector.presses("Simpan")
    other.sees("menyebut Bapak/Ibu")
    assert "pungutan" not in other.last()
    assert "Lampu" not in other.last()
    async with stage.db.read() as session:
        rows = await session.scalars(select(OutboxMessage.values).where(OutboxMessage.kind == "mentioned"))
        assert "pungutan" not in str(rows.all())
