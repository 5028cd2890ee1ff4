"""The sheets of the indicators and their targets, and what only a whole row or both sheets together show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from bot.services.imports.cells import civil_servant_number, code, day, maybe, number, one_of, usually, whole
from bot.services.imports.checks import Values, of_period
from bot.services.imports.shapes import Absent, Column, Table
from models.errors import Refusal
from models.performance.indicator import FACT_UNITS, YEAR, Indicator, IndicatorTarget, Level, Source
from models.rules.performance.achievement import Polarity, require_target
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.pace import QUARTERS
from models.rules.performance.plan_rules import year_of

INDICATORS, TARGETS = "indicators", "indicator_targets"
_RANKS = {level: rank for rank, level in enumerate(Level)}
Key = tuple[Any, ...]


class Wrong(NamedTuple):
    """A fault that the sheets show together: in one of these rows (the first that was sent), which column, what."""

    rows: tuple[tuple[str, Key], ...]
    column: str
    code: str


def of_indicator(values: Values) -> Iterable[tuple[str, str]]:
    """Only the city's stand alone; what is not the city's has a unit; what is counted has its own measure."""
    yield from of_period(values)
    is_city = values["level"] == Level.CITY
    if is_city is not (values.get("parent") is None):
        yield "parent", "city_without_parent"
    if is_city is (values.get("unit") is not None):
        yield "unit", "unit_of_level"
    if values["polarity"] == Polarity.YES_NO and values["aggregation"] != Aggregation.LAST:
        yield "aggregation", "yes_no_last"
    measured = FACT_UNITS.get(Source(values["source"]))
    if measured is not None and values["measure_unit"] != measured:
        yield "measure_unit", "measure_of_source"


def of_target(values: Values) -> Iterable[tuple[str, str]]:
    """A quarter is 1 to 4, 0 the year; the low end is not above the high one."""
    if values["quarter"] > QUARTERS:
        yield "quarter", "no_such_quarter"
    if values["low"] > values["high"]:
        yield "high", "target_order"


def across(indicators: Mapping[Key, Values], targets: Mapping[Key, Values]) -> Iterator[Wrong]:
    """What is wrong between the rows: a parent of a lower level, a target that measures nothing, quarters that do not
    make the year.
    """
    for key, values in indicators.items():
        parent = indicators.get((values.get("parent"),))
        if parent is not None and _RANKS[Level(parent["level"])] > _RANKS[Level(values["level"])]:
            yield Wrong(((INDICATORS, key),), "parent", "parent_below")
    years: dict[Key, dict[int, Key]] = {}
    for key, values in targets.items():
        years.setdefault(key[:2], {})[values["quarter"]] = key
        indicator = indicators.get((values["indicator"],))
        fault = None if indicator is None else _fault_of(indicator, values)
        if fault is not None:
            yield Wrong(((TARGETS, key), (INDICATORS, (values["indicator"],))), "low", fault)
    for (name, _year), quarters in years.items():
        indicator = indicators.get((name,))
        if indicator is not None and not _is_consistent(indicator, quarters, targets):
            rows = tuple((TARGETS, key) for _quarter, key in sorted(quarters.items()))
            yield Wrong((*rows, (INDICATORS, (name,))), "low", "quarters_differ")


def _fault_of(indicator: Values, values: Values) -> str | None:
    try:
        require_target(Polarity(indicator["polarity"]), values["low"], values["high"])
    except Refusal as error:
        return error.code
    return None


def _is_consistent(indicator: Values, quarters: Mapping[int, Key], targets: Mapping[Key, Values]) -> bool:
    """Whether the quarters, where all are there, make the year by the indicator's aggregation."""
    if len(quarters) <= QUARTERS:
        return True
    low: list[Decimal] = [targets[quarters[number]]["low"] for number in range(1, QUARTERS + 1)]
    return bool(year_of(Aggregation(indicator["aggregation"]), tuple(low)) == targets[quarters[YEAR]]["low"])


TABLES = (
    Table(
        INDICATORS,
        Indicator,
        ("code",),
        (
            Column("code", code, required=True),
            Column("name", required=True),
            Column("level", one_of(Level), required=True),
            Column("parent", maybe(code), refers=INDICATORS),
            Column("unit", maybe(code), refers="units"),
            Column("service", maybe(code), refers="services"),
            Column("owner", maybe(civil_servant_number), refers="roster"),
            Column("definition"),
            Column("formula"),
            Column("measure_unit", required=True),
            Column("polarity", one_of(Polarity), required=True),
            Column("aggregation", one_of(Aggregation), required=True),
            Column("baseline", maybe(number)),
            Column("source", usually(Source.MANUAL, one_of(Source))),
            Column("valid_from", maybe(day)),
            Column("valid_to", maybe(day)),
        ),
        Absent.END,
        may_be_empty=True,
        check=of_indicator,
    ),
    Table(
        TARGETS,
        IndicatorTarget,
        ("indicator", "year", "quarter"),
        (
            Column("indicator", code, required=True, refers=INDICATORS),
            Column("year", whole, required=True),
            Column("quarter", whole, required=True),
            Column("low", number, required=True),
            Column("high", number, required=True),
        ),
        Absent.DELETE,
        check=of_target,
    ),
)
