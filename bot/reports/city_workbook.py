"""The city's data as a workbook for Excel: a sheet a table, choices where few values fit, and how to fill it in."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.i18n import _
from bot.reports import workers
from bot.services.administration.revisions import CIVIL_SERVANTS, NUMBER
from bot.services.imports.headings import GUIDE, JOB, PEOPLE, SHEETS, column_title, sheet_title
from bot.services.imports.shapes import Table
from bot.services.imports.stored import stored
from bot.services.imports.tables import REMARK, TABLES
from bot.services.performance.recognition.rules import PERIODS
from models.employee import Employee
from models.organisation import Unit
from models.performance.indicator import Level, Source
from models.performance.recognition import RecognitionFor
from models.rules.complaint_flow import Status
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.predicate import OrganisationPredicate
from models.rules.permissions import GRANTED
from models.rules.training.needs import NeedKind
from models.training.course import CourseKind

#: Column → the only values that fit; Excel offers them as a list.
CHOICES: dict[str, tuple[str, ...]] = {
    "state": tuple(Status),
    "role": GRANTED,
    "standard_unit": ("working_days", "hours"),
    "working": ("ya", "tidak"),
    "auto_assign": ("ya", "tidak"),
    "level": tuple(Level),
    "polarity": tuple(Polarity),
    "aggregation": tuple(Aggregation),
    "source": tuple(Source),
    "award_to": tuple(RecognitionFor),
    "period": PERIODS,
    "predicate": tuple(OrganisationPredicate),
    "need": tuple(NeedKind),
    "course_kind": tuple(CourseKind),
}
#: A column is as wide as its longest words, within these; the guide is one wide column.
NARROWEST, WIDEST, GUIDE_WIDTH = 10, 50, 100
BATCH = 500
SECONDS = 120.0

Line = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet before it is written: its title, its columns by name, its lines, whether it only helps."""

    title: str
    columns: Sequence[str]
    lines: Sequence[Line]


async def make(db: Database, guidance: Sequence[str], now: datetime) -> tuple[str, bytes]:
    """Name and bytes of the workbook, in the language spoken; WorkerError when it cannot be made."""
    async with db.read() as session:
        pages = await read_pages(session, guidance)
    content = await workers.run(workers.SHEETS, _parts(pages), SECONDS)
    return f"data-kota-{now:%Y%m%d}.xlsx", content


async def read_pages(session: AsyncSession, guidance: Sequence[str]) -> list[Page]:
    """All the sheets, the guide (a line each) first."""
    people = await _people(session)
    numbers = {nip: (f"{NUMBER}{number}", name) for number, nip, name, *_ in people}
    pages = [Page(_(GUIDE), (_(GUIDE),), [(line,) for line in guidance])]
    for name in SHEETS:
        table = TABLES[name]
        columns = [column.name for column in table.columns]
        rows = [[values[column] for column in columns] for values in (await stored(session, table)).values.values()]
        pages.append(Page(sheet_title(name), [*columns, REMARK], [_line(table, columns, row, numbers) for row in rows]))
    heads = (column_title("employee"), column_title("name"), column_title("unit"), _(JOB))
    lines = [(f"{NUMBER}{number}", name, unit, position) for number, _nip, name, unit, position in people]
    pages.append(Page(_(PEOPLE), heads, lines))
    return pages


async def _people(session: AsyncSession) -> Sequence[Any]:
    statement = (
        select(Employee.id, Employee.nip, Employee.name, Unit.short_name, Employee.position)
        .join(Unit, Unit.id == Employee.unit_id)
        .order_by(Employee.name, Employee.id)
    )
    return (await session.execute(statement)).all()


def _line(table: Table, columns: Sequence[str], row: Sequence[Any], numbers: Mapping[str, tuple[str, str]]) -> Line:
    """A row's cells; a civil servant is a number there, and the name stands in the remark."""
    servant = CIVIL_SERVANTS.get(table.name)
    if servant is None:
        return [*map(_plain, row), ""]
    number, name = numbers.get(row[columns.index(servant)], ("", ""))
    return [
        *(number if column == servant else _plain(cell) for column, cell in zip(columns, row, strict=True)),
        name,
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return "; ".join(value) if isinstance(value, list) else value


async def _parts(pages: Sequence[Page]) -> AsyncIterator[bytes]:
    """Sheet after sheet, some lines at a time."""
    for page in pages:
        yield workers.packed(_head(page))
        for start in range(0, len(page.lines), BATCH):
            yield workers.packed([_told(value) for value in line] for line in page.lines[start : start + BATCH])


def _head(page: Page) -> list[Any]:
    """Opens a sheet, and its headings."""
    titles = [column_title(name) for name in page.columns]
    opening = {
        "sheet": page.title,
        "widths": [GUIDE_WIDTH] if len(titles) == 1 else _widths(titles, page.lines),
        "styles": ["data"] * len(titles),
        "freeze": [1, 1],
        "choices": [CHOICES.get(name) for name in page.columns],
    }
    return [opening, {"row": titles, "style": "data head"}]


def _widths(titles: Sequence[str], lines: Sequence[Line]) -> list[float]:
    """Of each column: its longest words and a little more."""
    columns = zip(titles, *lines, strict=True)
    return [min(max(NARROWEST, *(len(str(cell)) + 2 for cell in column)), WIDEST) for column in columns]


def _told(value: Any) -> Any:
    """A value as a cell."""
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, int | float):
        return value
    return str(value) if value else None
