"""Ratings of courses on both databases: by whom, until when, once, and what human resources learn of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from bot.db import Database
from bot.services.city import know
from bot.services.training.desk import Doing
from bot.services.training.outcome import ratings
from models.employee import Employee
from models.errors import Refusal
from models.training.course import Course, CourseKind, CoursePath, CourseStatus
from models.training.hours import HoursStatus, TrainingHours
from models.training.rating import CourseRating, RatedPart
from tests.driver import START
from tests.factories import small_city

SCORES: Mapping[str, int] = {"material": 4, "teaching": 3, "organisation": 2, "benefit": 1}


@asynccontextmanager
async def doing(database: Database, now: datetime = START) -> AsyncIterator[Doing]:
    async with database.begin() as session:
        yield Doing(session, await know(session, now), now)


@pytest.fixture
async def people(database: Database) -> list[int]:
    """Six who attended the first course, counted now."""
    async with database.begin() as session:
        await small_city(session)
        course = Course(
            code="A",
            title="Pelayanan Prima",
            kind=CourseKind.TECHNICAL,
            path=CoursePath.CLASSROOM,
            hours=8,
            quota=9,
            closes_at=START,
            status=CourseStatus.DONE,
            created_at=START,
        )
        rows = [Employee(nip=f"19900101201501{n:04d}", name=f"Peserta {n}", unit_id=1, kind="pns") for n in range(7)]
        session.add_all([course, *rows])
        await session.flush()
        for row in rows[:6]:
            session.add(
                TrainingHours(
                    employee_id=row.id,
                    year=2026,
                    hours=8,
                    title=course.title,
                    ended_on=date(2026, 11, 20),
                    course_id=course.id,
                    status=HoursStatus.COUNTED,
                    created_at=START,
                )
            )
        return [row.id for row in rows]


async def test_one_rating_for_one_person_and_course_changeable_for_the_citys_days(
    database: Database, people: list[int]
) -> None:
    async with doing(database) as by:
        await ratings.rate(by, 1, people[0], SCORES)
        await ratings.comment(by, 1, people[0], "  Ruangnya panas. NIK 2172010101900001 ")
    last = START + timedelta(days=14)
    async with doing(database, last) as by:
        row = await ratings.rate(by, 1, people[0], {**SCORES, "benefit": 4})
        assert (row.scores[RatedPart.BENEFIT], row.comment) == (4, "Ruangnya panas. NIK ••••••••••••••••")
    async with doing(database, last) as by:
        assert (await ratings.comment(by, 1, people[0], None)).comment is None
        assert await by.session.scalar(select(func.count()).select_from(CourseRating)) == 1
    async with doing(database, last + timedelta(seconds=1)) as by:
        with pytest.raises(Refusal, match="rating_is_over"):
            await ratings.rate(by, 1, people[0], SCORES)
        with pytest.raises(Refusal, match="rating_is_over"):
            await ratings.comment(by, 1, people[0], "Terlambat")


async def test_only_whoever_was_there_rates_and_only_with_whole_scores(database: Database, people: list[int]) -> None:
    async with doing(database) as by:
        for nobody in (people[6], None, 999):
            with pytest.raises(Refusal, match="rating_not_attended"):
                await ratings.rate(by, 1, nobody, SCORES)
            assert await ratings.attended(by, 1, nobody) is None
        for wrong in ({"material": 4}, {**SCORES, "benefit": 5}, {**SCORES, "benefit": 0}, {**SCORES, "more": 1}):
            with pytest.raises(Refusal, match="score_out_of_range"):
                await ratings.rate(by, 1, people[0], wrong)
        with pytest.raises(Refusal, match="rating_not_attended"):
            await ratings.comment(by, 1, people[0], "Belum menilai")
        await ratings.rate(by, 1, people[0], SCORES)
        for words, why in ((" ", "words_missing"), ("x" * 1001, "text_too_long")):
            with pytest.raises(Refusal, match=why):
                await ratings.comment(by, 1, people[0], words)
    for scores in ({**SCORES, "teaching": 5}, {**SCORES, "teaching": 0}):
        with pytest.raises(IntegrityError):
            async with database.begin() as session:
                session.add(CourseRating(course_id=1, employee_id=people[1], rated_at=START, **scores))


async def test_of_fewer_than_five_only_how_many_there_are(database: Database, people: list[int]) -> None:
    async with doing(database) as by:
        assert await ratings.figures(by, 1) == ratings.Figures(0, None, None)
        for employee in people[:4]:
            await ratings.rate(by, 1, employee, SCORES)
            await ratings.comment(by, 1, employee, f"Saran {employee}")
        assert await ratings.figures(by, 1) == ratings.Figures(4, None, None)
        assert await ratings.comments(by, 1) == []
        await ratings.rate(by, 1, people[4], {**SCORES, "material": 1})
        found = await ratings.figures(by, 1)
        words = await ratings.comments(by, 1)
    assert found.means == {
        RatedPart.MATERIAL: Decimal("3.40"),
        RatedPart.TEACHING: Decimal("3.00"),
        RatedPart.ORGANISATION: Decimal("2.00"),
        RatedPart.BENEFIT: Decimal("1.00"),
    }
    assert (found.n, found.comments, len(words)) == (5, 4, 4)


async def test_comments_come_in_the_order_of_their_words_a_page_at_a_time(
    database: Database, people: list[int]
) -> None:
    said = ["tempat", "Bagus", "waktu", "apa saja", "Cukup"]
    async with doing(database) as by:
        for employee, words in zip(people, said, strict=False):
            await ratings.rate(by, 1, employee, SCORES)
            await ratings.comment(by, 1, employee, words)
        assert await ratings.comments(by, 1) == ["apa saja", "Bagus", "Cukup", "tempat", "waktu"]
        page = await ratings.comments_page(by, 1, 9)
    assert (len(page.lines), page.page, page.pages) == (5, 0, 1)
