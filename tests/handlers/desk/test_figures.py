"""/kinerja: who sees whose figures, and how one moves between spans and dimensions."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from bot.callbacks import Figures
from bot.reports.desk import Indicators, Overview
from bot.services import complaints
from bot.services.city import forget
from bot.views.desk import figure_charts
from bot.views.desk.figures import Asked
from handlers.desk.figures import FIRST
from models.administration.audit import AuditRow
from models.complaint import ReportClass
from models.organisation import Unit
from tests.desk_scenes import Statements, at_work, disposed, filed, forges, resident, stored, taken
from tests.driver import Stage


def listed(book: CalamineWorkbook) -> list[list[Any]]:
    """The reports of the register's sheet, below its headings."""
    rows = book.get_sheet_by_name("Register").to_python()
    return rows[[row[0] for row in rows].index("Tracking ID") + 1 :]


def words_of(book: CalamineWorkbook) -> list[str]:
    """The lines above the headings."""
    rows = [row[0] for row in book.get_sheet_by_name("Register").to_python()]
    return rows[: rows.index("Tracking ID")]


async def test_a_head_sees_the_own_unit_and_a_verifier_the_city(stage: Stage) -> None:
    siti = await resident(stage)
    await taken(stage, siti)
    await disposed(stage, siti, "u2")
    head, verifier = await at_work(stage, "head"), await at_work(stage, "verifier")
    await head.says("/kinerja")
    head.sees("Kinerja laporan: PU", "Masuk: 1, dihitung 1", "PU: 1 laporan")
    assert "Disdukcapil" not in head.last()
    await verifier.says("/kinerja")
    verifier.sees("Kinerja laporan: seluruh kota", "Masuk: 2", "PU: 1 laporan", "Disdukcapil: 1 laporan")


async def test_another_dimension_and_another_span(stage: Stage) -> None:
    siti = await resident(stage)
    await filed(stage, siti, area_id=3)
    verifier = await at_work(stage, "verifier")
    await verifier.says("/kinerja")
    await verifier.presses("Per kelurahan")
    verifier.sees("Penyengat: 1 laporan")
    await verifier.presses("Per jenis")
    verifier.sees("Pengaduan: 1 laporan")
    await verifier.presses("Bulan lalu")
    verifier.sees("Belum ada laporan pada masa ini.")
    await verifier.presses("Tahun ini")
    verifier.sees("Masuk: 1", "1 Januari 2026 sampai 31 Desember 2026")


@pytest.mark.parametrize("role", ["officer", "hr"])
async def test_who_answers_for_nothing_sees_no_figures(stage: Stage, role: str) -> None:
    phone = await at_work(stage, role)
    await phone.says("/kinerja")
    assert "Kinerja laporan" not in phone.last()
    await forges(phone, Figures("month", "unit").encode())
    assert not phone.saw("Kinerja laporan")


async def test_a_forged_span_is_an_old_button(stage: Stage) -> None:
    verifier = await at_work(stage, "verifier")
    await forges(verifier, Figures("eternity", "unit").encode())
    await forges(verifier, Figures("month", "unit", "text", 0, 0, "gossip").encode())
    assert not verifier.saw("Kinerja laporan")
    assert verifier.saw("Tombol itu sudah tidak berlaku")


async def test_the_figures_cost_the_same_for_one_report_and_for_thirty(stage: Stage) -> None:
    siti, verifier = await resident(stage), await at_work(stage, "verifier")
    counts = []
    for more in (1, 15):
        for _ in range(more):
            await filed(stage, siti)
        with Statements(stage) as statements:
            await verifier.says("/kinerja")
        counts.append(len(statements.seen))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("role", "codes"), [("head", 1), ("verifier", 2), ("inspector", 2)])
async def test_the_register_comes_as_a_file_of_what_one_may_see(stage: Stage, role: str, codes: int) -> None:
    siti = await resident(stage)
    await taken(stage, siti)
    await disposed(stage, siti, "u2")
    hidden = await disposed(stage, siti, "u1", confidential=True)
    phone = await at_work(stage, role)
    await phone.says("/kinerja")
    await phone.presses("Unduh daftar laporan")
    assert phone.saw("Ini daftar laporan yang diminta")
    book = CalamineWorkbook.from_filelike(BytesIO(await phone.newest_file()))
    rows = listed(book)
    assert len(rows) == codes
    assert (await stored(stage, hidden)).code not in {row[0] for row in rows}


