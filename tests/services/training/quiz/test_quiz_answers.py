"""Answers and questions of a quiz, on both databases: the constraints hold against presses at the same moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from bot.db import Database
from bot.services.city import know
from bot.services.training.desk import Doing
from bot.services.training.quiz import results, taking, writing
from bot.services.training.quiz.writing import Written
from models.errors import Refusal
from models.training.course import Course, CourseKind, CoursePath, CourseSession, CourseStatus
from models.training.quiz import Phase, QuizAnswer, QuizSitting
from models.training.registration import Registration, RegistrationStatus
from tests.factories import small_city, staff

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
QUESTION = Written("Berapa?", ("satu", "dua", "tiga"), 1)


@asynccontextmanager
async def doing(database: Database, now: datetime = NOW) -> AsyncIterator[Doing]:
    async with database.begin() as session:
        yield Doing(session, await know(session, now), now)


@pytest.fixture
async def people(database: Database) -> dict[str, int]:
    """The officer has a seat in a course of tomorrow with three questions."""
    async with database.begin() as session:
        await small_city(session)
        found = await staff(session, NOW)
        course = Course(
            code="PRIMA",
            title="Pelayanan Prima",
            kind=CourseKind.TECHNICAL,
            path=CoursePath.CLASSROOM,
            hours=8,
            quota=5,
            closes_at=NOW - timedelta(days=1),
            status=CourseStatus.CLOSED,
            created_at=NOW,
        )
        session.add(course)
        await session.flush()
        starts = NOW + timedelta(hours=5)
        meeting = CourseSession(course_id=course.id, starts_at=starts, ends_at=starts + timedelta(hours=2), secret="s")
        seat = Registration(
            course_id=course.id,
            employee_id=found["officer"].id,
            unit_id=found["officer"].unit_id,
            status=RegistrationStatus.SEATED,
            seat=1,
            unit_seat=1,
            queued_at=NOW,
        )
        session.add_all([meeting, seat])
    async with doing(database) as by:
        await writing.add(by, found["hr"].id, 1, [QUESTION] * 3)
    return {name: row.id for name, row in found.items()}


async def count(database: Database, table: type) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_two_presses_at_once_leave_one_answer_and_its_points(database: Database, people: dict[str, int]) -> None:
    async with doing(database) as by:
        sat = await taking.begin(by, people["officer"], 1, Phase.BEFORE)
        right = sat.shown(sat.questions[0]).index(1)

    async def presses(place: int) -> None:
        async with doing(database) as by:
            await taking.answer(by, people["officer"], sat.row.id, sat.questions[0].id, place)

    await asyncio.gather(*[presses(right) for _ in range(4)])
    assert await count(database, QuizAnswer) == 1
    async with database.read() as session:
        assert (await session.get_one(QuizSitting, sat.row.id)).points == 1


async def test_two_beginnings_at_once_are_one_sitting(database: Database, people: dict[str, int]) -> None:
    async def begins() -> int:
        async with doing(database) as by:
            return (await taking.begin(by, people["officer"], 1, Phase.BEFORE)).row.id

    assert len(set(await asyncio.gather(*[begins() for _ in range(4)]))) == 1
    assert await count(database, QuizSitting) == 1


async def test_the_constraints_hold_without_any_check(database: Database, people: dict[str, int]) -> None:
    async with doing(database) as by:
        await taking.begin(by, people["officer"], 1, Phase.BEFORE)
    with pytest.raises(IntegrityError):
        async with database.begin() as session:
            session.add(QuizSitting(registration_id=1, phase=Phase.BEFORE))
    async with database.begin() as session:
        session.add(QuizAnswer(sitting_id=1, question_id=1, choice=0, is_right=False, at=NOW))
    with pytest.raises(IntegrityError):
        async with database.begin() as session:
            session.add(QuizAnswer(sitting_id=1, question_id=1, choice=1, is_right=True, at=NOW))


async def test_nobody_writes_once_somebody_began_and_nobody_begins_without_questions(
    database: Database, people: dict[str, int]
) -> None:
    async with doing(database) as by:
        await writing.remove(by, 3)
        await writing.change(by, 2, Written("Lain?", ("a", "b"), 0))
        await taking.begin(by, people["officer"], 1, Phase.BEFORE)
    for act in (
        lambda by: writing.add(by, people["hr"], 1, [QUESTION]),
        lambda by: writing.change(by, 1, QUESTION),
        lambda by: writing.remove(by, 1),
    ):
        with pytest.raises(Refusal, match="quiz_begun"):
            async with doing(database) as by:
                await act(by)
    async with doing(database) as by:
        assert [one.text for one in (await writing.look(by, 1)).questions] == ["Berapa?", "Lain?"]


@pytest.mark.parametrize(
    "written",
    [
        Written("", ("a", "b"), 0),
        Written("x" * 501, ("a", "b"), 0),
        Written("Satu?", ("a",), 0),
        Written("Satu?", ("a", "A"), 0),
        Written("Satu?", ("a", "b"), 2),
        Written("Satu?", ("a", "b"), -1),
    ],
)
async def test_what_cannot_be_asked_is_not_written(
    database: Database, people: dict[str, int], written: Written
) -> None:
    with pytest.raises(Refusal, match="no_such_choice"):
        async with doing(database) as by:
            await writing.add(by, people["hr"], 1, [written])


async def test_the_whole_quiz_counts_points_once_and_ends(database: Database, people: dict[str, int]) -> None:
    async with doing(database) as by:
        sat = await taking.begin(by, people["officer"], 1, Phase.BEFORE)
    for question, choice in zip(sat.questions, (1, 0, 1), strict=True):
        async with doing(database) as by:
            place = sat.shown(question).index(choice)
            sat = await taking.answer(by, people["officer"], sat.row.id, question.id, place)
    assert (sat.row.points, sat.row.finished_at, sat.current) == (2, NOW, None)
    async with doing(database) as by:
        outcome = await results.outcome(by, 1)
    assert (outcome.counts, outcome.both, outcome.gain) == ({Phase.BEFORE: 1, Phase.AFTER: 0}, 0, None)
    assert round(float(outcome.means[Phase.BEFORE] or 0), 2) == 66.67
    assert [(one.right, one.answered) for one in outcome.shares] == [(0, 1), (1, 1), (1, 1)]
