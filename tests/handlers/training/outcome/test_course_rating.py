"""Rating a course in the chat: asked after it, four taps on one message, a comment or none, changeable."""

from __future__ import annotations

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from bot.callbacks import Learn
from models.training.rating import CourseRating, RatedPart
from tests import outcome_scenes as outcome
from tests import training_scenes as scenes
from tests.desk_scenes import Statements, forges
from tests.driver import Phone, Stage
from tests.performance_scenes import Team
from tests.training_scenes import phone_of


@pytest.fixture
async def people(stage: Stage) -> Team:
    return await scenes.people(stage)


@pytest.fixture
async def worker(stage: Stage, people: Team) -> Phone:
    """Was there and is asked; so was the second, the third was absent."""
    phone = await phone_of(stage, "worker")
    await outcome.over(stage, [people.ids["worker"], people.ids["second"]], [people.ids["third"]])
    await outcome.counted(stage)
    return phone


async def stored(stage: Stage) -> list[tuple[list[int], str | None]]:
    return [(list(row.scores.values()), row.comment) for row in await outcome.all_of(stage, CourseRating)]


async def test_four_taps_on_one_message_and_a_comment(stage: Stage, worker: Phone) -> None:
    worker.sees("Terima kasih sudah mengikuti pelatihan Pelayanan Prima", "Bagaimana materi pelatihannya?")
    asked = worker.history()[-1]["message_id"]
    await worker.presses("Sangat baik")
    worker.sees("Pelayanan Prima, 2 dari 4", "✅ Materi: Sangat baik", "Bagaimana pengajarnya menjelaskan?")
    await worker.presses("😞")
    await worker.presses("🙂")
    worker.sees("✅ Pengajar: Tidak baik", "✅ Penyelenggaraan: Baik", "Bagaimana manfaatnya")
    assert await stored(stage) == [], "nothing is stored before the last"
    await worker.presses("Kurang baik")
    worker.sees("Penilaian Bapak/Ibu sudah tersimpan", "Ada saran untuk penyelenggara?")
    assert worker.history()[-1]["message_id"] == asked, "all on the message of the notice"
    assert await stored(stage) == [([4, 1, 3, 2], None)]
    await worker.says("Ruangnya terlalu panas")
    worker.sees("Terima kasih atas penilaian", "Ruangnya terlalu panas", "bisa diubah sampai Selasa, 8 Desember 2026")
    assert await stored(stage) == [([4, 1, 3, 2], "Ruangnya terlalu panas")]


async def test_the_comment_can_be_skipped_and_a_restart_loses_nothing(stage: Stage, worker: Phone) -> None:
    await worker.presses("Baik")
    await stage.close()
    await stage.open()
    await worker.presses("Sangat baik")
    await worker.says("3")
    await worker.says("sangat baik")
    await stage.close()
    await stage.open()
    assert worker.button("Selesai tanpa saran")
    await worker.presses("Selesai tanpa saran")
    worker.sees("Terima kasih atas penilaian")
    assert len(await stored(stage)) == 1


async def test_back_and_cancel(stage: Stage, worker: Phone) -> None:
    first = worker.button("Sangat baik")
    await worker.presses_data(*first)
    await worker.presses("Kembali")
    worker.sees("1 dari 4", "Bagaimana materi")
    assert "✔️ 😄 Sangat baik" in worker.buttons()
    await worker.presses("Batal")
    worker.sees("Baik, kita berhenti di sini", "tidak ada yang disimpan")
    assert await stored(stage) == []
    await worker.presses_data(*first)
    worker.sees("2 dari 4")
    await worker.says("/batal")
    assert await stored(stage) == []


async def test_it_can_be_changed_and_the_comment_taken_away(stage: Stage, worker: Phone) -> None:
    for _ in range(4):
        await worker.presses("🙂")
    await worker.says("Bagus")
    await worker.presses("Lihat pelatihannya")
    await worker.presses("Ubah penilaian saya")
    worker.sees("1 dari 4")
    assert "✔️ 🙂 Baik" in worker.buttons()
    for _ in range(4):
        await worker.presses("😄")
    worker.sees("Saran Bapak/Ibu sekarang:", "Bagus")
    await worker.presses("Kembali")
    worker.sees("4 dari 4")
    await worker.presses("😞")
    assert await stored(stage) == [([4, 4, 4, 1], "Bagus")]
    await worker.presses("Hapus saran ini")
    assert await stored(stage) == [([4, 4, 4, 1], None)]


