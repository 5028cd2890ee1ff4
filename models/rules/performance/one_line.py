"""A week reported in one line: `3 dokumen`, `IKU-2 87,5`, `IKU-2: 87,5%; IKU-3 4`, `2 = ya`.

Numbers are Indonesian: a comma parts the decimals; dots part thousands where groups of three follow (1.250 is one
thousand two hundred and fifty), else one dot is taken for a comma (3.5). Knows the language only, no city.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

_PARTS = re.compile(r"[;\n]+|,\s+(?=[^\W\d_]+[-. ]?\d+\s*[:=\s]\s*\S)")
_GAP = re.compile(r"[\s:=]+")
_NUMBER = re.compile(r"[-−]?\d[\d.,]*")
_CODE = re.compile(r"#?(?P<code>[^\W\d_]+[\w./-]*\d[\w./-]*)(?:\s*[:=]\s*|\s+)(?P<rest>.+)", re.DOTALL)
_PLACE = re.compile(r"#?(?P<code>\d{1,3})\s*[:=]\s*(?P<rest>.+)", re.DOTALL)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(\.\d{3})+")
_PLAIN = re.compile(r"\d+([.,]\d+)?")
#: More digits are a number of something else: an identity card, a telephone.
_MOST_DIGITS = 12
#: A code is at most so many words: `IKU 2`.
_MOST_WORDS = 4

_NUMERALS = {
    word: Decimal(number)
    for number, word in enumerate(
        ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"]
    )
} | {"sifar": Decimal(0), "lapan": Decimal(8), "sebelas": Decimal(11), "dua belas": Decimal(12)}
#: An answer to yes or no, if nothing follows it.
_ANSWERS = {word: Decimal(1) for word in ("ya", "sudah", "selesai")} | {
    word: Decimal(0) for word in ("tidak", "tak", "belum")
}
_TIMES = {"ribu": Decimal(1000), "rb": Decimal(1000), "juta": Decimal(10**6), "jt": Decimal(10**6)}
_PER_CENT = {"%", "persen", "peratus"}


class LineFault(StrEnum):
    """Why a line cannot be read as a report."""

    EMPTY = "line_empty"
    NO_NUMBER = "line_no_number"
    BAD_NUMBER = "line_bad_number"
    UNKNOWN_CODE = "line_unknown_code"
    CODE_MISSING = "line_code_missing"
    CODE_TWICE = "line_code_twice"


@dataclass(frozen=True, slots=True)
class LineValue:
    """One value: for which item (None: not said), how much, in what (`%` for per cent), and what else was written."""

    code: str | None
    value: Decimal
    unit: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class LineProblem:
    """What is wrong, and with which part of the line."""

    fault: LineFault
    part: str


def read_line(text: str, codes: Collection[str] | None = None) -> list[LineValue] | LineProblem:
    """The values of a line, or the first thing wrong with it.

    With `codes`, the items one has (by code, or by number in the plan), a code is given back as it stands there, and
    another is refused; several values need a code each, once.
    """
    parts = [part.strip(" \t,.") for part in _PARTS.split(text)]
    values: list[LineValue] = []
    for part in filter(None, parts):
        value = _read_part(part, codes)
        if isinstance(value, LineProblem):
            return value
        values.append(value)
    if not values:
        return LineProblem(LineFault.EMPTY, text.strip())
    return _conflict(values) or values


def read_number(text: str) -> Decimal | None:
    """A number as Indonesians write it; None where it cannot be told what it means."""
    digits = text.strip().replace("−", "-")
    sign, digits = (-1, digits[1:]) if digits.startswith("-") else (1, digits)
    if sum(letter.isdigit() for letter in digits) > _MOST_DIGITS:
        return None
    whole, comma, decimals = digits.partition(",")
    if _THOUSANDS.fullmatch(whole) and (not comma or re.fullmatch(r"\d+", decimals, re.ASCII)):
        return sign * Decimal(whole.replace(".", "") + (f".{decimals}" if comma else ""))
    return sign * Decimal(digits.replace(",", ".")) if _PLAIN.fullmatch(digits) and digits.isascii() else None


def _conflict(values: list[LineValue]) -> LineProblem | None:
    seen: set[str] = set()
    for value in values if len(values) > 1 else ():
        if value.code is None:
            return LineProblem(LineFault.CODE_MISSING, _shown(value))
        if value.code in seen:
            return LineProblem(LineFault.CODE_TWICE, value.code)
        seen.add(value.code)
    return None


def _read_part(part: str, codes: Collection[str] | None) -> LineValue | LineProblem:
    code, rest = _take_known(part, codes or ())
    if (
        code is None
        and (match := _CODE.fullmatch(part) or _PLACE.fullmatch(part))
        and _starts_with_value(match["rest"])
    ):
        code, rest = match["code"].upper(), match["rest"]
        if codes is not None:
            return LineProblem(LineFault.UNKNOWN_CODE, match["code"])
    if (read := _take_number(rest)) is None:
        return LineProblem(LineFault.NO_NUMBER, part)
    number, words = read
    if number is None:
        return LineProblem(LineFault.BAD_NUMBER, part)
    if words and words[0].lower() in _TIMES:
        number *= _TIMES[words.pop(0).lower()]
    unit = words[0].rstrip(",.") if words else None
    if unit and unit.lower() in _PER_CENT:
        unit = "%"
    return LineValue(code, number, unit, " ".join(words[1:]) or None)


def _take_known(part: str, codes: Collection[str]) -> tuple[str | None, str]:
    """The longest beginning that is one of the codes, however it is spaced, if a value follows; and the rest."""
    known = {_bare(code): code for code in codes}
    found: tuple[str | None, str] = (None, part)
    gaps = list(_GAP.finditer(part))[:_MOST_WORDS]
    for gap in gaps:
        code, rest = known.get(_bare(part[: gap.start()])), part[gap.end() :]
        if code is not None and _starts_with_value(rest):
            found = (code, rest)
    return found


def _take_number(text: str) -> tuple[Decimal | None, list[str]] | None:
    """The number at the beginning (None: not to be understood) and the words after it; None without one."""
    if match := _NUMBER.match(text):
        words = text[match.end() :].replace("%", "% ").split()
        return read_number(match[0].rstrip(".,")), words
    words = text.split()
    if len(words) == 1 and (answer := _ANSWERS.get(words[0].lower())) is not None:
        return answer, []
    for count in (2, 1):
        numeral = _NUMERALS.get(" ".join(words[:count]).lower().rstrip(",."))
        if numeral is not None:
            return numeral, words[count:]
    return None


def _starts_with_value(text: str) -> bool:
    return _take_number(text) is not None


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text).upper() if re.search(r"[^\W\d_]", text) else text.strip("#")


def _shown(value: LineValue) -> str:
    return " ".join(filter(None, (str(value.value), value.unit)))
