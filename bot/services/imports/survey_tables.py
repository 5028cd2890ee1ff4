"""The sheet of how many people each service served: what a survey's sample is measured against."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from bot.services.imports.cells import UnreadableCellError, code, text, whole
from bot.services.imports.checks import Values
from bot.services.imports.shapes import Absent, Column, Table
from bot.services.imports.sheets import Cell
from bot.services.satisfaction.population import MOST
from models.population import ServiceUsers
from models.rules.survey_period import is_period

USERS = "service_users"


def survey_period(cell: Cell, today: date) -> str:
    """A period by its name: 2026, 2026-S1, 2026-Q4, 2026-M11."""
    written = text(cell, today).upper()
    if not is_period(written):
        raise UnreadableCellError("not_a_period", value=written)
    return written


def of_users(values: Values) -> Iterable[tuple[str, str]]:
    """A service that served nobody in a period has no row for it."""
    if not 1 <= values["users"] <= MOST:
        yield "users", "users_out_of_range"


def _counted(_values: Values, today: date) -> Values:
    return {"recorded_at": datetime.combine(today, time(), UTC)}


TABLES = (
    Table(
        USERS,
        ServiceUsers,
        ("service", "survey_period"),
        (
            Column("service", code, required=True, refers="services"),
            Column("survey_period", survey_period, required=True, kept_as="period"),
            Column("users", whole, required=True),
        ),
        Absent.KEEP,
        check=of_users,
        first=_counted,
    ),
)
