"""The weeks that the demo invents: believable, the last one partly missing, the running one open."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from bot.db import Database
from bot.services.city import know
from bot.services.demo.performance.weeks import tell_weeks
from bot.services.performance import weekly
from models.performance.progress import WeeklyEntry, WeeklyEvent, WeeklyReport
from models.rules.performance.reporting import WeekStatus
from tests.driver import START
from tests.factories import small_city, staff
from tests.weekly_scenes import planned


async def test_the_weeks_since_january_are_told_for_every_plan(database: Database) -> None:
    async with database.begin() as session:
        await small_city(session)
        people = await staff(session, START)
        for name in ("officer", "hr", "admin"):
            people[name].supervisor_id = people["head"].id
            await planned(session, people[name].id)
        await tell_weeks(session, await know(session, START), START)
    async with database.read() as session:
        city = await know(session, START)
        reports = list(await session.scalars(select(WeeklyReport).order_by(WeeklyReport.week)))
        weeks = {report.week for report in reports}
        entries = await session.scalar(select(func.count()).select_from(WeeklyEntry))
        events = list(await session.scalars(select(WeeklyEvent)))
        negative = await session.scalar(select(func.count()).where(WeeklyEntry.value < Decimal(0)))
        missing = await weekly.missing(session, city, date(2026, 11, 23))
    assert (min(weeks), max(weeks)) == (date(2026, 1, 12), date(2026, 11, 16))  # the plans were approved on the 12th
    assert 100 < len(reports) < 3 * 45
    assert entries == 3 * len(reports)
    assert negative == 0
    assert {report.status for report in reports if report.week < date(2026, 11, 16)} == {WeekStatus.VERIFIED}
    assert any(report.late for report in reports)
    assert all(report.demo for report in reports)
    assert len(events) >= len(reports)
    assert len(missing) == 3


async def test_without_plans_nothing_is_told(database: Database) -> None:
    async with database.begin() as session:
        await small_city(session)
        await tell_weeks(session, await know(session, START), START)
        assert await session.scalar(select(func.count()).select_from(WeeklyReport)) == 0
