"""Writing a work plan in the chat, from the first question to the superior's desk."""

from __future__ import annotations

from decimal import Decimal

from models.performance.plan import Aspect, CoreValue
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.plan_rules import PlanStatus, ResultKind
from tests.desk_scenes import at_work
from tests.driver import Stage
from tests.plan_scenes import (
    answers_an_item,
    at_the_start,
    first_result,
    indicator,
    newest,
    seen,
)


async def test_a_whole_plan_from_the_superiors_results_to_the_superior(stage: Stage) -> None:
    officer = await at_the_start(stage)
    serves = await first_result(stage, "head")
    head = await at_work(stage, "head")
    officer.sees("Rencana kerja (SKP) 2026", "Belum ada")
    await officer.presses("Mulai menyusun")
    officer.sees("Belum ada satu pun hasil kerja utama")
    await officer.presses("Hasil kerja utama")
    officer.sees("Hasil kerja atasan mana yang didukung?", "Hasil head")
    await officer.presses("mendukung: Hasil head")
    officer.sees("Hasil kerja utama apa yang akan dicapai?", "Mendukung: Hasil head")
    await officer.says("Lampu jalan menyala setiap malam")
    officer.sees("Apa ukuran keberhasilannya?", "Lampu jalan menyala setiap malam")
    await answers_an_item(officer)
    officer.sees("Bagaimana pembagian per triwulan?", "120 titik", "30 · 30 · 30 · 30")
    await officer.presses("Terima usul")
    officer.sees("Lampu jalan menyala setiap malam", "IKU-1", "120 titik")
    await officer.presses("Ke ringkasan")
    await officer.presses("Perilaku kerja (0 dari 7)")
    await officer.presses("Pakai kalimat baku")
    await officer.presses("Loyal")
    await officer.says("Menjaga rahasia jabatan dan nama baik kantor")
    officer.sees("Loyal: Menjaga rahasia jabatan dan nama baik kantor")
    await officer.presses("Ke ringkasan")
    officer.sees("sudah lengkap", "IKU-1 Jumlah lampu yang diperbaiki: 120 titik")
    await officer.presses("Ajukan kepada atasan")
    officer.sees("Menunggu persetujuan atasan", "Diajukan kepada Pegawai Head", "mendukung: Hasil head")
    head.sees("Pegawai Officer mengajukan rencana kerja (SKP) 2026")

    plan = await seen(stage, (await newest(stage)).id)
    row, item = plan.results[0].row, plan.items[0]
    assert (plan.plan.status, row.kind, row.superior_result_id) == (PlanStatus.SUBMITTED, ResultKind.MAIN, serves)
    assert (item.aspect, item.polarity, item.aggregation, item.low, item.high, item.measure_unit) == (
        *(Aspect.QUANTITY, Polarity.HIGHER, Aggregation.SUM),
        *(Decimal(120), Decimal(120), "titik"),
    )
    assert item.quarters == (Decimal(30),) * 4
    assert len(plan.behaviours) == len(CoreValue)


async def test_a_draft_is_possible_before_the_superior_has_a_plan(stage: Stage) -> None:
    officer = await at_the_start(stage)
    await officer.presses("Mulai menyusun")
    await officer.presses("Hasil kerja utama")
    officer.sees("Hasil kerja utama apa yang akan dicapai?")
    await officer.says("Lampu jalan menyala")
    await answers_an_item(officer)
    await officer.says("10 20 40 50")
    await officer.presses("Ke ringkasan")
    officer.sees("10 · 20 · 40 · 50", "baru bisa disetujui sesudah dikaitkan")
    await officer.presses("Ajukan")
    officer.sees("Menunggu persetujuan atasan")


async def test_an_indicator_of_the_unit_answers_most_questions(stage: Stage) -> None:
    await indicator(stage)
    officer = await at_the_start(stage)
    for press in ("Mulai menyusun", "Hasil kerja tambahan"):
        await officer.presses(press)
    await officer.says("Laporan warga selesai")
    officer.sees("PU-01: Laporan selesai tepat waktu (%)")
    await officer.presses("PU-01")
    await officer.presses("Kualitas")
    officer.sees("Berapa target setahun?")
    await officer.presses("Pakai target indikator: 90–95%")
    officer.sees("90 · 90 · 90 · 90")
    await officer.presses("Terima usul")
    item = (await seen(stage, (await newest(stage)).id)).items[0]
    assert (item.indicator_id, item.low, item.high, item.aggregation) == (1, Decimal(90), Decimal(95), Aggregation.LAST)


async def test_yes_or_no_asks_neither_unit_nor_sum(stage: Stage) -> None:
    officer = await at_the_start(stage)
    for press in ("Mulai menyusun", "Hasil kerja tambahan"):
        await officer.presses(press)
    await officer.says("Peta lampu jalan tersedia")
    await officer.says("Peta selesai")
    await officer.presses("Kualitas")
    await officer.presses("Cukup ya atau tidak")
    await officer.presses("Ya, harus terjadi")
    officer.sees("IKU-1 Peta selesai: ya (per triwulan – · – · – · 1)")


async def test_what_cannot_be_read_is_asked_again(stage: Stage) -> None:
    officer = await at_the_start(stage)
    for press in ("Mulai menyusun", "Hasil kerja utama"):
        await officer.presses(press)
    await officer.says("Lampu jalan menyala")
    await officer.says("Jumlah lampu")
    await officer.presses("Kuantitas")
    await officer.presses("Makin banyak")
    await officer.says("banyak sekali")
    assert officer.saw("Angka itu belum bisa kami baca")
    officer.sees("Berapa target setahun?")
    await officer.says("0")
    assert officer.saw("Target nol tidak bisa diukur")
    officer.sees("Berapa target setahun?")
    await officer.says("120")
    officer.sees("Apa satuannya?")
    await officer.presses("kegiatan")
    await officer.presses("Dijumlahkan")
    await officer.says("1 2 3")
    assert officer.saw("Empat angka itu belum bisa kami baca")
    await officer.says("10 10 10 10")
    assert officer.saw("menjadi 40, padahal target setahun 120")
    officer.sees("Bagaimana pembagian per triwulan?")


async def test_a_gap_has_a_button_to_its_place(stage: Stage) -> None:
    officer = await at_the_start(stage)
    for press in ("Mulai menyusun", "Hasil kerja utama"):
        await officer.presses(press)
    await officer.says("Lampu jalan menyala")
    await officer.presses("Kembali")
    await officer.presses("Kembali")
    officer.sees("“Lampu jalan menyala” belum punya ukuran.")
    assert "📨 Ajukan kepada atasan" not in officer.buttons()
    await officer.presses("Lengkapi: Lampu jalan menyala")
    officer.sees("Hasil kerja utama", "1. Lampu jalan menyala")
