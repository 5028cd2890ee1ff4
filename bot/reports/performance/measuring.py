"""What the city's records give for each indicator in a period: a number of queries that no indicator adds to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, repeat
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.reports import satisfaction
from bot.reports.performance import collecting
from bot.reports.performance.collecting import Collect, Collected, Promise, Reports, Times
from bot.services.city import City
from bot.services.performance.facts import Measured
from bot.services.performance.scope import scope_of, span_of
from models.performance.indicator import Indicator, Source
from models.rules.performance.durations import DurationFigures, figures, median
from models.rules.skm import rounded

Fold = Callable[[Sequence[Any]], Measured]
_HOUR = 60
_PER_CENT = Decimal(100)


async def measure(
    session: AsyncSession, city: City, indicators: Iterable[Indicator], period: str, as_of: date
) -> dict[int, Measured]:
    """By indicator what its source gives at the end of `as_of`; those that are typed are left out."""
    wanted = [indicator for indicator in indicators if indicator.source in FOLDS]
    span = span_of(city, period, as_of)
    needed = dict.fromkeys(FOLDS[indicator.source][0] for indicator in wanted)
    found: dict[Collect, Collected[Any]] = {collect: await collect(session, city, span) for collect in needed}
    measured = {}
    for indicator in wanted:
        collect, fold = FOLDS[indicator.source]
        measured[indicator.id] = fold(found[collect].of(scope_of(city, indicator)))
    return measured


def share(part: int, whole: int) -> Measured:
    """A share in per cent; no value of nothing."""
    return Measured(_PER_CENT * part / whole if whole else None, whole, part, whole)


def _index(rows: Sequence[satisfaction.Row]) -> Measured:
    tally = satisfaction.summed(rows)
    return Measured(None if tally.ikm is None else rounded(tally.ikm), tally.n)


def _settled(rows: Sequence[Reports]) -> Measured:
    return share(sum(row.in_time for row in rows), sum(row.measured for row in rows))


def _confirmed(rows: Sequence[Reports]) -> Measured:
    """What the machine closed for want of an answer is no confirmation, but was closed."""
    return share(sum(row.solved for row in rows), sum(row.closed for row in rows))


def _closing_time(rows: Sequence[int]) -> Measured:
    return Measured(median(rows), len(rows))


def durations(rows: Iterable[Times]) -> DurationFigures:
    """Median, p90 and on-time share of counted times."""
    return figures(chain.from_iterable(repeat((row.minutes, row.on_time), row.many) for row in rows))


def _completion_time(rows: Sequence[Times]) -> Measured:
    found = durations(rows)
    return Measured(None if found.median is None else found.median / _HOUR, found.n)


def _on_time(rows: Sequence[Times]) -> Measured:
    found = durations(rows)
    return share(found.on_time, found.measured)


def _kept(rows: Sequence[Promise]) -> Measured:
    return share(sum(row.kept for row in rows), len(rows))


#: Source → what is collected for it, and how its value comes about.
FOLDS: dict[Source, tuple[Collect, Fold]] = {
    Source.SATISFACTION_INDEX: (collecting.answers, _index),
    Source.SETTLED_IN_TIME: (collecting.reports, _settled),
    Source.CONFIRMED_SHARE: (collecting.reports, _confirmed),
    Source.CLOSING_TIME: (collecting.closings, _closing_time),
    Source.COMPLETION_TIME: (collecting.times, _completion_time),
    Source.COMPLETED_ON_TIME: (collecting.times, _on_time),
    Source.IMPROVEMENTS_DONE: (collecting.promises, _kept),
}
