"""The workbook of a year's training hours: a sheet by employee, a sheet by unit, written by a program of its own.

Sums are formulas over the rows: whoever opens the file sees where a number is from, and can put one right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bot.reports import workers
from models.rules.nip import Kind
from models.rules.training.hours_target import Target

SECONDS = 120.0
PEOPLE, UNITS = "Pegawai", "Unit"
PEOPLE_WIDTHS = (6, 30, 8, 28, 8, 9, 11, 10, 12, 12, 9, 9, 9, 9, 10)
UNIT_WIDTHS = (40, 10, 8, 12, 12, 12, 8, 12)
#: The first row of people, and of units, as Excel counts.
FIRST = 5
#: Columns of the people's sheet.
UNIT, KIND, OWN, LAST_OWN, CITY, OUTSIDE, TOTAL, LIMIT, MISSING, OVER = "DEFIJKLMNO"


@dataclass(frozen=True, slots=True)
class Words:
    """What stands around the figures: title, the day and the limits, a remark, the heads of both sheets, the sums."""

    title: str
    about: str
    remark: str
    people: Sequence[str]
    units: Sequence[str]
    total: str


@dataclass(frozen=True, slots=True)
class Row:
    """An employee: number, name, NIP and unit as shown, kind, own hours by kind of course, hours from elsewhere."""

    number: int
    name: str
    nip: str
    unit: str
    kind: Kind
    own: tuple[int, ...]
    outside: int

    @property
    def hours(self) -> int:
        """All of them."""
        return sum(self.own) + self.outside


async def workbook(words: Words, rows: Sequence[Row], target: Target) -> bytes:
    """The XLSX; WorkerError when it cannot be made."""
    lines = [*_people(words, rows, target), *_units(words, rows, target)]
    return await workers.run(workers.SHEETS, workers.whole(workers.packed(lines)), SECONDS)


def _head(sheet: str, words: Words, widths: Sequence[int], heads: Sequence[str], frozen: int) -> list[Any]:
    opening = {"sheet": sheet, "widths": widths, "freeze": [FIRST - 1, frozen]}
    above = [{"row": [words.title], "style": "title"}, [words.about], {"row": [words.remark], "style": "note"}]
    return [opening, *above, {"row": list(heads), "style": "head"}]


def _formula(formula: str, value: float) -> dict[str, Any]:
    return {"formula": formula, "value": value}


# --- by employee ---


def _people(words: Words, rows: Sequence[Row], target: Target) -> list[Any]:
    lines = [_person(at, one, target) for at, one in enumerate(rows, FIRST)]
    return [*_head(PEOPLE, words, PEOPLE_WIDTHS, words.people, 2), *lines, _sums(words, rows, target)]


def _person(at: int, one: Row, target: Target) -> list[Any]:
    city = _formula(f"=SUM({OWN}{at}:{LAST_OWN}{at})", sum(one.own))
    total = _formula(f"={CITY}{at}+{OUTSIDE}{at}", one.hours)
    missing: Any = _formula(f"=MAX(0,{LIMIT}{at}-{TOTAL}{at})", _missing(one, target))
    over: Any = _formula(f"=MAX(0,{TOTAL}{at}-{LIMIT}{at})", _over(one, target))
    limits = [None, over] if one.kind is Kind.PPPK else [missing, None]
    names = [one.number, one.name, one.nip, one.unit, one.kind.value.upper()]
    return [*names, *one.own, city, one.outside, total, target.limit(one.kind), *limits]


def _missing(one: Row, target: Target) -> int:
    return target.missing(one.kind, one.hours)


def _over(one: Row, target: Target) -> int:
    return max(0, one.hours - target.maximum) if one.kind is Kind.PPPK else 0


def _sums(words: Words, rows: Sequence[Row], target: Target) -> dict[str, Any]:
    """Below the people; the column of the limits has no sum."""
    kinds = [sum(one.own[place] for one in rows) for place in range(len(rows[0].own) if rows else 4)]
    values = [*kinds, sum(kinds), sum(one.outside for one in rows), sum(one.hours for one in rows)]
    columns = [chr(ord(OWN) + place) for place in range(len(values))]
    cells: list[Any] = [_sum(column, rows, value) for column, value in zip(columns, values, strict=True)]
    missing = _sum(MISSING, rows, sum(_missing(one, target) for one in rows))
    over = _sum(OVER, rows, sum(_over(one, target) for one in rows))
    return {"row": [words.total, "", "", "", "", *cells, "", missing, over], "style": "total"}


def _sum(column: str, rows: Sequence[Row], value: float) -> dict[str, Any]:
    return _formula(f"=SUM({column}{FIRST}:{column}{_last(rows)})", value)


def _last(rows: Sequence[Any]) -> int:
    return FIRST + max(len(rows), 1) - 1


# --- by unit ---


def _units(words: Words, rows: Sequence[Row], target: Target) -> list[Any]:
    names = sorted({one.unit for one in rows})
    lines = [{"row": _unit(at, name, rows, target), "style": "measured"} for at, name in enumerate(names, FIRST)]
    return [*_head(UNITS, words, UNIT_WIDTHS, words.units, 1), *lines, _unit_sums(words, names, rows, target)]


def _unit(at: int, name: str, rows: Sequence[Row], target: Target) -> list[Any]:
    """Counts over the people's sheet; percent and mean of what was counted."""

    def there(column: str) -> str:
        return f"{PEOPLE}!${column}${FIRST}:${column}${_last(rows)}"

    unit = f"{there(UNIT)},$A{at}"
    pns, pppk = (f'{unit},{there(KIND)},"{kind}"' for kind in ("PNS", "PPPK"))
    counted = _counted([one for one in rows if one.unit == name], target)
    formulas = [
        f"=COUNTIFS({unit})",
        f"=COUNTIFS({pns})",
        f"=COUNTIFS({pns},{there(MISSING)},0)",
        _percent(at),
        _mean(at, f"SUMIFS({there(TOTAL)},{unit})"),
        f"=COUNTIFS({pppk})",
        f'=COUNTIFS({pppk},{there(OVER)},">0")',
    ]
    return [name, *(_formula(one, value) for one, value in zip(formulas, counted, strict=True))]


