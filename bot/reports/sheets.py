"""A program of its own, `python -m bot.reports.sheets`: a workbook as lines of JSON on stdin, an XLSX on stdout.

A line is an object that opens a sheet, a list that is a row, or an object that is a row with a style for all its
cells (`row`, `style`; `merge`, a pair: from the first to the last of these columns it is one cell, the value is the
first one's). A sheet named again is gone on with where it was left. What opens a sheet, all but its name optional:

- `widths` and `styles`: of each column; a style is how rows without one look, and what is typed in later;
- `freeze`: so many lines above and columns to the left stay in sight, and the last of these lines, the headings,
  is repeated on each printed page; `repeat`: the number of that line where nothing is frozen;
- `choices`: of each column null or the texts that fit, offered in every row below the frozen lines and some more;
- `filter`: true for arrows on the last of the frozen lines, over all rows; `paper`: "A4", if not told, or "A3".

A cell is null, a number, a text, `{"day": "2026-11-24"}`, `{"moment": "2026-11-24T10:15"}` in local time, or a formula
of our own with its value, `{"formula": "=SUM(B7:B9)", "value": 12}`. In a style `x` a number looks as the style
`x number` says where there is one; so does a day, `x day`, and a moment. A text is never taken for a formula or a
link, a row is as high as its wrapped words need, and memory does not grow with the rows.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

DAY, MOMENT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
#: Paper, as workbooks count it.
PAPERS = {"A3": 8, "A4": 9}
#: Rows below the last one that still offer the choices.
SPARE = 200
#: Points: a line of words, the tallest row there can be; and how much of a line words fill.
LINE, TALLEST, FILLED = 15.0, 405.0, 0.9
#: Characters, of a column whose width was not told.
USUAL_WIDTH = 8.43
WRAPPED: dict[str, Any] = {"text_wrap": True, "valign": "top"}
BOXED: dict[str, Any] = {**WRAPPED, "border": 1}
LEFT: dict[str, Any] = {"valign": "top", "align": "left"}
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "plain": {"num_format": "0_m"},
    "measured": {"num_format": "General"},
    "note": {"italic": True},
    "counts": {"num_format": "#,##0_m"},
    "day": {"num_format": DAY, "align": "left"},
    "moment": {"num_format": MOMENT, **LEFT},
    "head": {"bold": True, "bg_color": "#DCE6F1", **BOXED},
    "total": {"bold": True, "top": 1, "num_format": "#,##0"},
    "sum": {"bold": True, "top": 1, "num_format": "General"},
    "mean": {"bold": True, "num_format": "0.0000"},
    "index": {"bold": True, "num_format": "0.00", "bg_color": "#DCE6F1"},
    # A form to fill in: the heading of a part, the facts above, what is filled in.
    "part": {"bold": True, "bg_color": "#DCE6F1"},
    "fact": WRAPPED,
    "form": BOXED,
    "form number": {"align": "center", **BOXED},
    # Long lists to read.
    "entry": WRAPPED,
    "degrees": {"num_format": "0.000000", "valign": "top"},
    # Data that come back: what is typed in stays as it was typed.
    "data head": {"bold": True, "bg_color": "#DCE9E4", **WRAPPED},
    "data": {"num_format": "@", **WRAPPED},
    "data number": LEFT,
    "data day": {"num_format": DAY, **LEFT},
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


@dataclass(slots=True)
class Sheet:
    """A sheet while it is written: what was told when it was opened, and the line that comes next."""

    page: Any
    widths: Sequence[float]
    styles: Sequence[str]
    choices: Sequence[Sequence[str] | None]
    filter: bool
    head: int | None
    line: int = 0

    def wide(self, number: int) -> float:
        """The width of a column."""
        return self.widths[number] if number < len(self.widths) else USUAL_WIDTH

    def style(self, number: int) -> str:
        """The style of a column."""
        return self.styles[number] if number < len(self.styles) else "plain"


class Writer:
    """Fills a workbook line by line."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._formats = {name: book.add_format(style) for name, style in STYLES.items()}
        self._sheets: dict[str, Sheet] = {}

    def write(self, lines: Iterable[str]) -> None:
        """Every line in turn, then what depends on how many there were."""
        sheet: Any = None
        for line in lines:
            told = json.loads(line)
            if isinstance(told, list):
                self._row(sheet, told, [sheet.style(number) for number in range(len(told))])
            elif "sheet" in told:
                name = told["sheet"]
                sheet = self._sheets[name] = self._sheets.get(name) or self._open(told)
            else:
                self._row(sheet, told["row"], [told["style"]] * len(told["row"]), told.get("merge"))
        for sheet in self._sheets.values():
            _finish(sheet)

    def _open(self, told: dict[str, Any]) -> Sheet:
        page, freeze = self._book.add_worksheet(told["sheet"]), told.get("freeze")
        widths, styles = told.get("widths", []), told.get("styles", [])
        for number, width in enumerate(widths):
            page.set_column(number, number, width, self._formats[styles[number]] if number < len(styles) else None)
        if freeze:
            page.freeze_panes(*freeze)
        head = told.get("repeat", freeze[0] - 1 if freeze else None)
        _for_paper(page, head, told.get("paper", "A4"))
        return Sheet(page, widths, styles, told.get("choices", []), told.get("filter", False), head)

    def _row(self, sheet: Sheet, cells: list[Any], styles: list[str], merge: list[int] | None = None) -> None:
        if any("text_wrap" in STYLES[style] for style in styles):
            sheet.page.set_row(sheet.line, height_of(_wrapped(sheet, cells, styles, merge)))
        if merge:
            first, last = merge
            sheet.page.merge_range(sheet.line, first, sheet.line, last, "", self._formats[styles[first]])
        for number, (cell, style) in enumerate(zip(cells, styles, strict=True)):
            self._cell(sheet, number, cell, style)
        sheet.line += 1

    def _cell(self, sheet: Sheet, number: int, cell: Any, style: str) -> None:
        page, line = sheet.page, sheet.line
        if isinstance(cell, str):
            page.write_string(line, number, cell, self._formats[style])
        elif isinstance(cell, dict) and "day" in cell:
            page.write_datetime(line, number, date.fromisoformat(cell["day"]), self._format(style, "day"))
        elif isinstance(cell, dict) and "moment" in cell:
            page.write_datetime(line, number, datetime.fromisoformat(cell["moment"]), self._format(style, "moment"))
        elif isinstance(cell, dict):
            page.write_formula(line, number, cell["formula"], self._format(style, "number"), cell["value"])
        elif cell is not None:
            page.write_number(line, number, cell, self._format(style, "number"))

    def _format(self, style: str, kind: str) -> Any:
        return self._formats.get(f"{style} {kind}") or self._formats.get(kind) or self._formats[style]