async def test_an_administrator_sees_numbers_but_no_list(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    await admin.says("/kinerja")
    assert "Unduh daftar laporan (Excel)" not in " ".join(admin.buttons())
    await forges(admin, Figures("month", "unit", "sheet").encode())
    assert not admin.saw("Ini daftar laporan yang diminta")


async def test_the_figures_of_one_area_and_class_alone(stage: Stage) -> None:
    siti = await resident(stage)
    await disposed(stage, siti, area_id=3)
    await filed(stage, siti, area_id=3, report_class=ReportClass.INFORMATION)
    await disposed(stage, siti, "u2", area_id=1)
    verifier = await at_work(stage, "verifier")
    await verifier.says("/kinerja")
    verifier.sees("Masuk: 3")
    await verifier.presses("🔎 Kelurahan")
    verifier.sees("Kelurahan mana yang ingin dilihat?", "1 November 2026 sampai 30 November 2026")
    assert verifier.buttons()[:3] == ["Semua kelurahan", "Penyengat (2)", "Sei Jang (1)"]
    await verifier.presses("Penyengat")
    verifier.sees("seluruh kota", "Hanya Kelurahan Penyengat", "Masuk: 2")
    await verifier.presses("🔎 Jenis")
    assert verifier.buttons()[:3] == ["Semua jenis", "Minta informasi (1)", "Pengaduan (1)"]
    await verifier.presses("Pengaduan")
    verifier.sees("Hanya Kelurahan Penyengat; Pengaduan", "Masuk: 1", "PU: 1 laporan")
    await verifier.presses("Tahun ini")
    verifier.sees("Hanya Kelurahan Penyengat; Pengaduan", "Masuk: 1", "1 Januari 2026")
    await verifier.presses("Penyengat")
    assert "• Penyengat (1)" in verifier.buttons(), "of the chosen class"
    await verifier.presses("Semua kelurahan")
    verifier.sees("Hanya Pengaduan", "Masuk: 2")
    await verifier.presses("Hapus pilihan")
    verifier.sees("Masuk: 3")
    assert "Hanya" not in verifier.last()


async def test_the_list_of_choices_leads_back_to_the_same_figures(stage: Stage) -> None:
    siti, verifier = await resident(stage), await at_work(stage, "verifier")
    await disposed(stage, siti, "u2")
    await verifier.says("/kinerja")
    await verifier.presses("Tahun ini")
    await verifier.presses("Per jenis")
    before = verifier.last()
    await verifier.presses("🔎 Unit")
    assert verifier.buttons()[:2] == ["Semua unit", "Disdukcapil (1)"]
    await verifier.presses("Kembali")
    assert verifier.last() == before
    await verifier.presses("Bulan lalu")
    await verifier.presses("🔎 Kelurahan")
    verifier.sees("Belum ada laporan pada masa ini.")
    await verifier.presses("Kembali")
    verifier.sees("Belum ada laporan pada masa ini.", "Kinerja laporan")


async def test_a_head_of_one_unit_chooses_no_unit_and_never_sees_another(stage: Stage) -> None:
    siti, head = await resident(stage), await at_work(stage, "head")
    await disposed(stage, siti, "u2", area_id=3)
    await disposed(stage, siti, "u1", area_id=1)
    await head.says("/kinerja")
    assert "🔎 Unit" not in head.buttons()
    await head.presses("🔎 Kelurahan")
    assert [label for label in head.buttons() if "(" in label] == ["Sei Jang (1)"]
    for form in ("text", "unit", "sheet"):
        await forges(head, Figures("month", "unit", form, unit=2).encode())
        assert not head.saw("Disdukcapil")
    head.sees("Maaf, unit itu bukan tugas Bapak/Ibu.")


@pytest.mark.parametrize("forged", [{"unit": 99}, {"area": 99}])
@pytest.mark.parametrize("form", ["text", "area", "chart", "sheet"])
async def test_what_the_city_has_not_cannot_be_chosen(stage: Stage, forged: dict[str, int], form: str) -> None:
    verifier = await at_work(stage, "verifier")
    await forges(verifier, Figures("month", "unit", form, **forged).encode())
    verifier.sees("Pilihan itu tidak ada dalam daftar.")


async def test_many_units_come_page_by_page(stage: Stage) -> None:
    siti, verifier = await resident(stage), await at_work(stage, "verifier")
    async with stage.db.begin() as session:
        units = [Unit(code=f"x{n}", name=f"Kantor {n}", short_name=f"Kantor {n:02}", kind="dinas") for n in range(20)]
        session.add_all(units)
    for unit in units:
        complaint_id = await filed(stage, siti)
        async with stage.db.begin() as session:
            (await complaints.get(session, complaint_id)).unit_id = unit.id
    async with stage.db.read() as session:
        forget(session)
    await verifier.says("/kinerja")
    await verifier.presses("🔎 Unit")
    assert [label for label in verifier.buttons() if "(" in label] == [f"Kantor {n:02} (1)" for n in range(9)]
    await verifier.presses("Berikutnya")
    await verifier.presses("Berikutnya")
    assert [label for label in verifier.buttons() if "(" in label] == ["Kantor 18 (1)", "Kantor 19 (1)"]
    await verifier.presses("Sebelumnya")
    await verifier.presses("Sebelumnya")
    await verifier.presses("Kantor 03")
    verifier.sees("Hanya unit Kantor 03", "Masuk: 1")


async def test_the_register_holds_what_was_chosen_and_says_so(stage: Stage) -> None:
    siti = await resident(stage)
    await disposed(stage, siti, area_id=3)
    await filed(stage, siti, area_id=3, report_class=ReportClass.INFORMATION)
    await disposed(stage, siti, "u2", area_id=1)
    verifier = await at_work(stage, "verifier")
    await verifier.says("/kinerja")
    await verifier.presses("Unduh daftar laporan")
    assert verifier.saw("Ini daftar laporan yang diminta: seluruh kota, masuk 1 November 2026 sampai 30 November 2026.")
    book = CalamineWorkbook.from_filelike(BytesIO(await verifier.newest_file()))
    assert len(listed(book)) == 3
    assert "Pilihan: semua" in words_of(book)
    await verifier.presses("🔎 Kelurahan")
    await verifier.presses("Penyengat")
    await verifier.presses("🔎 Jenis")
    await verifier.presses("Pengaduan")
    await verifier.presses("Unduh daftar laporan")
    verifier.sees("Hanya Kelurahan Penyengat; Pengaduan.")
    book = CalamineWorkbook.from_filelike(BytesIO(await verifier.newest_file()))
    (row,) = listed(book)
    assert row[2] == "Pengaduan"
    assert "Kelurahan Penyengat" in row[5]
    assert "Pilihan: Kelurahan Penyengat; Pengaduan" in words_of(book)
    assert len(book.get_sheet_by_name("Open311").to_python()) == 2


async def test_the_pictures_are_of_what_was_chosen(stage: Stage) -> None:
    siti = await resident(stage)
    await disposed(stage, siti, area_id=3)
    await disposed(stage, siti, "u2", area_id=1)
    verifier = await at_work(stage, "verifier")
    await forges(verifier, Figures("month", "unit", "chart", area=3).encode())
    verifier.sees("Hanya Kelurahan Penyengat", "Masuk: 1", "PU: 1 laporan")
    assert len([message for message in verifier.history() if "photo" in message]) == 2


def test_a_picture_says_how_many_parts_are_not_drawn() -> None:
    asked = Asked(FIRST, None, date(2026, 11, 1), date(2026, 11, 30), {})
    parts = {number: Indicators(received=number, counted=number) for number in range(1, 16)}
    first, second = figure_charts.charts(asked, Overview(Indicators(), parts), {})
    assert first.values[:2] == (15.0, 14.0)
    assert len(first.values) == 12
    assert first.subtitle.endswith("30 November 2026; 12 yang terbanyak, 3 lagi tidak digambar")
    assert second.subtitle == first.subtitle
    few = Overview(Indicators(), {1: Indicators()})
    assert "tidak digambar" not in figure_charts.charts(asked, few, {})[0].subtitle


async def test_the_audit_keeps_what_a_register_was_narrowed_to(stage: Stage) -> None:
    verifier = await at_work(stage, "verifier")
    await forges(verifier, Figures("month", "unit", "sheet", area=3, report_class="information").encode())
    async with stage.db.read() as session:
        (row,) = (await session.scalars(select(AuditRow).where(AuditRow.action == "exported"))).all()
    assert (row.new["area"], row.new["report_class"], row.new["span"]) == (3, "information", "month")


async def test_figures_of_a_unit_leave_out_what_is_about_the_unit(stage: Stage) -> None:
    siti = await resident(stage)
    complaint_id = await taken(stage, siti)
    async with stage.db.begin() as session:
        complaint = await complaints.get(session, complaint_id)
        complaint.conflict_unit_id = complaint.unit_id
    head = await at_work(stage, "head")
    await head.says("/kinerja")
    head.sees("Belum ada laporan pada masa ini.")


async def test_the_figures_come_as_pictures_above_their_text(stage: Stage) -> None:
    siti = await resident(stage)
    await taken(stage, siti)
    await disposed(stage, siti, "u2")
    verifier = await at_work(stage, "verifier")
    await verifier.says("/kinerja")
    await verifier.presses("Lihat grafik")
    photos = [message for message in verifier.history() if "photo" in message]
    assert len(photos) == 2
    verifier.sees("Kinerja laporan: seluruh kota", "PU: 1 laporan")


async def test_without_reports_there_is_nothing_to_draw(stage: Stage) -> None:
    verifier = await at_work(stage, "verifier")
    await verifier.says("/kinerja")
    await verifier.presses("Lihat grafik")
    assert not [message for message in verifier.history() if "photo" in message]
    verifier.sees("Belum ada laporan pada masa ini.")
