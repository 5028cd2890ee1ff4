"""Domain rule 30: the week is asked for and reminded of once, only to the missing, in office hours of working days."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.db import Database
from bot.jobs import weekly
from bot.jobs.timetable import DUTIES, Timetable
from bot.runtime import Runtime
from bot.services.city import forget
from models.calendar import HolidayOverride
from models.employee import Employee, Leave
from models.organisation import CityFact
from models.outbox import OutboxMessage, OutboxStatus, Promise
from models.person import Person
from tests.desk_scenes import Statements
from tests.driver import Phone, Stage
from tests.jobs.cases import notices_to, wib
from tests.weekly_scenes import LAST, MONDAY, employee, phone, planned, reported

DUTY = next(duty for duty in DUTIES if duty.name == "weekly")


@pytest.fixture
async def second(stage: Stage) -> AsyncIterator[Runtime]:
    """What a second process on the same database would have."""
    assert stage.product is not None
    database = Database(stage.database_url)
    yield replace(stage.product.runtime, db=database)
    await database.close()


async def started(stage: Stage, *roles: str, week: date = LAST) -> list[Phone]:
    """These people have started the bot, have a plan, and have reported the week before."""
    phones = [phone(stage, role) for role in roles]
    for one in phones:
        await one.starts()
    async with stage.db.begin() as session:
        for role in roles:
            lines = await planned(session, row.id) if (row := await employee(session, role)) else []
            await reported(session, row.id, week, dict.fromkeys(lines, "3"))
    return phones


async def swept(stage: Stage, now: datetime) -> int:
    """One look of the duty at that moment; how many reminders it put."""
    assert stage.product is not None
    stage.now = now
    counts = await weekly.run(stage.product.runtime)
    await stage.settle()
    return counts["reminded"]


async def times(stage: Stage, first: datetime, last: datetime) -> list[str]:
    """When something was put, looking every half hour (city time)."""
    found, now = [], first
    while now <= last:
        if await swept(stage, now):
            found.append((now + timedelta(hours=7)).strftime("%a %d %H.%M"))
        now += timedelta(minutes=30)
    return found


async def test_rule_30_a_whole_week_of_silence(stage: Stage) -> None:
    (officer,) = await started(stage, "officer")
    found = await times(stage, wib(2026, 11, 23, 8), wib(2026, 12, 1, 16))
    # Friday's 13.00 lies within the prayer; the day after the week is due is a Monday
    assert found == ["Fri 27 13.30", "Fri 27 14.30", "Mon 30 09.00"]
    first, second, third = notices_to(officer)
    assert "Laporan minggu 23–27 November 2026" in first
    assert "Batasnya Jumat, 27 November 2026 15.00 WIB" in second
    assert "Masih bisa diisi, dengan tanda terlambat" in third
    async with stage.db.read() as session:
        rows = (await session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))).all()
    assert {row.promise for row in rows} == {Promise.AT_MOST_ONCE}
    assert {row.status for row in rows} == {OutboxStatus.SENT}


async def test_rule_30_only_those_who_have_not_reported(stage: Stage) -> None:
    officer, hr = await started(stage, "officer", "hr")
    admin = phone(stage, "admin")
    await admin.starts()  # has no plan
    async with stage.db.begin() as session:
        await reported(session, (await employee(session, "hr")).id, MONDAY, {})
    assert await swept(stage, wib(2026, 11, 27, 13, 30)) == 1
    await officer.presses("Isi laporan")
    await officer.presses("Semua sama, kirim")
    assert await swept(stage, wib(2026, 11, 27, 14, 30)) == 0
    assert await swept(stage, wib(2026, 11, 30, 9)) == 0
    assert notices_to(hr) == notices_to(admin) == []


async def test_rule_30_holiday_weeks(stage: Stage) -> None:
    await started(stage, "officer", week=date(2026, 3, 9))
    found = await times(stage, wib(2026, 3, 16, 8), wib(2026, 3, 31, 16))
    # 16-17 March, then Nyepi, cuti bersama and Idul Fitri to the 24th; 25-27 are worked
    assert found == ["Tue 17 13.00", "Tue 17 14.30", "Wed 25 09.00", "Fri 27 13.30", "Fri 27 14.30", "Mon 30 09.00"]


async def test_rule_30_a_week_without_working_days_is_left_out(stage: Stage) -> None:
    async with stage.db.begin() as session:
        session.add_all(HolidayOverride(day=MONDAY + timedelta(days=n), name="Libur", working=False) for n in range(5))
        forget(session)
    await started(stage, "officer")
    assert await times(stage, wib(2026, 11, 23, 8), wib(2026, 11, 30, 16)) == []
    async with stage.db.begin() as session:
        forget(session)


async def test_rule_30_leave_moves_the_week_or_excuses_it(stage: Stage) -> None:
    officer, hr = await started(stage, "officer", "hr")
    async with stage.db.begin() as session:
        days = {"first_day": date(2026, 11, 26), "last_day": date(2026, 12, 1)}
        session.add(Leave(employee_id=(await employee(session, "officer")).id, **days))
        days = {"first_day": MONDAY, "last_day": date(2026, 11, 30)}
        session.add(Leave(employee_id=(await employee(session, "hr")).id, **days))
    found = await times(stage, wib(2026, 11, 23, 8), wib(2026, 12, 3, 16))
    # the officer owes it on Wednesday, and is reminded on the first day back; hr owes nothing
    assert found == ["Wed 25 13.00", "Wed 25 14.30", "Wed 02 09.00"]
    assert len(notices_to(officer)) == 3
    assert notices_to(hr) == []


async def test_each_is_put_once_by_two_processes(stage: Stage, second: Runtime) -> None:
    (officer,) = await started(stage, "officer")
    assert stage.product is not None
    stage.now = wib(2026, 11, 27, 13, 30)
    tables = (Timetable(stage.product.runtime, ()), Timetable(second, ()))
    for _ in range(3):
        await asyncio.gather(*(table.fire(DUTY) for table in tables for _ in range(2)))
        await asyncio.gather(weekly.run(stage.product.runtime), weekly.run(second))
        await stage.settle()
        stage.later(minutes=5)
    assert len(notices_to(officer)) == 1


async def test_downtime_is_caught_up_within_the_grace_and_not_beyond(stage: Stage) -> None:
    (officer,) = await started(stage, "officer")
    assert await swept(stage, wib(2026, 11, 27, 14, 40)) == 1  # push and reminder were due: the newer one comes
    assert "Batasnya" in notices_to(officer)[0]
    assert await swept(stage, wib(2026, 11, 27, 15, 10)) == 0  # too late for what comes before
    assert await swept(stage, wib(2026, 12, 1, 8, 30)) == 1  # Monday was down
    assert await swept(stage, wib(2026, 12, 1, 8, 35)) == 0


async def test_a_reminder_beyond_its_grace_is_let_go(stage: Stage) -> None:
    await started(stage, "officer")
    assert await swept(stage, wib(2026, 12, 1, 9, 30)) == 0


async def test_never_out_of_office_hours(stage: Stage) -> None:
    await started(stage, "officer")
    for moment in (wib(2026, 11, 27, 12, 45), wib(2026, 11, 27, 17), wib(2026, 11, 28, 10), wib(2026, 11, 30, 7, 30)):
        assert await swept(stage, moment) == 0


async def test_the_hours_are_the_citys(stage: Stage) -> None:
    async with stage.db.begin() as session:
        facts = {"weekly_push": "10.00", "weekly_due": "12.00", "weekly_remind_before": "", "weekly_remind_after": "2"}
        session.add_all(CityFact(key=f"performance.{key}", value=value) for key, value in facts.items())
        forget(session)
    await started(stage, "officer")
    found = await times(stage, wib(2026, 11, 23, 8), wib(2026, 12, 2, 16))
    assert found == ["Fri 27 10.00", "Tue 01 09.00"]
    async with stage.db.begin() as session:
        forget(session)


async def statements_of(stage: Stage, more: int) -> int:
    """What one look costs that asks so many people more for their week."""
    async with stage.db.begin() as session:
        people = [
            Person(telegram_id=more * 1000 + n, name="X", language="id", created_at=stage.now) for n in range(more)
        ]
        session.add_all(people)
        await session.flush()
        rows = [
            Employee(nip=f"19800101{more:04d}{n:06d}", name=f"Pegawai {n}", unit_id=1, kind="pns", person_id=person.id)
            for n, person in enumerate(people)
        ]
        session.add_all(rows)
        await session.flush()
        for row in rows:
            await planned(session, row.id)
    assert stage.product is not None
    with Statements(stage) as statements:
        assert await weekly.run(stage.product.runtime) == {"reminded": more}
    return len(statements.seen)


async def test_the_look_costs_the_same_for_many(stage: Stage) -> None:
    await started(stage, "officer")
    await swept(stage, wib(2026, 11, 27, 13, 30))
    assert await statements_of(stage, 10) == await statements_of(stage, 200)
