"""A work plan in the form of the regulation, as a workbook; filled in, it is read again by `plans.filled`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from bot.reports.sheets import for_paper, height_of
from bot.services.performance.plans import form
from bot.services.performance.plans.reading import Result, Whole
from models.employee import Employee
from models.performance.plan import PlanItem
from models.rules import nip
from models.rules.performance.achievement import Polarity
from models.rules.performance.plan_rules import ResultKind

WIDTHS = (5, 34, 38, 12, 36, 12, 14, 9, 9, 9, 9, 26, 16)
#: Empty lines to write into where a part has nothing yet.
SPARE = 3
#: The first and the last of the columns over which a fact of the appraiser goes.
APPRAISER_FACTS = (5, 8)

#: Styles whose words are wrapped: their rows are as high as the words need.
WRAPPED = frozenset({"cell", "head"})

Cell = str | int | float | None


def write(plan: Whole) -> bytes:
    """The workbook's bytes."""
    kept = BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    _Page(book).fill(plan)
    book.close()
    return kept.getvalue()


class _Page:
    """The one sheet while it is written, line by line."""

    def __init__(self, book: Any) -> None:
        words = {"text_wrap": True, "valign": "top", "border": 1}
        self._styles = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "part": book.add_format({"bold": True, "bg_color": "#DCE6F1"}),
            "head": book.add_format({"bold": True, "bg_color": "#DCE6F1", **words}),
            "cell": book.add_format(words),
            "number": book.add_format({**words, "align": "center"}),
            "fact": book.add_format({"text_wrap": True, "valign": "top"}),
            "plain": book.add_format(),
        }
        self._sheet = book.add_worksheet(form.SHEET)
        for number, width in enumerate(WIDTHS):
            self._sheet.set_column(number, number, width)
        self._line = 0

    def fill(self, plan: Whole) -> None:
        """Everything of it."""
        year = plan.plan.year
        self._write([form.TITLE], "title")
        self._write([f"{form.APPROACH}, periode 1 Januari {year} s.d. 31 Desember {year}, versi {plan.plan.number}"])
        self._line += 1
        self._people(plan)
        self._write([form.RESULTS, *[""] * (len(form.HEADINGS) - 1)], "part")
        heading = self._line
        self._write(form.HEADINGS, "head")
        for title, kind in ((form.MAIN, ResultKind.MAIN), (form.ADDITIONAL, ResultKind.ADDITIONAL)):
            self._results(title, [one for one in plan.results if one.row.kind is kind])
        self._behaviour(plan)
        for_paper(self._sheet, heading)

    def _people(self, plan: Whole) -> None:
        self._write([None, form.OWNER, None, None, form.APPRAISER])
        for label, own, other in zip(form.PERSON, _facts(plan.owner), _facts(plan.superior), strict=True):
            line = self._line
            self._write([None, label, own, None, label], "fact")
            first, last = APPRAISER_FACTS
            self._sheet.merge_range(line, first, line, last, other, self._styles["fact"])
            wrapped = ((own, WIDTHS[2]), (other, sum(WIDTHS[first : last + 1])))
            self._sheet.set_row(line, height_of(wrapped))
        self._line += 1

    def _results(self, title: str, found: Sequence[Result]) -> None:
        self._write([title, *[""] * (len(form.HEADINGS) - 1)], "part")
        for number, one in enumerate(found, start=1):
            for row in _lines(number, one):
                self._write(row, "cell")
        for _ in range(SPARE if not found else 0):
            self._write([""] * len(form.HEADINGS), "cell")

    def _behaviour(self, plan: Whole) -> None:
        self._line += 1
        self._write([form.BEHAVIOUR, "", ""], "part")
        self._write(form.BEHAVIOUR_HEADINGS, "head")
        for number, (value, name) in enumerate(form.VALUES.items(), start=1):
            self._write([number, name, plan.behaviours.get(value, "")], "cell")

    def _write(self, cells: Sequence[Cell], style: str = "plain") -> None:
        if style in WRAPPED:
            self._sheet.set_row(self._line, height_of(zip(cells, WIDTHS, strict=False)))
        for place, cell in enumerate(cells):
            if isinstance(cell, str):
                self._sheet.write_string(self._line, place, cell, self._styles[style])
            elif cell is not None:
                self._sheet.write_number(self._line, place, cell, self._styles["number"])
        self._line += 1


def _facts(employee: Employee | None) -> tuple[str, ...]:
    """Who it is, with the last digits of the number only (domain section 4)."""
    if employee is None:
        return ("",) * len(form.PERSON)
    return (employee.name, nip.short(employee.nip), employee.grade, employee.position, employee.unit.name)


def _lines(number: int, one: Result) -> list[list[Cell]]:
    """A result's lines: its words stand in the first."""
    head: list[Cell] = [number, one.serves or "", one.row.title]
    if not one.items:
        return [[*head, *[""] * (len(form.HEADINGS) - len(head))]]
    below: list[Cell] = ["", "", ""]
    return [[*(below if place else head), *_cells(item)] for place, item in enumerate(one.items)]


def _cells(item: PlanItem) -> list[Cell]:
    return [
        form.ASPECTS[item.aspect],
        item.name,
        _target(item),
        item.measure_unit,
        *("" if part is None else _number(part) for part in item.quarters),
        form.DIRECTIONS[item.polarity],
        form.COUNTINGS[item.aggregation],
    ]


def _target(item: PlanItem) -> Cell:
    if item.polarity is Polarity.YES_NO or item.low == item.high:
        return _number(item.low)
    return f"{_written(item.low)}-{_written(item.high)}"


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _written(value: Decimal) -> str:
    """A number as Indonesians write it."""
    return str(_number(value)).replace(".", ",")
