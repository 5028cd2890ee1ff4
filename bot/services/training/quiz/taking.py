"""A participant answers a quiz: one question after another, each once, paused and taken up again at any time.

Where somebody stands is what is stored: the first question without an answer. The order of its choices is that of
`models.rules.training.quiz.shuffled`, so that an old message and a new one show the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from bot.services.training import seats
from bot.services.training.desk import Doing
from bot.services.training.quiz import times, writing
from models.errors import Refusal
from models.rules.training.quiz import shuffled
from models.training.course import Course, CourseSession, CourseStatus
from models.training.quiz import Phase, QuizAnswer, QuizQuestion, QuizSitting
from models.training.registration import Attendance, Registration, RegistrationStatus


@dataclass(frozen=True, slots=True)
class Sat:
    """Where a participant stands: the questions, the answers by question, until when.

    `is_late`: a question answered long ago was pressed.
    """

    row: QuizSitting
    course_id: int
    title: str
    closes: datetime
    questions: Sequence[QuizQuestion]
    answers: dict[int, QuizAnswer]
    is_late: bool = False

    @property
    def current(self) -> QuizQuestion | None:
        """The first question without an answer; None when all are answered."""
        return next((one for one in self.questions if one.id not in self.answers), None)

    @property
    def number(self) -> int:
        """Which one that is, from 1."""
        return len(self.answers) + 1

    def shown(self, question: QuizQuestion) -> list[int]:
        """The places of its choices in this person's order."""
        return shuffled(self.row.id, question.id, len(question.choices))


async def begin(by: Doing, employee_id: int | None, course_id: int, phase: Phase) -> Sat:
    """Begin, or go on where it was left; a second press finds the first sitting.

    The course is held, so that questions are not changed under whoever begins. Refused with `quiz_not_seated`,
    `quiz_closed`, `quiz_not_present` and `no_such_quiz`.
    """
    await seats.hold(by.session, course_id)
    statement = select(Registration.id).where(
        Registration.course_id == course_id, Registration.employee_id == employee_id
    )
    registration_id = await by.session.scalar(statement)
    if registration_id is None:
        raise Refusal("quiz_not_seated")
    found = await _one(by, _facts().where(Registration.id == registration_id))
    closes = _require_open(by, found, phase)
    questions = await writing.questions(by, course_id)
    if not questions:
        raise Refusal("no_such_quiz")
    same = select(QuizSitting).where(QuizSitting.registration_id == registration_id, QuizSitting.phase == phase)
    row = await by.session.scalar(same.with_for_update().execution_options(populate_existing=True))
    if row is None:
        row = QuizSitting(registration_id=registration_id, phase=phase, demo=found.Registration.demo)
        by.session.add(row)
    if row.begun_at is None:
        row.begun_at = by.now
    await by.session.flush()
    return Sat(row, course_id, found.title, closes, questions, await _answers(by, row.id))


async def look(by: Doing, employee_id: int | None, sitting_id: int) -> Sat:
    """One's own sitting; refused with `no_such_quiz` and `not_your_record`."""
    found, closes = await _own(by, employee_id, sitting_id)
    questions = await writing.questions(by, found.Registration.course_id)
    answers = await _answers(by, sitting_id)
    return Sat(found.QuizSitting, found.Registration.course_id, found.title, closes, questions, answers)


async def answer(by: Doing, employee_id: int | None, sitting_id: int, question_id: int, place: int) -> Sat:
    """The answer to the question at hand, by its place in the order shown; a fixed number of queries.

    An older question, or the same pressed again, changes nothing. Refused with `quiz_closed`
    once the time is over, `no_such_choice` for a place that was not shown, and those of `look`.
    """
    found, closes = await _own(by, employee_id, sitting_id)
    row, course_id = found.QuizSitting, found.Registration.course_id
    questions, answers = await writing.questions(by, course_id), await _answers(by, sitting_id)
    if question_id in answers:
        is_late = question_id != questions[len(answers) - 1].id
        return Sat(row, course_id, found.title, closes, questions, answers, is_late)
    sat = Sat(row, course_id, found.title, closes, questions, answers)
    _require_open(by, found, row.phase)
    current = sat.current
    if row.begun_at is None or current is None or current.id != question_id:
        raise Refusal("no_such_choice")
    shown = sat.shown(current)
    if not 0 <= place < len(shown):
        raise Refusal("no_such_choice")
    choice = shown[place]
    is_right = choice == current.correct
    given = QuizAnswer(sitting_id=sitting_id, question_id=question_id, choice=choice, is_right=is_right, at=by.now)
    by.session.add(given)
    row.count(by.now, is_right=is_right, is_last=len(answers) + 1 == len(questions))
    await by.session.flush()
    return Sat(row, course_id, found.title, closes, questions, {**answers, question_id: given})


async def review(by: Doing, employee_id: int | None, sitting_id: int) -> Sat:
    """One's own answers beside the right ones; refused with `quiz_no_review` but for a finished quiz after a course."""
    sat = await look(by, employee_id, sitting_id)
    if sat.row.phase is not Phase.AFTER or sat.row.finished_at is None:
        raise Refusal("quiz_no_review")
    return sat


async def _own(by: Doing, employee_id: int | None, sitting_id: int) -> tuple[Any, datetime]:
    """One's own sitting, held, with its facts and when it closes."""
    statement = _facts(QuizSitting).join(QuizSitting, QuizSitting.registration_id == Registration.id)
    found = await _one(by, statement.where(QuizSitting.id == sitting_id).with_for_update(of=QuizSitting))
    if employee_id is None or found.Registration.employee_id != employee_id:
        raise Refusal("not_your_record")
    if found.first is None:
        raise Refusal("quiz_closed")
    return found, times.window(by.city, found.QuizSitting.phase, found.first, found.last).closes


def _facts(*more: Any) -> Select[Any]:
    """A registration with what decides whether its participant may answer."""
    meetings = CourseSession.course_id == Course.id
    first = select(func.min(CourseSession.starts_at)).where(meetings).correlate(Course).scalar_subquery()
    last = select(func.max(CourseSession.ends_at)).where(meetings).correlate(Course).scalar_subquery()
    present = select(Attendance.id).where(Attendance.registration_id == Registration.id).exists()
    columns = (Course.title, Course.status, first.label("first"), last.label("last"), present.label("present"))
    return select(*more, Registration, *columns).join(Course, Course.id == Registration.course_id)


async def _one(by: Doing, statement: Select[Any]) -> Any:
    found = (await by.session.execute(statement.execution_options(populate_existing=True))).one_or_none()
    if found is None:
        raise Refusal("no_such_quiz")
    return found


def _require_open(by: Doing, found: Any, phase: Phase) -> datetime:
    """When it closes; refused where it is not answered now, or not by this participant."""
    if found.Registration.status is not RegistrationStatus.SEATED:
        raise Refusal("quiz_not_seated")
    status: CourseStatus = found.status
    if found.first is None or status not in times.STATES[phase]:
        raise Refusal("quiz_closed")
    window = times.window(by.city, phase, found.first, found.last)
    if not window.is_open(by.now):
        raise Refusal("quiz_closed")
    if phase is Phase.AFTER and not found.present:
        raise Refusal("quiz_not_present")
    return window.closes


async def _answers(by: Doing, sitting_id: int) -> dict[int, QuizAnswer]:
    statement = select(QuizAnswer).where(QuizAnswer.sitting_id == sitting_id)
    return {one.question_id: one for one in await by.session.scalars(statement)}
