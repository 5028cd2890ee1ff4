"""Who owes which week: plans, roster, leave, holidays; the same few queries for ten and for a thousand."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.services.city import City, know
from bot.services.performance import weekly
from models.employee import Employee, Leave
from models.performance.plan import WorkPlan
from models.performance.progress import WeeklyReport
from models.rules.performance.plan_rules import PlanStatus
from tests.desk_scenes import Statements
from tests.driver import START, Stage
from tests.factories import small_city, staff

MONDAY = date(2026, 11, 23)
APPROVED = datetime(2026, 1, 12, 3, 0, tzinfo=UTC)
#: Ordinary; two days before Nyepi and Idul Fitri; three after cuti bersama; four before Good Friday.
BEFORE, LEBARAN, SHORT, AFTER = date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 23), date(2026, 3, 30)


def plan(employee_id: int, at: datetime = APPROVED, status: PlanStatus = PlanStatus.APPROVED, **more: int) -> WorkPlan:
    fields = {"year": 2026, "number": 1} | more
    approved = None if status is PlanStatus.DRAFT else at
    return WorkPlan(employee_id=employee_id, status=status, created_at=at, approved_at=approved, **fields)


async def people(session: AsyncSession) -> dict[str, Employee]:
    await small_city(session)
    return await staff(session, START)


async def names(session: AsyncSession, week: date) -> list[str]:
    return [one.name for one in await weekly.expected(session, await city_of(session), week)]


async def city_of(session: AsyncSession) -> City:
    return await know(session, START)


async def test_whoever_has_an_approved_plan_owes_the_week(database: Database) -> None:
    async with database.begin() as session:
        who = await people(session)
        session.add_all(
            [
                plan(who["officer"].id, status=PlanStatus.SUPERSEDED),
                plan(who["officer"].id, at=datetime(2026, 11, 24, tzinfo=UTC), number=2),
                plan(who["head"].id, status=PlanStatus.DRAFT),
                plan(who["hr"].id, at=datetime(2026, 11, 30, tzinfo=UTC)),
                plan(who["admin"].id, year=2025),
            ]
        )
        await session.flush()
        assert await names(session, MONDAY) == ["Pegawai Officer"]
        assert await names(session, date(2026, 11, 30)) == ["Pegawai Hr", "Pegawai Officer"]
        (owing,) = await weekly.expected(session, await city_of(session), MONDAY)
        assert owing.due_at == datetime(2026, 11, 27, 8, 0, tzinfo=UTC)  # Friday 15.00 WIB
        assert owing.person_id == who["officer"].person_id


@pytest.mark.parametrize(
    ("week", "due"),
    [
        (BEFORE, datetime(2026, 3, 13, 8, 0, tzinfo=UTC)),
        (LEBARAN, datetime(2026, 3, 17, 8, 0, tzinfo=UTC)),
        (SHORT, datetime(2026, 3, 27, 8, 0, tzinfo=UTC)),
        (AFTER, datetime(2026, 4, 2, 8, 0, tzinfo=UTC)),
    ],
)
async def test_rule_30_a_week_is_due_on_its_last_working_day(database: Database, week: date, due: datetime) -> None:
    async with database.begin() as session:
        who = await people(session)
        session.add(plan(who["officer"].id))
        await session.flush()
        assert [one.due_at for one in await weekly.expected(session, await city_of(session), week)] == [due]


async def test_rule_30_whoever_is_away_all_week_owes_nothing(database: Database) -> None:
    async with database.begin() as session:
        who = await people(session)
        session.add_all([plan(who[name].id) for name in ("officer", "head", "hr")])
        session.add_all(
            [
                Leave(employee_id=who["head"].id, first_day=MONDAY, last_day=date(2026, 11, 27)),
                Leave(employee_id=who["hr"].id, first_day=date(2026, 11, 26), last_day=date(2026, 12, 1)),
            ]
        )
        await session.flush()
        found = {one.name: one for one in await weekly.expected(session, await city_of(session), MONDAY)}
        assert sorted(found) == ["Pegawai Hr", "Pegawai Officer"]
        assert found["Pegawai Hr"].due_at == datetime(2026, 11, 25, 8, 0, tzinfo=UTC)  # Wednesday
        assert date(2026, 12, 1) in found["Pegawai Hr"].away


async def test_who_left_the_roster_owes_nothing(database: Database) -> None:
    async with database.begin() as session:
        who = await people(session)
        who["officer"].valid_to = date(2026, 11, 20)
        session.add(plan(who["officer"].id))
        await session.flush()
        assert await names(session, MONDAY) == []
        assert await names(session, date(2026, 11, 16)) == ["Pegawai Officer"]


async def test_missing_are_those_without_a_report(database: Database) -> None:
    async with database.begin() as session:
        who = await people(session)
        session.add_all([plan(who["officer"].id), plan(who["hr"].id)])
        at = datetime(2026, 11, 27, 7, 0, tzinfo=UTC)
        session.add(WeeklyReport(employee_id=who["hr"].id, week=MONDAY, due_at=at, reported_at=at))
        await session.flush()
        city = await city_of(session)
        assert [one.name for one in await weekly.missing(session, city, MONDAY)] == ["Pegawai Officer"]
        assert await weekly.missing(session, city, MONDAY, [who["hr"].id]) == []
        found = await weekly.report(session, who["hr"].id, MONDAY)
        assert found is not None
        later = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
        weeks = [one.week for one in await weekly.missing_weeks(session, city, who["hr"].id, later)]
        assert weeks[0] == date(2026, 9, 28)  # the quarter began on a Thursday
        assert weeks[-1] == date(2026, 11, 16)


async def queries_for(stage: Stage, many: int) -> int:
    async with stage.db.begin() as session:
        known = len((await session.scalars(select(Employee.id))).all())
        rows = [
            Employee(nip=f"1980010120050{number:05d}", name=f"Pegawai {number}", unit_id=1, kind="pns")
            for number in range(known, many)
        ]
        session.add_all(rows)
        await session.flush()
        session.add_all(plan(row.id) for row in rows)
    async with stage.db.read() as session:
        city = await know(session, stage.now)
        with Statements(stage) as statements:
            found = await weekly.missing(session, city, MONDAY)
    assert len(found) >= many - known - 1
    return len(statements.seen)


async def test_the_number_of_queries_does_not_grow_with_people(stage: Stage) -> None:
    assert await queries_for(stage, 20) == await queries_for(stage, 1000) == 3
