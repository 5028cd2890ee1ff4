"""What the quizzes of a course tell: to human resources means, gain and the hardest questions; to each the own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Integer, cast, func, select

from bot.services.training.desk import Doing
from bot.services.training.quiz import times
from models.rules.training.gain import gain, mean, percent
from models.training.course import Course, CourseSession
from models.training.quiz import Phase, QuizAnswer, QuizQuestion, QuizSitting
from models.training.registration import Attendance, Registration, RegistrationStatus

#: So many of the hardest questions are told.
HARDEST = 3


@dataclass(frozen=True, slots=True)
class Share:
    """A question and how many of those who finished answered it rightly."""

    text: str
    right: int
    answered: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of a course: so many questions; who finished each quiz, and both; means in percent and the normalised gain.

    Once somebody finished both, means and gain are of these people only, so that the same ones are compared.
    `shares` are the questions of the later quiz that was finished, the hardest first.
    """

    questions: int
    counts: Mapping[Phase, int]
    both: int
    means: Mapping[Phase, Fraction | None]
    gain: Fraction | None
    shares: Sequence[Share]


@dataclass(frozen=True, slots=True)
class Scores:
    """One participant of one course: points of each finished quiz, of how many."""

    points: Mapping[Phase, int]
    questions: int

    def percent(self, phase: Phase) -> Fraction | None:
        """From 0 to 100; None where that quiz was not finished."""
        return percent(self.points[phase], self.questions) if phase in self.points else None


@dataclass(frozen=True, slots=True)
class Offer:
    """The quiz that a participant may answer now: which, until when, and whether it was begun."""

    phase: Phase
    closes: datetime
    is_begun: bool


async def outcome(by: Doing, course_id: int) -> Outcome:
    """Of one course: three queries."""
    texts = await _texts(by, course_id)
    found: dict[int, dict[Phase, Fraction]] = {}
    for registration_id, scores in (await scores_of(by, course_id, len(texts))).items():
        found[registration_id] = {phase: percent(points, len(texts)) for phase, points in scores.points.items()}
    both = {number: one for number, one in found.items() if len(one) == len(Phase)}
    compared = (both or found).values()
    means = {phase: mean([one[phase] for one in compared if phase in one]) for phase in Phase}
    counts = {phase: sum(phase in one for one in found.values()) for phase in Phase}
    before, after = means[Phase.BEFORE], means[Phase.AFTER]
    learnt = gain(before, after) if both and before is not None and after is not None else None
    last = Phase.AFTER if counts[Phase.AFTER] else Phase.BEFORE
    shares = await _shares(by, course_id, last, texts) if counts[last] else []
    return Outcome(len(texts), counts, len(both), means, learnt, shares)


async def _texts(by: Doing, course_id: int) -> dict[int, str]:
    statement = select(QuizQuestion.id, QuizQuestion.text).where(QuizQuestion.course_id == course_id)
    return {number: text for number, text in await by.session.execute(statement.order_by(QuizQuestion.id))}


async def scores_of(by: Doing, course_id: int, questions: int) -> dict[int, Scores]:
    """The finished quizzes of a course by registration: one query."""
    statement = (
        select(QuizSitting.registration_id, QuizSitting.phase, QuizSitting.points)
        .join(Registration, Registration.id == QuizSitting.registration_id)
        .where(Registration.course_id == course_id, QuizSitting.finished_at.is_not(None))
        .order_by(QuizSitting.id)
    )
    found: dict[int, dict[Phase, int]] = {}
    for registration_id, phase, points in await by.session.execute(statement):
        found.setdefault(registration_id, {})[phase] = points
    return {number: Scores(points, questions) for number, points in found.items()}


async def _shares(by: Doing, course_id: int, phase: Phase, texts: Mapping[int, str]) -> list[Share]:
    statement = (
        select(QuizAnswer.question_id, func.sum(cast(QuizAnswer.is_right, Integer)), func.count())
        .join(QuizSitting, QuizSitting.id == QuizAnswer.sitting_id)
        .join(Registration, Registration.id == QuizSitting.registration_id)
        .where(Registration.course_id == course_id, QuizSitting.phase == phase, QuizSitting.finished_at.is_not(None))
        .group_by(QuizAnswer.question_id)
    )
    found = [(number, right, all_) for number, right, all_ in await by.session.execute(statement)]
    found.sort(key=lambda one: (Fraction(one[1], one[2]), one[0]))
    return [Share(texts[number], right, all_) for number, right, all_ in found]


async def own(by: Doing, employee_id: int, course_ids: Sequence[int]) -> dict[int, Scores]:
    """One's own finished quizzes of these courses: one query."""
    questions = (
        select(func.count()).where(QuizQuestion.course_id == Registration.course_id).correlate(Registration)
    ).scalar_subquery()
    statement = (
        select(Registration.course_id, QuizSitting.phase, QuizSitting.points, questions)
        .join(QuizSitting, QuizSitting.registration_id == Registration.id)
        .where(
            Registration.employee_id == employee_id,
            Registration.course_id.in_(course_ids),
            QuizSitting.finished_at.is_not(None),
        )
    )
    points: dict[int, dict[Phase, int]] = {}
    totals: dict[int, int] = {}
    for course_id, phase, reached, total in await by.session.execute(statement):
        points.setdefault(course_id, {})[phase] = reached
        totals[course_id] = total
    return {course_id: Scores(one, totals[course_id]) for course_id, one in points.items()}


async def offered(
    by: Doing, course: Course, sessions: Sequence[CourseSession], mine: Registration | None
) -> Offer | None:
    """The quiz that this participant may answer now and has not finished: one query, none without a seat."""
    if mine is None or mine.status is not RegistrationStatus.SEATED or not sessions:
        return None
    first, last = min(one.starts_at for one in sessions), max(one.ends_at for one in sessions)
    phase = times.open_phase(by.city, course.status, first, last, by.now)
    if phase is None:
        return None
    same: tuple[Any, ...] = (QuizSitting.registration_id == mine.id, QuizSitting.phase == phase)
    statement = select(
        select(QuizQuestion.id).where(QuizQuestion.course_id == course.id).exists(),
        select(Attendance.id).where(Attendance.registration_id == mine.id).exists(),
        select(QuizSitting.id).where(*same, QuizSitting.begun_at.is_not(None)).exists(),
        select(QuizSitting.id).where(*same, QuizSitting.finished_at.is_not(None)).exists(),
    )
    has_questions, was_present, is_begun, is_finished = (await by.session.execute(statement)).one()
    if not has_questions or is_finished or (phase is Phase.AFTER and not was_present):
        return None
    return Offer(phase, times.window(by.city, phase, first, last).closes, bool(is_begun))
