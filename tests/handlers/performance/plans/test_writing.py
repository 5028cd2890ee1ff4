"""Writing a work plan in the chat, from the first question to the superior's desk."""

from __future__ import annotations

from decimal import Decimal

from bot.services.performance.plans import deciding, drafting
from models.performance.plan import Aspect, CoreValue, PlanItem, PlanResult, WorkPlan
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.plan_rules import PlanStatus, ResultKind
from tests.desk_scenes import at_work
from tests.driver import Phone, Stage
from tests.plan_scenes import (
    LAMPS,
    THIS_YEAR,
    approved,
    by,
    count,
    drafted,
    first_result,
    in_line,
    indicator,
    newest,
    seen,
    submitted,
)


async def begun(stage: Stage) -> Phone:
    await in_line(stage)
    officer = await at_work(stage, "officer")
    await officer.says("/rencana")
    return officer


async def one_item(officer: Phone) -> None:
    """From the name of an item to its split."""
    await officer.says("Jumlah lampu yang diperbaiki")
    await officer.presses("Kuantitas")
    await officer.presses("Makin banyak")
    await officer.says("120 titik")
    await officer.presses("Dijumlahkan")


async def test_a_whole_plan_from_the_superiors_results_to_the_superior(stage: Stage) -> None:
    officer = await begun(stage)
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
    await one_item(officer)
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
    officer = await begun(stage)
    await officer.presses("Mulai menyusun")
    await officer.presses("Hasil kerja utama")
    officer.sees("Hasil kerja utama apa yang akan dicapai?")
    await officer.says("Lampu jalan menyala")
    await one_item(officer)
    await officer.says("10 20 40 50")
    await officer.presses("Ke ringkasan")
    officer.sees("10 · 20 · 40 · 50", "baru bisa disetujui sesudah dikaitkan")
    await officer.presses("Ajukan")
    officer.sees("Menunggu persetujuan atasan")


async def test_an_indicator_of_the_unit_answers_most_questions(stage: Stage) -> None:
    await indicator(stage)
    officer = await begun(stage)
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
    officer = await begun(stage)
    for press in ("Mulai menyusun", "Hasil kerja tambahan"):
        await officer.presses(press)
    await officer.says("Peta lampu jalan tersedia")
    await officer.says("Peta selesai")
    await officer.presses("Kualitas")
    await officer.presses("Cukup ya atau tidak")
    await officer.presses("Ya, harus terjadi")
    officer.sees("IKU-1 Peta selesai: ya (per triwulan – · – · – · 1)")


async def test_what_cannot_be_read_is_asked_again(stage: Stage) -> None:
    officer = await begun(stage)
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


async def test_back_cancel_restart_and_a_double_tap(stage: Stage) -> None:
    officer = await begun(stage)
    for press in ("Mulai menyusun", "Hasil kerja utama"):
        await officer.presses(press)
    await officer.says("Lampu jalan menyala")
    await officer.says("Jumlah lampu")
    await officer.presses("Kuantitas")
    await officer.presses("Kembali")
    officer.sees("Apa yang diukur?")
    await officer.presses("Kualitas")
    await stage.close()
    await stage.open()
    await officer.presses("Makin banyak")
    await officer.says("120 titik")
    message, data = officer.button("Dijumlahkan")
    await officer.presses_data(message, data)
    await officer.presses_data(message, data)
    assert await count(stage, PlanItem) == 1
    await officer.presses("Batal")
    officer.sees("semua yang sudah dijawab tersimpan")
    assert await count(stage, PlanResult) == 1
    await officer.says("/rencana")
    await officer.presses("Lanjutkan menyusun")
    officer.sees("IKU-1 Jumlah lampu: 120 titik")
    await officer.presses_data(message, data)
    officer.sees("Rencana kerja (SKP) 2026")
    assert await count(stage, PlanItem) == 1, "a button of an earlier talk does nothing"