def _percent(at: int) -> str:
    """Of the PNS of a row, those at the minimum; 0 without any."""
    return f"=IF(C{at}=0,0,ROUND(D{at}/C{at}*100,1))"


def _mean(at: int, hours: str) -> str:
    """Hours by employee of a row; 0 without any."""
    return f"=IF(B{at}=0,0,ROUND({hours}/B{at},1))"


def _counted(people: Sequence[Row], target: Target) -> list[float]:
    """Employees, PNS, PNS at the minimum, percent, mean, PPPK, PPPK above the maximum."""
    pns = [one for one in people if one.kind is not Kind.PPPK]
    reached = sum(not _missing(one, target) for one in pns)
    percent = _one_place(100 * reached, len(pns))
    mean = _one_place(sum(one.hours for one in people), len(people))
    over = sum(_over(one, target) > 0 for one in people)
    return [len(people), len(pns), reached, percent, mean, len(people) - len(pns), over]


def _one_place(what: int, by: int) -> float:
    """To one place, a half up: as a workbook rounds; 0 by nothing."""
    return float((Decimal(what) / by).quantize(Decimal("0.1"), ROUND_HALF_UP)) if by else 0.0


def _unit_sums(words: Words, names: Sequence[str], rows: Sequence[Row], target: Target) -> dict[str, Any]:
    at, last = FIRST + len(names), FIRST + max(len(names), 1) - 1
    total = f"{PEOPLE}!{TOTAL}{_last(rows) + 1}"
    formulas = [f"=SUM({column}{FIRST}:{column}{last})" for column in "BCDEFGH"]
    formulas[3], formulas[4] = _percent(at), _mean(at, total)
    cells = [_formula(one, value) for one, value in zip(formulas, _counted(rows, target), strict=True)]
    return {"row": [words.total, *cells], "style": "sum"}
