"""A work plan in the form of the regulation, as a workbook; filled in, it is read again by `plans.filled`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from bot.reports import workers
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

Cell = str | int | float | None


async def workbook(plan: Whole) -> bytes:
    """The XLSX; WorkerError when it cannot be made."""
    return await workers.run(workers.SHEETS, workers.whole(workers.packed(_told(plan))))


def _told(plan: Whole) -> list[Any]:
    """The sheet, line by line; the heading of the results is the line that is repeated on each page."""
    year = plan.plan.year
    above = [
        _styled([form.TITLE], "title"),
        [f"{form.APPROACH}, periode 1 Januari {year} s.d. 31 Desember {year}, versi {plan.plan.number}"],
        [],
        *_people(plan),
        [],
        _part(form.RESULTS, form.HEADINGS),
    ]
    opening = {"sheet": form.SHEET, "widths": WIDTHS, "repeat": len(above)}
    main, additional = (
        [one for one in plan.results if one.row.kind is kind] for kind in (ResultKind.MAIN, ResultKind.ADDITIONAL)
    )
    return [
        *(opening, *above, _styled(form.HEADINGS, "head")),
        *_results(form.MAIN, main),
        *_results(form.ADDITIONAL, additional),
        [],
        *_behaviour(plan),
    ]


def _styled(cells: Sequence[Cell], style: str = "form") -> dict[str, Any]:
    return {"row": cells, "style": style}


def _part(title: str, headings: Sequence[str]) -> dict[str, Any]:
    """The heading of a part, over its whole width."""
    return _styled([title, *[""] * (len(headings) - 1)], "part")


def _people(plan: Whole) -> list[Any]:
    """Who does the work and who appraises it, side by side."""
    return [
        [None, form.OWNER, None, None, form.APPRAISER],
        *(
            {"row": [None, label, own, None, label, other or None], "style": "fact", "merge": APPRAISER_FACTS}
            for label, own, other in zip(form.PERSON, _facts(plan.owner), _facts(plan.superior), strict=True)
        ),
    ]


def _results(title: str, found: Sequence[Result]) -> list[Any]:
    empty: list[list[Cell]] = [[""] * len(form.HEADINGS)] * SPARE
    rows = [row for number, one in enumerate(found, start=1) for row in _lines(number, one)]
    return [_part(title, form.HEADINGS), *map(_styled, rows or empty)]


def _behaviour(plan: Whole) -> list[Any]:
    rows: list[list[Cell]] = [
        [number, name, plan.behaviours.get(value, "")] for number, (value, name) in enumerate(form.VALUES.items(), 1)
    ]
    return [
        _part(form.BEHAVIOUR, form.BEHAVIOUR_HEADINGS),
        _styled(form.BEHAVIOUR_HEADINGS, "head"),
        *map(_styled, rows),
    ]


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
