"""The needs that the city's figures show, on both databases. Domain rules 13 and 21."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.db import Database
from bot.reports.training import needs
from bot.reports.training.needs import UnitNeeds
from models.complaint import ReportClass
from models.errors import Refusal
from models.organisation import CityFact, Unit
from models.performance.indicator import Level, Source
from models.rules.complaint_flow import Status
from models.rules.performance.achievement import Polarity
from models.rules.skm import Element
from models.rules.training.needs import NeedKind, Why
from models.training.need import NeedDecision, NeedOutcome
from tests import need_scenes as scenes
from tests.driver import START
from tests.need_scenes import looking
from tests.survey_rows import BEFORE, THIS, store, taps


async def of_unit(database: Database, unit_id: int = 1) -> UnitNeeds:
    async with looking(database) as by:
        return await needs.of_unit(by, unit_id)


async def seen(database: Database, unit_id: int = 1) -> list[str]:
    return [one.token for one in (await of_unit(database, unit_id)).needs]


async def fact(database: Database, key: str, value: str) -> None:
    await store(database, CityFact(key=key, value=value))


# --- the survey ---


async def test_the_closed_period_counts_and_five_answers_are_needed(database: Database, people: dict[str, int]) -> None:
    await store(database, *scenes.answers(4, U7=1), *scenes.answers(40, U6=1, period=THIS))
    assert await seen(database) == []
    await store(database, *scenes.answers(1, U7=1))
    (one,) = (await of_unit(database)).needs
    assert (one.need.what, one.need.n, one.need.value, one.period) == ("U7", 5, Decimal("1.00"), BEFORE)


async def test_the_limit_is_the_citys_data(database: Database, people: dict[str, int]) -> None:
    await store(database, *scenes.answers(10, U6=3))
    assert await seen(database) == ["eU6"]
    await fact(database, "training.need_element_below", "2.5")
    assert await seen(database) == []


@pytest.mark.parametrize("said", ["", "nol", "0", "-1", "NaN"])
async def test_a_limit_that_is_no_number_is_the_usual_one(
    database: Database, people: dict[str, int], said: str
) -> None:
    await store(database, *scenes.answers(10, U6=3))
    await fact(database, "training.need_element_below", said)
    assert await seen(database) == ["eU6"]


async def test_taps_count_where_the_city_counts_them_in(database: Database, people: dict[str, int]) -> None:
    await store(database, *scenes.answers(5, U6=3), *taps(Element.U6, [4] * 45, scenes.LAMPS, date(2026, 8, 3)))
    assert await seen(database) == ["eU6"]
    await fact(database, "skm.micro_in_ikm", "yes")
    assert await seen(database) == []


async def test_a_merged_units_answers_are_its_successors(database: Database, people: dict[str, int]) -> None:
    await store(database, *scenes.answers(3, U7=1), *scenes.answers(3, service=scenes.CARDS, U7=2))
    await store(database, *taps(Element.U7, [1], scenes.CARDS, date(2026, 8, 3)))
    await fact(database, "skm.micro_in_ikm", "yes")
    async with database.begin() as session:
        (await session.get_one(Unit, 2)).merged_into_id = 1
    async with looking(database) as by:
        (one,) = await needs.of_city(by)
        assert [(found.need.what, found.need.n, found.need.value) for found in one.needs] == [
            ("U7", 7, Decimal("1.43"))
        ]
        with pytest.raises(Refusal, match="no_such_unit"):
            await needs.of_unit(by, 2)
        with pytest.raises(Refusal, match="no_such_unit"):
            await needs.of_unit(by, 99)


# --- indicators ---


async def test_indicators_of_the_unit_that_are_behind(database: Database, people: dict[str, int]) -> None:
    number = await scenes.indicator(database, "40")
    await scenes.indicator(database, "89", code="hampir")
    await scenes.indicator(database, None, code="kosong")
    await scenes.indicator(database, "1", code="kota", level=Level.CITY, unit_id=None)
    await scenes.indicator(database, "1", code="pribadi", level=Level.INDIVIDUAL, owner_id=people["officer"])
    await scenes.indicator(database, "1", code="lama", valid_to=date(2026, 1, 31))
    (one,) = (await of_unit(database)).needs
    assert (one.token, one.need.why, one.need.compare) == (f"i{number}", Why.PACE_BEHIND, Decimal(90))
    assert one.indicator is not None
    assert one.indicator.name == "Lampu jalan menyala"


async def test_an_indicator_that_should_be_low(database: Database, people: dict[str, int]) -> None:
    await scenes.indicator(database, "110", polarity=Polarity.LOWER, source=Source.CLOSING_TIME)
    (one,) = (await of_unit(database)).needs
    assert (one.need.value, one.need.compare, one.need.why) == (Decimal(110), Decimal(90), Why.PACE_AT_RISK)


# --- reports ---


async def test_a_class_that_comes_oftener_than_usual(database: Database, people: dict[str, int]) -> None:
    await store(database, *scenes.topics(), *scenes.many_complaints())
    (one,) = (await of_unit(database)).needs
    assert (one.token, one.need.n, one.need.total) == ("rcomplaint", 8, 10)
    assert (one.need.value, one.need.compare) == (Decimal(80), Decimal(50))
    assert await seen(database, 2) == []  # for questions the city names no topics


async def test_rule_13_restricted_reports_are_never_counted(database: Database, people: dict[str, int]) -> None:
    await store(database, *scenes.topics(), *scenes.many_complaints(2))
    secret = [scenes.report(confidential=True) for _ in range(10)]
    accused = [scenes.report(conflict=True, conflict_unit_id=2) for _ in range(10)]
    open_ones = [scenes.report() for _ in range(2)]
    await store(database, *secret, *accused, *open_ones)
    async with looking(database) as by:
        assert [one.unit.id for one in await needs.of_city(by)] == [2]
        (one,) = (await needs.of_unit(by, 2)).needs
        assert one.need.compare == Decimal(100 * 12) / 22


@pytest.mark.parametrize(
    "columns",
    [
        {"status": Status.ARCHIVED},  # junk and duplicates (rule 21)
        {"status": Status.NOT_OURS},
        {"disposed_at": None},  # the unit does not have it yet
        {"days_ago": 120},  # long ago: only what is usual
        {"kind": ReportClass.ASPIRATION},
    ],
)
async def test_rule_21_what_does_not_count(database: Database, people: dict[str, int], columns: dict[str, Any]) -> None:
    others = [scenes.report(2, ReportClass.INFORMATION) for _ in range(20)]
    await store(database, *scenes.topics(), *others, *(scenes.report(**columns) for _ in range(10)))
    assert await seen(database) == []


async def test_what_is_usual_is_older_than_what_is_new(database: Database, people: dict[str, int]) -> None:
    old = [scenes.report(2, days_ago=200) for _ in range(40)]
    await store(database, *scenes.topics(), *scenes.many_complaints(), *old)
    assert await seen(database) == []  # 80 % of complaints are usual in a city that complains so much
    await fact(database, "training.need_reports_usual_days", "90")
    assert await seen(database) == ["rcomplaint"]


# --- decisions ---


def decision(outcome: NeedOutcome, hr: int, **columns: Any) -> NeedDecision:
    defaults = {"unit_id": 1, "need": NeedKind.ELEMENT, "what": "U7", "period": BEFORE, "reason": "x"}
    return NeedDecision(outcome=outcome, decided_by_id=hr, decided_at=START, **(defaults | columns))


@pytest.mark.parametrize(
    ("outcome", "columns", "quiet"),
    [
        (NeedOutcome.HANDLED, {}, True),
        (NeedOutcome.HANDLED, {"period": "2026-Q2"}, False),  # a later period shows it again
        (NeedOutcome.PUT_OFF, {"until": date(2026, 11, 25)}, True),
        (NeedOutcome.PUT_OFF, {"until": date(2026, 11, 24)}, False),  # the day has come
        (NeedOutcome.REOPENED, {}, False),
        (NeedOutcome.HANDLED, {"unit_id": 2}, False),  # another unit's
        (NeedOutcome.HANDLED, {"what": "U6"}, False),  # another need
    ],
)
async def test_what_was_decided(
    database: Database, people: dict[str, int], outcome: NeedOutcome, columns: dict[str, Any], quiet: bool
) -> None:
    await store(database, *scenes.answers(10, U7=2), decision(outcome, people["hr"], **columns))
    found = await of_unit(database)
    assert [len(found.needs), len(found.quiet)] == ([0, 1] if quiet else [1, 0])


async def test_the_newest_decision_holds(database: Database, people: dict[str, int]) -> None:
    await store(database, *scenes.answers(10, U7=2), decision(NeedOutcome.HANDLED, people["hr"]))
    await store(database, decision(NeedOutcome.REOPENED, people["hr"]))
    assert await seen(database) == ["eU7"]


async def test_units_with_the_most_needs_come_first(database: Database, people: dict[str, int]) -> None:
    await store(database, *scenes.answers(10, U7=2), *scenes.answers(10, service=scenes.CARDS, U6=2, U7=1))
    async with looking(database) as by:
        assert [(one.unit.id, len(one.needs)) for one in await needs.of_city(by)] == [(2, 2), (1, 1)]
        assert [one.unit.id for one in await needs.of_city(by, {1})] == [1]
        with pytest.raises(Refusal, match="no_such_need"):
            await needs.one(by, 1, "eU6")