def _wrapped(sheet: Sheet, cells: list[Any], styles: list[str], merge: list[int] | None) -> Iterator[tuple[str, float]]:
    """The texts that are wrapped, and how wide it is where they stand."""
    for number, (cell, style) in enumerate(zip(cells, styles, strict=True)):
        if isinstance(cell, str) and "text_wrap" in STYLES[style]:
            last = merge[1] if merge and merge[0] == number else number
            yield cell, sum(sheet.wide(place) for place in range(number, last + 1))


def _for_paper(page: Any, head: int | None, paper: str) -> None:
    """Printed: across, as wide as the page, the line of headings on each page, the page's number below."""
    page.set_paper(PAPERS[paper])
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer("&L&A&R&P / &N")
    if head is not None:
        page.repeat_rows(head)


def _finish(sheet: Sheet) -> None:
    """Arrows and choices, which reach as far as the rows do."""
    head = sheet.head or 0
    if sheet.filter:
        sheet.page.autofilter(head, 0, max(sheet.line - 1, head + 1), len(sheet.widths) - 1)
    for number, choices in enumerate(sheet.choices):
        if choices:
            allowed = {"validate": "list", "source": choices}
            sheet.page.data_validation(head + 1, number, sheet.line - 1 + SPARE, number, allowed)


if __name__ == "__main__":
    main()
