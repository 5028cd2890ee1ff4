"""Where everybody stands in the training hours of a year, on both databases. Domain rule 38."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime

import pytest

from bot.db import Database
from bot.reports.training import hours_standing
from bot.reports.training.hours_standing import KINDS, Asked, Line, Side, Standing, Whom
from bot.services.city import forget, know
from bot.services.imports import checks
from bot.services.training import hours_reminding
from bot.services.training.desk import Doing
from bot.services.training.hours_reminding import Short
from models.employee import Employee
from models.errors import Refusal
from models.organisation import Unit
from models.outbox import OutboxMessage
from models.performance.placement import Placement
from models.rules.permissions import Grant, Presser, Role
from models.rules.training.hours_target import Target
from models.training.course import Course, CourseKind, CoursePath, CourseStatus
from models.training.hours import HoursStatus, TrainingHours
from tests.factories import small_city, staff

NOW = datetime(2026, 9, 2, 3, tzinfo=UTC)


@asynccontextmanager
async def doing(database: Database, now: datetime = NOW) -> AsyncIterator[Doing]:
    async with database.begin() as session:
        yield Doing(session, await know(session, now), now)


@pytest.fixture
async def people(database: Database) -> dict[str, int]:
    """The staff of a small city; the officer and the verifier are led by the head, the verifier has a contract."""
    async with database.begin() as session:
        await small_city(session)
        found = await staff(session, NOW)
        found["verifier"].kind = "pppk"
        for name in ("officer", "verifier"):
            found[name].supervisor_id = found["head"].id
    return {name: row.id for name, row in found.items()}


async def counted(database: Database, employee_id: int, hours: int, **values: object) -> None:
    defaults = {"year": 2026, "title": "Bimtek", "ended_on": date(2026, 3, 1), "status": HoursStatus.COUNTED}
    async with database.begin() as session:
        row = {**defaults, "employee_id": employee_id, "hours": hours, "created_at": NOW, **values}
        session.add(TrainingHours(**row))


async def course(database: Database, kind: CourseKind) -> int:
    async with database.begin() as session:
        row = Course(
            code=f"C-{kind.value}",
            title="Pelayanan Prima",
            kind=kind,
            path=CoursePath.CLASSROOM,
            hours=8,
            quota=9,
            closes_at=NOW,
            status=CourseStatus.DONE,
            created_at=NOW,
        )
        session.add(row)
        await session.flush()
        return row.id


async def line_of(database: Database, employee_id: int, year: int = 2026, day: date = date(2026, 9, 2)) -> Line:
    async with doing(database) as by:
        return next(one for one in await hours_standing.everybody(by, year, day) if one.id == employee_id)


async def standing(database: Database, presser: Presser, asked: Asked) -> Standing:
    async with doing(database) as by:
        return await hours_standing.standing(by, presser, asked)


def hr_of(people: dict[str, int]) -> Presser:
    return Presser(1, people["hr"], (Grant(Role.HR),))


async def test_rule_38_hours_by_kind_of_course_and_from_elsewhere(database: Database, people: dict[str, int]) -> None:
    officer = people["officer"]
    for number, kind in enumerate(KINDS, start=1):
        await counted(database, officer, number, course_id=await course(database, kind))
    await counted(database, officer, 6)
    await counted(database, officer, 50, status=HoursStatus.PENDING)
    await counted(database, officer, 60, status=HoursStatus.REFUSED)
    await counted(database, officer, 70, year=2025)
    found = await line_of(database, officer)
    assert (found.own, found.outside, found.hours) == ((1, 2, 3, 4), 6, 16)
    assert (await line_of(database, officer, 2025)).hours == 70
    assert (await line_of(database, people["head"])).hours == 0


async def test_rule_38_the_sides_and_their_order(database: Database, people: dict[str, int]) -> None:
    for name, hours in (("officer", 7), ("head", 20), ("hr", 12), ("verifier", 24)):
        await counted(database, people[name], hours)
    short = await standing(database, hr_of(people), Asked(Whom.CITY))
    assert short.target == Target(20, 24)
    found = [(one.id, one.hours) for one in short.lines]
    assert found[-2:] == [(people["officer"], 7), (people["hr"], 12)]
    assert {hours for _, hours in found[:-2]} == {0}
    assert people["head"] not in {one.id for one in short.lines}
    assert people["verifier"] not in {one.id for one in short.lines}
    assert short.of == len(people) - 1
    assert sum(unit.found for unit in short.units) == len(short.lines)
    full = await standing(database, hr_of(people), Asked(Whom.CITY, Side.FULL))
    assert [(one.id, one.hours) for one in full.lines] == [(people["verifier"], 24)]
    assert full.of == 1


async def test_the_unit_is_that_of_the_day_and_a_merged_one_that_of_today(
    database: Database, people: dict[str, int]
) -> None:
    async with database.begin() as session:
        session.add(Placement(employee_id=people["officer"], unit_id=2, last_day=date(2026, 8, 31)))
    assert (await line_of(database, people["officer"], day=date(2026, 8, 31))).unit_id == 2
    assert (await line_of(database, people["officer"])).unit_id == 1
    async with database.begin() as session:
        (await session.get_one(Unit, 2)).merged_into_id = 1
        forget(session)
    found = await standing(database, hr_of(people), Asked(Whom.CITY))
    assert [one.unit_id for one in found.units] == [1]


async def test_only_those_on_the_roster_that_day(database: Database, people: dict[str, int]) -> None:
    async with database.begin() as session:
        (await session.get_one(Employee, people["officer"])).valid_to = date(2026, 9, 1)
    async with doing(database) as by:
        today = {one.id for one in await hours_standing.everybody(by, 2026, date(2026, 9, 2))}
        before = {one.id for one in await hours_standing.everybody(by, 2026, date(2026, 9, 1))}
    assert before - today == {people["officer"]}


async def test_rule_31_whom_one_sees(database: Database, people: dict[str, int]) -> None:
    head = Presser(2, people["head"], (Grant(Role.HEAD, 1),), leads=True)
    found = await standing(database, head, Asked(Whom.TEAM))
    assert [one.id for one in found.lines] == [people["officer"]]
    full = await standing(database, head, Asked(Whom.BELOW, Side.FULL))
    assert (full.lines, full.of) == ([], 1)
    for presser, asked, code in (
        (head, Asked(Whom.CITY), "not_your_role"),
        (head, Asked(Whom.TEAM, unit_id=2), "not_your_unit"),
        (Presser(3, people["officer"]), Asked(Whom.TEAM), "not_your_role"),
        (Presser(4), Asked(Whom.TEAM), "not_your_role"),
        (hr_of(people), Asked(Whom.TEAM), "not_your_role"),
        (Presser(1, people["hr"], (Grant(Role.HR, 1),)), Asked(Whom.CITY), "not_your_role"),
    ):
        with pytest.raises(Refusal) as refused:
            await standing(database, presser, asked)
        assert refused.value.code == code


async def test_an_ordered_reminder_and_the_years_one_share_the_month(
    database: Database, people: dict[str, int]
) -> None:
    async with database.read() as session:
        account = (await session.get_one(Employee, people["officer"])).person_id
    assert account is not None
    short = [Short(account, 7, 20)]
    async with doing(database) as by:
        assert await hours_reminding.remind_ordered(by, short) == 1
        assert await hours_reminding.remind_ordered(by, short) == 0
        assert await hours_reminding.remind_yearly(by, 2026, short) == 0
    async with doing(database, datetime(2026, 10, 1, 3, tzinfo=UTC)) as by:
        assert await hours_reminding.remind_yearly(by, 2026, short) == 1
        assert await hours_reminding.remind_ordered(by, short) == 0
    async with doing(database, datetime(2026, 11, 2, 3, tzinfo=UTC)) as by:
        assert await hours_reminding.remind_yearly(by, 2026, short) == 0  # its key names the year
        row = await by.session.get_one(OutboxMessage, 1)
        assert (row.kind, row.values) == ("hours_short_again", {"year": 2026, "hours": 7, "limit": 20})


@pytest.mark.parametrize(
    ("key", "value", "is_right"),
    [
        ("training.hours_remind", "01-09", True),
        ("training.hours_remind_until", "30-09", True),
        ("training.hours_remind", "31-09", False),
        ("training.hours_remind", "29-02", False),  # not of every year
        ("training.hours_remind", "September", False),
        ("training.pns_minimum", "20", True),
        ("training.pppk_maximum", "banyak", False),
    ],
)
def test_the_citys_data_is_checked(key: str, value: str, is_right: bool) -> None:
    assert (not list(checks.of_fact({"key": key, "value": value}))) is is_right
