"""/kinerja: who sees whose figures, and how one moves between spans and dimensions."""

from __future__ import annotations

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from bot.callbacks import Figures
from bot.services import complaints
from tests.desk_scenes import Statements, at_work, disposed, filed, forges, resident, stored, taken
from tests.driver import Stage


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
    rows = book.get_sheet_by_name("Register").to_python()[1:]
    assert len(rows) == codes
    assert (await stored(stage, hidden)).code not in {row[0] for row in rows}


async def test_an_administrator_sees_numbers_but_no_list(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    await admin.says("/kinerja")
    assert "Unduh daftar laporan (Excel)" not in " ".join(admin.buttons())
    await forges(admin, Figures("month", "unit", "sheet").encode())
    assert not admin.saw("Ini daftar laporan yang diminta")


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
