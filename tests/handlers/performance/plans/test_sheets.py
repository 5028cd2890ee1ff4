"""The work plan as a workbook: it goes out in the form, comes back, is shown, and is used whole or not at all."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook

from bot.callbacks import YearPlan
from bot.jobs import plan_sheets as duty
from bot.services.performance.plans import form
from models.performance.plan import CoreValue, PlanItem
from models.performance.plan_sheet import PlanSheet
from models.rules.performance.plan_rules import PlanStatus, ResultKind
from tests.desk_scenes import at_work, forges, resident
from tests.driver import Phone, Stage
from tests.plan_scenes import (
    approved,
    count,
    drafted,
    first_result,
    in_line,
    indicator,
    newest,
    seen,
    submitted,
    with_values,
)
from tests.services.workbook import xlsx

Rows = list[list[Any]]


async def downloaded(phone: Phone, plan_id: int) -> Rows:
    """The form as it came, row by row."""
    await forges(phone, YearPlan("sheet", plan_id).encode())
    book = CalamineWorkbook.from_filelike(BytesIO(await phone.newest_file()))
    return book.get_sheet_by_name(form.SHEET).to_python(skip_empty_area=False)


async def sent_back(officer: Phone, rows: Rows) -> None:
    """Send the form in the talk, and let the duty check it."""
    await officer.says("/rencana")
    if "📝 Buka versi yang lebih baru" in officer.buttons():
        await officer.presses("Buka versi yang lebih baru")
    await officer.presses("Lanjutkan menyusun")
    await officer.presses("Isi lewat Excel")
    await officer.sends("document", xlsx({form.SHEET: rows}), name="skp.xlsx")
    assert officer.saw("sedang diperiksa")
    await checked(officer)


async def checked(officer: Phone) -> None:
    assert officer.stage.product is not None
    await duty.run(officer.stage.product.runtime)
    await officer.stage.settle()


def line_of(rows: Rows, word: str) -> int:
    """The first row in which a cell is this word."""
    return next(number for number, row in enumerate(rows) if word in row)


def column(rows: Rows, name: str) -> int:
    return rows[line_of(rows, form.RESULT)].index(name)


async def writing(stage: Stage, **draft: Any) -> tuple[Phone, int]:
    await in_line(stage)
    draft = {"serves": await first_result(stage, "head")} | draft
    plan_id = await drafted(stage, "officer", **draft)
    await with_values(stage, "officer", plan_id)
    return await at_work(stage, "officer"), plan_id


async def test_the_form_has_the_regulations_parts(stage: Stage) -> None:
    officer, plan_id = await writing(stage)
    rows = await downloaded(officer, plan_id)
    words = [str(cell) for row in rows for cell in row]
    assert rows[0][0] == "SASARAN KINERJA PEGAWAI (SKP)"
    assert "periode 1 Januari 2026 s.d. 31 Desember 2026" in rows[1][0]
    assert {"PEGAWAI YANG DINILAI", "PEJABAT PENILAI KINERJA", "A. UTAMA", "B. TAMBAHAN", "PERILAKU KERJA"} <= set(
        words
    )
    assert not any(len([letter for letter in word if letter.isdigit()]) > 4 for word in words if "…" in word)
    line = rows[line_of(rows, "Lampu jalan menyala")]
    assert line == [
        *(1, "Hasil head", "Lampu jalan menyala", "Kuantitas", "Jumlah lampu yang diperbaiki", 120, "titik"),
        *(30, 30, 30, 30, "makin banyak makin baik", "dijumlahkan"),
    ]
    assert rows[line_of(rows, "Kompeten")][:3] == [3, "Kompeten", ""]
    assert "Menjaga rahasia jabatan" in words


async def test_the_number_is_shortened_and_the_superior_named(stage: Stage) -> None:
    await in_line(stage)
    plan_id = await approved(stage, "officer")
    officer = await at_work(stage, "officer")
    rows = await downloaded(officer, plan_id)
    nips = rows[line_of(rows, "NIP")]
    assert (nips[2], nips[5]) == ("…002", "…003")
    assert "Pegawai Head" in rows[line_of(rows, "Nama")]


async def test_what_goes_out_comes_back_the_same(stage: Stage) -> None:
    await indicator(stage, name="Jumlah lampu yang diperbaiki")
    officer, plan_id = await writing(stage)
    before = await seen(stage, plan_id)
    await sent_back(officer, await downloaded(officer, plan_id))
    officer.sees(
        "1 hasil kerja", "Jumlah lampu yang diperbaiki: 120 titik (per triwulan 30 · 30 · 30 · 30)", "2 dari 7"
    )
    await officer.presses("Pakai")
    officer.sees("Rencana kerja (SKP) 2026", "mendukung: Hasil head")
    after = await seen(stage, plan_id)
    assert after.behaviours == before.behaviours
    assert [(one.row.title, one.serves) for one in after.results] == [("Lampu jalan menyala", "Hasil head")]
    old, new = before.items[0], after.items[0]
    assert new.indicator_id == 1, "an item named like an indicator of the unit is measured by it"
    for name in ("name", "aspect", "polarity", "aggregation", "measure_unit", "low", "high", "quarters", "position"):
        assert getattr(new, name) == getattr(old, name)


async def test_a_form_filled_in_by_hand(stage: Stage) -> None:
    officer, plan_id = await writing(stage)
    rows = await downloaded(officer, plan_id)
    place = line_of(rows, "Lampu jalan menyala") + 1
    rows.insert(place, ["", "", "", "kualitas", "Kepuasan warga", "80-90", "%", "", "", "", "", "", "rata-rata"])
    extra = line_of(rows, "B. TAMBAHAN") + 1
    rows[extra][1:7] = ["", "Panitia HUT kota", "Waktu", "Laporan selesai", "14 hari", "hari"]
    rows[extra][11] = "makin sedikit makin baik"
    rows[line_of(rows, "Harmonis")][2] = "Rukun dengan semua rekan"
    await sent_back(officer, rows)
    officer.sees("2 hasil kerja", "Kepuasan warga: 80–90%", "Panitia HUT kota (tambahan)", "3 dari 7")
    assert await count(stage, PlanItem) == 3, "of the top, of the head, and the one there was: nothing yet"
    message, data = officer.button("Pakai")
    await officer.presses_data(message, data)
    plan = await seen(stage, plan_id)
    assert [(item.position, item.name, item.low, item.high) for item in plan.items] == [
        (1, "Jumlah lampu yang diperbaiki", Decimal(120), Decimal(120)),
        (2, "Kepuasan warga", Decimal(80), Decimal(90)),
        (3, "Laporan selesai", Decimal(14), Decimal(14)),
    ]
    assert plan.items[1].quarters == (Decimal(80),) * 4
    assert [one.row.kind for one in plan.results] == [ResultKind.MAIN, ResultKind.ADDITIONAL]
    assert plan.behaviours[CoreValue.HARMONIOUS] == "Rukun dengan semua rekan"
    assert not plan.gaps(links_needed=True)
    ids = [item.id for item in plan.items]
    await officer.presses_data(message, data)
    officer.sees("Rencana kerja (SKP) 2026")
    assert [item.id for item in (await seen(stage, plan_id)).items] == ids, "a second press changes nothing"


async def test_faults_are_told_by_cell_and_nothing_is_applied(stage: Stage) -> None:
    officer, plan_id = await writing(stage)
    rows = await downloaded(officer, plan_id)
    line = line_of(rows, "Lampu jalan menyala")
    changes = {"RHK pimpinan yang diintervensi": "Hasil orang lain", "Aspek": "Rasa", "Target": "banyak", "Satuan": ""}
    for name, value in changes.items():
        rows[line][column(rows, name)] = value
    rows.insert(line + 1, ["", "", "", "Biaya", "Hemat", 10, "%", 1, 2, 3, 4, "", "dijumlahkan"])
    rows[line + 1][column(rows, "TW III")] = "x"
    number = line + 1
    await sent_back(officer, rows)
    officer.sees(
        *("belum bisa dipakai", "Tidak ada yang berubah"),
        *(f"B{number}: “Hasil orang lain” bukan hasil kerja atasan", f"D{number}: “Rasa” tidak dikenal"),
        *(f"F{number}: target “banyak”", f"G{number}: satuannya kosong", f"J{number + 1}: “x” bukan angka"),
    )
    assert "✅ Pakai" not in officer.buttons()
    await forges(officer, YearPlan("usesheet", 1).encode())
    assert officer.saw("sudah diputuskan sebelumnya")
    assert len((await seen(stage, plan_id)).items) == 1


async def test_something_that_is_no_form(stage: Stage) -> None:
    officer, plan_id = await writing(stage)
    await sent_back(officer, [["Nama", "Umur"], ["Siti", 30]])
    officer.sees("Kolom “Rencana hasil kerja” tidak ada")
    await officer.says("/rencana")
    await officer.presses("Lanjutkan menyusun")
    await officer.presses("Isi lewat Excel")
    await officer.sends("document", b"halo", name="catatan.txt")
    assert officer.saw("Itu bukan berkas Excel")
    officer.sees("Isi lewat Excel")
    await officer.sends("document", b"halo", name="rusak.xlsx")
    await checked(officer)
    officer.sees("tidak bisa dibaca sebagai Excel")
    assert len((await seen(stage, plan_id)).items) == 1


async def test_a_plan_that_changed_meanwhile_is_not_written_over(stage: Stage) -> None:
    officer, plan_id = await writing(stage)
    await sent_back(officer, await downloaded(officer, plan_id))
    use = officer.button("Pakai")
    await officer.says("/rencana")
    await officer.presses("Lanjutkan menyusun")
    await officer.presses("1. Lampu jalan")
    await officer.presses("Ubah kalimat")
    await officer.says("Lampu jalan lebih terang")
    await officer.presses_data(*use)
    assert officer.saw("Datanya sudah berubah sejak itu")
    assert (await seen(stage, plan_id)).results[0].row.title == "Lampu jalan lebih terang"


async def test_discarding_leaves_everything(stage: Stage) -> None:
    officer, plan_id = await writing(stage)
    await sent_back(officer, await downloaded(officer, plan_id))
    await officer.presses("Jangan dipakai")
    officer.sees("tidak dipakai")
    assert len((await seen(stage, plan_id)).items) == 1


async def test_a_form_of_a_plan_that_was_submitted_meanwhile(stage: Stage) -> None:
    officer, plan_id = await writing(stage)
    rows = await downloaded(officer, plan_id)
    await sent_back(officer, rows)
    use = officer.button("Pakai")
    await forges(officer, YearPlan("submit", plan_id).encode())
    await officer.presses_data(*use)
    assert officer.saw("sudah berada pada tahap lain")
    assert (await seen(stage, plan_id)).plan.status is PlanStatus.SUBMITTED


async def test_a_later_version_keeps_its_lines_and_numbers(stage: Stage) -> None:
    await in_line(stage)
    first = await approved(stage, "officer")
    officer = await at_work(stage, "officer")
    await forges(officer, YearPlan("revise", first).encode())
    await officer.says("Ada tugas baru")
    second = (await newest(stage)).id
    rows = await downloaded(officer, second)
    place = line_of(rows, "Lampu jalan menyala")
    rows.insert(place, [1, "Hasil head", "Lampu hemat", "Biaya", "Hemat listrik", 10, "%", "", "", "", "", "", ""])
    await sent_back(officer, rows)
    await officer.presses("Pakai")
    line = (await seen(stage, first)).items[0].id
    assert [(item.position, item.name, item.origin_id) for item in (await seen(stage, second)).items] == [
        (1, "Jumlah lampu yang diperbaiki", line),
        (2, "Hemat listrik", None),
    ]


async def test_strangers_get_no_form_and_use_none(stage: Stage) -> None:
    officer, plan_id = await writing(stage)
    await sent_back(officer, await downloaded(officer, plan_id))
    for phone in (await resident(stage), await at_work(stage, "other_officer"), await at_work(stage, "head")):
        for verb in ("usesheet", "dropsheet"):
            await forges(phone, YearPlan(verb, 1).encode())
            assert "Maaf" in phone.last() or "bukan milik Bapak/Ibu" in phone.last()
    assert await count(stage, PlanSheet) == 1
    await officer.presses("Pakai")
    officer.sees("Rencana kerja (SKP) 2026")


async def test_the_superior_downloads_the_form(stage: Stage) -> None:
    await in_line(stage)
    plan_id = await submitted(stage, "officer")
    head = await at_work(stage, "head")
    rows = await downloaded(head, plan_id)
    assert "Lampu jalan menyala" in [cell for row in rows for cell in row]