async def test_every_field_can_be_changed_and_parts_deleted(stage: Stage) -> None:
    await in_line(stage)
    plan_id = await drafted(stage, "officer")
    officer = await at_work(stage, "officer")
    await officer.says("/rencana")
    await officer.presses("Lanjutkan menyusun")
    await officer.presses("1. Lampu jalan menyala")
    await officer.presses("Ubah kalimat")
    await officer.says("Lampu jalan terang")
    officer.sees("1. Lampu jalan terang")
    await officer.presses("IKU-1")
    await officer.presses("Ubah nama")
    await officer.says("Lampu yang hidup lagi")
    officer.sees("IKU-1 Lampu yang hidup lagi")
    await officer.presses("Ubah aspek")
    await officer.presses("Kualitas")
    officer.sees("Aspek: Kualitas (mutu)")
    await officer.presses("Ubah satuan")
    await officer.says("lampu")
    officer.sees("Satuan: lampu")
    await officer.presses("Ubah target")
    await officer.says("200")
    officer.sees("Usul: 50 · 50 · 50 · 50")
    await officer.says("20 60 60 60")
    await officer.presses("IKU-1")
    await officer.presses("Ubah cara hitung")
    await officer.presses("Nilai terakhir")
    await officer.presses("Terima usul")
    await officer.presses("IKU-1")
    await officer.presses("Ubah arah")
    await officer.presses("Cukup ya atau tidak")
    officer.sees("Apa jawaban yang diharapkan")
    await officer.presses("Ya, harus terjadi")
    officer.sees("Target setahun: ya")
    item = (await seen(stage, plan_id)).items[0]
    assert (item.name, item.aspect, item.polarity, item.low, item.quarters) == (
        *("Lampu yang hidup lagi", Aspect.QUALITY, Polarity.YES_NO, Decimal(1)),
        (None, None, None, Decimal(1)),
    )
    await officer.presses("Hapus")
    await officer.presses("Tidak, biarkan")
    await officer.presses("Hapus")
    await officer.presses("Ya, hapus")
    assert await count(stage, PlanItem) == 0
    await officer.presses("Hapus")
    await officer.presses("Ya, hapus")
    officer.sees("Belum ada satu pun hasil kerja utama")
    assert await count(stage, PlanResult) == 0


async def test_the_numbers_have_no_gap_after_a_deletion(stage: Stage) -> None:
    await in_line(stage)
    plan_id = await drafted(stage, "officer")
    officer = await at_work(stage, "officer")
    await officer.says("/rencana")
    await officer.presses("Lanjutkan menyusun")
    await officer.presses("1. Lampu jalan menyala")
    await officer.presses("Tambah ukuran")
    await one_item(officer)
    await officer.presses("Terima usul")
    await officer.presses("IKU-1")
    await officer.presses("Hapus")
    await officer.presses("Ya, hapus")
    assert [item.position for item in (await seen(stage, plan_id)).items] == [1]


async def test_a_gap_has_a_button_to_its_place(stage: Stage) -> None:
    officer = await begun(stage)
    for press in ("Mulai menyusun", "Hasil kerja utama"):
        await officer.presses(press)
    await officer.says("Lampu jalan menyala")
    await officer.presses("Kembali")
    await officer.presses("Kembali")
    officer.sees("“Lampu jalan menyala” belum punya ukuran.")
    assert "📨 Ajukan kepada atasan" not in officer.buttons()
    await officer.presses("Lengkapi: Lampu jalan menyala")
    officer.sees("Hasil kerja utama", "1. Lampu jalan menyala")


