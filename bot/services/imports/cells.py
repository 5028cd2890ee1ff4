"""One cell read as the value its column holds, or a named reason why it cannot be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bot.services.imports.sheets import Cell
from models.rules import nip, places
from models.rules.performance.one_line import read_number

#: Reads a cell that may be empty; `today` is the city's date.
Reader = Callable[[Cell, date], Any]

_YES = frozenset({"yes", "ya", "true", "1", "y"})
_NO = frozenset({"no", "tidak", "false", "0", "n", "t"})
_DATE_FORMS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")
#: A spreadsheet keeps 15 digits of a number; an NIP has 18.
_MOST_DIGITS = 15
_LIST_SEPARATOR = ";"
#: What a measured value may be: below this, and so many decimals (`models.base.Quantity`).
_MOST, _DECIMALS = 10**13, 4


class UnreadableCellError(Exception):
    """A cell that does not hold what its column asks for."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def text(cell: Cell, _today: date) -> str:
    """Words, trimmed; a whole number as its digits, unless the spreadsheet has rounded it."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        if abs(cell) >= 10**_MOST_DIGITS:
            raise UnreadableCellError("digits_lost")
        return str(int(cell)) if cell == int(cell) else str(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return unicodedata.normalize("NFC", str(cell)).replace("\u00a0", " ").strip()


def maybe(reader: Reader) -> Reader:
    """The reader for a column that may be empty: None then."""

    def read(cell: Cell, today: date) -> Any:
        return reader(cell, today) if text(cell, today) else None

    return read


def usually(value: str, reader: Reader) -> Reader:
    """The reader for a column whose empty cell means this value."""

    def read(cell: Cell, today: date) -> Any:
        return reader(cell, today) if text(cell, today) else value

    return read


def words(cell: Cell, today: date) -> list[str]:
    """Several words or phrases, separated by semicolons, each once."""
    parts = (part.strip() for part in text(cell, today).split(_LIST_SEPARATOR))
    return list(dict.fromkeys(part for part in parts if part))


def whole(cell: Cell, today: date) -> int:
    """A whole number, zero or more."""
    digits = text(cell, today)
    if not (digits.isascii() and digits.isdigit()):
        raise UnreadableCellError("not_a_whole_number", value=digits)
    return int(digits)


def number(cell: Cell, today: date) -> Decimal:
    """A number with at most four decimals, as a number cell or as people write it: 87,5 or 1.250."""
    written = text(cell, today)
    value = Decimal(written) if isinstance(cell, int | float) else read_number(written)
    if value is None or abs(value) >= _MOST or value != round(value, _DECIMALS):
        raise UnreadableCellError("not_a_number", value=written)
    return value


def degrees(limit: int) -> Reader:
    """A coordinate up to ± `limit` degrees, decimal point or comma, six decimals."""

    def read(cell: Cell, today: date) -> float:
        written = text(cell, today)
        try:
            value = float(written.replace(",", "."))
        except ValueError:
            raise UnreadableCellError("not_a_coordinate", value=written) from None
        if not abs(value) <= limit:
            raise UnreadableCellError("not_a_coordinate", value=written)
        return round(value, 6)

    return read


def day(cell: Cell, today: date) -> date:
    """A date cell, or 2026-11-24, 24-11-2026, 24/11/2026, 24.11.2026."""
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    written = text(cell, today)
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(written, form).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    raise UnreadableCellError("not_a_date", value=written)


def yes_or_no(cell: Cell, today: date) -> bool:
    """Yes, ya, true, 1; no, tidak, false, 0."""
    written = text(cell, today).lower()
    if written in _YES or written in _NO:
        return written in _YES
    raise UnreadableCellError("not_yes_or_no", value=written)


def one_of(options: Iterable[str]) -> Reader:
    """One of a few codes."""
    known = tuple(options)

    def read(cell: Cell, today: date) -> str:
        written = text(cell, today).lower()
        if written not in known:
            raise UnreadableCellError("unknown_value", value=written, options=", ".join(known))
        return written

    return read


def code(cell: Cell, today: date) -> str:
    """A short name for machines: lower case letters, digits, dash, dot, underscore."""
    written = text(cell, today).lower()
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", written):
        raise UnreadableCellError("not_a_code", value=written)
    return written


def civil_servant_number(cell: Cell, today: date) -> str:
    """An NIP or NI PPPK as 18 digits."""
    number = nip.read(text(cell, today), today)
    if isinstance(number, nip.Fault):
        raise UnreadableCellError(number.value)
    return number.digits


def geometry(cell: Cell, _today: date) -> dict[str, Any]:
    """A GeoJSON Polygon or MultiPolygon."""
    if not isinstance(cell, dict):
        raise UnreadableCellError("not_a_boundary")
    try:
        places.boundary(("", ""), cell)
    except (ValueError, TypeError, IndexError):
        raise UnreadableCellError("not_a_boundary") from None
    return cell
