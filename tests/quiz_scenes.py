"""A course with a quiz of four questions, and participants with seats."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.jobs.training import quizzes
from models.training.course import CourseSession
from models.training.quiz import Phase, QuizAnswer, QuizQuestion, QuizSitting
from models.training.registration import Attendance, AttendanceWay, Registration, RegistrationStatus
from tests import training_scenes as scenes
from tests.driver import START, Phone, Stage
from tests.performance_scenes import Team

#: The first meeting, on a Tuesday 10.00; it lasts three hours.
MEETING = START + timedelta(days=7)
#: The right choice of each question, which is not always the same place.
RIGHT = ("1 hari", "U7", "Atasan", "112")
QUESTIONS = (
    ("Berapa lama surat dijawab?", ["1 hari", "9 hari", "30 hari"], 0),
    ("Unsur mana tentang pelaksana?", ["U1", "U7"], 1),
    ("Siapa menyetujui?", ["Tetangga", "Atasan", "Wali kelas", "Teman"], 1),
    ("Nomor darurat?", ["911", "113", "112"], 2),
)


async def course(
    stage: Stage,
    people: Team,
    seated: tuple[str, ...] = ("worker", "second"),
    number: int = 4,
    title: str = "Pelayanan Prima",
) -> int:
    """The course with so many questions; those named have seats."""
    course_id = await scenes.course(stage, title, sessions=(MEETING,), quota=200, closes_at=MEETING - timedelta(days=2))
    async with stage.db.begin() as session:
        for text, choices, correct in QUESTIONS[:number]:
            session.add(
                QuizQuestion(course_id=course_id, text=text, choices=choices, correct=correct, created_at=START)
            )
            await session.flush()
    for name in seated:
        await seat(stage, course_id, people.ids[name])
    return course_id


async def seat(stage: Stage, course_id: int, employee_id: int) -> int:
    """One more participant with a seat; its number."""
    async with stage.db.begin() as session:
        held = select(func.count()).where(Registration.course_id == course_id)
        number = (await session.scalar(held) or 0) + 1
        row = Registration(
            course_id=course_id,
            employee_id=employee_id,
            unit_id=1,
            status=RegistrationStatus.SEATED,
            seat=number,
            unit_seat=number,
            queued_at=START,
        )
        session.add(row)
        return number


async def was_there(stage: Stage, course_id: int, employee_id: int) -> None:
    """Somebody was at the first meeting."""
    async with stage.db.begin() as session:
        where = CourseSession.course_id == course_id
        meeting = (await session.scalars(select(CourseSession.id).where(where))).one()
        mine = Registration.course_id == course_id, Registration.employee_id == employee_id
        row = (await session.scalars(select(Registration.id).where(*mine))).one()
        session.add(Attendance(session_id=meeting, registration_id=row, way=AttendanceWay.LIST, at=MEETING))


async def looks(stage: Stage, at: datetime) -> int:
    """The clock looks; how many were invited."""
    stage.now = at
    assert stage.product is not None
    invited = (await quizzes.run(stage.product.runtime))["invited"]
    await stage.settle()
    return invited


async def answers(phone: Phone, *choices: str) -> None:
    """Press these choices one after another."""
    for one in choices:
        await phone.presses(f". {one}")


async def sitting(stage: Stage, phase: Phase = Phase.BEFORE, registration_id: int = 1) -> QuizSitting | None:
    """What is stored of one sitting."""
    async with stage.db.read() as session:
        same = QuizSitting.registration_id == registration_id, QuizSitting.phase == phase
        return await session.scalar(select(QuizSitting).where(*same))


async def given(stage: Stage, sitting_id: int) -> list[tuple[int, int, bool]]:
    """The answers of one sitting: question, choice, whether right."""
    async with stage.db.read() as session:
        statement = select(QuizAnswer).where(QuizAnswer.sitting_id == sitting_id).order_by(QuizAnswer.id)
        return [(one.question_id, one.choice, one.is_right) for one in await session.scalars(statement)]
