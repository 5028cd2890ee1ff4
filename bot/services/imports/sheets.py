"""Files as sheets of cells: XLSX and its relatives, CSV, the city's facts in TOML, boundaries in GeoJSON."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from pathlib import PurePath
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

#: What a cell can hold; a boundary is a GeoJSON geometry.
Cell = str | float | int | bool | date | datetime | time | timedelta | Mapping[str, Any]


class UnreadableFileError(Exception):
    """The file is none of the kinds that are read, or is damaged; the text is its name."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its number in the file as a person counts it, and its cells by column."""

    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it stands in the file. `name` decides what it holds (`units`, `services`, …)."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read(filename: str, content: bytes) -> list[Sheet]:
    """The sheets of a file; UnreadableFileError if it cannot be read.

    A workbook gives each of its sheets under the sheet's name, any other file one under its own name.
    """
    path = PurePath(filename)
    name = _plain(path.stem)
    try:
        match path.suffix.lower():
            case ".csv":
                return [_sheet(name, _csv_lines(content))]
            case ".toml":
                return [_facts(content)]
            case ".geojson" | ".json":
                return [_boundaries(content)]
            case _:
                return _workbook(content)
    except (CalamineError, ValueError, KeyError, TypeError, csv.Error) as error:
        raise UnreadableFileError(path.name) from error


def _workbook(content: bytes) -> list[Sheet]:
    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    return [
        _sheet(_plain(name), enumerate(workbook.get_sheet_by_name(name).to_python(skip_empty_area=False), start=1))
        for name in workbook.sheet_names
    ]


def _csv_lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Lines of a CSV as Excel writes it in any country: UTF-8 or Windows, comma, semicolon or tab."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    header = text.partition("\n")[0]
    lines = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=header.count), strict=True)
    for cells in lines:
        yield lines.line_num, cells


def _sheet(name: str, lines: Iterator[tuple[int, list[Any]]]) -> Sheet:
    """The first line that is not empty is the header; empty lines below count but are left out."""
    filled = ((number, cells) for number, cells in lines if any(not _is_empty(cell) for cell in cells))
    _, header = next(filled, (0, []))
    columns = tuple(_plain(str(cell)) for cell in header)
    rows = (
        Row(number, {column: cell for column, cell in zip(columns, cells, strict=False) if column})
        for number, cells in filled
    )
    return Sheet(name, tuple(column for column in columns if column), tuple(rows))


def _facts(content: bytes) -> Sheet:
    """City facts: `[office] address = …` becomes the key `office.address`. Rows are counted, not lines."""
    facts = _flat(tomllib.loads(content.decode("utf-8")), "")
    rows = (Row(number, {"key": key, "value": value}) for number, (key, value) in enumerate(facts, start=1))
    return Sheet("city", ("key", "value"), tuple(rows))


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)


def _boundaries(content: bytes) -> Sheet:
    """Features of a FeatureCollection; the property `code` names the area. Rows are counted features."""
    features = json.loads(content)["features"]
    rows = (
        Row(number, {"code": str(feature["properties"].get("code", "")), "boundary": feature["geometry"] or {}})
        for number, feature in enumerate(features, start=1)
    )
    return Sheet("boundaries", ("code", "boundary"), tuple(rows))


def _plain(name: str) -> str:
    return "_".join(name.replace("\ufeff", "").lower().split())


def _is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