async def test_last_years_plan_is_copied_with_one_tap(stage: Stage) -> None:
    await in_line(stage)
    before = await approved(stage, "officer")
    stage.later(days=60)
    officer = await at_work(stage, "officer")
    await officer.says("/rencana")
    officer.sees("Rencana kerja (SKP) 2027", "Belum ada")
    await officer.presses("Mulai menyusun")
    await officer.presses("Salin rencana 2026")
    officer.sees("1. Lampu jalan menyala", "IKU-1 Jumlah lampu yang diperbaiki: 120 titik")
    copy = await seen(stage, (await newest(stage)).id)
    assert copy.items[0].origin_id is None, "the weeks of another year are another line"
    assert copy.results[0].row.superior_result_id is None
    assert copy.plan.id != before
    await officer.presses("Hasil kerja utama")
    assert not officer.saw("Atau pakai kalimat tahun lalu"), "what is in the plan already is not offered"


async def test_next_years_plan_can_be_begun_in_the_last_quarter(stage: Stage) -> None:
    officer = await begun(stage)
    await officer.presses("Tahun lain")
    await officer.presses("2027")
    await officer.presses("Mulai menyusun")
    assert (await newest(stage)).year == 2027


async def test_what_was_submitted_is_taken_back(stage: Stage) -> None:
    await in_line(stage)
    plan_id = await submitted(stage, "officer")
    officer = await at_work(stage, "officer")
    await officer.says("/rencana")
    await officer.presses("Tarik kembali")
    officer.sees("Draf")
    assert (await seen(stage, plan_id)).plan.status is PlanStatus.DRAFT
    assert await count(stage, WorkPlan) == 1


async def test_words_at_a_place_of_buttons_are_no_report(stage: Stage) -> None:
    officer = await begun(stage)
    await officer.presses("Mulai menyusun")
    await officer.says("Lampu jalan di depan sekolah menyala")
    assert officer.saw("Mohon tekan dahulu bagian")
    officer.sees("Belum ada satu pun hasil kerja utama")
    assert await count(stage, PlanResult) == 0


async def test_a_half_answered_item_is_not_thrown_away_unasked(stage: Stage) -> None:
    officer = await begun(stage)
    for press in ("Mulai menyusun", "Hasil kerja utama"):
        await officer.presses(press)
    await officer.says("Lampu jalan menyala")
    await officer.says("Jumlah lampu")
    await officer.says("/rencana")
    await officer.presses("Lanjutkan menyusun")
    officer.sees("Masih ada isian yang belum selesai", "Apa yang diukur?")
    await officer.presses("Lanjutkan")
    officer.sees("Apa yang diukur?")
    await officer.says("/rencana")
    await officer.presses("Lanjutkan menyusun")
    await officer.presses("Mulai baru")
    officer.sees("“Lampu jalan menyala” belum punya ukuran.")


async def test_next_result_and_the_pages_of_the_superiors_results(stage: Stage) -> None:
    await in_line(stage)
    async with stage.db.begin() as session:
        top = await by(stage, session, "admin")
        plan = await drafting.open_plan(top, THIS_YEAR)
        for number in range(8):
            result = await drafting.add_result(top, plan.id, ResultKind.MAIN, f"Hasil kota {number}")
            await drafting.add_item(top, plan.id, result.id, LAMPS)
        await deciding.submit(top, plan.id)
    head = await at_work(stage, "head")
    await head.says("/rencana")
    await head.presses("Mulai menyusun")
    await head.presses("Hasil kerja utama")
    head.sees("Hasil kota 5")
    await head.presses("Berikutnya")
    head.sees("7. Hasil kota 6", "8. Hasil kota 7")
    await head.presses("mendukung: Hasil kota 7")
    await head.says("Jalan kota mantap")
    await head.presses("Kembali")
    await head.presses("Hasil kerja atasan")
    await head.presses("mendukung: Hasil kota 0")
    head.sees("mendukung: Hasil kota 0")
    await head.presses("Hasil kerja berikutnya")
    await head.presses("Tentukan nanti")
    await head.says("Drainase lancar")
    assert [one.serves for one in (await seen(stage, (await newest(stage)).id)).results] == ["Hasil kota 0", None]
