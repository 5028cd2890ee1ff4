"""Which topics answer which weak spot: the city's data, on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from bot.db import Database
from bot.services.imports.applying import apply
from bot.services.imports.plans import Plan, draft
from bot.services.imports.seeding import city_sheets
from bot.services.imports.sheets import Row, Sheet
from models.administration.audit import AuditRow
from models.organisation import CityFact
from models.performance.indicator import Source
from models.rules.training.needs import NeedKind
from models.training.course import CourseKind
from models.training.need import NeedTopic

TODAY = date(2026, 11, 24)
COLUMNS = ("need", "what", "topics", "course_kind")


def sheet(*rows: tuple[str, str, str, str]) -> Sheet:
    return Sheet(
        "need_topics",
        COLUMNS,
        tuple(Row(number, dict(zip(COLUMNS, row, strict=True))) for number, row in enumerate(rows, 2)),
    )


async def plan(database: Database, given: Sheet) -> Plan:
    async with database.begin() as session:
        found = await draft(session, [given], TODAY)
        if not found.faults:
            await apply(session, found.changes, TODAY)
        return found


async def kept(database: Database) -> dict[str, tuple[list[str], CourseKind | None]]:
    async with database.read() as session:
        rows = await session.scalars(select(NeedTopic).order_by(NeedTopic.id))
        return {row.what: (row.topics, row.course_kind) for row in rows}


async def test_topics_come_change_and_go(database: Database) -> None:
    first = ("element", "U7", "Santun; Perilaku;santun", "")
    await plan(database, sheet(first, ("indicator", "*", "kinerja", "technical")))
    assert await kept(database) == {"U7": (["santun", "perilaku"], None), "*": (["kinerja"], CourseKind.TECHNICAL)}
    await plan(database, sheet(("element", "U7", "komunikasi", "managerial")))
    assert await kept(database) == {"U7": (["komunikasi"], CourseKind.MANAGERIAL)}
    assert (await plan(database, sheet(("element", "U7", "komunikasi", "managerial")))).changes == ()
    async with database.read() as session:
        acts = await session.scalars(select(AuditRow.action).where(AuditRow.subject == "need_topic"))
        assert sorted(acts) == ["added", "added", "changed", "removed"]


@pytest.mark.parametrize(
    ("row", "column", "fault"),
    [
        (("element", "U10", "santun", ""), "what", "unknown_need"),
        (("reports", "keluhan", "santun", ""), "what", "unknown_need"),
        (("weather", "U7", "santun", ""), "need", "unknown_value"),
        (("element", "U7", "", ""), "topics", "empty_cell"),
        (("element", "U7", "santun", "umum"), "course_kind", "unknown_value"),
        (("element", "", "santun", ""), "what", "empty_cell"),
    ],
)
async def test_faults_are_named(database: Database, row: tuple[str, str, str, str], column: str, fault: str) -> None:
    found = await plan(database, sheet(row))
    assert [(one.column, one.code) for one in found.faults] == [(column, fault)]
    assert await kept(database) == {}


@pytest.mark.parametrize(
    ("key", "value", "is_right"),
    [
        ("training.need_element_below", "3.06", True),
        ("training.need_element_below", "0", False),
        ("training.need_reports_factor", "satu", False),
        ("training.need_reports_days", "90", True),
        ("training.need_reports_smallest", "-5", False),
    ],
)
async def test_limits_are_numbers(database: Database, key: str, value: str, is_right: bool) -> None:
    found = await plan(database, Sheet("city", ("key", "value"), (Row(2, {"key": key, "value": value}),)))
    assert [one.code for one in found.faults] == ([] if is_right else ["bad_fact"])
    async with database.read() as session:
        assert (await session.get(CityFact, key) is not None) == is_right


def test_the_topics_that_come_along_name_what_there_is() -> None:
    (topics,) = (one for one in city_sheets() if one.name == "need_topics")
    rows = {(str(row.cells["need"]), str(row.cells["what"])) for row in topics.rows}
    assert {what for need, what in rows if need == NeedKind.ELEMENT} == {"U6", "U7"}
    assert {what for need, what in rows if need == NeedKind.INDICATOR} <= {*Source, "*"}
