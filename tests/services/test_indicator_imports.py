"""Indicators and their targets as sheets: every fault by its cell, the same again, taken back. On both databases."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import func, select

from bot.db import Database
from bot.services.administration import undoing
from bot.services.administration.revisions import pack, unpack
from bot.services.imports.applying import apply
from bot.services.imports.plans import ChangeKind, draft
from bot.services.imports.seeding import city_sheets
from models.performance.indicator import Indicator, IndicatorTarget, Level, Source
from models.rules.performance.achievement import Polarity
from tests.services.test_imports import ROSTER, SERVICES, TODAY, UNITS, bring, plan, sheets

HEAD = "code,name,level,parent,unit,service,owner,measure_unit,polarity,aggregation,baseline,source"
CITY = 'iku,Warga puas,city,,,,,nilai,higher,last,"79,5",satisfaction_index'
UNIT = "kel-iku,Warga kelurahan puas,unit,iku,kel,surat,198609262015051001,nilai,higher,last,,satisfaction_index"
SUM = "rumah,Rumah selesai,city,,,,,rumah,higher,sum,,manual"
TARGETS = "indicator,year,quarter,low,high\n"
ALL = "iku,2026,1,80,80\niku,2026,2,81,81\niku,2026,3,82,82\niku,2026,4,83.5,83.5\niku,2026,0,83.5,83.5\n"


def table(*rows: str) -> str:
    return "\n".join([HEAD, *rows]) + "\n"


async def a_city(database: Database) -> None:
    await bring(database, units=UNITS, services=SERVICES, roster=ROSTER)


async def test_the_tree_and_its_targets_come_in_with_their_references(database: Database) -> None:
    await a_city(database)
    await bring(database, indicators=table(UNIT, CITY), indicator_targets=TARGETS + ALL)
    async with database.read() as session:
        rows = {row.code: row for row in await session.scalars(select(Indicator))}
        targets = {row.quarter: row.high for row in await session.scalars(select(IndicatorTarget))}
    city, unit = rows["iku"], rows["kel-iku"]
    assert (city.level, city.source, city.baseline) == (Level.CITY, Source.SATISFACTION_INDEX, Decimal("79.5"))
    assert (unit.parent_id, unit.polarity) == (city.id, Polarity.HIGHER)
    assert unit.unit_id is not None
    assert unit.service_id is not None
    assert unit.owner_id is not None
    assert targets == {0: Decimal("83.5"), 1: 80, 2: 81, 3: 82, 4: Decimal("83.5")}
    assert await bring(database, indicators=table(UNIT, CITY), indicator_targets=TARGETS + ALL) == ()


FAULTS = [
    (CITY.replace("iku,", "iku,", 1).replace("city,,", "city,iku,"), "", "parent", "city_without_parent"),
    (UNIT.replace("unit,iku,kel", "unit,,kel"), "", "parent", "city_without_parent"),
    (UNIT.replace("unit,iku,kel", "unit,iku,"), "", "unit", "unit_of_level"),
    (CITY.replace("higher", "bigger"), "", "polarity", "unknown_value"),
    (CITY.replace("last", "first"), "", "aggregation", "unknown_value"),
    (CITY.replace("satisfaction_index", "guess"), "", "source", "unknown_value"),
    (CITY.replace("nilai", "persen"), "", "measure_unit", "measure_of_source"),
    (CITY.replace("79,5", "banyak"), "", "baseline", "not_a_number"),
    (UNIT.replace("unit,iku", "unit,nobody"), "", "parent", "unknown_reference"),
    (UNIT.replace("unit,iku", "unit,kel-iku"), "", "parent", "circle"),
    (SUM.replace("higher,sum", "yes_no,sum"), "", "aggregation", "yes_no_last"),
    (CITY, "iku,2026,5,80,80", "quarter", "no_such_quarter"),
    (CITY, "iku,2026,1,80,70", "high", "target_order"),
    (CITY, "iku,2026,1,0,0", "low", "target_zero"),
    (CITY, "nobody,2026,1,80,80", "indicator", "unknown_reference"),
    (CITY, "iku,2026,1,80,80\niku,2026,1,81,81", "indicator", "twice"),
    (SUM, "\n".join(f"rumah,2026,{quarter},10,10" for quarter in range(5)), "low", "quarters_differ"),
]


@pytest.mark.parametrize(("row", "targets", "column", "code"), FAULTS)
async def test_a_fault_names_its_column(database: Database, row: str, targets: str, column: str, code: str) -> None:
    await a_city(database)
    rows = table(row) if row.startswith(("iku", "rumah")) else table(CITY, row)
    found = await plan(database, sheets(indicators=rows, indicator_targets=TARGETS + targets))
    assert (column, code) in [(fault.column, fault.code) for fault in found.faults]
    assert found.changes == ()


async def test_an_individuals_indicator_is_no_parent_of_a_units(database: Database) -> None:
    await a_city(database)
    own = "own,Surat selesai,individual,iku,kel,,,surat,higher,sum,,manual"
    wrong = "kel-2,Surat kelurahan,unit,own,kel,,,surat,higher,sum,,manual"
    found = await plan(database, sheets(indicators=table(CITY, own, wrong)))
    assert [(fault.row, fault.column, fault.code) for fault in found.faults] == [(4, "parent", "parent_below")]


async def test_another_aggregation_is_refused_while_the_stored_quarters_do_not_fit(database: Database) -> None:
    await a_city(database)
    await bring(database, indicators=table(CITY), indicator_targets=TARGETS + ALL)
    found = await plan(database, sheets(indicators=table(CITY.replace("last", "sum"))))
    assert [(fault.sheet, fault.row, fault.code) for fault in found.faults] == [("indicators", 2, "quarters_differ")]


async def test_what_was_brought_in_is_taken_back_as_it_was(database: Database) -> None:
    await a_city(database)
    await bring(database, indicators=table(CITY), indicator_targets=TARGETS + ALL)
    fewer = TARGETS + "iku,2026,4,90,90\niku,2026,0,90,90\n"
    async with database.begin() as session:
        given = sheets(indicators=table(CITY.replace("79,5", "1.250"), UNIT), indicator_targets=fewer)
        made = await draft(session, given, TODAY)
        assert made.faults == ()
        changes = [unpack(pack(change)) for change in made.changes]
        assert changes == list(made.changes)
        await apply(session, changes, TODAY)
    assert {change.kind for change in changes} == set(ChangeKind)
    async with database.begin() as session:
        assert await session.scalar(select(Indicator.baseline).where(Indicator.code == "iku")) == 1250
        await undoing.undo(session, changes, TODAY)
    assert await bring(database, indicators=table(CITY), indicator_targets=TARGETS + ALL) == ()
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Indicator)) == 1


async def test_an_indicator_that_is_no_longer_in_the_sheet_ends(database: Database) -> None:
    await a_city(database)
    await bring(database, indicators=table(CITY, SUM))
    await bring(database, indicators=table(CITY))
    async with database.read() as session:
        ends = dict((await session.execute(select(Indicator.code, Indicator.valid_to))).tuples().all())
    assert ends["iku"] is None
    assert ends["rumah"] is not None


async def test_the_seed_has_the_civil_registry_per_service_and_whole(database: Database) -> None:
    async with database.begin() as session:
        made = await draft(session, city_sheets(), TODAY)
        assert made.faults == ()
        await apply(session, made.changes, TODAY)
        rows = {row.code: row for row in await session.scalars(select(Indicator))}
        targets = {(row.indicator_id, row.quarter) for row in await session.scalars(select(IndicatorTarget))}
    whole = rows["disdukcapil-lama"]
    assert (whole.name, whole.source) == ("Waktu penyelesaian dokumen kependudukan", Source.COMPLETION_TIME)
    below = [row for row in rows.values() if row.parent_id == whole.id and row.level is Level.UNIT]
    assert len(below) == 13
    assert all(row.service_id is not None and row.source is Source.COMPLETION_TIME for row in below)
    assert {row.source for row in rows.values()} == set(Source)
    assert all((row.id, 0) in targets for row in rows.values())
