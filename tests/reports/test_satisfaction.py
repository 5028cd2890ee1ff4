"""The survey's figures from stored answers, on both databases."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event, select

from bot.db import Database
from bot.reports.respondents import profiles
from bot.reports.satisfaction import Results, Sample, Scope, results
from models.rules.skm import Element, Grade
from models.survey import COLUMNS, SurveyResponse
from tests.factories import small_city
from tests.survey_rows import NOW, published, response, some, store, taps, users

CITY = Scope()
PU = Scope(units=frozenset({1}))
CIVIL = Scope(units=frozenset({2}))
KTP = Scope(service_id=3)


@pytest.fixture
async def city(database: Database) -> Database:
    async with database.begin() as session:
        await small_city(session)
    return database


async def found(database: Database, scope: Scope = CITY, period: str = "2026-Q4", **options: Any) -> Results:
    async with database.read() as session:
        return await results(session, scope, period, **options)


async def test_rule_02_the_published_example_from_the_database(city: Database) -> None:
    await store(city, *published())
    got = await found(city)
    assert (got.whole.n, got.whole.ikm, got.whole.grade) == (29, Decimal("91.48"), Grade.A)
    assert got.whole.ranked()[0] is Element.U3


async def test_rule_03_no_data_gives_no_ikm_and_no_change(city: Database) -> None:
    got = await found(city)
    assert (got.whole.n, got.whole.ikm, got.before, got.sample) == (0, None, None, Sample())


async def test_scopes_and_periods_are_told_apart(city: Database) -> None:
    await store(city, *published(), *some(7, service_id=1), *some(4, service_id=2), *some(9, 3, "2026-Q3"))
    assert [(await found(city, scope)).whole.n for scope in (CITY, PU, CIVIL, KTP)] == [40, 11, 29, 29]
    got = await found(city, PU)
    assert {service: tally.n for service, tally in got.services.items()} == {1: 7, 2: 4}
    everything = await found(city)
    assert {unit: tally.n for unit, tally in everything.units.items()} == {1: 11, 2: 29}
    year = await found(city, period="2026")
    assert year.whole.n == 49
    assert dict(year.trend)["2026"].n == 49


async def test_the_trend_stands_beside_the_present(city: Database) -> None:
    await store(city, *published(), *some(6, 3, "2026-Q2"), *some(8, 3, "2025-Q4"))
    got = await found(city, KTP)
    assert [(period, tally.n) for period, tally in got.trend] == [
        ("2025-Q3", 0),
        ("2025-Q4", 8),
        ("2026-Q1", 0),
        ("2026-Q2", 6),
        ("2026-Q3", 0),
        ("2026-Q4", 29),
    ]
    assert got.before is not None
    assert got.before.n == 6


async def test_sums_are_those_of_a_plain_count(city: Database) -> None:
    await store(city, *some(123, 1), *some(77, 3, seed=2))
    async with city.read() as session:
        rows = (await session.scalars(select(SurveyResponse))).all()
    expected = {e: sum(getattr(row, c) for row in rows) for e, c in zip(Element, COLUMNS, strict=True)}
    assert dict((await found(city)).whole.sums) == expected


# --- the sample ---


async def test_rule_05_the_sample_of_a_service_whose_users_are_known(city: Database) -> None:
    await store(city, *published(), users(3, 300))
    sample = (await found(city, KTP)).sample
    assert (sample.n, sample.population, sample.needed, sample.is_reached) == (29, 300, 169, False)
    assert (await found(city, KTP)).whole.ikm == Decimal("91.48"), "the index is never hidden"


async def test_the_sample_is_reached(city: Database) -> None:
    await store(city, *published(), users(3, 30))
    sample = (await found(city, KTP)).sample
    assert (sample.needed, sample.is_reached) == (28, True)


async def test_users_not_known_are_said_and_not_guessed(city: Database) -> None:
    await store(city, *published(), *some(5, 1), users(3, 300))
    sample = (await found(city)).sample
    assert (sample.population, sample.needed, sample.is_reached, sample.unknown) == (None, None, None, 1)
    assert (await found(city)).samples[3].needed == 169


async def test_users_of_another_period_do_not_count(city: Database) -> None:
    await store(city, *published(), users(3, 300, "2026-Q2"))
    assert (await found(city, KTP)).sample.population is None


@pytest.mark.parametrize(
    ("known", "population"),
    [
        ({"2025": 900}, 900),
        ({"2025-Q1": 100, "2025-Q2": 200, "2025-Q3": 300, "2025-Q4": 400}, 1000),
        ({"2025-Q1": 100, "2025-Q2": 200, "2025-Q3": 300}, None),
        ({"2025-S1": 100, "2025-S2": 150}, 250),
    ],
)
async def test_a_years_users_are_its_own_or_the_sum_of_all_its_parts(
    city: Database, known: dict[str, int], population: int | None
) -> None:
    await store(city, *published(), *(users(3, count, period) for period, count in known.items()))
    assert (await found(city, KTP, "2026")).sample.population == population


# --- one-tap answers ---


async def test_rule_07_one_tap_answers_never_change_the_ikm(city: Database) -> None:
    await store(city, *published())
    before = await found(city)
    await store(city, *taps(Element.U3, [1] * 40), *taps(Element.U1, [1, 2]))
    after = await found(city)
    assert (after.whole, after.sample, after.trend) == (before.whole, before.sample, before.trend)
    assert {e: (tally.n, tally.nrr(e)) for e, tally in after.micro.items()} == {
        Element.U1: (2, Decimal("1.5")),
        Element.U3: (40, Decimal(1)),
    }
    assert not after.mixed


async def test_mixed_in_they_count_for_their_element_and_it_is_said(city: Database) -> None:
    await store(city, *published(), *taps(Element.U3, [1] * 29))
    got = await found(city, micro_in_ikm=True)
    assert got.mixed
    assert (got.whole.n, got.sample.n) == (29, 29), "one-tap answers are no respondents"
    assert got.whole.nrr(Element.U3) == Decimal(129) / 58
    assert got.whole.ikm is not None
    assert got.whole.ikm < Decimal("91.48")


async def test_one_tap_answers_belong_to_the_period_of_their_day(city: Database) -> None:
    from_before = taps(Element.U2, [4, 4], day=NOW.date().replace(month=9))
    await store(city, *published(), *from_before, *taps(Element.U2, [1]))
    assert (await found(city)).micro[Element.U2].n == 1
    assert (await found(city, period="2026-Q3")).micro[Element.U2].n == 2
    assert (await found(city, period="2026")).micro[Element.U2].n == 3


# --- what everybody may read ---


@pytest.mark.parametrize(("n", "is_shown"), [(0, False), (4, False), (5, True)])
async def test_fewer_than_five_are_not_published(city: Database, n: int, is_shown: bool) -> None:
    await store(city, *some(n))
    got = await found(city, KTP, public=True)
    assert got.suppressed is not is_shown
    assert got.whole.n == (n if is_shown else 0)
    assert bool(got.services) is is_shown
    assert (await found(city, KTP)).whole.n == n, "staff see it all the same"


async def test_parts_of_few_are_left_out_with_what_would_give_them_away(city: Database) -> None:
    await store(city, *some(3, 1), *some(20, 2), *some(30, 3))
    got = await found(city, public=True)
    assert set(got.services) == {3}, "53 less 20 and 30 would tell of the 3"
    assert set((await found(city)).services) == {1, 2, 3}


async def test_a_trend_of_few_is_a_gap(city: Database) -> None:
    await store(city, *published(), *some(4, 3, "2026-Q3"), *taps(Element.U1, [1, 1]))
    got = await found(city, KTP, public=True)
    assert dict(got.trend)["2026-Q3"].n == 0
    assert got.micro == {}


async def test_the_profile_counts_every_respondent_and_hides_small_cells(city: Database) -> None:
    few = [response([3] * 9, sex="L", age_band="56-65") for _ in range(3)]
    many = [response([3] * 9, sex="P", age_band="18-25") for _ in range(12)]
    unsaid = [response([3] * 9) for _ in range(6)]
    await store(city, *few, *many, *unsaid)
    async with city.read() as session:
        got = await profiles(session, CITY, "2026-Q4")
    assert got["sex"].counts == {"L": 3, "P": 12, None: 6}
    assert got["sex"].hidden == {"L", None}, "21 less 12 and 6 would tell of the 3"
    assert got["education"].counts == {None: 21}
    assert got["education"].hidden == frozenset()


async def test_the_queries_are_as_many_for_three_answers_as_for_three_hundred(city: Database) -> None:
    counts = []
    for n in (3, 300):
        await store(city, *some(n, 1, seed=n), *some(n, 3, seed=n))
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any, seen: list[str] = seen) -> None:
            seen.append(statement)

        event.listen(city.engine.sync_engine, "before_cursor_execute", note)
        await found(city)
        event.remove(city.engine.sync_engine, "before_cursor_execute", note)
        counts.append(len(seen))
    assert counts == [3, 3]
