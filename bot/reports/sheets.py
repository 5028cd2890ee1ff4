"""A program of its own, `python -m bot.reports.sheets`: a workbook as lines of JSON on stdin, an XLSX on stdout.

A line is an object that opens a sheet (`sheet`, `widths`, `freeze`), a list that is a row of plain cells, or an object
that is a row with a style (`row`, `style`). A cell is null, a number, a text, `{"day": "2026-11-24"}`, or a formula of
our own with its value, `{"formula": "=SUM(B7:B9)", "value": 12}`. A text is never taken for a formula or a link, and
memory does not grow with the rows.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

DAY = "dd/mm/yyyy"
#: Paper, as workbooks count it.
A3, A4 = 8, 9
#: Points: a line of words, the tallest row there can be; and how much of a line words fill.
LINE, TALLEST, FILLED = 15.0, 405.0, 0.9
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "plain": {"num_format": "0_m"},
    "measured": {"num_format": "General"},
    "note": {"italic": True},
    "counts": {"num_format": "#,##0_m"},
    "day": {"num_format": DAY, "align": "left"},
    "head": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DCE6F1", "border": 1},
    "total": {"bold": True, "top": 1, "num_format": "#,##0"},
    "sum": {"bold": True, "top": 1, "num_format": "General"},
    "mean": {"bold": True, "num_format": "0.0000"},
    "index": {"bold": True, "num_format": "0.00", "bg_color": "#DCE6F1"},
}


def main() -> None:
    """Write the workbook that stdin tells."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(str(path), options)
        Writer(book).write(sys.stdin)
        book.close()
        sys.stdout.buffer.write(path.read_bytes())


def height_of(words: Iterable[tuple[Any, float]]) -> float:
    """Points that a row needs so that these wrapped words in columns of these widths are all seen.

    Not every program that opens a workbook finds that out by itself.
    """
    lines = max((_lines(str(text), width) for text, width in words if text is not None), default=1)
    return min(lines * LINE, TALLEST)


def _lines(text: str, width: float) -> int:
    """Words do not fill a line to its end."""
    return sum(max(1, math.ceil(len(part) / (width * FILLED))) for part in text.split("\n"))


def for_paper(sheet: Any, head: int | None = None, paper: int = A4) -> None:
    """Printed: across, as wide as the page, the line of headings on each page, the page's number below."""
    sheet.set_paper(paper)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&R&P / &N")
    if head is not None:
        sheet.repeat_rows(head)


class Writer:
    """Fills a workbook line by line."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._styles = {name: book.add_format(style) for name, style in STYLES.items()}
        self._sheet: Any = None
        self._widths: list[float] = []
        self._line = 0

    def write(self, lines: Any) -> None:
        """Every line in turn."""
        for line in lines:
            told = json.loads(line)
            if isinstance(told, list):
                self._row(told, "plain")
            elif "sheet" in told:
                self._open(told)
            else:
                self._row(told["row"], told["style"])

    def _open(self, told: dict[str, Any]) -> None:
        self._sheet, self._line = self._book.add_worksheet(told["sheet"]), 0
        self._widths = told.get("widths", [])
        for number, width in enumerate(self._widths):
            self._sheet.set_column(number, number, width)
        if "freeze" in told:
            self._sheet.freeze_panes(*told["freeze"])
        for_paper(self._sheet, told["freeze"][0] - 1 if "freeze" in told else None)

    def _row(self, cells: list[Any], style: str) -> None:
        if style == "head":
            self._sheet.set_row(self._line, height_of(zip(cells, self._widths, strict=False)))
        for number, cell in enumerate(cells):
            self._cell(number, cell, self._styles[style])
        self._line += 1

    def _cell(self, number: int, cell: Any, style: Any) -> None:
        if isinstance(cell, str):
            self._sheet.write_string(self._line, number, cell, style)
        elif isinstance(cell, dict) and "day" in cell:
            self._sheet.write_datetime(self._line, number, date.fromisoformat(cell["day"]), self._styles["day"])
        elif isinstance(cell, dict):
            self._sheet.write_formula(self._line, number, cell["formula"], style, cell["value"])
        elif cell is not None:
            self._sheet.write_number(self._line, number, cell, style)


if __name__ == "__main__":
    main()
