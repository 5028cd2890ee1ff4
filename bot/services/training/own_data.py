"""What trainings keep about a person: for the export of the own data, and when an account is forgotten.

Registrations and hours are records of the employment and stay with the roster's row; who pressed is forgotten.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.training.certificate import Certificate, CertificateMiss
from models.training.course import Course, CourseSession
from models.training.effect import EffectCheck
from models.training.hours import TrainingHours
from models.training.quiz import QuizAnswer, QuizQuestion, QuizSitting
from models.training.rating import CourseRating
from models.training.registration import Attendance, Registration, RegistrationEvent


async def exported(session: AsyncSession, employee_id: int) -> dict[str, Any]:
    """The own registrations with attendance and history, what was said of it, and the ledger: nine queries."""
    statement = (
        select(Registration, Course.title)
        .join(Course, Course.id == Registration.course_id)
        .where(Registration.employee_id == employee_id)
        .order_by(Registration.id)
    )
    rows = (await session.execute(statement)).all()
    ids = [row.id for row, _ in rows]
    there = await _attendance(session, ids)
    events = await _events(session, ids)
    effects = await _effects(session, ids)
    quizzes = await _quizzes(session, ids)
    hours = select(TrainingHours).where(TrainingHours.employee_id == employee_id)
    rated = select(CourseRating, Course.title).join(Course, Course.id == CourseRating.course_id)
    rated = rated.where(CourseRating.employee_id == employee_id).order_by(CourseRating.id)
    papers = select(Certificate).where(Certificate.registration_id.in_(ids)).order_by(Certificate.id)
    return {
        "trainings": [
            {
                "title": title,
                "status": row.status.value,
                "queued_at": row.queued_at.isoformat(),
                "reason": row.reason,
                "attendance": there.get(row.id, []),
                "at_work": effects.get(row.id),
                "quizzes": quizzes.get(row.id, []),
                "history": events.get(row.id, []),
            }
            for row, title in rows
        ],
        "training_ratings": [_rating(row, title) for row, title in await session.execute(rated)],
        "training_certificates": [_certificate(row) for row in await session.scalars(papers)],
        "training_hours": [
            _hours(row) for row in await session.scalars(hours.order_by(TrainingHours.ended_on, TrainingHours.id))
        ],
    }


def _rating(row: CourseRating, title: str) -> dict[str, Any]:
    scores = {part.value: score for part, score in row.scores.items()}
    return {"title": title, "scores": scores, "comment": row.comment, "rated_at": row.rated_at.isoformat()}


def _certificate(row: Certificate) -> dict[str, Any]:
    withdrawn = row.withdrawn_at.isoformat() if row.withdrawn_at is not None else None
    return {
        "number": row.number,
        "issued_at": row.issued_at.isoformat(),
        "withdrawn_at": withdrawn,
        "reason": row.reason,
    }


def _hours(row: TrainingHours) -> dict[str, Any]:
    return {
        "year": row.year,
        "hours": row.hours,
        "title": row.title,
        "provider": row.provider,
        "ended_on": row.ended_on.isoformat(),
        "status": row.status.value,
        "reason": row.reason,
        "file": row.file_kind,
        "created_at": row.created_at.isoformat(),
    }


async def _attendance(session: AsyncSession, registration_ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    statement = (
        select(Attendance, CourseSession.starts_at)
        .join(CourseSession, CourseSession.id == Attendance.session_id)
        .where(Attendance.registration_id.in_(registration_ids))
        .order_by(CourseSession.starts_at, Attendance.id)
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row, starts_at in await session.execute(statement):
        said = {"meeting": starts_at.isoformat(), "at": row.at.isoformat(), "way": row.way.value}
        found.setdefault(row.registration_id, []).append({**said, "distance_m": row.distance_m})
    return found


async def _effects(session: AsyncSession, registration_ids: list[int]) -> dict[int, dict[str, Any]]:
    """What the superior said of each, if this one was asked and answered."""
    statement = select(EffectCheck).where(EffectCheck.registration_id.in_(registration_ids))
    return {
        row.registration_id: {"effect": row.effect.value, "note": row.note}
        for row in await session.scalars(statement)
        if row.effect is not None
    }


async def _quizzes(session: AsyncSession, registration_ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    """The own quizzes with the own answers in words: two queries."""
    statement = (
        select(QuizAnswer.sitting_id, QuizAnswer.choice, QuizQuestion.text, QuizQuestion.choices)
        .join(QuizSitting, QuizSitting.id == QuizAnswer.sitting_id)
        .join(QuizQuestion, QuizQuestion.id == QuizAnswer.question_id)
        .where(QuizSitting.registration_id.in_(registration_ids))
        .order_by(QuizAnswer.id)
    )
    answers: dict[int, list[dict[str, Any]]] = {}
    for sitting_id, choice, text, choices in await session.execute(statement):
        answers.setdefault(sitting_id, []).append({"question": text, "answer": choices[choice]})
    sittings = select(QuizSitting).where(
        QuizSitting.registration_id.in_(registration_ids), QuizSitting.begun_at.is_not(None)
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row in await session.scalars(sittings.order_by(QuizSitting.id)):
        sat = {"phase": row.phase.value, "points": row.points, "answers": answers.get(row.id, [])}
        found.setdefault(row.registration_id, []).append(sat)
    return found


async def _events(session: AsyncSession, registration_ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    statement = (
        select(RegistrationEvent)
        .where(RegistrationEvent.registration_id.in_(registration_ids))
        .order_by(RegistrationEvent.id)
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for event in await session.scalars(statement):
        step = {"at": event.at.isoformat(), "status_after": event.status_after.value, "text": event.text}
        found.setdefault(event.registration_id, []).append(step)
    return found


async def let_go(session: AsyncSession, person_id: int) -> None:
    """The account is forgotten: no step of a registration names it any more, unknown codes are forgotten."""
    await session.execute(
        update(RegistrationEvent)
        .where(RegistrationEvent.actor_id == person_id)
        .values(actor_id=None)
        .execution_options(synchronize_session=False)
    )
    misses = delete(CertificateMiss).where(CertificateMiss.person_id == person_id)
    await session.execute(misses.execution_options(synchronize_session=False))
