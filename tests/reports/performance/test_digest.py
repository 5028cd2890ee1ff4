"""The digest's content, counted again from the rows by another way, on both databases; and what it costs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import event, select

from bot.db import Database
from bot.reports.performance import digest as reports
from bot.reports.performance.standing import sums
from bot.services.city import City, know
from bot.services.performance import in_force, values
from models.complaint import Complaint, ReportClass
from models.employee import ActingSuperior, Employee, Leave
from models.performance.indicator import Indicator, IndicatorFact, Level, Source
from models.performance.plan import PlanItem, WorkPlan
from models.performance.progress import WeeklyEntry, WeeklyReport, WeekStatus
from models.rules.complaint_flow import Status
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.pace import PaceStatus, year_point
from models.rules.performance.plan_rules import PlanStatus
from models.survey import Pulse
from tests.driver import START
from tests.factories import small_city, staff
from tests.team_scenes import WEEK, Team, employee, make_team, plan, weekly

SINCE = date(2026, 11, 23)
TODAY = date(2026, 11, 24)


@pytest.fixture
async def team(database: Database) -> Team:
    async with database.begin() as session:
        await small_city(session)
        await staff(session, START)
        return await make_team(session, START)


async def all_of(database: Database, since: dict[int, date] | None = None) -> dict[int, Any]:
    async with database.read() as session:
        city = await know(session, START)
        return await reports.digests(session, city, START, since or {})


async def test_everybody_who_leads_gets_one_and_sees_the_own_people(database: Database, team: Team) -> None:
    found = await all_of(database)
    people = {who: {one.member.id for one in digest.people} for who, digest in found.items()}
    ids = team.people
    assert people == {
        ids["mayor"]: {ids["head"], ids["capil_head"]},
        ids["head"]: {ids["officer"], ids["ani"], ids["budi"], ids["cici"]},
        ids["capil_head"]: {ids["other_officer"]},
    }


async def recount(database: Database, city: City, employee_id: int) -> tuple[Fraction, str]:
    """Value and state of the only line of somebody, by other means: rows, fractions and days counted one by one."""
    async with database.read() as session:
        entries = await session.execute(
            select(WeeklyEntry.value)
            .join(WeeklyReport, WeeklyReport.id == WeeklyEntry.report_id)
            .where(WeeklyReport.employee_id == employee_id, WeeklyReport.status != WeekStatus.RETURNED)
        )
        value = sum((Fraction(row[0]) for row in entries), Fraction(0))
    day, worked, over = date(2026, 10, 1), 0, 0
    while day <= date(2026, 12, 31):
        worked += city.calendar.is_working_day(day)
        over += city.calendar.is_working_day(day) and day <= WEEK + timedelta(days=4)
        day += timedelta(days=1)
    due = 39 + Fraction(13 * over, worked)
    share = 100 * value / due
    return value, "on_track" if share >= 95 else "at_risk" if share >= 75 else "behind"


async def test_content_is_what_the_rows_say(database: Database, team: Team) -> None:
    found = (await all_of(database))[team.people["head"]]
    async with database.read() as session:
        city = await know(session, START)
    by_name = {one.member.id: one for one in found.people}
    for name in ("ani", "budi", "cici"):
        value, status = await recount(database, city, team.people[name])
        line = by_name[team.people[name]].standings[0]
        assert (Fraction(line.value or 0), line.status.value) == (value, status), name
    states = {name: by_name[team.people[name]].status for name in ("ani", "budi", "cici")}
    assert set(states.values()) == {PaceStatus.ON_TRACK, PaceStatus.BEHIND, PaceStatus.AT_RISK}
    assert [one.member.id for one in found.missing] == [team.people["cici"]]
    assert [one.member.id for one in found.late] == [team.people["budi"]]
    assert {one.member.id for one in found.owing} == {team.people[name] for name in ("ani", "budi", "cici")}
    assert [one.words for one in found.obstacles] == ["Printer rusak"]
    assert [one.employee_id for one in found.having(PaceStatus.BEHIND)] == [team.people["budi"]]


@pytest.mark.parametrize("aggregation", list(Aggregation))
async def test_the_sums_of_the_database_are_the_values_of_one_plan(
    database: Database, team: Team, aggregation: Aggregation
) -> None:
    async with database.begin() as session:
        item = (await session.scalars(select(PlanItem).where(PlanItem.id == team.lines["ani"]))).one()
        item.aggregation, item.polarity = aggregation, Polarity.LOWER
        await weekly(session, team.people["ani"], team.lines["ani"], WEEK + timedelta(weeks=1), "7.0001")
        report = await weekly(session, team.people["budi"], team.lines["budi"], WEEK + timedelta(weeks=1), "900")
        report.status = WeekStatus.RETURNED
    async with database.read() as session:
        city = await know(session, START)
        first = values.first_week(2026)
        found = await sums(session, first, TODAY)
        weeks = await values.weekly(session, None, first, TODAY)
        line = (await in_force.of(session, [team.people["ani"]], 2026))[team.people["ani"]].lines[0]
        point, limits = year_point(WEEK + timedelta(days=4), city.calendar), values.pace_limits(city.facts)
        stand = values.stand(line, weeks[line.id], TODAY, point, limits, first)
        digest = await reports.digest(session, city, START, team.people["head"])
    assert set(found) == set(weeks)
    for line_id, rows in weeks.items():
        kept = found[line_id]
        assert (kept.total, kept.count, kept.last) == (sum(v for _, v in rows), len(rows), rows[-1][1])
    assert digest is not None
    ours = next(one for person in digest.people for one in person.standings if one.line_id == line.id)
    assert (ours.value, ours.due, ours.status, ours.reached) == (stand.value, stand.due, stand.status, stand.reached)


async def test_one_digest_and_all_at_once_say_the_same(database: Database, team: Team) -> None:
    found = await all_of(database)
    async with database.read() as session:
        city = await know(session, START)
        for who, whole in found.items():
            assert await reports.digest(session, city, START, who, deep=True) == whole
        assert await reports.digest(session, city, START, team.people["ani"]) is None


async def ticket(database: Database, code: str, unit: int, hours: int, **more: Any) -> None:
    async with database.begin() as session:
        session.add(
            Complaint(
                code=code,
                filing_key=code,
                report_class=ReportClass.COMPLAINT,
                unit_id=unit,
                text="Rahasia warga",
                status=more.pop("status", Status.IN_PROGRESS),
                received_at=START - timedelta(days=20),
                disposed_at=START - timedelta(days=19),
                verify_due_at=START,
                settle_due_at=START,
                statutory_due_on=date(2027, 1, 1),
                due_at=START + timedelta(hours=hours),
                **more,
            )
        )


async def test_residents_speak_in_codes_and_counts_and_never_of_the_reader(database: Database, team: Team) -> None:
    await ticket(database, "TPI-1", 1, -30)
    await ticket(database, "TPI-2", 1, -3)
    await ticket(database, "TPI-3", 1, 5)
    await ticket(database, "TPI-4", 2, -3)
    await ticket(database, "TPI-5", 1, -3, status=Status.CLOSED)
    await ticket(database, "TPI-6", 1, -3, paused_at=START)
    await ticket(database, "TPI-7", 1, -3, conflict=True, conflict_unit_id=1)
    await ticket(database, "TPI-8", 1, -3, conflict=True, conflict_employee_id=team.people["head"])
    await ticket(database, "TPI-9", 1, -3, conflict=True, conflict_employee_id=team.people["ani"])
    async with database.begin() as session:
        for day, score, number in ((22, 1, 1), (23, 1, 2), (23, 2, 3), (23, 3, 4), (24, 1, 5)):
            session.add(
                Pulse(service_id=1, day=date(2026, 11, day), score=score, created_at=START, channel=f"{number}")
            )
        session.add(Pulse(service_id=3, day=SINCE, score=1, created_at=START))
    found = await all_of(database, dict.fromkeys(team.people.values(), SINCE))
    head, capil, mayor = (found[team.people[name]] for name in ("head", "capil_head", "mayor"))
    assert [one.code for one in head.overdue] == ["TPI-1", "TPI-2", "TPI-9"]
    assert [(one.kind, one.count, one.what) for one in head.deadlines] == [("tickets", 1, "TPI-3")]
    assert (head.low, capil.low, mayor.low) == (2, 1, 0)
    assert [one.code for one in capil.overdue] == ["TPI-4"]
    assert mayor.overdue == ()
    rolled = {one.unit_id: (one.overdue, one.low) for one in mayor.units}
    assert rolled == {1: (5, 2), 2: (1, 1)}


async def test_units_add_up_their_people(database: Database, team: Team) -> None:
    found = await all_of(database)
    roads, civil = sorted(found[team.people["mayor"]].units, key=lambda one: one.unit_id)
    assert (roads.people, roads.owed, roads.reported, roads.late) == (5, 3, 2, 1)
    assert (roads.on_track, roads.at_risk, roads.behind, roads.obstacles) == (1, 1, 1, 1)
    assert (civil.people, civil.owed, civil.reported) == (2, 1, 1)
    assert found[team.people["head"]].units == ()
    first = found[team.people["mayor"]].units[0]
    assert first.unit_id == 2, "the unit that keeps the pace least comes first"


async def test_what_waits_for_the_superior(database: Database, team: Team) -> None:
    async with database.begin() as session:
        session.add(
            WorkPlan(
                employee_id=team.people["officer"],
                year=2026,
                number=1,
                created_at=START,
                submitted_at=START,
                status=PlanStatus.SUBMITTED,
            )
        )
        await weekly(session, team.people["cici"], team.lines["cici"], WEEK, "1", status=WeekStatus.REPORTED)
    found = await all_of(database)
    head = found[team.people["head"]]
    assert [one.employee_id for one in head.plans] == [team.people["officer"]]
    assert [(one.member.id, one.waiting) for one in head.waiting] == [(team.people["cici"], 1)]
    assert not head.missing
    assert not found[team.people["mayor"]].plans


async def test_a_typed_value_beside_the_records(database: Database, team: Team) -> None:
    async with database.begin() as session:
        for number, name in enumerate(("ani", "budi"), start=1):
            session.add(
                Indicator(
                    code=f"I{number}",
                    name="Berkas",
                    measure_unit="berkas",
                    polarity=Polarity.HIGHER,
                    aggregation=Aggregation.SUM,
                    level=Level.UNIT,
                    source=Source.COMPLETED_ON_TIME,
                )
            )
            await session.flush()
            item = (await session.scalars(select(PlanItem).where(PlanItem.id == team.lines[name]))).one()
            item.indicator_id = number
            value = Decimal("52") if name == "ani" else Decimal("19.5")
            session.add(
                IndicatorFact(indicator_id=number, period="2026", as_of=SINCE, value=value, n=9, computed_at=START)
            )
    found = (await all_of(database))[team.people["head"]]
    assert [(one.standing.employee_id, one.fact.value) for one in found.differing] == [
        (team.people["budi"], Decimal("19.5"))
    ]


async def test_whoever_acts_that_day_has_the_same_people(database: Database, team: Team) -> None:
    async with database.begin() as session:
        session.add(
            ActingSuperior(
                employee_id=team.people["head"], acting_id=team.people["ani"], valid_from=TODAY, valid_to=TODAY
            )
        )
        session.add(Leave(employee_id=team.people["budi"], first_day=TODAY, last_day=TODAY))
    found = await all_of(database)
    acting = found[team.people["ani"]]
    assert {one.member.id for one in acting.people} == {team.people[name] for name in ("officer", "budi", "cici")}
    assert [one.member.id for one in acting.people if one.away] == [team.people["budi"]]


async def counted(database: Database) -> int:
    queries: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        queries.append(statement)

    async with database.read() as session:
        city = await know(session, START)
        event.listen(database.engine.sync_engine, "before_cursor_execute", note)
        await reports.digests(session, city, START, {})
        event.remove(database.engine.sync_engine, "before_cursor_execute", note)
    return len(queries)


async def test_the_queries_do_not_grow_with_the_people(database: Database, team: Team) -> None:
    few = await counted(database)
    async with database.begin() as session:
        for number in range(100, 1000):
            row = await employee(session, number, f"Pegawai {number}", 1)
            row.supervisor_id = team.people["ani"] if number % 9 else team.people["head"]
            if number % 30 == 0:
                await weekly(session, row.id, await plan(session, row.id), WEEK, "1")
        assert len((await session.scalars(select(Employee.id))).all()) > 900
    many = await counted(database)
    assert many == few
    assert few < 25
