"""Domain rule 28: late and corrected reports are marked, a correction keeps what stood there before."""

from __future__ import annotations

from datetime import UTC, datetime

from models.rules.performance.reporting import WeekStatus
from tests.driver import Phone, Stage
from tests.weekly_scenes import MONDAY, entries, history, led, numbers, phone, stored


async def sent(stage: Stage) -> Phone:
    """The officer has reported the running week: 3, 87.5, 9."""
    await led(stage)
    stage.later(days=3)
    officer = phone(stage, "officer")
    await officer.says("/minggu")
    await officer.presses("Semua sama, kirim")
    return officer


async def test_rule_28_a_correction_is_marked_and_keeps_its_history(stage: Stage) -> None:
    officer = await sent(stage)
    stage.later(minutes=30)
    await officer.presses("Perbaiki")
    officer.sees("✔️ 1. Dokumen selesai: 3 dokumen")
    await officer.says("1: 5")
    officer.sees("Sebelumnya: 3 dokumen")
    await officer.presses("Kirim laporan")
    officer.sees("Perbaikan laporan minggu", "Diperbaiki")
    report = await stored(stage)
    assert report is not None
    assert report.corrected_at == stage.now
    assert await numbers(stage) == ["5", "87.5", "9"]
    first, second = await history(stage)
    assert {change["old"] for change in first.values.values()} == {None}
    (change,) = second.values.values()
    assert (change["old"]["value"], change["new"]["value"]) == ("3", "5")
    await officer.presses("Riwayat")
    officer.sees("1. Dokumen selesai: 3 menjadi 5")


async def test_rule_28_note_and_evidence_are_stored_and_their_change_is_kept(stage: Stage) -> None:
    officer = await sent(stage)
    await officer.presses("Perbaiki")
    await officer.presses("✏️ 2")
    await officer.says("https://contoh.go.id/survei")
    await officer.says("2: 87,5% dari 40 pemohon")
    await officer.presses("Kirim laporan")
    second = (await entries(stage))[1]
    assert (second.link, second.note) == ("https://contoh.go.id/survei", "dari 40 pemohon")
    (change,) = (await history(stage))[-1].values.values()
    assert change["old"]["link"] is None
    assert change["new"]["link"] == "https://contoh.go.id/survei"
    assert not second.same_as_last


async def test_rule_28_a_late_report_is_marked(stage: Stage) -> None:
    await led(stage)
    stage.now = datetime(2026, 11, 27, 8, 1, tzinfo=UTC)  # Friday 15.01
    officer = phone(stage, "officer")
    await officer.says("/minggu")
    await officer.presses("Semua sama, kirim")
    officer.sees("Terlambat: masuk Jumat, 27 November 2026 15.01 WIB, batasnya Jumat, 27 November 2026 15.00 WIB")
    report = await stored(stage)
    assert report is not None
    assert report.late


async def test_sending_what_is_there_already_changes_nothing(stage: Stage) -> None:
    officer = await sent(stage)
    await officer.presses("Perbaiki")
    await officer.says("1: 3")
    await officer.presses("Kirim laporan")
    officer.sees("Tidak ada yang berubah")
    assert len(await history(stage)) == 1


async def test_what_the_superior_accepted_needs_a_reason(stage: Stage) -> None:
    officer, head = await sent(stage), phone(stage, "head")
    await head.says("/periksa")
    await head.presses("Pegawai Officer · 23–27")
    await head.presses("Terima")
    await officer.says("/minggu")
    officer.sees("diterima atasan")
    await officer.presses("Perbaiki")
    await officer.says("1: 4")
    await officer.presses("Kirim laporan")
    officer.sees("Mengapa diperbaiki?")
    report = await stored(stage)
    assert report is not None
    assert report.status is WeekStatus.VERIFIED
    await officer.says("Satu dokumen baru selesai sore ini")
    officer.sees("menunggu diperiksa atasan")
    report = await stored(stage)
    assert report is not None
    assert (report.status, report.decided_by_id) == (WeekStatus.REPORTED, None)
    assert (await history(stage))[-1].text == "Satu dokumen baru selesai sore ini"


async def test_a_week_of_an_earlier_quarter_is_closed(stage: Stage) -> None:
    officer = await sent(stage)
    message_id = officer.history()[-1]["message_id"]
    for monday in ("2026-09-21", "2026-11-30", "2026-11-24", "x", "2026-99-99"):
        await officer.presses_data(message_id, f"j:fill:{monday}:")
        assert officer.saw("Minggu itu belum mulai atau triwulannya sudah berakhir") or officer.saw("tidak ada")
    assert await stored(stage, MONDAY) is not None
    officer.sees("Laporan mingguan itu tidak ada")
