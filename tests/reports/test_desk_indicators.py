"""The desk's indicators, counted anew in Python from the same rows, on SQLite and on PostgreSQL."""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from sqlalchemy import event

from bot.db import Database
from bot.reports.desk import AGES, Dimension, Indicators, Slice, overview
from models.complaint import Complaint, ReportClass
from models.rules.complaint_flow import COUNTED, OPEN, Status, Verdict
from tests.factories import small_city
from tests.reports.complaint_rows import NOW, a_report

EVER = Slice(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))


@pytest.fixture
async def reports(database: Database) -> list[Complaint]:
    dice = random.Random(20261102)
    made = [a_report(number, dice) for number in range(240)]
    async with database.begin() as session:
        await small_city(session)
        session.add_all(made)
    return made


def days(reports: Sequence[Complaint], end: str) -> list[float]:
    return sorted(
        int((getattr(report, end) - report.received_at).total_seconds()) / 86_400
        for report in reports
        if report.status in COUNTED and getattr(report, end) is not None
    )


def check_spread(found: Indicators, reports: Sequence[Complaint], name: str, end: str) -> None:
    durations, spread = days(reports, end), getattr(found, name)
    if not durations:
        assert spread is None
        return
    assert spread.n == len(durations)
    assert float(spread.median) == pytest.approx(statistics.median(durations), abs=0.006)
    assert float(spread.p90) == pytest.approx(durations[math.ceil(0.9 * len(durations)) - 1], abs=0.006)


def check(found: Indicators, reports: Sequence[Complaint]) -> None:
    counted = [report for report in reports if report.status in COUNTED]
    closed = [report for report in counted if report.status is Status.CLOSED]
    ends = [(report.followed_up_at or report.closed_at, report.settle_due_at) for report in counted]
    assert found.received == len(reports)
    assert found.counted == len(counted)
    assert found.closed == len(closed)
    assert found.solved == sum(report.verdict is Verdict.SOLVED for report in closed)
    assert found.not_solved == sum(report.verdict is Verdict.NOT_SOLVED for report in closed)
    assert found.auto_closed == sum(report.verdict is Verdict.WITHOUT_CONFIRMATION for report in closed)
    assert found.solved + found.not_solved + found.auto_closed == found.closed
    assert found.reopened == sum(report.reopened > 0 for report in counted)
    assert found.in_time == sum(end is not None and end <= due for end, due in ends)
    assert found.measured == sum(end is not None or due < NOW for end, due in ends)
    assert found.score_sum == sum(report.score or 0 for report in counted)
    assert found.scores == sum(report.score is not None for report in counted)
    ages = [(NOW - report.received_at).total_seconds() / 86_400 for report in counted if report.status in OPEN]
    bounds = [-1, *AGES, 10_000]
    assert found.ages == tuple(sum(low <= age < high for age in ages) for low, high in pairwise(bounds))
    check_spread(found, reports, "response", "first_response_at")
    check_spread(found, reports, "closing", "closed_at")


@pytest.mark.parametrize(
    ("dimension", "attribute"),
    [(Dimension.UNIT, "unit_id"), (Dimension.AREA, "area_id"), (Dimension.REPORT_CLASS, "report_class")],
)
async def test_rule_21_indicators_leave_out_what_does_not_count(
    database: Database, reports: list[Complaint], dimension: Dimension, attribute: str
) -> None:
    """Domain rule 21: duplicates, spam and "not ours" are left out; closed by itself is not confirmed."""
    async with database.read() as session:
        found = await overview(session, EVER, dimension, NOW)
    check(found.whole, reports)
    assert set(found.parts) == {getattr(report, attribute) for report in reports}
    for key, part in found.parts.items():
        check(part, [report for report in reports if getattr(report, attribute) == key])


async def test_a_slice_takes_what_was_received_in_its_time_at_its_units(
    database: Database, reports: list[Complaint]
) -> None:
    since, until = NOW - timedelta(days=60), NOW - timedelta(days=30)
    cut = Slice(since, until, units=frozenset({2}), report_class=ReportClass.COMPLAINT)
    async with database.read() as session:
        found = await overview(session, cut, Dimension.AREA, NOW)
    inside = [
        report
        for report in reports
        if since <= report.received_at < until and report.unit_id == 2 and report.report_class is ReportClass.COMPLAINT
    ]
    assert inside
    check(found.whole, inside)


async def test_without_reports_there_are_no_rates(database: Database) -> None:
    async with database.read() as session:
        found = await overview(session, EVER, Dimension.UNIT, NOW)
    assert (found.whole, found.parts) == (Indicators(), {})
    assert found.whole.completion_rate is None
    assert found.whole.mean_score is None


def test_rates_are_exact_shares() -> None:
    jakarta = Indicators(received=15_000, counted=14_233, acted_on=14_000, closed=12_936, solved=9_000)
    assert jakarta.completion_rate == Decimal(12_936) / 14_233
    assert jakarta.follow_up_rate == Decimal(14_000) / 14_233
    assert jakarta.confirmed_rate == Decimal(9_000) / 12_936


async def test_the_overview_costs_six_queries_for_any_number_of_reports(
    database: Database, reports: list[Complaint]
) -> None:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        async with database.read() as session:
            await overview(session, EVER, Dimension.UNIT, NOW)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len([statement for statement in seen if "SELECT" in statement and "complaint" in statement]) == 6
