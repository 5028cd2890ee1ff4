"""The weekly report in the chat: at most three taps, numbers, words, files; back, cancel, restart, old buttons."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.callbacks import Weekly
from models.attachment import Attachment, FileKind, FilePurpose
from models.conversation import Conversation
from models.performance.progress import WeeklyReport
from models.rules.performance.reporting import WeekStatus
from tests.driver import Phone, Stage
from tests.handlers.resident import picture
from tests.weekly_scenes import LINES, MONDAY, entries, led, numbers, phone, stored


async def opened(stage: Stage) -> Phone:
    """The officer on Friday at noon, with last week reported, in the talk."""
    await led(stage)
    stage.later(days=3)
    officer = phone(stage, "officer")
    await officer.says("/minggu")
    return officer


async def test_all_the_same_is_two_taps(stage: Stage) -> None:
    officer = await opened(stage)
    officer.sees("Laporan minggu 23–27 November 2026", "1. Dokumen selesai: terakhir 3 dokumen", "terakhir 87,5%")
    await officer.presses("Semua sama, kirim")
    officer.sees("sudah kami terima", "1. Dokumen selesai: 3 dokumen", "2. Kepuasan pemohon: 87,5%")
    assert await numbers(stage) == ["3", "87.5", "9"]
    report = await stored(stage)
    assert report is not None
    assert (report.status, report.late, report.corrected_at) == (WeekStatus.REPORTED, False, None)
    assert [entry.same_as_last for entry in await entries(stage)] == [True, True, True]


async def test_one_line_is_three_taps_from_the_notice(stage: Stage) -> None:
    await led(stage, LINES[:1])
    officer = phone(stage, "officer")
    await officer.says("/menu")
    await officer.presses_data(officer.history()[-1]["message_id"], Weekly("fill", MONDAY.isoformat()).encode())
    officer.sees("1. Dokumen selesai", "Terakhir: 3 dokumen (minggu 16–20 November 2026)", "target setahun 120 dokumen")
    assert {"4", "2", "8", "0"} <= set(officer.buttons())
    await officer.presses("4")
    officer.sees("Periksa laporan", "1. Dokumen selesai: 4 dokumen")
    await officer.presses("Kirim laporan")
    assert await numbers(stage) == ["4"]


async def test_line_by_line_with_numbers_words_and_skipping(stage: Stage) -> None:
    officer = await opened(stage)
    await officer.presses("Isi satu per satu")
    officer.sees("Butir 1 dari 3", "Berapa hasil minggu ini saja?")
    await officer.says("5")
    officer.sees("Butir 2 dari 3", "Berapa keadaannya")
    await officer.says("88,25 %")
    officer.sees("Butir 3 dari 3")
    await officer.presses("Lewati")
    officer.sees("Belum diisi dan tetap tercatat belum dilaporkan: 3. Berkas arsip rapi")
    await officer.presses("Kirim laporan")
    officer.sees("Belum dilaporkan: 3. Berkas arsip rapi")
    assert await numbers(stage) == ["5", "88.25"]
    await officer.presses("Lengkapi")
    await officer.says("3: 8")
    await officer.presses("Kirim laporan")
    assert await numbers(stage) == ["5", "88.25", "8"]
    report = await stored(stage)
    assert report is not None
    assert report.corrected_at is None


async def test_several_lines_in_one_message(stage: Stage) -> None:
    officer = await opened(stage)
    await officer.says("IKU-1 1.250; iku 2: 87,5%; 3 = 9,5")
    officer.sees("1. Dokumen selesai: 1.250 dokumen", "3. Berkas arsip rapi: 9,5 berkas")
    await officer.presses("Kirim laporan")
    assert await numbers(stage) == ["1250", "87.5", "9.5"]


async def test_the_rest_can_stay_as_it_was(stage: Stage) -> None:
    officer = await opened(stage)
    await officer.presses("Isi satu per satu")
    await officer.presses("4")
    await officer.presses("Sisanya sama, periksa")
    officer.sees("1. Dokumen selesai: 4 dokumen", "2. Kepuasan pemohon: 87,5%")
    await officer.presses("Kirim laporan")
    assert await numbers(stage) == ["4", "87.5", "9"]


async def test_what_cannot_be_read_is_said_and_the_question_stays(stage: Stage) -> None:
    officer = await opened(stage)
    await officer.presses("Isi satu per satu")
    await officer.says("banyak sekali")
    assert officer.saw("Angkanya belum terbaca pada “banyak sekali”")
    officer.sees("Butir 1 dari 3")
    await officer.says("-3")
    assert officer.saw("tidak boleh kurang dari nol")
    await officer.says("7: 4")
    assert officer.saw("Butir “7” tidak ada")
    assert await stored(stage) is None


async def test_obstacle_and_evidence_go_with_their_line(stage: Stage) -> None:
    officer = await opened(stage)
    await officer.presses("Isi satu per satu")
    await officer.presses("Ada kendala")
    officer.sees("Apa kendalanya")
    await officer.says("Mesin cetak rusak sejak Selasa")
    officer.sees("Butir 1 dari 3")
    await officer.says("https://contoh.go.id/rekap")
    await officer.sends("photo", picture())
    assert officer.saw("Disimpan sebagai bukti butir 1. Dokumen selesai")
    await officer.sends("voice", b"OggS voice")
    assert officer.saw("Isinya tidak disalin menjadi tulisan")
    await officer.says("2")
    await officer.presses("Sisanya sama")
    officer.sees("Mesin cetak rusak", "https://contoh.go.id/rekap", "Berkas bukti: 2")
    await officer.presses("Kirim laporan")
    first = (await entries(stage))[0]
    assert (first.obstacle, first.link) == ("Mesin cetak rusak sejak Selasa", "https://contoh.go.id/rekap")
    async with stage.db.read() as session:
        files = (await session.scalars(select(Attachment).order_by(Attachment.id))).all()
    assert [(row.entry_id, row.kind, row.purpose) for row in files] == [
        (first.id, FileKind.PHOTO, FilePurpose.EVIDENCE),
        (first.id, FileKind.VOICE, FilePurpose.EVIDENCE),
    ]


async def test_a_second_tap_answers_no_other_line_and_sends_nothing_twice(stage: Stage) -> None:
    officer = await opened(stage)
    await officer.presses("Isi satu per satu")
    four = officer.button("4")
    await officer.presses_data(*four)
    await officer.presses_data(*four)
    officer.sees("Butir 2 dari 3")
    await officer.presses("Sisanya sama")
    send = officer.button("Kirim laporan")
    await officer.presses_data(*send)
    await officer.presses_data(*send)
    assert await numbers(stage) == ["4", "87.5", "9"]
    async with stage.db.read() as session:
        assert await session.scalar(select(func.count()).where(WeeklyReport.week == MONDAY)) == 1
    assert officer.saw("Tombol itu sudah tidak berlaku")


async def test_a_restart_in_the_middle_keeps_the_draft(stage: Stage) -> None:
    officer = await opened(stage)
    await officer.presses("Isi satu per satu")
    await officer.says("5")
    await stage.close()
    await stage.open()
    await officer.says("88")
    officer.sees("Butir 3 dari 3")
    await officer.presses("Kembali")
    officer.sees("Butir 2 dari 3", "Isian sekarang: 88%")
    await officer.says("batal")
    officer.sees("tidak jadi dikirim")
    assert await stored(stage) is None


async def test_an_open_draft_is_continued_or_begun_anew(stage: Stage) -> None:
    officer = await opened(stage)
    await officer.presses("Isi satu per satu")
    await officer.says("5")
    await officer.says("/minggu")
    officer.sees("Butir 2 dari 3")
    await officer.says("/lapor")
    await officer.presses("Lanjutkan")
    officer.sees("Butir 2 dari 3")
    await officer.says("batal")
    await officer.says("/lapor")
    await officer.says("/minggu")
    officer.sees("Masih ada isian")
    await officer.presses("Mulai baru")
    officer.sees("Laporan minggu 23–27 November 2026")


async def test_without_a_plan_nothing_can_be_reported(stage: Stage) -> None:
    officer = phone(stage, "officer")
    await officer.says("/minggu")
    officer.sees("Belum ada rencana kerja (SKP) yang disetujui")
    async with stage.db.read() as session:
        assert list(await session.scalars(select(Conversation.flow).where(Conversation.flow.is_not(None)))) == []


async def test_same_as_last_three_times_in_a_row_is_flagged(stage: Stage) -> None:
    officer = await opened(stage)
    await officer.presses("Semua sama, kirim")
    assert not officer.saw("berturut-turut")
    for count in (2, 3):
        stage.later(days=7)
        await officer.says("/minggu")
        await officer.presses("Semua sama, kirim")
        assert officer.saw("Sama dengan sebelumnya, 3 kali berturut-turut") is (count == 3)


async def test_a_late_week_is_chosen_from_those_missing_and_marked(stage: Stage) -> None:
    officer = await opened(stage)
    await officer.presses("Minggu lain")
    assert officer.saw("Minggu mana yang dilaporkan?")
    await officer.presses("Minggu 9–13 November 2026")
    await officer.presses("Mulai baru")
    officer.sees("Laporan minggu 9–13 November 2026")
    await officer.says("1: 2; 2: 80; 3: 7")
    await officer.presses("Kirim laporan")
    officer.sees("Terlambat", "batasnya Jumat, 13 November 2026 15.00 WIB")
