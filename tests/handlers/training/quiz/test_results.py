"""What a quiz tells human resources: means, gain and the hardest questions, on the card and in the workbook."""

from __future__ import annotations

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from bot.callbacks import Learn
from models.training.quiz import Phase, QuizAnswer, QuizSitting
from tests import quiz_scenes as quiz
from tests import training_scenes as scenes
from tests.desk_scenes import Statements, forges
from tests.driver import Stage
from tests.performance_scenes import Team
from tests.training_scenes import phone_of


@pytest.fixture
async def people(stage: Stage) -> Team:
    return await scenes.people(stage)


async def taken(stage: Stage, registration_id: int, phase: Phase, right: tuple[bool, ...]) -> None:
    """Somebody's finished quiz."""
    async with stage.db.begin() as session:
        row = QuizSitting(registration_id=registration_id, phase=phase, begun_at=stage.now, points=0)
        session.add(row)
        await session.flush()
        for number, is_right in enumerate(right, start=1):
            session.add(QuizAnswer(sitting_id=row.id, question_id=number, choice=0, is_right=is_right, at=stage.now))
            row.count(stage.now, is_right=is_right, is_last=number == len(quiz.QUESTIONS))


async def test_the_card_tells_means_gain_and_the_hardest_questions(stage: Stage, people: Team) -> None:
    await quiz.course(stage, people, ("worker", "second", "third"))
    hr = await phone_of(stage, "hr")
    await forges(hr, Learn("hr", 1).encode())
    assert "Kuis:" not in hr.last()
    await taken(stage, 1, Phase.BEFORE, (True, False, False, False))
    await forges(hr, Learn("hr", 1).encode())
    hr.sees("1 orang menjawab sebelum, 0 sesudah, 0 keduanya", "Rata-rata: sebelum 25%, sesudah –")
    assert "Peningkatan" not in hr.last()
    await taken(stage, 2, Phase.BEFORE, (True, True, True, False))
    await taken(stage, 1, Phase.AFTER, (True, True, True, False))
    await taken(stage, 2, Phase.AFTER, (True, True, True, False))
    await taken(stage, 3, Phase.AFTER, (True, False))  # never finished: not counted
    await forges(hr, Learn("hr", 1).encode())
    hr.sees(
        "2 orang menjawab sebelum, 2 sesudah, 2 keduanya",
        "Rata-rata: sebelum 50%, sesudah 75%",
        "Peningkatan (gain ternormalisasi): 0,50",
        "Pertanyaan yang paling sulit",
        "Nomor darurat?: benar 0 dari 2",
    )
    assert "Unsur mana" not in hr.last(), "answered rightly by all"


async def test_only_those_who_took_both_are_compared_and_full_marks_have_no_gain(stage: Stage, people: Team) -> None:
    await quiz.course(stage, people, ("worker", "second"))
    hr = await phone_of(stage, "hr")
    await taken(stage, 1, Phase.BEFORE, (True, True, True, True))
    await taken(stage, 1, Phase.AFTER, (True, True, True, True))
    await taken(stage, 2, Phase.BEFORE, (False, False, False, False))
    await forges(hr, Learn("hr", 1).encode())
    hr.sees("2 orang menjawab sebelum, 1 sesudah, 1 keduanya", "Rata-rata: sebelum 100%, sesudah 100%")
    hr.sees("tidak bisa dihitung, sebelumnya sudah 100%")


async def test_the_workbook_of_the_course_holds_the_scores_and_the_gain(stage: Stage, people: Team) -> None:
    await quiz.course(stage, people)
    hr = await phone_of(stage, "hr")
    await taken(stage, 1, Phase.BEFORE, (True, False, False, False))
    await taken(stage, 1, Phase.AFTER, (True, True, True, False))
    await forges(hr, Learn("book", 1).encode())
    book = CalamineWorkbook.from_filelike(BytesIO(await hr.newest_file()))
    cells = [row[-2:] for row in book.get_sheet_by_name("Peserta").to_python()]
    assert cells[-3:] == [["Kuis sebelum (%)", "Kuis sesudah (%)"], [25.0, 75.0], ["", ""]]
    rows = {row[0]: row[1] for row in book.get_sheet_by_name("Kuis").to_python()}
    assert (rows["Menjawab keduanya"], rows["Rata-rata sebelum (%)"], rows["Rata-rata sesudah (%)"]) == (1, 25, 75)
    assert rows["Peningkatan (gain ternormalisasi)"] == 0.67
    assert (rows["Nomor darurat?"], rows["Siapa menyetujui?"]) == (0, 1)


async def test_the_card_of_human_resources_needs_a_fixed_number_of_queries(stage: Stage, people: Team) -> None:
    await quiz.course(stage, people, ("worker", "second", "third", "boss"))
    hr = await phone_of(stage, "hr")
    await taken(stage, 1, Phase.BEFORE, (True, False, False, False))
    with Statements(stage) as few:
        await forges(hr, Learn("hr", 1).encode())
    for number in (2, 3, 4):
        await taken(stage, number, Phase.BEFORE, (True, False, True, False))
    with Statements(stage) as many:
        await forges(hr, Learn("hr", 1).encode())
    assert len(many.seen) == len(few.seen)
