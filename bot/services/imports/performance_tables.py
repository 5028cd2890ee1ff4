"""The sheets of recognition rules and of the units' own predicates, and what only a whole row shows of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from bot.services.imports.cells import UnreadableCellError, code, day, maybe, one_of, text, whole
from bot.services.imports.checks import Values, of_period
from bot.services.imports.shapes import Absent, Column, Table
from bot.services.imports.sheets import Cell
from bot.services.performance.recognition.rules import PERIODS, has_begun
from models.base import Base
from models.performance.evaluation import UnitPredicate
from models.performance.recognition import RecognitionFor, RecognitionRule
from models.rules.performance.pace import QUARTERS
from models.rules.performance.predicate import OrganisationPredicate
from models.rules.performance.recognition import read_criteria

RULES, PREDICATES = "recognition_rules", "unit_predicates"


def criteria(cell: Cell, today: date) -> dict[str, Any]:
    """The conditions of a rule as JSON: `{"conditions": [{"kind": "rating", "limit": "3.5"}], "most": 5}`."""
    written = cell if isinstance(cell, dict) else text(cell, today)
    try:
        found: Any = json.loads(written) if isinstance(written, str) else written
        read_criteria(found)
    except (ValueError, TypeError, AttributeError) as error:
        raise UnreadableCellError("not_criteria", fault=str(error)[:120]) from None
    return dict(found)


def of_predicate(values: Values) -> Iterable[tuple[str, str]]:
    """A quarter is 1 to 4, 0 the year."""
    if values["quarter"] > QUARTERS:
        yield "quarter", "no_such_quarter"


def of_rule_in_force(row: Base, old: Values, new: Values, today: date) -> Iterable[tuple[str, str]]:
    """A rule whose period has begun can only be ended: who works toward it must find it unchanged (rule 32)."""
    if not isinstance(row, RecognitionRule) or not has_begun(row, row.fixed_at.date(), today):
        return
    for name, value in new.items():
        if name != "valid_to" and old[name] != value:
            yield name, "rule_in_force"


def _fixed(_values: Values, today: date) -> Values:
    return {"fixed_at": datetime.combine(today, time(), UTC)}


TABLES = (
    Table(
        RULES,
        RecognitionRule,
        ("code",),
        (
            Column("code", code, required=True),
            Column("title", required=True),
            Column("award_to", one_of(RecognitionFor), required=True),
            Column("period", one_of(PERIODS), required=True),
            Column("criteria", criteria, required=True),
            Column("valid_from", day, required=True),
            Column("valid_to", maybe(day)),
        ),
        Absent.END,
        may_be_empty=True,
        check=of_period,
        keep=of_rule_in_force,
        first=_fixed,
    ),
    Table(
        PREDICATES,
        UnitPredicate,
        ("unit", "year", "quarter"),
        (
            Column("unit", code, required=True, refers="units"),
            Column("year", whole, required=True),
            Column("quarter", whole, required=True),
            Column("predicate", one_of(OrganisationPredicate), required=True),
        ),
        Absent.DELETE,
        check=of_predicate,
    ),
)
