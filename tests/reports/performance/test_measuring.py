"""Facts of indicators against an independent count of the raw rows, on both databases. Domain rule 21."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.jobs.indicators import record
from bot.reports.performance.measuring import measure
from bot.services.city import City, know
from bot.services.performance import facts
from bot.services.performance.facts import Measured
from models.complaint import Complaint
from models.improvement import Improvement
from models.organisation import Unit
from models.performance.indicator import Indicator, IndicatorFact, Level, Source
from models.performance.service_record import RecordSource, ServiceRecord
from models.rules.complaint_flow import Status, Verdict
from models.rules.improvements import Step, Term
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from models.rules.skm import Element
from models.survey import COLUMNS, SurveyResponse
from tests.factories import small_city, staff
from tests.reports.complaint_rows import a_report
from tests.survey_rows import response

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
AS_OF = date(2026, 11, 23)
JAKARTA = ZoneInfo("Asia/Jakarta")
#: Scope → its unit, its service, and which units that means: the third unit stands below the first.
SCOPES: dict[str, tuple[int | None, int | None, set[int] | None]] = {
    "city": (None, None, None),
    "unit": (1, None, {1, 3}),
    "below": (3, None, {3}),
    "service": (2, 3, {2}),
    "nothing": (2, 1, {2}),
}
FACTS = tuple(source for source in Source if source is not Source.MANUAL)


async def indicators(session: AsyncSession) -> dict[tuple[str, Source], Indicator]:
    found = {}
    for scope, (unit_id, service_id, _units) in SCOPES.items():
        for source in FACTS:
            row = Indicator(
                code=f"{scope}-{source.value}",
                name="x",
                measure_unit="%",
                polarity=Polarity.HIGHER,
                aggregation=Aggregation.LAST,
                level=Level.CITY,
                source=source,
                unit_id=unit_id,
                service_id=service_id,
            )
            session.add(row)
            found[scope, source] = row
    await session.flush()
    return found


def a_record(number: int, dice: random.Random) -> ServiceRecord:
    at = datetime(2026, 8, 3, 2, tzinfo=UTC) + timedelta(hours=dice.randint(0, 24 * 110))
    finished = None if dice.random() < 0.2 else at + timedelta(hours=dice.randint(0, 60))
    service_id = dice.choice([1, 3])
    minutes = None if finished is None else dice.randint(0, 900)
    return ServiceRecord(
        service_id=service_id,
        unit_id={1: 1, 3: 2}[service_id],
        number=f"N-{number}",
        received_at=at,
        complete_at=at,
        finished_at=finished,
        finished_on=None if finished is None else finished.astimezone(JAKARTA).date(),
        minutes=minutes,
        on_time=None if service_id == 1 or minutes is None else minutes <= 480,
        source=RecordSource.COUNTER,
        touched_at=NOW,
    )


def an_improvement(dice: random.Random, owner: int) -> Improvement:
    due = date(2026, 8, 1) + timedelta(days=dice.randint(0, 150))
    status = dice.choice(list(Step))
    done = datetime(due.year, due.month, due.day, 12, tzinfo=UTC) + timedelta(days=dice.randint(-9, 9))
    return Improvement(
        title="x",
        unit_id=dice.choice([1, 2, 3]),
        service_id=dice.choice([None, 3]),
        owner_id=owner,
        due_on=due,
        term=Term.SHORT,
        status=status,
        created_at=NOW,
        done_at=done if status is Step.DONE else None,
    )


async def fill(session: AsyncSession) -> None:
    dice = random.Random(29)
    await small_city(session)
    session.add(Unit(code="uptd", name="UPTD Lampu", short_name="UPTD", kind="uptd", parent_id=1))
    owner = (await staff(session, NOW))["officer"].id
    for number in range(220):
        report = a_report(number, dice)
        report.unit_id = dice.choice([1, 2, 3, None])
        report.service_id = dice.choice([1, 2, 3, None])
        report.conflict_unit_id = dice.choice([None, None, None, 1, 2])
        report.conflict = report.conflict_unit_id is not None
        session.add(report)
    for number in range(150):
        session.add(a_record(number, dice))
        day = date(2026, 9, 1) + timedelta(days=dice.randint(0, 85))
        scores = [dice.randint(1, 4) for _ in Element]
        session.add(response(scores, dice.choice([1, 3]), "2026-Q4", day=day))
    session.add_all(an_improvement(dice, owner) for _ in range(40))
    await session.flush()


class Recount:
    """The same figures by another way: every row read, counted in Python."""

    def __init__(self, session: AsyncSession, city: City, first: date, last: date) -> None:
        self.session, self.city, self.first, self.last = session, city, first, last

    async def rows(self, table: Any, day: Callable[[Any], date | None], scope: str) -> list[Any]:
        unit_id, service_id, units = SCOPES[scope]
        found = []
        for row in await self.session.scalars(select(table)):
            on = day(row)
            if on is None or not self.first <= on <= self.last:
                continue
            if service_id is not None and row.service_id != service_id:
                continue
            if units is not None and row.unit_id not in units:
                continue
            if units is not None and getattr(row, "conflict_unit_id", None) in units:
                continue
            found.append(row)
        assert unit_id is None or units is not None
        return found

    async def reports(self, scope: str) -> list[Complaint]:
        found = await self.rows(Complaint, lambda row: row.received_at.astimezone(JAKARTA).date(), scope)
        return [row for row in found if row.status not in (Status.ARCHIVED, Status.NOT_OURS, Status.WITHDRAWN)]

    def working_days(self, begin: datetime, end: datetime) -> int:
        day, count = begin.astimezone(JAKARTA).date(), 0
        while day < end.astimezone(JAKARTA).date():
            day += timedelta(days=1)
            count += self.city.calendar.is_working_day(day)
        return count

    async def expected(self, scope: str, source: Source) -> Measured:
        if source in (Source.COMPLETION_TIME, Source.COMPLETED_ON_TIME):
            done = await self.rows(ServiceRecord, lambda row: row.finished_on, scope)
            if source is Source.COMPLETION_TIME:
                return level([Decimal(row.minutes) / 60 for row in done])
            return share([row.on_time for row in done if row.on_time is not None])
        if source is Source.IMPROVEMENTS_DONE:
            due = await self.rows(Improvement, lambda row: row.due_on, scope)
            kept = [row.done_at is not None and row.done_at.astimezone(JAKARTA).date() <= row.due_on for row in due]
            return share([one for one, row in zip(kept, due, strict=True) if row.status is not Step.DROPPED])
        if source is Source.SATISFACTION_INDEX:
            said = await self.rows(SurveyResponse, lambda row: row.day, scope)
            total = sum(getattr(row, column) for row in said for column in COLUMNS)
            value = Decimal(25 * total) / (9 * len(said)) if said else None
            return Measured(value and Decimal(f"{value + Decimal('1e-9'):.2f}"), len(said))
        reports = await self.reports(scope)
        if source is Source.CLOSING_TIME:
            ends = [(row.received_at, row.closed_at) for row in reports if row.closed_at is not None]
            return level([Decimal(self.working_days(*pair)) for pair in ends])
        if source is Source.CONFIRMED_SHARE:
            return share([row.verdict is Verdict.SOLVED for row in reports if row.status is Status.CLOSED])
        until = datetime(self.last.year, self.last.month, self.last.day, tzinfo=JAKARTA) + timedelta(days=1)
        settled = [(row.followed_up_at or row.closed_at, row.settle_due_at) for row in reports]
        return share([at is not None and at <= due for at, due in settled if at is not None or due < until])


def share(kept: list[bool]) -> Measured:
    value = Decimal(100 * sum(kept)) / len(kept) if kept else None
    return Measured(value, len(kept), sum(kept), len(kept))


def level(values: list[Decimal]) -> Measured:
    return Measured(median(values) if values else None, len(values))


def exact(found: Measured) -> tuple[Any, ...]:
    value = None if found.value is None else round(found.value, 8)
    return value, found.n, found.numerator, found.denominator


@pytest.mark.parametrize("period", ["2026", "2026-Q3", "2026-Q4", "2025"])
async def test_rule_21_every_fact_is_what_the_raw_rows_say(database: Database, period: str) -> None:
    async with database.begin() as session:
        await fill(session)
        known = await indicators(session)
    bounds = {
        "2026": (date(2026, 1, 1), AS_OF),
        "2026-Q3": (date(2026, 7, 1), date(2026, 9, 30)),
        "2026-Q4": (date(2026, 10, 1), AS_OF),
        "2025": (date(2025, 1, 1), date(2025, 12, 31)),
    }
    async with database.read() as session:
        city = await know(session, NOW)
        found = await measure(session, city, known.values(), period, AS_OF)
        recount = Recount(session, city, *bounds[period])
        for (scope, source), row in known.items():
            expected = await recount.expected(scope, source)
            assert exact(found[row.id]) == exact(expected), f"{scope} {source}"
            if expected.n == 0:
                assert found[row.id].value is None
        if period == "2026":
            assert sum(found[row.id].n > 0 for row in known.values()) > 20


async def test_the_number_of_queries_does_not_grow_with_the_indicators(database: Database) -> None:
    async with database.begin() as session:
        await fill(session)
        known = await indicators(session)
    seen: list[str] = []
    event.listen(database.engine.sync_engine, "before_cursor_execute", lambda *call: seen.append(call[2]))
    counts = []
    for rows in (list(known.values())[: len(FACTS)], list(known.values())):
        async with database.read() as session:
            city = await know(session, NOW)
            seen.clear()
            await measure(session, city, rows, "2026", AS_OF)
            counts.append(len([one for one in seen if "SELECT" in one.upper()]))
    assert counts[0] == counts[1]
    assert counts[0] == 5  # reports and their closings, answers, times, improvements


async def test_the_daily_duty_writes_the_year_and_its_quarters_once_a_day(database: Database) -> None:
    async with database.begin() as session:
        await fill(session)
        known = await indicators(session)
        manual = Indicator(
            code="typed",
            name="x",
            measure_unit="%",
            polarity=Polarity.HIGHER,
            aggregation=Aggregation.LAST,
            level=Level.CITY,
        )
        session.add(manual)
    for _ in range(2):
        async with database.begin() as session:
            city = await know(session, NOW)
            assert await record(session, city, NOW) == 5 * len(known)
    async with database.read() as session:
        rows = list((await session.scalars(select(IndicatorFact))).all())
        measured = await measure(session, city, known.values(), "2026", AS_OF)
        stored = await facts.latest_facts(session, [row.id for row in known.values()], date(2026, 11, 24))
    assert {(row.period, row.as_of) for row in rows} == {
        ("2026", AS_OF),
        ("2026-Q1", date(2026, 3, 31)),
        ("2026-Q2", date(2026, 6, 30)),
        ("2026-Q3", date(2026, 9, 30)),
        ("2026-Q4", AS_OF),
    }
    assert len(rows) == 5 * len(known)
    assert {row.indicator_id for row in rows} == {row.id for row in known.values()}
    assert exact(Measured(*_plain(stored, known["city", Source.CLOSING_TIME].id))) == exact(
        measured[known["city", Source.CLOSING_TIME].id]
    )


def _plain(stored: dict[int, IndicatorFact], number: int) -> tuple[Any, ...]:
    row = stored[number]
    return row.value, row.n, row.numerator, row.denominator