async def test_after_the_days_nothing_can_be_changed_and_the_card_offers_it_no_more(
    stage: Stage, worker: Phone
) -> None:
    tap = worker.button("Sangat baik")
    await worker.presses_data(*tap)
    stage.later(days=15)
    await worker.presses("😄")
    worker.sees("Masa menilai pelatihan ini sudah lewat")
    await worker.says("/batal")
    await forges(worker, Learn("open", 1).encode())
    assert worker.button("Sertifikat")
    assert not any("penilaian" in label.casefold() or "Nilai" in label for label in worker.buttons())
    assert await stored(stage) == []


async def test_with_another_talk_open_one_is_asked_first(stage: Stage, worker: Phone) -> None:
    tap = worker.button("Sangat baik")
    await worker.says("/jp")
    await worker.presses("Tambah sertifikat dari luar")
    await worker.presses_data(*tap)
    worker.sees("belum selesai")
    await worker.presses("Mulai baru")
    worker.sees("1 dari 4", "Bagaimana materi")


async def test_human_resources_see_means_and_comments_without_names(stage: Stage, people: Team) -> None:
    hr, crowd = await phone_of(stage, "hr"), await outcome.crowd(stage, 4)
    course_id = await outcome.over(stage, [people.ids["worker"], *crowd])
    await outcome.counted(stage)
    await outcome.rated(stage, course_id, *((one, 3, "Bagus") for one in crowd))
    await forges(hr, Learn("hr", course_id).encode())
    hr.sees("Penilaian dari 4 peserta", "ditampilkan mulai 5 penilaian")
    assert not hr.saw("Materi:")
    assert not any("Saran" in one for one in hr.buttons())
    await forges(hr, Learn("opinions", 0, str(course_id)).encode())
    hr.sees("Belum ada yang bisa ditampilkan")
    await outcome.rated(stage, course_id, (people.ids["worker"], 1, "Ruangnya panas"))
    await forges(hr, Learn("hr", course_id).encode())
    hr.sees("Penilaian dari 5 peserta", "Materi: 2,60 dari 4", "Manfaat: 2,60 dari 4")
    await hr.presses("Saran (5)")
    hr.sees("Bagus", "Ruangnya panas")
    assert not hr.saw("Worker")
    await hr.presses("Kelola pelatihan ini")
    await hr.presses("Daftar peserta (Excel)")
    book = CalamineWorkbook.from_filelike(BytesIO(await hr.newest_file()))
    rows = book.get_sheet_by_name("Penilaian").to_python()
    assert [
        row for row in (["Jumlah penilaian", 5.0], ["Materi", 2.6], ["Ruangnya panas", ""]) if row not in rows
    ] == []
    assert not any("Worker" in str(cell) or "Peserta 1" in str(cell) for row in rows for cell in row)


async def test_the_book_of_few_ratings_holds_only_how_many(stage: Stage, people: Team) -> None:
    hr = await phone_of(stage, "hr")
    course_id = await outcome.over(stage, [people.ids["worker"]])
    await outcome.rated(stage, course_id, (people.ids["worker"], 1, "Ruangnya panas"))
    await forges(hr, Learn("book", course_id).encode())
    rows = CalamineWorkbook.from_filelike(BytesIO(await hr.newest_file())).get_sheet_by_name("Penilaian").to_python()
    assert [row[0] for row in rows if any(row)][1:] == [
        "Jumlah penilaian",
        "Nilainya ditampilkan mulai 5 penilaian, supaya tidak ada yang dikenali.",
    ]


async def test_the_card_costs_the_same_however_many_rated(stage: Stage, people: Team) -> None:
    hr, crowd = await phone_of(stage, "hr"), await outcome.crowd(stage, 30)
    course_id = await outcome.over(stage, crowd)
    costs = []
    for many in (crowd[:6], crowd[6:]):
        await outcome.rated(stage, course_id, *((one, 3, "Bagus") for one in many))
        with Statements(stage) as statements:
            await forges(hr, Learn("hr", course_id).encode())
        costs.append(len(statements.seen))
        hr.sees("Penilaian dari")
    assert costs[0] == costs[1]
    assert len(RatedPart) == 4
