"""Rules of recognition and predicates of units as the city's data, on both databases. Domain rule 32."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import select

from bot.db import Database
from bot.services.imports.applying import apply
from bot.services.imports.plans import Plan, draft
from bot.services.imports.seeding import city_sheets
from bot.services.imports.sheets import Row, Sheet
from models.performance.evaluation import UnitPredicate
from models.performance.recognition import RecognitionRule
from models.rules.performance.predicate import OrganisationPredicate
from models.rules.performance.recognition import read_criteria
from tests.factories import small_city

COLUMNS = ("code", "title", "award_to", "period", "criteria", "valid_from", "valid_to")
CRITERIA = json.dumps({"conditions": [{"kind": "rating", "limit": "3.5", "smallest": 5}]})
FIXED = date(2026, 8, 10)


def sheet(**changed: object) -> Sheet:
    cells = {
        "code": "disukai",
        "title": "Disukai warga",
        "award_to": "employee",
        "period": "quarter",
        "criteria": CRITERIA,
        "valid_from": date(2026, 1, 1),
        "valid_to": "",
    } | changed
    return Sheet("recognition_rules", COLUMNS, (Row(2, cells),))


async def plan(database: Database, given: Sheet, today: date) -> Plan:
    async with database.begin() as session:
        found = await draft(session, [given], today)
        await apply(session, found.changes, today)
        return found


@pytest.mark.parametrize(
    ("today", "changed", "fault"),
    [
        (date(2026, 9, 30), {"criteria": CRITERIA.replace("3.5", "3.0")}, None),
        (date(2026, 10, 1), {"criteria": CRITERIA.replace("3.5", "3.0")}, "rule_in_force"),
        (date(2026, 10, 1), {"title": "Lain"}, "rule_in_force"),
        (date(2027, 5, 5), {"valid_from": date(2026, 2, 1)}, "rule_in_force"),
        (date(2026, 10, 1), {"valid_to": date(2026, 12, 31)}, None),
        (date(2026, 10, 1), {}, None),
    ],
)
async def test_rule_32_a_rule_in_a_running_period_is_not_changed_only_ended(
    database: Database, today: date, changed: dict[str, object], fault: str | None
) -> None:
    """Fixed on 10 August 2026: the first quarter for which it counts begins on 1 October."""
    assert (await plan(database, sheet(), FIXED)).faults == ()
    found = await plan(database, sheet(**changed), today)
    assert [one.code for one in found.faults] == ([fault] if fault else [])
    async with database.read() as session:
        row = (await session.scalars(select(RecognitionRule))).one()
    assert row.fixed_at.date() == FIXED
    assert row.title == "Disukai warga"


async def test_a_new_rule_beside_the_old_one(database: Database) -> None:
    await plan(database, sheet(), FIXED)
    both = Sheet("recognition_rules", COLUMNS, (*sheet().rows, Row(3, {**sheet().rows[0].cells, "code": "baru"})))
    found = await plan(database, both, date(2026, 10, 5))
    assert (found.faults, [change.key for change in found.changes]) == ((), [("baru",)])


@pytest.mark.parametrize(
    "criteria",
    ["", "rating", "{}", '{"conditions": []}', '{"conditions": [{"kind": "beauty", "limit": "1"}]}', "[1]"],
)
async def test_criteria_that_say_nothing_are_named_faults(database: Database, criteria: str) -> None:
    found = await plan(database, sheet(criteria=criteria), FIXED)
    assert [(one.column, one.row) for one in found.faults] == [("criteria", 2)]


def test_the_rules_that_come_along_can_be_read() -> None:
    (rules,) = (one for one in city_sheets() if one.name == "recognition_rules")
    assert len(rules.rows) >= 3
    for row in rules.rows:
        assert read_criteria(json.loads(str(row.cells["criteria"]))).conditions


async def test_predicates_of_units(database: Database) -> None:
    async with database.begin() as session:
        await small_city(session)
    columns = ("unit", "year", "quarter", "predicate")
    right = Row(2, {"unit": "pu", "year": 2026, "quarter": 3, "predicate": "good"})
    assert (await plan(database, Sheet("unit_predicates", columns, (right,)), FIXED)).faults == ()
    async with database.read() as session:
        row = (await session.scalars(select(UnitPredicate))).one()
    assert (row.unit_id, row.predicate) == (1, OrganisationPredicate.GOOD)
    wrong = (
        Row(2, {"unit": "pu", "year": 2026, "quarter": 5, "predicate": "good"}),
        Row(3, {"unit": "pu", "year": 2026, "quarter": 4, "predicate": "fine"}),
    )
    found = await plan(database, Sheet("unit_predicates", columns, wrong), FIXED)
    assert [one.code for one in found.faults] == ["no_such_quarter", "unknown_value"]
