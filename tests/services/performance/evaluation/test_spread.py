"""Warnings about the spread of predicates in a unit, on both databases: only warnings follow. Rule 25, SE MenPANRB."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.db import Database
from bot.services.performance.evaluation import lists, opening, rating, spread
from bot.services.performance.evaluation.rating import Judgement
from models.outbox import OutboxMessage
from models.performance.evaluation import Evaluation, UnitPredicate
from models.rules.performance.evaluation_period import EvaluationPeriod
from models.rules.performance.predicate import OrganisationPredicate, Predicate, Rating
from models.rules.permissions import Role
from tests import performance_scenes as scenes
from tests.factories import small_city
from tests.performance_scenes import Team

Q3 = EvaluationPeriod(2026, 3)


@pytest.fixture
async def people(database: Database) -> Team:
    """`boss` leads six people whose quarter is open; the unit's own predicate is good."""
    async with database.begin() as session:
        await small_city(session)
        found = await scenes.team(session, boss=None, hr=None)
        await scenes.granted(session, found.ids["hr"], Role.HR)
        for employee in await scenes.team_of(session, found.ids["boss"], 6):
            await scenes.plan(session, employee)
        session.add(UnitPredicate(unit_id=1, year=2026, quarter=3, predicate=OrganisationPredicate.GOOD))
        await opening.open_period(await scenes.system(session), Q3)
    return found


async def rate(database: Database, people: Team, ratings: list[Rating]) -> None:
    async with database.begin() as session:
        by = await scenes.judging(session, people.ids["boss"])
        numbers = (await session.scalars(select(Evaluation.id).order_by(Evaluation.id))).all()
        for number, results in zip(numbers, ratings, strict=False):
            await rating.rate(by, number, Judgement(results, Rating.MEETS, "Alasan"))


async def warned(database: Database) -> list[OutboxMessage]:
    async with database.read() as session:
        found = select(OutboxMessage).where(OutboxMessage.kind == "spread_warning").order_by(OutboxMessage.id)
        return list((await session.scalars(found)).all())


async def test_six_good_ones_are_too_many_for_a_good_unit(database: Database, people: Team) -> None:
    await rate(database, people, [Rating.MEETS] * 6)
    told = await warned(database)
    assert len(told) == 2, "the appraiser and human resources, once"
    assert [one["predicates"] for one in told[0].values["warnings"]] == [["good"], ["needs_improvement", "poor"]]
    async with database.read() as session:
        by = await scenes.judging(session, people.ids["hr"])
        (line,) = await spread.of_city(by, 2026, 3)
        counted = await lists.counts(by, Q3)
    assert (line[0], line[1], len(line[2])) == ("PU", OrganisationPredicate.GOOD, 2)
    assert counted.predicates == {Predicate.GOOD: 6}


@pytest.mark.parametrize(
    "ratings",
    [
        [Rating.MEETS] * 4,  # too few people to speak of shares
        [Rating.MEETS] * 4 + [Rating.BELOW] * 2,
    ],
)
async def test_no_warning(database: Database, people: Team, ratings: list[Rating]) -> None:
    await rate(database, people, ratings)
    told = await warned(database)
    assert [one.values["warnings"] for one in told if len(ratings) == 4] == []
    async with database.read() as session:
        assert await spread.of_city(await scenes.judging(session, people.ids["hr"]), 2026, 3) == []


async def test_without_the_units_predicate_nothing_is_said(database: Database, people: Team) -> None:
    async with database.begin() as session:
        await session.delete((await session.scalars(select(UnitPredicate))).one())
    await rate(database, people, [Rating.ABOVE] * 6)
    assert await warned(database) == []
