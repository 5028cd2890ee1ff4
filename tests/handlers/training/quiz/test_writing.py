"""Human resources write a quiz: by talk and by workbook; fixed once somebody began."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
import xlsxwriter
from sqlalchemy import select

from bot.callbacks import Learn
from bot.jobs.training import sheets as course_sheets
from bot.services.training.quiz import sheet as form
from bot.services.training.quiz.writing import MOST_QUESTIONS
from bot.views import errors
from models.training.course import CourseStatus
from models.training.quiz import QuizQuestion
from tests import quiz_scenes as quiz
from tests import training_scenes as scenes
from tests.desk_scenes import forges
from tests.driver import Phone, Stage
from tests.performance_scenes import Team
from tests.quiz_scenes import MEETING
from tests.training_scenes import phone_of


@pytest.fixture
async def people(stage: Stage) -> Team:
    return await scenes.people(stage)


async def written(stage: Stage) -> list[tuple[str, list[str], int]]:
    async with stage.db.read() as session:
        rows = await session.scalars(select(QuizQuestion).order_by(QuizQuestion.id))
        return [(row.text, row.choices, row.correct) for row in rows]


async def opens(hr: Phone) -> None:
    await hr.says("/pelatihan")
    await hr.presses("Kelola pelatihan")
    await hr.presses("Pelayanan Prima")
    await hr.presses("Kuis")


async def test_questions_by_talk_with_next_back_change_and_a_restart_half_way(stage: Stage, people: Team) -> None:
    await scenes.course(stage)
    hr = await phone_of(stage, "hr")
    await opens(hr)
    hr.sees("Kuis Pelayanan Prima", "0 pertanyaan")
    await hr.presses("Tambah pertanyaan")
    await hr.says("Berapa lama surat dijawab?")
    hr.sees("Apa saja pilihan jawabannya?", "Berapa lama surat dijawab?")
    await hr.says("1 hari\n9 hari")
    assert hr.saw("tepat satu yang bertanda bintang")
    await stage.close()
    await stage.open()
    await hr.says("1 hari\n*9 hari")
    hr.sees("Sudah benar?", "▫️ 1 hari", "✅ 9 hari")
    await hr.presses("Kembali")
    hr.sees("Apa saja pilihan jawabannya?")
    await hr.says("*1 hari\n9 hari\n30 hari")
    await hr.presses("Ubah pertanyaan")
    await hr.says("x" * 501)
    assert hr.saw("terlalu panjang")
    await hr.says("Berapa lama surat 2172011204900001 dijawab?")
    hr.sees("Sudah benar?", "✅ 1 hari")
    save = hr.button("pertanyaan berikutnya")
    await hr.presses_data(*save)
    hr.sees("1 pertanyaan tersimpan", "Apa pertanyaannya?")
    await hr.presses_data(*save)
    await hr.says("Nomor darurat?")
    await hr.says("911\n*112")
    await hr.presses("Simpan, selesai")
    hr.sees("2 pertanyaan")
    (first, second) = await written(stage)
    assert "2172011204900001" not in first[0]
    assert first[1:] == (["1 hari", "9 hari", "30 hari"], 0)
    assert second == ("Nomor darurat?", ["911", "112"], 1)


async def test_cancelled_only_the_question_at_hand_is_lost(stage: Stage, people: Team) -> None:
    await quiz.course(stage, people, ())
    hr = await phone_of(stage, "hr")
    await opens(hr)
    await hr.presses("Tambah pertanyaan")
    await hr.says("bantuan")
    assert hr.saw("urutan acak")
    await hr.says("Baru?")
    await hr.says("kembali")
    hr.sees("Apa pertanyaannya?")
    await hr.presses("Batal")
    hr.sees("Yang sudah disimpan tetap ada")
    assert len(await written(stage)) == 4


async def test_a_question_is_changed_and_deleted(stage: Stage, people: Team) -> None:
    await quiz.course(stage, people, ())
    hr = await phone_of(stage, "hr")
    await opens(hr)
    await hr.presses("4. Nomor darurat?")
    hr.sees("✅ 112")
    await hr.presses("Ubah")
    hr.sees("Sudah benar?")
    await hr.presses("Ubah pilihan")
    await hr.says("*119\n112")
    await hr.presses("Simpan")
    hr.sees("✅ 119")
    await hr.presses("Hapus")
    await hr.presses("Tidak jadi")
    await hr.presses("Hapus")
    press = hr.button("Ya, hapus")
    await hr.presses_data(*press)
    hr.sees("3 pertanyaan")
    await hr.presses_data(*press)
    hr.sees(errors.SENTENCES["quiz_no_question"])
    assert [one[0] for one in await written(stage)] == [one[0] for one in quiz.QUESTIONS[:3]]


async def test_once_somebody_began_questions_are_fixed(stage: Stage, people: Team) -> None:
    await quiz.course(stage, people)
    hr, worker = await phone_of(stage, "hr"), await phone_of(stage, "worker")
    await opens(hr)
    await hr.presses("Tambah pertanyaan")
    await hr.says("Terlambat?")
    await hr.says("*ya\ntidak")
    await quiz.looks(stage, MEETING - timedelta(hours=20))
    await worker.presses("Mulai kuis")
    await hr.presses("Simpan, selesai")
    hr.sees("tidak bisa diubah lagi")
    await hr.says("batal")
    for one in (Learn("qnew", 1), Learn("qedit", 1), Learn("qdel", 1), Learn("qdel2", 1), Learn("qxls", 1)):
        await forges(hr, one.encode())
        hr.sees(errors.SENTENCES["quiz_begun"])
    await forges(hr, Learn("qz", 0, "1").encode())
    hr.sees("Sudah ada yang mulai menjawab")
    assert "Tambah pertanyaan" not in str(hr.buttons())
    await hr.presses("1. Berapa lama")
    assert "Ubah" not in str(hr.buttons())
    assert len(await written(stage)) == 4


async def test_no_more_than_the_most_and_none_for_a_course_that_is_over(stage: Stage, people: Team) -> None:
    course_id = await scenes.course(stage)
    async with stage.db.begin() as session:
        for number in range(MOST_QUESTIONS):
            session.add(
                QuizQuestion(
                    course_id=course_id, text=f"{number}?", choices=["a", "b"], correct=0, created_at=stage.now
                )
            )
    over = await scenes.course(stage, "Lama", status=CourseStatus.DONE)
    hr = await phone_of(stage, "hr")
    await opens(hr)
    hr.sees("Halaman 1 dari 4")
    await hr.presses("Berikutnya")
    hr.sees("Halaman 2 dari 4")
    await hr.presses("Tambah pertanyaan")
    await hr.says("Lagi?")
    await hr.says("*ya\ntidak")
    await hr.presses("Simpan, selesai")
    hr.sees("Paling banyak 30 pertanyaan")
    await hr.says("batal")
    await forges(hr, Learn("qnew", over).encode())
    hr.sees("tahap lain")


# --- by workbook ---


def workbook(rows: list[tuple[object, ...]], heads: tuple[str, ...] = form.HEADS) -> bytes:
    kept = BytesIO()
    book = xlsxwriter.Workbook(kept)
    sheet = book.add_worksheet(form.SHEET)
    for line, row in enumerate([heads, *rows]):
        sheet.write_row(line, 0, row)
    book.close()
    return kept.getvalue()


async def sends(stage: Stage, hr: Phone, content: bytes) -> None:
    await opens(hr)
    await hr.presses("Kirim Excel")
    hr.sees("berkas Excel kuisnya")
    await hr.sends("document", content, name="kuis.xlsx")
    hr.sees("sedang diperiksa")
    assert stage.product is not None
    await course_sheets.run(stage.product.runtime)
    await stage.settle()


async def test_a_workbook_is_shown_then_written_whole(stage: Stage, people: Team) -> None:
    await quiz.course(stage, people, (), number=1)
    hr = await phone_of(stage, "hr")
    await sends(stage, hr, workbook([form.EXAMPLE, ("Dua kali dua?", 3, 4, 5, "", "", "", "b")]))
    hr.sees("Beginilah 2 pertanyaan dari Excel", "✅ 5 hari kerja", "✅ 4")
    assert len(await written(stage)) == 1
    press = hr.button("Simpan semuanya")
    await hr.presses_data(*press)
    hr.sees("2 pertanyaan dari Excel disimpan")
    await hr.presses_data(*press)
    assert [one[0] for one in await written(stage)][1:] == [form.EXAMPLE[0], "Dua kali dua?"]
    await sends(stage, hr, workbook([form.EXAMPLE]))
    await hr.presses("Jangan dipakai")
    hr.sees("tidak dipakai")
    assert len(await written(stage)) == 3


async def test_faults_are_told_by_cell_and_nothing_is_written(stage: Stage, people: Team) -> None:
    await scenes.course(stage)
    hr = await phone_of(stage, "hr")
    rows: list[tuple[object, ...]] = [
        ("", "a", "b", "", "", "", "", "A"),
        ("Satu?", "a", "", "", "", "", "", "A"),
        ("Dua?", "a", "b", "", "d", "", "", "A"),
        ("Tiga?", "a", "A", "", "", "", "", "A"),
        ("Empat?", "a", "b", "", "", "", "", "C"),
        ("Lima?", "a", "x" * 121, "", "", "", "", ""),
    ]
    await sends(stage, hr, workbook(rows))
    hr.sees(
        "belum bisa dipakai",
        "Kuis A2: pertanyaannya kosong",
        "Kuis C3: pilihan ini kosong",
        "Kuis D4: pilihan ini kosong",
        "Kuis C5: pilihan ini",
        "Kuis H6: “C” bukan huruf",
        "Kuis C7: pilihan ini",
        "Kuis H7: “” bukan huruf",
    )
    assert await written(stage) == []
    await sends(stage, hr, workbook([], ("Pertanyaan", "A")))
    hr.sees("kolom “B” tidak ada", "kolom “Benar” tidak ada")
    await sends(stage, hr, workbook([]))
    hr.sees("Tidak ada satu pun pertanyaan")
    await sends(stage, hr, b"not a workbook")
    hr.sees("tidak bisa dibaca sebagai Excel")


async def test_the_empty_form_is_a_workbook_that_can_be_sent_back(stage: Stage, people: Team) -> None:
    await scenes.course(stage)
    hr = await phone_of(stage, "hr")
    await opens(hr)
    await hr.presses("Bentuk Excel")
    content = await hr.newest_file()
    await sends(stage, hr, content)
    hr.sees("Beginilah 1 pertanyaan dari Excel")
