"""The questions of a course's quiz, written by human resources; fixed from when somebody began to answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import func, select

from bot.services.training import seats
from bot.services.training.desk import Doing
from models.errors import Refusal
from models.rules.redaction import mask_numbers
from models.rules.training.quiz import LONGEST_QUESTION, are_choices
from models.training.course import Course, CourseStatus
from models.training.quiz import QuizQuestion, QuizSitting
from models.training.registration import Registration

MOST_QUESTIONS = 30


@dataclass(frozen=True, slots=True)
class Written:
    """A question as it is written: `correct` is the place of the right choice."""

    text: str
    choices: tuple[str, ...]
    correct: int

    def stored(self) -> dict[str, Any]:
        """As a JSON object."""
        return {"text": self.text, "choices": list(self.choices), "correct": self.correct}

    @classmethod
    def read(cls, stored: dict[str, Any]) -> Self:
        """Back from its JSON object."""
        return cls(stored["text"], tuple(stored["choices"]), stored["correct"])

    def clean(self) -> Written:
        """Without long numbers, which are not kept."""
        return Written(mask_numbers(self.text)[0], tuple(mask_numbers(one)[0] for one in self.choices), self.correct)


@dataclass(frozen=True, slots=True)
class Quiz:
    """The questions of a course, and whether they are fixed."""

    course: Course
    questions: Sequence[QuizQuestion]
    is_fixed: bool

    @property
    def may_change(self) -> bool:
        """Whether questions are still written."""
        return not self.is_fixed and self.course.status not in (CourseStatus.DONE, CourseStatus.CANCELLED)


async def look(by: Doing, course_id: int) -> Quiz:
    """The quiz of a course: three queries. Refused with `no_such_course`."""
    course = await by.session.get(Course, course_id, populate_existing=True)
    if course is None:
        raise Refusal("no_such_course")
    return Quiz(course, await questions(by, course_id), await _is_fixed(by, course_id))


async def questions(by: Doing, course_id: int) -> Sequence[QuizQuestion]:
    """In the order in which they were written."""
    statement = select(QuizQuestion).where(QuizQuestion.course_id == course_id).order_by(QuizQuestion.id)
    return (await by.session.scalars(statement)).all()


async def _is_fixed(by: Doing, course_id: int) -> bool:
    begun = (
        select(QuizSitting.id)
        .join(Registration, Registration.id == QuizSitting.registration_id)
        .where(Registration.course_id == course_id, QuizSitting.begun_at.is_not(None))
    )
    return bool(await by.session.scalar(select(begun.exists())))


async def require_open(by: Doing, course_id: int) -> Course:
    """The course, held; refused with `quiz_begun` and, once it is over, with `course_not_now`."""
    course = await seats.hold(by.session, course_id)
    if course.status in (CourseStatus.DONE, CourseStatus.CANCELLED):
        raise Refusal("course_not_now")
    if await _is_fixed(by, course_id):
        raise Refusal("quiz_begun")
    return course


async def question(by: Doing, question_id: int) -> QuizQuestion:
    """One question; refused with `quiz_no_question`."""
    row = await by.session.get(QuizQuestion, question_id, populate_existing=True)
    if row is None:
        raise Refusal("quiz_no_question")
    return row


async def add(by: Doing, hr_id: int, course_id: int, written: Sequence[Written], *, demo: bool = False) -> None:
    """More questions; refused with `quiz_too_many`, and those of `require_open`."""
    await require_open(by, course_id)
    there = await by.session.scalar(select(func.count()).where(QuizQuestion.course_id == course_id)) or 0
    if there + len(written) > MOST_QUESTIONS:
        raise Refusal("quiz_too_many", most=MOST_QUESTIONS)
    for one in map(_valid, written):
        row = QuizQuestion(course_id=course_id, created_by_id=hr_id, created_at=by.now, demo=demo, **one.stored())
        by.session.add(row)
        await by.session.flush()


async def change(by: Doing, question_id: int, written: Written) -> QuizQuestion:
    """Another wording; refused as `require_open` does."""
    row = await question(by, question_id)
    await require_open(by, row.course_id)
    for name, value in _valid(written).stored().items():
        setattr(row, name, value)
    await by.session.flush()
    return row


async def remove(by: Doing, question_id: int) -> int:
    """Take a question away; of which course. Refused as `require_open` does."""
    row = await question(by, question_id)
    await require_open(by, row.course_id)
    await by.session.delete(row)
    await by.session.flush()
    return row.course_id


def _valid(written: Written) -> Written:
    clean = written.clean()
    if not 0 < len(clean.text) <= LONGEST_QUESTION or not are_choices(clean.choices):
        raise Refusal("no_such_choice")
    if not 0 <= clean.correct < len(clean.choices):
        raise Refusal("no_such_choice")
    return clean
