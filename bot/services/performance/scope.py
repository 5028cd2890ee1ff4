"""Over which units and service an indicator is counted, and which days a period means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.services.city import City
from models.performance.indicator import Indicator
from models.rules.survey_period import PeriodKind, earlier, first_day, following, period_of

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which records count: those of the units (None: of the city), of one service alone where it is named."""

    units: frozenset[int] | None = None
    service_id: int | None = None

    def holds(self, unit_id: int | None, service_id: int | None, accused_id: int | None = None) -> bool:
        """Whether a record belongs to it; a report about one of the units themselves does not."""
        if self.service_id is not None and service_id != self.service_id:
            return False
        return self.units is None or (unit_id in self.units and accused_id not in self.units)


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`, both included; the same as moments, before `until`."""

    first: date
    last: date
    since: datetime
    until: datetime


def scope_of(city: City, indicator: Indicator) -> Scope:
    """What an indicator is counted over: its unit with all below it and all merged into them, its service."""
    units = below(city, indicator.unit_id) if indicator.unit_id is not None else None
    return Scope(units, indicator.service_id)


def below(city: City, unit_id: int) -> frozenset[int]:
    """A unit, those below it, and those that were merged into any of them."""
    head = city.successor(unit_id).id
    return frozenset(unit for unit in city.units if head in _lineage(city, unit))


def _lineage(city: City, unit_id: int) -> list[int]:
    """The unit of today and those above it."""
    passed: list[int] = []
    step: int | None = unit_id
    while step is not None:
        unit = city.successor(step)
        if unit.id in passed:
            break
        passed.append(unit.id)
        step = unit.parent_id
    return passed


def span_of(city: City, period: str, as_of: date) -> Span:
    """The days of a period (`2026`, `2026-Q4`) until the end of `as_of`, in the city's time."""
    first, last = first_day(period), min(as_of, first_day(following(period)) - _ONE_DAY)
    zone = city.calendar.zone
    return Span(first, last, datetime.combine(first, time.min, zone), datetime.combine(last + _ONE_DAY, time.min, zone))


def periods_at(day: date) -> list[str]:
    """The periods whose facts may still move on a day: its year with the quarters begun, and the quarter before.

    In the first quarter the year before, too: records may be typed in late.
    """
    quarter = period_of(day, PeriodKind.QUARTER)
    quarters = [f"{day.year}-Q{number}" for number in range(1, int(quarter[-1]) + 1)]
    before = [] if len(quarters) > 1 else [f"{day.year - 1}", earlier(quarter)]
    return [f"{day.year}", *quarters, *before]
