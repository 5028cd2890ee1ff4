"""What is decided about needs and whom a course is suggested to, on both databases; whose needs somebody sees."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.db import Database
from bot.services.city import know
from bot.services.training import announcing
from bot.services.training.desk import Doing
from bot.services.training.needs import deciding, sight, suggesting
from bot.services.training.needs.deciding import Spot
from models.administration.audit import AuditRow
from models.employee import ActingSuperior, Employee
from models.errors import Refusal
from models.organisation import Unit
from models.outbox import OutboxMessage
from models.rules.audience import Audience
from models.rules.permissions import Grant, Presser, Role
from models.rules.training.needs import NeedKind
from models.training.course import Course, CourseKind, CoursePath, CourseStatus
from models.training.need import NeedDecision, NeedOutcome
from models.training.registration import Registration, RegistrationStatus
from tests.factories import small_city, staff
from tests.survey_rows import store

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
SPOT = Spot(1, NeedKind.ELEMENT, "U7", "2026-Q3")
WHY = {"kind": "element", "unit": "PU"}


@asynccontextmanager
async def doing(database: Database) -> AsyncIterator[Doing]:
    async with database.begin() as session:
        yield Doing(session, await know(session, NOW), NOW, 5)


@pytest.fixture
async def people(database: Database) -> dict[str, int]:
    """The head leads officer, verifier and other_officer (of the second unit); nobody leads the others."""
    async with database.begin() as session:
        await small_city(session)
        found = await staff(session, NOW)
        for name in ("officer", "verifier", "other_officer"):
            found[name].supervisor_id = found["head"].id
    return {name: row.id for name, row in found.items()}


async def course(database: Database, **values: object) -> int:
    defaults: dict[str, object] = {
        "code": "SANTUN",
        "title": "Santun",
        "kind": CourseKind.TECHNICAL,
        "path": CoursePath.CLASSROOM,
        "hours": 8,
        "quota": 9,
        "closes_at": NOW + timedelta(days=5),
        "status": CourseStatus.OPEN,
        "created_at": NOW,
    }
    async with database.begin() as session:
        row = Course(**(defaults | values))
        session.add(row)
        await session.flush()
        return row.id


# --- decisions ---


async def test_a_decision_is_kept_and_audited(database: Database, people: dict[str, int]) -> None:
    async with doing(database) as by:
        await deciding.handled(by, people["hr"], SPOT, "  Sudah   dilatih 2172010101800001 ")
        await deciding.put_off(by, people["hr"], SPOT, date(2026, 12, 1), "Nanti")
        await deciding.reopen(by, people["hr"], SPOT)
    async with database.read() as session:
        rows = (await session.scalars(select(NeedDecision).order_by(NeedDecision.id))).all()
        acts = (await session.scalars(select(AuditRow).where(AuditRow.subject == "need").order_by(AuditRow.id))).all()
    assert [(row.outcome, row.until) for row in rows] == [
        (NeedOutcome.HANDLED, None),
        (NeedOutcome.PUT_OFF, date(2026, 12, 1)),
        (NeedOutcome.REOPENED, None),
    ]
    assert rows[0].reason.startswith("Sudah dilatih")
    assert "2172010101800001" not in rows[0].reason
    assert [act.new["outcome"] for act in acts] == ["handled", "put_off", "reopened"]
    assert acts[1].new["until"] == "2026-12-01"


@pytest.mark.parametrize(
    ("until", "reason", "refused"),
    [
        (date(2026, 11, 24), "Nanti", "need_until"),
        (date(2027, 11, 26), "Nanti", "need_until"),
        (date(2026, 12, 1), "  ", "reason_missing"),
        (date(2026, 12, 1), "x" * 301, "text_too_long"),
    ],
)
async def test_decisions_that_are_refused(
    database: Database, people: dict[str, int], until: date, reason: str, refused: str
) -> None:
    async with doing(database) as by:
        with pytest.raises(Refusal, match=refused):
            await deciding.put_off(by, people["hr"], SPOT, until, reason)


# --- who sees what ---


def presser(people: dict[str, int], name: str, *grants: Grant, leads: bool = False) -> Presser:
    return Presser(people[name], people[name], grants, leads=leads)


async def test_a_superior_sees_the_own_unit_and_hr_all(database: Database, people: dict[str, int]) -> None:
    async with doing(database) as by:
        head = await sight.of(by, presser(people, "head", leads=True))
        assert (head.arranges, head.units, head.led) == (False, {1}, {1})
        hr = await sight.of(by, presser(people, "hr", Grant(Role.HR)))
        assert (hr.arranges, hr.units, hr.led) == (True, None, frozenset())
        for one in (
            presser(people, "officer"),
            presser(people, "hr", Grant(Role.HR, 1)),  # human resources of one unit arrange no trainings
            presser(people, "officer", leads=True),  # leads nobody today
            Presser(99),
        ):
            with pytest.raises(Refusal, match="not_your_role"):
                await sight.of(by, one)
        with pytest.raises(Refusal, match="not_your_unit"):
            head.require(2)
        with pytest.raises(Refusal, match="not_your_unit"):
            hr.require_led(1)


async def test_whoever_acts_sees_that_leaders_unit_not_the_own(database: Database, people: dict[str, int]) -> None:
    day = NOW.date()
    await store(
        database,
        ActingSuperior(employee_id=people["head"], acting_id=people["other_officer"], valid_from=day, valid_to=day),
    )
    async with doing(database) as by:
        assert (await sight.of(by, presser(people, "other_officer", leads=True))).led == {1}


async def test_a_merged_unit_is_its_successor(database: Database, people: dict[str, int]) -> None:
    async with database.begin() as session:
        (await session.get_one(Unit, 1)).merged_into_id = 2
    async with doing(database) as by:
        assert (await sight.of(by, presser(people, "head", leads=True))).led == {2}


# --- suggesting ---


async def told(database: Database) -> list[str]:
    async with database.read() as session:
        rows = await session.scalars(select(OutboxMessage).where(OutboxMessage.kind == suggesting.KIND))
        return sorted(row.key for row in rows)


async def test_only_own_people_for_whom_it_is_are_told_once(database: Database, people: dict[str, int]) -> None:
    course_id = await course(database, audience={"circle": "staff", "units": [1]})
    seated = Registration(
        course_id=course_id,
        employee_id=people["verifier"],
        unit_id=1,
        status=RegistrationStatus.SEATED,
        queued_at=NOW,
    )
    await store(database, seated)
    everybody = list(people.values())
    async with doing(database) as by:
        found = await suggesting.candidates(by, people["head"], course_id)
        assert [(one.name, one.able) for one in found] == [("Pegawai Officer", True), ("Pegawai Verifier", False)]
        assert await suggesting.suggest(by, people["head"], course_id, everybody, WHY) == 1
    async with doing(database) as by:
        with pytest.raises(Refusal, match="nobody_chosen"):
            await suggesting.suggest(by, people["head"], course_id, everybody, WHY)
        found = await suggesting.candidates(by, people["head"], course_id)
        assert [(one.told, one.registered) for one in found] == [(True, False), (False, True)]
    assert len(await told(database)) == 1


async def test_who_has_no_account_cannot_be_told(database: Database, people: dict[str, int]) -> None:
    course_id = await course(database)
    async with database.begin() as session:
        (await session.get_one(Employee, people["officer"])).person_id = None
    async with doing(database) as by:
        found = {one.id: one for one in await suggesting.candidates(by, people["head"], course_id)}
        assert not found[people["officer"]].reachable
        with pytest.raises(Refusal, match="nobody_chosen"):
            await suggesting.suggest(by, people["head"], course_id, [people["officer"]], WHY)
        assert await suggesting.candidates(by, people["head"], 99) == []


@pytest.mark.parametrize("state", [{"status": CourseStatus.DRAFT}, {"closes_at": NOW}])
async def test_a_course_that_takes_nobody_is_not_suggested(
    database: Database, people: dict[str, int], state: dict[str, object]
) -> None:
    course_id = await course(database, **state)
    async with doing(database) as by:
        with pytest.raises(Refusal, match="course_closed"):
            await suggesting.suggest(by, people["head"], course_id, [people["officer"]], WHY)
        with pytest.raises(Refusal, match="no_such_course"):
            await suggesting.suggest(by, people["head"], 99, [people["officer"]], WHY)
    assert await told(database) == []


# --- announcing to a unit ---


@pytest.mark.parametrize(
    ("of_course", "units"),
    [
        ((), (1,)),  # for everybody: for this unit now
        ((1, 2), (1,)),
        ((3,), (3,)),  # only for a part of the unit: that part
        ((2,), None),  # not for the unit at all
    ],
)
async def test_an_audience_within_a_unit(
    database: Database, people: dict[str, int], of_course: tuple[int, ...], units: tuple[int, ...] | None
) -> None:
    part = Unit(code="bidang", name="Bidang", short_name="Bidang", kind="bidang", parent_id=1)
    await store(database, part)
    assert part.id == 3
    async with doing(database) as by:
        audience = Audience(units=of_course, kinds=("pns",))
        if units is None:
            with pytest.raises(Refusal, match="course_not_for_you"):
                announcing.within(by.city, audience, 1)
        else:
            assert announcing.within(by.city, audience, 1) == Audience(units=units, kinds=("pns",))
