"""Who is nominated, by which rules, on both databases. Domain rule 32."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.services.performance.recognition import awards, lists, nominating
from models.outbox import OutboxMessage
from models.performance.recognition import Nomination, NominationStatus, RecognitionFor
from models.rules.performance.evaluation_period import EvaluationPeriod
from models.survey import Pulse
from tests import award_scenes as award
from tests import performance_scenes as scenes
from tests.award_scenes import DILIGENT, FIXED, LIKED, OCTOBER, PROMPT, Q3
from tests.factories import small_city
from tests.performance_scenes import Team


@pytest.fixture
async def people(database: Database) -> Team:
    async with database.begin() as session:
        await small_city(session)
        return await award.people(session)


async def run(database: Database, now: datetime = OCTOBER) -> dict[str, int]:
    async with database.begin() as session:
        return await nominating.nominate_due(await scenes.system(session, now))


async def nominations(database: Database) -> list[Nomination]:
    async with database.read() as session:
        return list((await session.scalars(select(Nomination).order_by(Nomination.id))).all())


async def test_rule_32_only_who_fulfils_the_rule_leaves_a_trace(database: Database, people: Team) -> None:
    async with database.begin() as session:
        await award.rule(session, "teladan", DILIGENT)
    assert await run(database) == {"nominated": 1, "rules": 1}
    (row,) = await nominations(database)
    assert (row.employee_id, row.period, row.status) == (people.ids["good"], "2026-Q3", NominationStatus.NOMINATED)
    kinds = {one["kind"]: (one["value"], one["n"]) for one in row.evidence["findings"]}
    assert kinds == {"main_indicators": ("130", 1), "weeks_reported": ("100", 13), "no_upheld_complaint": ("0", 0)}
    async with database.read() as session:
        told = await session.scalar(
            select(func.count()).select_from(OutboxMessage).where(OutboxMessage.kind == "nominations_made")
        )
    assert told == 1


@pytest.mark.parametrize(
    ("fixed", "counts"),
    [
        (FIXED, 1),
        (datetime(2026, 6, 30, 16, 59, tzinfo=UTC), 1),
        (datetime(2026, 6, 30, 17, 1, tzinfo=UTC), 0),  # the first of July by the city's clock
        (datetime(2026, 9, 1, 3, tzinfo=UTC), 0),
    ],
)
async def test_rule_32_a_rule_counts_only_for_periods_that_begin_after_it_was_fixed(
    database: Database, people: Team, fixed: datetime, counts: int
) -> None:
    async with database.begin() as session:
        await award.rule(session, "teladan", DILIGENT, fixed_at=fixed)
    assert (await run(database))["rules"] == counts
    assert len(await nominations(database)) == counts


@pytest.mark.parametrize(
    "more",
    [
        {"valid_from": date(2026, 7, 2)},
        {"valid_to": date(2026, 9, 29)},
        {"period": "year"},
    ],
)
async def test_a_rule_has_to_be_valid_throughout_the_period(
    database: Database, people: Team, more: dict[str, object]
) -> None:
    async with database.begin() as session:
        await award.rule(session, "teladan", DILIGENT, **more)
    assert await run(database) == {"nominated": 0, "rules": 0}


async def test_each_rule_and_period_once_also_where_nobody_fulfils_it(database: Database, people: Team) -> None:
    async with database.begin() as session:
        await award.rule(session, "teladan", DILIGENT)
        await award.rule(session, "disukai", LIKED)
    assert await run(database) == {"nominated": 1, "rules": 2}
    async with database.begin() as session:
        await award.settled(session, people.ids["lazy"], 20)
    assert await run(database, OCTOBER + timedelta(days=1)) == {"nominated": 0, "rules": 0}


@pytest.mark.parametrize(("day", "rules"), [(7, 0), (8, 1), (31, 1)])
async def test_late_reports_are_waited_for(database: Database, people: Team, day: int, rules: int) -> None:
    async with database.begin() as session:
        await award.rule(session, "teladan", DILIGENT)
    found = await run(database, datetime(2026, 10, day, 3, tzinfo=UTC))
    assert found["rules"] == rules


async def test_few_ratings_are_drawn_to_the_citys_mean_and_too_few_do_not_count(
    database: Database, people: Team
) -> None:
    """Ten of 4 beat the limit; three of 4 are drawn to the mean of about 2.6; two are too few at all."""
    async with database.begin() as session:
        await award.rule(session, "disukai", LIKED)
        await award.settled(session, people.ids["good"], 10)
        await award.settled(session, people.ids["lazy"], 3)
        await award.settled(session, people.ids["leader"], 2)
        await award.settled(session, people.ids["boss"], 13, score=1)
    await run(database)
    assert [row.employee_id for row in await nominations(database)] == [people.ids["good"]]


async def test_reopened_reports_are_deducted_from_the_order(database: Database, people: Team) -> None:
    async with database.begin() as session:
        await award.rule(session, "tepat", PROMPT | {"deduction": "0.5", "most": 2})
        await award.settled(session, people.ids["lazy"], 10)
        await award.settled(session, people.ids["good"], 8)
        await award.settled(session, people.ids["good"], 2, reopened=1)
    await run(database)
    found = {row.employee_id: row.score for row in await nominations(database)}
    assert found == {people.ids["lazy"]: Decimal(100), people.ids["good"]: Decimal(90)}


async def test_an_upheld_complaint_stands_in_the_way_and_a_confidential_one_is_never_counted(
    database: Database, people: Team
) -> None:
    async with database.begin() as session:
        await award.rule(session, "teladan", DILIGENT)
        about = {"conflict": True, "conflict_employee_id": people.ids["good"], "score": None}
        await award.settled(session, None, 1, confidential=True, **about)
        assert len(await _fulfilling(session)) == 1
        await award.settled(session, None, 1, **about)
    assert await run(database) == {"nominated": 0, "rules": 1}


async def _fulfilling(session: AsyncSession) -> list[object]:
    by = await scenes.system(session, OCTOBER)
    rule = (await lists.rules.counting(by, Q3))[0]
    return list(await nominating.fulfilling(by, rule, Q3))


async def test_units_are_recognised_by_the_same_means(database: Database, people: Team) -> None:
    async with database.begin() as session:
        await award.rule(session, "unit", PROMPT, award_to=RecognitionFor.UNIT)
        await award.settled(session, None, 5)
        await award.settled(session, None, 5, unit_id=2, followed_up_at=datetime(2026, 8, 30, tzinfo=UTC))
    assert await run(database) == {"nominated": 1, "rules": 1}
    (row,) = await nominations(database)
    assert (row.unit_id, row.employee_id, row.score) == (1, None, Decimal(100))


async def test_ratings_of_a_unit_are_those_of_its_services(database: Database, people: Team) -> None:
    async with database.begin() as session:
        await award.rule(session, "unit", LIKED, award_to=RecognitionFor.UNIT)
        session.add_all(
            Pulse(service_id=service, day=date(2026, 8, 1), score=score, created_at=OCTOBER)
            for service, score in [(1, 4)] * 20 + [(3, 2)] * 20
        )
    await run(database)
    assert [row.unit_id for row in await nominations(database)] == [1]


async def test_why_not_me_names_the_own_reasons_and_nobody_else(database: Database, people: Team) -> None:
    async with database.begin() as session:
        await award.rule(session, "teladan", DILIGENT)
    await run(database)
    async with database.read() as session:
        (mine,) = await lists.why(await scenes.judging(session, people.ids["lazy"], OCTOBER))
        (own,) = await lists.why(await scenes.judging(session, people.ids["good"], OCTOBER))
    assert [found.criterion.kind.value for found in mine.verdict.shortfalls] == ["main_indicators", "weeks_reported"]
    assert (own.verdict.fulfilled, own.nominated, own.beyond) == (True, True, False)


async def test_the_year_is_computed_in_january(database: Database, people: Team) -> None:
    async with database.begin() as session:
        criteria = {"conditions": [{"kind": "weeks_reported", "limit": "20", "smallest": 8}]}
        await award.rule(session, "tahunan", criteria, period="year", fixed_at=datetime(2025, 12, 1, tzinfo=UTC))
    assert (await run(database))["rules"] == 0
    assert await run(database, datetime(2027, 1, 11, 3, tzinfo=UTC)) == {"nominated": 1, "rules": 1}
    assert [row.period for row in await nominations(database)] == ["2026"]


async def test_as_many_queries_for_many_people_as_for_few(database: Database, people: Team) -> None:
    async with database.begin() as session:
        await award.rule(session, "teladan", DILIGENT)
        await _fulfilling(session)
        few = await _statements(session)
        assert few > 10
        for employee in await scenes.team_of(session, people.ids["boss"], 30):
            await scenes.plan(session, employee)
        assert await _statements(session) == few


async def _statements(session: AsyncSession) -> int:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    await _fulfilling(session)
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_periods_by_a_table() -> None:
    assert [EvaluationPeriod(2026, quarter).weeks for quarter in (1, 2, 3, 4, 0)] == [
        (date(2025, 12, 29), date(2026, 3, 23)),
        (date(2026, 3, 30), date(2026, 6, 22)),
        (date(2026, 6, 29), date(2026, 9, 21)),
        (date(2026, 9, 28), date(2026, 12, 28)),
        (date(2025, 12, 29), date(2026, 12, 28)),
    ]
    assert awards.NEXT[NominationStatus.DECLINED] == ()
