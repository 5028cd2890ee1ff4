"""Going back, changing, deleting, copying: a work plan is seldom written in one go."""

from __future__ import annotations

from decimal import Decimal

from bot.services.performance.plans import deciding, drafting
from models.performance.plan import Aspect, PlanItem, PlanResult, WorkPlan
from models.rules.performance.achievement import Polarity
from models.rules.performance.plan_rules import PlanStatus, ResultKind
from tests.desk_scenes import at_work
from tests.driver import Stage
from tests.plan_scenes import (
    LAMPS,
    THIS_YEAR,
    answers_an_item,
    approved,
    at_the_start,
    by,
    count,
    drafted,
    in_line,
    newest,
    seen,
    submitted,
)


async def test_back_cancel_restart_and_a_double_tap(stage: Stage) -> None:
    officer = await at_the_start(stage)
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
    await answers_an_item(officer)
    await officer.presses("Terima usul")
    await officer.presses("IKU-1")
    await officer.presses("Hapus")
    await officer.presses("Ya, hapus")
    assert [item.position for item in (await seen(stage, plan_id)).items] == [1]


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
    officer = await at_the_start(stage)
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
    officer = await at_the_start(stage)
    await officer.presses("Mulai menyusun")
    await officer.says("Lampu jalan di depan sekolah menyala")
    assert officer.saw("Mohon tekan dahulu bagian")
    officer.sees("Belum ada satu pun hasil kerja utama")
    assert await count(stage, PlanResult) == 0


async def test_a_half_answered_item_is_not_thrown_away_unasked(stage: Stage) -> None:
    officer = await at_the_start(stage)
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
