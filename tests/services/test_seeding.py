"""The data files that come with the product: complete, and never in the way of what the city changed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from bot.db import Database
from bot.services.imports.seeding import DATA, seed_city
from bot.services.imports.tables import TABLES
from models.calendar import ServiceLimit
from models.organisation import Area, CityFact, EmergencyNumber, Service, Unit

TODAY = date(2026, 11, 24)


async def test_the_city_is_seeded_from_its_files(database: Database) -> None:
    async with database.begin() as session:
        added = await seed_city(session, TODAY)
    #: What only the city itself knows.
    without_file = {"holidays", "boundaries", "roster", "roles", "service_users", "unit_predicates"}
    assert {change.table for change in added} == set(TABLES) - without_file
    async with database.read() as session:
        count = {
            table: await session.scalar(select(func.count()).select_from(table)) for table in (Area, Unit, Service)
        }
        assert (count[Area], count[Unit] >= 40, count[Service] >= 60) == (18, True, True)
        trap = (await session.scalars(select(Area).where(Area.kelurahan == "Tanjungpinang Timur"))).one()
        assert trap.kecamatan == "Bukit Bestari"
        assert await session.scalar(select(CityFact.value).where(CityFact.key == "ticket.prefix")) == "TPI"
        numbers = set(await session.scalars(select(EmergencyNumber.number).order_by(EmergencyNumber.position)))
        assert numbers <= {"112", "110", "113", "115", "118", "119"}


async def test_seeding_again_keeps_what_the_city_changed(database: Database) -> None:
    async with database.begin() as session:
        await seed_city(session, TODAY)
    async with database.begin() as session:
        unit = (await session.scalars(select(Unit).where(Unit.code == "dishub"))).one()
        unit.name = "Dinas Perhubungan dan Kominfo"
        await session.delete((await session.scalars(select(ServiceLimit).where(ServiceLimit.name == "react"))).one())
    async with database.begin() as session:
        added = await seed_city(session, TODAY)
    assert [(change.table, change.key) for change in added] == [("sla", ("react",))]
    async with database.read() as session:
        name = await session.scalar(select(Unit.name).where(Unit.code == "dishub"))
        assert name == "Dinas Perhubungan dan Kominfo"


def test_the_files_of_the_city_are_all_read() -> None:
    assert {path.stem for path in DATA.iterdir()} <= set(TABLES)
