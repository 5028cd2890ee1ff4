"""A participant takes the quiz before and after a course: by notice, paused, each answer once, in the own order."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.callbacks import Learn
from bot.jobs.training import quizzes
from bot.services.city import forget
from bot.views import errors
from models.organisation import CityFact
from models.outbox import OutboxMessage
from models.rules.training.quiz import shuffled
from models.training.course import Course, CourseStatus
from models.training.quiz import Phase, QuizAnswer, QuizQuestion, QuizSitting
from models.training.registration import Registration, RegistrationStatus
from tests import quiz_scenes as quiz
from tests import training_scenes as scenes
from tests.desk_scenes import Statements, forges
from tests.driver import Phone, Stage
from tests.performance_scenes import Team
from tests.quiz_scenes import MEETING, RIGHT, answers, looks
from tests.training_scenes import phone_of

BEFORE = MEETING - timedelta(hours=20)
AFTER = MEETING + timedelta(hours=3, minutes=5)


@pytest.fixture
async def people(stage: Stage) -> Team:
    return await scenes.people(stage)


async def begins(stage: Stage, people: Team, name: str = "worker") -> Phone:
    """Somebody was invited before the course and pressed to begin."""
    await quiz.course(stage, people)
    phone = await phone_of(stage, name)
    await looks(stage, BEFORE)
    await phone.presses("Mulai kuis")
    return phone


async def test_the_whole_way_from_the_notice_to_before_and_after_in_the_history(stage: Stage, people: Team) -> None:
    course_id = await quiz.course(stage, people)
    worker = await phone_of(stage, "worker")
    assert await looks(stage, MEETING - timedelta(hours=25)) == 0, "a day before is not yet"
    assert await looks(stage, BEFORE) == 2
    assert worker.saw("Sebelum pelatihan Pelayanan Prima, mohon jawab kuis singkat")
    messages = len(worker.history())
    await worker.presses("Mulai kuis")
    worker.sees("Kuis sebelum pelatihan (1/4)", "Berapa lama surat dijawab?", "A. ")
    await answers(worker, "9 hari")
    worker.sees("(2/4)", "Unsur mana")
    await answers(worker, "U7", "Tetangga", "112")
    worker.sees("Kuis sebelum pelatihan selesai", "Benar: 2 dari 4")
    assert "Atasan" not in worker.last(), "the right answers are told only afterwards"
    assert len(worker.history()) == messages, "one message, edited in place"
    assert await looks(stage, MEETING + timedelta(hours=2)) == 0, "neither is open"
    await quiz.was_there(stage, course_id, people.ids["worker"])
    assert await looks(stage, AFTER) == 1
    await worker.presses("Mulai kuis")
    await answers(worker, *RIGHT)
    worker.sees("Kuis sesudah pelatihan selesai", "Benar: 4 dari 4")
    await worker.presses("Lihat jawaban yang benar")
    worker.sees("Jawaban yang benar", "1. Berapa lama surat dijawab?", "✅ 1 hari")
    async with stage.db.begin() as session:
        (await session.get_one(Course, course_id)).status = CourseStatus.DONE
    await worker.says("/pelatihan")
    await worker.presses("Riwayat pelatihan")
    worker.sees("Kuis: sebelum 50% → sesudah 100%")
    await worker.presses("Pelayanan Prima")
    worker.sees("Kuis: sebelum 50% → sesudah 100%")


async def test_a_wrong_answer_is_shown_beside_the_right_one(stage: Stage, people: Team) -> None:
    course_id = await quiz.course(stage, people)
    await quiz.was_there(stage, course_id, people.ids["worker"])
    worker = await phone_of(stage, "worker")
    await looks(stage, AFTER)
    await worker.presses("Mulai kuis")
    await answers(worker, "30 hari", *RIGHT[1:])
    await worker.presses("Lihat jawaban yang benar")
    worker.sees("❌ Jawaban Bapak/Ibu: 30 hari", "✅ Yang benar: 1 hari")


async def test_a_double_tap_answers_once(stage: Stage, people: Team) -> None:
    worker = await begins(stage, people)
    press = worker.button(". 1 hari")
    await worker.presses_data(*press)
    worker.sees("(2/4)")
    await worker.presses_data(*press)
    worker.sees("(2/4)")
    assert "sudah dijawab" not in worker.last()
    row = await quiz.sitting(stage)
    assert row is not None
    assert await quiz.given(stage, row.id) == [(1, 0, True)]
    assert row.points == 1


async def test_an_old_button_changes_nothing_and_shows_the_question_at_hand(stage: Stage, people: Team) -> None:
    worker = await begins(stage, people)
    await answers(worker, "1 hari")
    message, wrong = worker.button(". U1")
    await answers(worker, "U7", "Atasan")
    worker.sees("(4/4)")
    await worker.presses_data(message, wrong)
    worker.sees("Pertanyaan itu sudah dijawab", "(4/4)", "Nomor darurat?")
    row = await quiz.sitting(stage)
    assert row is not None
    assert await quiz.given(stage, row.id) == [(1, 0, True), (2, 1, True), (3, 1, True)]
    await answers(worker, "112")
    await worker.presses_data(message, wrong)
    worker.sees("Benar: 4 dari 4")


async def test_forged_answers_are_refused(stage: Stage, people: Team) -> None:
    worker = await begins(stage, people)
    for extra in ("1.3", "1.99", "2.0", "99.0", "1.x", "", "x.1", "1", "1.-1"):
        await forges(worker, Learn("qans", 1, extra).encode())
        worker.sees(errors.SENTENCES["no_such_choice"])
    await forges(worker, Learn("qans", 99, "1.0").encode())
    worker.sees(errors.SENTENCES["no_such_quiz"])
    await forges(worker, Learn("qkey", 0, "1").encode())
    worker.sees("setelah kuis sesudah pelatihan")
    await forges(worker, Learn("quiz", 1, "middle").encode())
    worker.sees(errors.SENTENCES["no_such_choice"])
    assert await quiz.given(stage, 1) == []


async def test_paused_and_restarted_half_way_it_goes_on_where_it_was(stage: Stage, people: Team) -> None:
    worker = await begins(stage, people)
    await answers(worker, "1 hari")
    shown = worker.last()
    await worker.presses("Lanjutkan nanti")
    worker.sees("1 dari 4 pertanyaan sudah dijawab", "Selasa, 1 Desember 2026 10.30 WIB")
    await stage.close()
    await stage.open()
    stage.later(hours=3)
    await worker.says("/pelatihan")
    await worker.presses("Pelatihan saya")
    await worker.presses("Pelayanan Prima")
    await worker.presses("Lanjutkan kuis")
    assert worker.last() == shown, "the same question, the choices in the same order"
    await answers(worker, "U7", "Atasan", "112")
    worker.sees("Benar: 4 dari 4")


async def test_a_talk_that_is_open_stays_open(stage: Stage, people: Team) -> None:
    await quiz.course(stage, people)
    worker = await phone_of(stage, "worker")
    await worker.says("/jp")
    await worker.presses("Tambah sertifikat dari luar")
    question = worker.last()
    await looks(stage, BEFORE)
    await worker.presses("Mulai kuis")
    await answers(worker, *RIGHT)
    worker.sees("Benar: 4 dari 4")
    assert worker.saw(question)


async def test_it_closes_at_its_time_also_half_way(stage: Stage, people: Team) -> None:
    worker = await begins(stage, people)
    await answers(worker, "1 hari")
    stage.now = MEETING + timedelta(minutes=30)
    await answers(worker, "U7")
    worker.sees(errors.SENTENCES["quiz_closed"])
    row = await quiz.sitting(stage)
    assert row is not None
    assert (row.points, row.finished_at) == (1, None)
    async with stage.db.begin() as session:
        session.add(CityFact(key="training.quiz_before_minutes", value="120"))
        forget(session)
    await forges(worker, Learn("quiz", 1, "before").encode())
    worker.sees("(2/4)")


async def test_nobody_without_a_seat_or_presence_takes_it(stage: Stage, people: Team) -> None:
    course_id = await quiz.course(stage, people, ("worker", "second"))
    worker, third = await phone_of(stage, "worker"), await phone_of(stage, "third")
    siti = stage.person("Siti")
    await siti.starts()
    stage.now = BEFORE
    go, early = Learn("quiz", course_id, "before").encode(), Learn("quiz", course_id, "after").encode()
    await forges(third, go)
    third.sees(errors.SENTENCES["quiz_not_seated"])
    await forges(siti, go)
    siti.sees(errors.SENTENCES["not_your_role"])
    await forges(worker, early)
    worker.sees(errors.SENTENCES["quiz_closed"])
    async with stage.db.begin() as session:
        mine = Registration.employee_id == people.ids["second"]
        row = (await session.scalars(select(Registration).where(mine))).one()
        row.move(RegistrationStatus.CANCELLED, stage.now)
    second = await phone_of(stage, "second")
    await forges(second, go)
    second.sees(errors.SENTENCES["quiz_not_seated"])
    stage.now = AFTER
    await forges(worker, early)
    worker.sees(errors.SENTENCES["quiz_not_present"])
    assert await looks(stage, AFTER) == 0
    async with stage.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(QuizSitting)) == 0


async def test_nobody_opens_the_sitting_of_another(stage: Stage, people: Team) -> None:
    worker = await begins(stage, people)
    second, hr = await phone_of(stage, "second"), await phone_of(stage, "hr")
    for phone in (second, hr):
        for one in (Learn("qans", 1, "1.0"), Learn("qstop", 1), Learn("qkey", 0, "1")):
            await forges(phone, one.encode())
            phone.sees(errors.SENTENCES["not_your_record"])
    assert await quiz.given(stage, 1) == []
    worker.sees("(1/4)")


async def test_each_is_invited_once_also_who_gets_a_seat_later(stage: Stage, people: Team) -> None:
    await quiz.course(stage, people, ("worker",))
    second = await phone_of(stage, "second")
    assert await looks(stage, BEFORE) == 1
    assert await looks(stage, BEFORE + timedelta(minutes=5)) == 0
    assert await quiz.seat(stage, 1, people.ids["second"]) == 2
    assert await looks(stage, BEFORE.replace(hour=15)) == 0, "nobody is written to at night"
    assert await looks(stage, MEETING - timedelta(hours=2)) == 1
    assert second.saw("Sebelum pelatihan Pelayanan Prima")
    async with stage.db.read() as session:
        keys = select(OutboxMessage.key).where(OutboxMessage.kind == "quiz_open").order_by(OutboxMessage.key)
        assert list(await session.scalars(keys)) == ["quiz_open:before:1", "quiz_open:before:2"]


async def test_a_course_without_questions_invites_nobody(stage: Stage, people: Team) -> None:
    await quiz.course(stage, people, number=0)
    worker = await phone_of(stage, "worker")
    assert await looks(stage, BEFORE) == 0
    await forges(worker, Learn("quiz", 1, "before").encode())
    worker.sees(errors.SENTENCES["no_such_quiz"])


async def test_the_order_differs_between_people(stage: Stage, people: Team) -> None:
    assert len({tuple(shuffled(sitting, 1, 6)) for sitting in range(1, 40)}) > 20
    assert shuffled(3, 1, 6) == shuffled(3, 1, 6)
    assert sorted(shuffled(3, 1, 6)) == list(range(6))


async def test_an_answer_needs_a_fixed_number_of_queries(stage: Stage, people: Team) -> None:
    worker = await begins(stage, people)
    with Statements(stage) as few:
        await answers(worker, "1 hari")
    async with stage.db.begin() as session:
        for number in range(26):
            session.add(
                QuizQuestion(course_id=1, text=f"Lagi {number}?", choices=["x", "y"], correct=0, created_at=stage.now)
            )
        await session.flush()
        for number in range(5, 25):
            session.add(QuizAnswer(sitting_id=1, question_id=number, choice=0, is_right=True, at=stage.now))
    with Statements(stage) as many:
        await answers(worker, "U7")
    assert len(many.seen) == len(few.seen)


async def test_the_invitations_need_a_fixed_number_of_queries(stage: Stage, people: Team) -> None:
    assert stage.product is not None
    assert await looks(stage, BEFORE) == 0, "the city is known by now"
    seen = []
    for title, names in (("Satu", ("worker",)), ("Enam", ("worker", "second", "third", "boss", "deputy", "outsider"))):
        await quiz.course(stage, people, names, title=title)
        stage.now = BEFORE
        with Statements(stage) as counted:
            assert (await quizzes.run(stage.product.runtime))["invited"] == len(names)
        seen.append(len(counted.seen))
    assert seen[0] == seen[1]


async def test_the_own_data_hold_the_own_answers(stage: Stage, people: Team) -> None:
    worker = await begins(stage, people)
    await answers(worker, "9 hari", *RIGHT[1:])
    await worker.says("/datasaya")
    (training,) = json.loads(await worker.newest_file())["staff"]["trainings"]
    (sat,) = training["quizzes"]
    assert (sat["phase"], sat["points"]) == (Phase.BEFORE.value, 3)
    assert sat["answers"][0] == {"question": "Berapa lama surat dijawab?", "answer": "9 hari"}
