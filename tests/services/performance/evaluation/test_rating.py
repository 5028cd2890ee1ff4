"""Evaluations through the service, on both databases: who rates, answers and decides. Domain rules 25 and 26."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from bot.db import Database
from bot.services.performance.evaluation import opening, rating
from bot.services.performance.evaluation.frozen import thaw
from bot.services.performance.evaluation.rating import Judgement
from models.employee import ActingSuperior
from models.errors import Refusal
from models.outbox import OutboxMessage
from models.performance.evaluation import Evaluation, EvaluationEvent
from models.rules.performance.evaluation_period import EvaluationPeriod
from models.rules.performance.evaluation_rules import EvaluationAction, EvaluationStatus
from models.rules.performance.predicate import MATRIX, Predicate, Rating
from models.rules.permissions import Role
from tests import performance_scenes as scenes
from tests.factories import small_city
from tests.performance_scenes import NOW, Team, judging

Q3 = EvaluationPeriod(2026, 3)
GOOD = Judgement(Rating.MEETS, Rating.MEETS, "Target tercapai")


@pytest.fixture
async def people(database: Database) -> Team:
    """`top` leads `boss` and `other`; `boss` leads `worker`, whose third quarter is open; `hr` sees everything."""
    async with database.begin() as session:
        await small_city(session)
        found = await scenes.team(session, top=None, boss="top", other="top", worker="boss", hr=None)
        await scenes.granted(session, found.ids["hr"], Role.HR)
        found.line = await scenes.plan(session, found.ids["worker"])
        await scenes.quarter_of_weeks(session, found.ids["worker"], found.line)
        await opening.open_period(await scenes.system(session), Q3)
    return found


async def number(database: Database) -> int:
    async with database.read() as session:
        return (await session.scalars(select(Evaluation.id).order_by(Evaluation.id))).one()


async def rate(database: Database, people: Team, who: str = "boss", judgement: Judgement = GOOD) -> Evaluation:
    evaluation_id = await number(database)
    async with database.begin() as session:
        return await rating.rate(await judging(session, people.ids[who]), evaluation_id, judgement)


@pytest.mark.parametrize(("pair", "found"), MATRIX.items())
async def test_rule_25_the_service_stores_the_cell_of_the_matrix(
    database: Database, people: Team, pair: tuple[Rating, Rating], found: Predicate
) -> None:
    await rate(database, people, judgement=Judgement(*pair, "Alasan"))
    row = await scenes.one(database, Evaluation, await number(database))
    assert (row.predicate, row.results, row.behaviour) == (found, *pair)


@pytest.mark.parametrize("who", ["worker", "top", "other", "hr"])
async def test_rule_26_only_the_superior_rates_and_nobody_the_own_work(
    database: Database, people: Team, who: str
) -> None:
    wanted = "not_your_own_work" if who == "worker" else "not_your_subordinate"
    with pytest.raises(Refusal, match=wanted):
        await rate(database, people, who)
    row = await scenes.one(database, Evaluation, await number(database))
    assert (row.status, row.predicate) == (EvaluationStatus.OPEN, None)


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
async def test_rule_26_without_words_there_is_no_predicate(database: Database, people: Team, reason: str) -> None:
    with pytest.raises(Refusal, match="reason_missing"):
        await rate(database, people, judgement=Judgement(Rating.ABOVE, Rating.ABOVE, reason))
    assert (await scenes.one(database, Evaluation, await number(database))).predicate is None


async def test_rule_26_the_facts_are_frozen_with_the_rating(database: Database, people: Team) -> None:
    await rate(database, people)
    async with database.begin() as session:
        await scenes.week(session, people.ids["worker"], people.line, date(2026, 10, 5), "50")
    row = await scenes.one(database, Evaluation, await number(database))
    facts = thaw(row.facts)
    assert [(line.value, line.reached) for line in facts.lines] == [(Decimal(39), Decimal(130))]
    assert (facts.weeks.due, facts.weeks.reported, facts.weeks.missing) == (13, 13, 0)
    assert row.average == Decimal(120), "capped"
    assert row.suggestion is Rating.MEETS
    assert row.objection_until == date(2026, 12, 8)


@pytest.mark.parametrize(
    ("who", "may"), [("hr", True), ("boss", True), ("top", True), ("worker", True), ("other", False)]
)
async def test_rule_31_who_reads_an_evaluation(database: Database, people: Team, who: str, may: bool) -> None:
    async with database.read() as session:
        by, wanted = await judging(session, people.ids[who]), await number(database)
        if may:
            assert (await rating.reach(by, EvaluationAction.VIEW, wanted)).id == wanted
        else:
            with pytest.raises(Refusal, match="not_your_subordinate"):
                await rating.reach(by, EvaluationAction.VIEW, wanted)


@pytest.mark.parametrize("days", [0, 13, 14, 15, 40])
async def test_rule_26_the_objection_window_by_date(database: Database, people: Team, days: int) -> None:
    await rate(database, people)
    later, wanted = NOW + timedelta(days=days), await number(database)
    async with database.begin() as session:
        by = await judging(session, people.ids["worker"], later)
        if days <= 14:
            await rating.object_to(by, wanted, "Laporan minggu ke-40 belum dihitung")
        else:
            with pytest.raises(Refusal, match="objection_is_late"):
                await rating.object_to(by, wanted, "Terlambat")
    status = (await scenes.one(database, Evaluation, wanted)).status
    assert status is (EvaluationStatus.OBJECTED if days <= 14 else EvaluationStatus.RATED)


async def test_rule_26_the_days_of_an_objection_are_the_citys(database: Database, people: Team) -> None:
    from_data = (await scenes.one(database, Evaluation, await number(database))).objection_until
    assert from_data is None
    async with database.begin() as session:
        by = await judging(session, people.ids["boss"])
        by.city.limits.working_days["objection"] = 3  # type: ignore[index]
        row = await rating.rate(by, await number(database), GOOD)
    assert row.objection_until == date(2026, 11, 27)


async def test_rule_26_the_superiors_superior_decides_with_words_and_may_change(
    database: Database, people: Team
) -> None:
    await rate(database, people)
    wanted = await number(database)
    async with database.begin() as session:
        await rating.object_to(await judging(session, people.ids["worker"]), wanted, "Target terlampaui")
    for who, refused in (("worker", "not_your_own_work"), ("boss", "not_your_subordinate"), ("hr", "not_your_sub")):
        async with database.read() as session:
            with pytest.raises(Refusal, match=refused):
                await rating.decide(await judging(session, people.ids[who]), wanted, "Saya putuskan")
    async with database.read() as session:
        with pytest.raises(Refusal, match="reason_missing"):
            await rating.decide(await judging(session, people.ids["top"]), wanted, " ")
    async with database.begin() as session:
        by = await judging(session, people.ids["top"])
        await rating.decide(by, wanted, "Terbukti", (Rating.ABOVE, Rating.ABOVE))
    row = await scenes.one(database, Evaluation, wanted)
    assert (row.status, row.predicate) == (EvaluationStatus.DECIDED, Predicate.VERY_GOOD)
    async with database.read() as session:
        steps = (await session.scalars(select(EvaluationEvent).order_by(EvaluationEvent.id))).all()
        told = set(await session.scalars(select(OutboxMessage.kind)))
    assert [step.status_after for step in steps] == ["rated", "objected", "decided"]
    assert steps[2].values["old"]["predicate"] == "good"
    assert steps[2].values["new"]["predicate"] == "very_good"
    assert {"evaluation_rated", "evaluation_objected", "evaluation_decided"} <= told


async def test_who_rated_for_the_superior_does_not_decide(database: Database, people: Team) -> None:
    """`top` acts for `boss` and rates; nobody stands above top, so there is nobody to object to."""
    async with database.begin() as session:
        session.add(_acting(people.ids["boss"], people.ids["top"], NOW.date(), NOW.date()))
    await rate(database, people, "top")
    row = await scenes.one(database, Evaluation, await number(database))
    assert row.decider_id is None
    async with database.read() as session:
        with pytest.raises(Refusal, match="nobody_above"):
            await rating.object_to(await judging(session, people.ids["worker"]), row.id, "Saya keberatan")


def _acting(whom: int, who: int, first: date, last: date) -> ActingSuperior:
    return ActingSuperior(employee_id=whom, acting_id=who, valid_from=first, valid_to=last)


@pytest.mark.parametrize("day", [NOW.date(), Q3.last])
async def test_whoever_acts_today_or_did_on_the_last_day_may_rate(database: Database, people: Team, day: date) -> None:
    async with database.begin() as session:
        session.add(_acting(people.ids["boss"], people.ids["other"], day, day))
    assert (await rate(database, people, "other")).status is EvaluationStatus.RATED


async def test_standing_in_for_the_own_superior_one_does_not_rate_oneself(database: Database, people: Team) -> None:
    async with database.begin() as session:
        session.add(_acting(people.ids["boss"], people.ids["worker"], NOW.date(), NOW.date()))
    with pytest.raises(Refusal, match="not_your_own_work"):
        await rate(database, people, "worker")


async def test_rated_again_until_somebody_answered(database: Database, people: Team) -> None:
    await rate(database, people)
    again = await rate(database, people, judgement=Judgement(Rating.ABOVE, Rating.MEETS, "Sesudah diperiksa lagi"))
    assert again.reason == "Sesudah diperiksa lagi"
    async with database.begin() as session:
        await rating.acknowledge(await judging(session, people.ids["worker"]), again.id)
    with pytest.raises(Refusal, match="evaluation_not_now"):
        await rate(database, people)
    row = await scenes.one(database, Evaluation, again.id)
    assert (row.status, row.closed_at) == (EvaluationStatus.ACKNOWLEDGED, NOW)


async def test_after_the_days_a_rating_is_final(database: Database, people: Team) -> None:
    await rate(database, people)
    async with database.read() as session:
        by = await judging(session, people.ids["boss"], NOW + timedelta(days=15))
        with pytest.raises(Refusal, match="evaluation_not_now"):
            await rating.rate(by, await number(database), GOOD)


async def test_two_superiors_at_once_the_second_fails(database: Database, people: Team) -> None:
    wanted = await number(database)
    async with database.read() as slow:
        late = await judging(slow, people.ids["boss"])
        seen = await late.session.get_one(Evaluation, wanted)
        await rate(database, people)
        with pytest.raises(StaleDataError):
            await rating.rate(late, wanted, Judgement(Rating.BELOW, Rating.BELOW, "Bersamaan"))
        assert seen in slow
    assert (await scenes.one(database, Evaluation, wanted)).predicate is Predicate.GOOD


async def test_numbers_of_persons_are_masked(database: Database, people: Team) -> None:
    row = await rate(database, people, judgement=Judgement(Rating.MEETS, Rating.MEETS, "NIK 2172010101900001 salah"))
    assert "2172010101900001" not in (row.reason or "")
