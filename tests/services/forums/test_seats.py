"""Seats of a public event, on both databases, and under presses that come at the same moment."""

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
from bot.services.forums import asking, visiting
from bot.services.forums.desk import Gathering
from models.errors import Refusal
from models.forum import ForumQuestion, ForumVisit
from models.person import Person
from models.rules.permissions import Presser
from tests.factories import small_city
from tests.forum_scenes import row

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)


@asynccontextmanager
async def gathering(database: Database, person_id: int, now: datetime = NOW) -> AsyncIterator[Gathering]:
    async with database.begin() as session:
        yield Gathering(session, await know(session, now), Presser(person_id), now)


async def people(database: Database, number: int, **values: object) -> list[int]:
    """A city, an event, and so many residents; their ids."""
    async with database.begin() as session:
        await small_city(session)
        session.add(row(**values))
        found = [Person(telegram_id=500 + one, name="Siti", language="id", created_at=NOW) for one in range(number)]
        session.add_all(found)
        await session.flush()
        return [one.id for one in found]


async def come(database: Database, person_id: int) -> str:
    try:
        async with gathering(database, person_id) as by:
            await visiting.register(by, 1)
    except Refusal as refusal:
        return refusal.code
    return "seated"


async def seats(database: Database) -> list[int | None]:
    async with database.read() as session:
        return sorted(await session.scalars(select(ForumVisit.seat)), key=lambda seat: seat or 0)


async def test_a_hundred_parallel_presses_for_thirty_seats_fill_exactly_thirty(database: Database) -> None:
    residents = await people(database, 100, seats=30)
    outcomes = await asyncio.gather(*(come(database, one) for one in residents))
    assert outcomes.count("seated") == 30
    assert outcomes.count("forum_full") == 70
    assert await seats(database) == list(range(1, 31))


async def test_one_person_pressing_at_the_same_moment_has_one_seat(database: Database) -> None:
    (siti,) = await people(database, 1, seats=30)
    assert await asyncio.gather(*(come(database, siti) for _ in range(8))) == ["seated"] * 8
    assert await seats(database) == [1]


async def test_a_seat_that_was_given_up_is_given_again_and_none_is_counted_without_a_limit(database: Database) -> None:
    first, second, third = await people(database, 3, seats=2)
    assert [await come(database, one) for one in (first, second, third)] == ["seated", "seated", "forum_full"]
    async with gathering(database, first) as by:
        await visiting.give_up(by, 1)
        await visiting.give_up(by, 1)
    assert await come(database, third) == "seated"
    assert await seats(database) == [1, 2]
    async with database.begin() as session:
        session.add(row(code="bebas", seats=None))
    async with gathering(database, first) as by:
        assert (await visiting.register(by, 2)).seat is None


async def test_the_constraint_itself_keeps_a_seat_from_being_given_twice(database: Database) -> None:
    first, second = await people(database, 2)
    with pytest.raises(IntegrityError):
        async with database.begin() as session:
            session.add_all(ForumVisit(forum_id=1, person_id=one, seat=1, at=NOW) for one in (first, second))


async def test_parallel_questions_of_one_person_stay_within_the_limit(database: Database) -> None:
    (siti,) = await people(database, 1)

    async def ask(number: int) -> str:
        try:
            async with gathering(database, siti) as by:
                await asking.ask(by, 1, f"Pertanyaan nomor {number}?", named=False)
        except Refusal as refusal:
            return refusal.code
        return "asked"

    outcomes = await asyncio.gather(*(ask(number) for number in range(10)))
    assert (outcomes.count("asked"), outcomes.count("too_many_questions")) == (3, 7)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(ForumQuestion)) == 3


async def test_rule_35_numbers_are_masked_and_the_same_words_are_one_question(database: Database) -> None:
    (siti,) = await people(database, 1)
    async with gathering(database, siti) as by:
        first = await asking.ask(by, 1, " NIK 2172014509870001 belum jadi? ", named=True)
        again = await asking.ask(by, 1, "NIK 2172014509870001 belum jadi?", named=True)
    assert first.id == again.id
    assert first.text == "NIK •••••••••••••••• belum jadi?"


@pytest.mark.parametrize(("words", "hours", "code"), [("Apa", 0, "question_length"), ("a" * 501, 0, "question_length"),
                                                       ("Kapan dimulai?", 24 * 7, "questions_closed")])  # fmt: skip
async def test_what_is_no_question_any_more(database: Database, words: str, hours: int, code: str) -> None:
    (siti,) = await people(database, 1)
    with pytest.raises(Refusal, match=code):
        async with gathering(database, siti, NOW + timedelta(hours=hours)) as by:
            await asking.ask(by, 1, words, named=False)
