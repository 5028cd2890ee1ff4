"""The city's data as a workbook for Excel: a sheet a table, choices where few values fit, and how to fill it in."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.i18n import _
from bot.reports.sheets import for_paper, height_of
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
#: Rows below the last one that still have the list of choices.
SPARE = 200

Line = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet before it is written: its title, its columns by name, its lines, whether it only helps."""

    title: str
    columns: Sequence[str]
    lines: Sequence[Line]


async def make(db: Database, guidance: Sequence[str], now: datetime) -> tuple[str, bytes]:
    """Name and bytes of the workbook, in the language spoken."""
    async with db.read() as session:
        pages = await read_pages(session, guidance)
    content = await asyncio.to_thread(write, pages)
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


def write(pages: Sequence[Page]) -> bytes:
    """The workbook's bytes."""
    kept = BytesIO()
    book = xlsxwriter.Workbook(kept, {"strings_to_formulas": False, "strings_to_urls": False})
    styles = {
        "head": book.add_format({"bold": True, "bg_color": "#DCE9E4", "text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"}),
        "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        "number": book.add_format({"valign": "top", "align": "left"}),
    }
    for page in pages:
        _write_page(book.add_worksheet(page.title), page, styles)
    book.close()
    return kept.getvalue()


def _write_page(sheet: Any, page: Page, styles: Mapping[str, Any]) -> None:
    titles = [column_title(name) for name in page.columns]
    widths = [GUIDE_WIDTH] if len(titles) == 1 else _widths(titles, page.lines)
    for number, name in enumerate(page.columns):
        sheet.set_column(number, number, widths[number], styles["text"])
        sheet.write_string(0, number, titles[number], styles["head"])
        if name in CHOICES:
            allowed = {"validate": "list", "source": list(CHOICES[name])}
            sheet.data_validation(1, number, len(page.lines) + SPARE, number, allowed)
    sheet.set_row(0, height_of(zip(titles, widths, strict=True)))
    for row, line in enumerate(page.lines, start=1):
        sheet.set_row(row, height_of(zip(line, widths, strict=True)))
        for number, value in enumerate(line):
            _write_cell(sheet, row, number, value, styles)
    sheet.freeze_panes(1, 1)
    for_paper(sheet, 0)


def _widths(titles: Sequence[str], lines: Sequence[Line]) -> list[float]:
    """Of each column: its longest words and a little more."""
    columns = zip(titles, *lines, strict=True)
    return [min(max(NARROWEST, *(len(str(cell)) + 2 for cell in column)), WIDEST) for column in columns]


def _write_cell(sheet: Any, row: int, column: int, value: Any, styles: Mapping[str, Any]) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, styles["day"])
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, styles["number"])
    elif value:
        sheet.write_string(row, column, str(value), styles["text"])
