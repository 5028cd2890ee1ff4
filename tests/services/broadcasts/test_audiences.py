"""To whom a message goes, on both databases. Domain rule 40: it reaches only the chosen audience."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.services.broadcasts import audiences
from bot.services.city import know
from models.broadcasts.broadcast import Broadcast, BroadcastKind, ListedRecipient, OptOut
from models.employee import Employee
from models.errors import Refusal
from models.organisation import Unit
from models.person import Consent, Person, Purpose
from models.rules.audience import Audience, Circle
from models.training.hours import HoursStatus, TrainingHours
from tests.factories import small_city, staff

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
TODAY = date(2026, 11, 24)


@pytest.fixture
async def people(database: Database) -> dict[str, int]:
    """The staff of the small city, `other_officer` of another unit, PPPK and III/a; three residents."""
    async with database.begin() as session:
        await small_city(session)
        found = await staff(session, NOW)
        found["other_officer"].kind, found["other_officer"].grade = "pppk", "III/a"
        found["officer"].grade, found["officer"].position = "IV/a", "Pengawas Lapangan"
        session.add(
            Unit(code="seksi", name="Seksi", short_name="Seksi", kind="seksi", parent_id=found["officer"].unit_id)
        )
        away = Employee(nip="198001012005011999", name="Sudah Pindah", unit_id=1, kind="pns", valid_to=date(2026, 1, 1))
        unbound = Employee(nip="198001012005011998", name="Tanpa Akun", unit_id=1, kind="pns")
        session.add_all([away, unbound])
        residents = (("Siti", 1, True), ("Amat", 2, True), ("Budi", 1, False))
        for number, (name, area, agreed) in enumerate(residents, start=1):
            person = Person(telegram_id=1000 + number, name=name, language="id", created_at=NOW, area_id=area)
            session.add(person)
            await session.flush()
            withdrawn = None if agreed else NOW
            session.add(
                Consent(
                    person_id=person.id, purpose=Purpose.BROADCASTS, version="1", given_at=NOW, withdrawn_at=withdrawn
                )
            )
        await session.flush()
        return {name: row.id for name, row in found.items()}


async def reached(
    session: AsyncSession, audience: Audience, kind: BroadcastKind = BroadcastKind.ORDER, broadcast_id: int = 0
) -> set[str]:
    city = await know(session, NOW)
    broadcast = Broadcast(id=broadcast_id, kind=kind, audience=audience.stored())
    ids = audiences.people(city, broadcast, TODAY)
    return set(await session.scalars(select(Person.name).where(Person.id.in_(ids))))


ALL_STAFF = {"Verifier", "Officer", "Head", "Inspector", "Hr", "Admin", "Other_Officer"}


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (Audience(), ALL_STAFF),
        (Audience(units=(2,)), {"Other_Officer"}),
        (Audience(kinds=("pppk",)), {"Other_Officer"}),
        (Audience(grades=("III",)), {"Other_Officer"}),
        (Audience(grades=("III", "IV")), {"Other_Officer", "Officer"}),
        (Audience(grades=("I",)), set()),
        (Audience(positions=("pengawas",)), {"Officer"}),
        (Audience(roles=("officer",)), {"Officer", "Other_Officer"}),
        (Audience(units=(1,), roles=("officer",)), {"Officer"}),
        (Audience(hours_below=20), ALL_STAFF - {"Officer"}),
        (Audience(circle=Circle.RESIDENTS), {"Siti", "Amat"}),
        (Audience(circle=Circle.RESIDENTS, areas=(1,)), {"Siti"}),
        (Audience(circle=Circle.LISTED), {"Head"}),
    ],
    ids=lambda value: str(value) if isinstance(value, Audience) else "",
)
async def test_rule_40_a_filter_finds_exactly_its_people(
    database: Database, people: dict[str, int], audience: Audience, expected: set[str]
) -> None:
    async with database.begin() as session:
        row = Broadcast(kind=BroadcastKind.ORDER, title="x", author_id=people["hr"], created_at=NOW)
        session.add(row)
        await session.flush()
        session.add(ListedRecipient(broadcast_id=row.id, employee_id=people["head"]))
        for hours, status in ((15, HoursStatus.COUNTED), (9, HoursStatus.COUNTED), (99, HoursStatus.PENDING)):
            values = {
                "year": 2026,
                "title": "x",
                "ended_on": TODAY,
                "created_at": NOW,
                "status": status,
                "hours": hours,
            }
            whose = people["officer"] if status is HoursStatus.COUNTED else people["head"]
            session.add(TrainingHours(employee_id=whose, **values))
        await session.flush()
        assert await reached(session, audience, broadcast_id=row.id) == expected


async def test_an_opt_out_counts_for_its_kind_but_not_for_orders(database: Database, people: dict[str, int]) -> None:
    async with database.begin() as session:
        officer = await session.get_one(Employee, people["officer"])
        session.add(OptOut(person_id=officer.person_id, kind=BroadcastKind.TRAINING, at=NOW))
        await session.flush()
        assert await reached(session, Audience(), BroadcastKind.TRAINING) == ALL_STAFF - {"Officer"}
        assert await reached(session, Audience(), BroadcastKind.NEWS) == ALL_STAFF
        assert await reached(session, Audience(), BroadcastKind.ORDER) == ALL_STAFF


async def test_the_reach_is_counted_with_names_and_who_has_no_account(
    database: Database, people: dict[str, int]
) -> None:
    async with database.begin() as session:
        city = await know(session, NOW)
        officer = await session.get_one(Employee, people["officer"])
        (await session.get_one(Person, officer.person_id)).reachable = False
        await session.flush()
        found = await audiences.reach(
            session, city, Broadcast(id=0, kind=BroadcastKind.ORDER, audience=Audience(units=(1,)).stored()), TODAY
        )
    assert (found.people, found.unreachable, found.without_account) == (6, 1, 1)
    assert len(found.names) == audiences.SAMPLE
    assert all(name.startswith("Pegawai ") for name in found.names)


async def test_a_unit_reaches_everything_below_it(database: Database, people: dict[str, int]) -> None:
    async with database.begin() as session:
        section = await session.scalar(select(Unit.id).where(Unit.code == "seksi"))
        (await session.get_one(Employee, people["hr"])).unit_id = section
        (await session.get_one(Employee, people["verifier"])).unit_id = 2
        await session.flush()
        assert await reached(session, Audience(units=(1,))) == ALL_STAFF - {"Other_Officer", "Verifier"}


@pytest.mark.parametrize("stored", [{"circle": "everyone"}, {"telegram": [1]}])
def test_a_foreign_filter_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(Refusal, match="audience_unknown"):
        Audience.read(stored)


def test_a_filter_is_kept_as_it_was() -> None:
    full = Audience(Circle.STAFF, (1, 2), ("pns",), ("III",), ("kepala",), ("head",), (), 20, (4,), (5,))
    assert Audience.read(full.stored()) == full
    assert Audience().stored() == {"circle": "staff"}
