"""The city's records of some days, counted in SQL by unit and service: one query a source, whoever asks.

What counts of reports is what counts on the desk (`bot.reports.desk`): no duplicates, no spam, nothing outside the
city's authority (domain rule 21).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.reports import satisfaction
from bot.reports.desk import measures
from bot.services.city import City
from bot.services.performance.scope import Scope, Span
from models.complaint import Complaint
from models.improvement import Improvement
from models.performance.service_record import ServiceRecord
from models.rules.complaint_flow import COUNTED
from models.rules.improvements import Step
from models.rules.skm import Element
from models.survey import COLUMNS, MicroAnswer, SurveyResponse

Found = TypeVar("Found")


class Cell(NamedTuple):
    """Whose records: the unit and the service, and the unit that a report is about."""

    unit_id: int | None
    service_id: int | None
    accused_id: int | None = None


class Reports(NamedTuple):
    """Of reports received: settled in time of those measured; called solved by the resident of those closed."""

    in_time: int
    measured: int
    solved: int
    closed: int


class Times(NamedTuple):
    """So many finished applications that took these working minutes, in time or not (None: no standard)."""

    minutes: int
    on_time: bool | None
    many: int


class Promise(NamedTuple):
    """An improvement whose date is over, and whether it was done by then."""

    kept: bool


@dataclass(frozen=True, slots=True)
class Collected(Generic[Found]):
    """What was found, by cell."""

    cells: dict[Cell, list[Found]]

    def of(self, scope: Scope) -> list[Found]:
        """What belongs to a scope."""
        return [found for cell, rows in self.cells.items() if scope.holds(*cell) for found in rows]


Collect = Callable[[AsyncSession, City, Span], Awaitable[Collected[Any]]]


def _by_cell(rows: Iterable[tuple[Cell, Found]]) -> Collected[Found]:
    cells: dict[Cell, list[Found]] = {}
    for cell, found in rows:
        cells.setdefault(cell, []).append(found)
    return Collected(cells)


_REPORT_CELL = (Complaint.unit_id, Complaint.service_id, Complaint.conflict_unit_id)


def _received(span: Span) -> tuple[Any, ...]:
    return (Complaint.received_at >= span.since, Complaint.received_at < span.until)


async def reports(session: AsyncSession, _city: City, span: Span) -> Collected[Reports]:
    """Reports received in those days."""
    sums = measures(span.until)
    wanted = [sums[name] for name in Reports._fields]
    statement = select(*_REPORT_CELL, *wanted).where(*_received(span)).group_by(*_REPORT_CELL)
    return _by_cell(
        (Cell(*row[:3]), Reports(*(int(value or 0) for value in row[3:]))) for row in await session.execute(statement)
    )


async def closings(session: AsyncSession, city: City, span: Span) -> Collected[int]:
    """Working days from receipt to closing of the reports received in those days that are closed."""
    statement = select(*_REPORT_CELL, Complaint.received_at, Complaint.closed_at).where(
        *_received(span), Complaint.status.in_(COUNTED), Complaint.closed_at.is_not(None)
    )
    rows = (await session.execute(statement)).all()
    local = city.calendar.local_day
    ends = [(Cell(*row[:3]), local(row.received_at), local(row.closed_at)) for row in rows]
    last = max((end for _cell, _begin, end in ends), default=span.first)
    days = city.calendar.working_days(span.first, last)
    return _by_cell((cell, _working_days(days, begin, end)) for cell, begin, end in ends)


def _working_days(days: Sequence[date], begin: date, end: date) -> int:
    """How many of the working days lie after `begin` and not after `end`."""
    return bisect_right(days, end) - bisect_right(days, begin)


async def answers(session: AsyncSession, city: City, span: Span) -> Collected[satisfaction.Row]:
    """Answers to the survey in those days; one-tap answers too where the city counts them into the index."""
    found = await _full_answers(session, span)
    if city.fact("skm.micro_in_ikm") == "yes":
        found += await _taps(session, span)
    return _by_cell((Cell(row.unit_id, row.service_id), row) for row in found)


async def _full_answers(session: AsyncSession, span: Span) -> list[satisfaction.Row]:
    table = SurveyResponse
    sums = [func.sum(getattr(table, column)) for column in COLUMNS]
    statement = (
        select(table.unit_id, table.service_id, func.count(), *sums)
        .where(table.day >= span.first, table.day <= span.last)
        .group_by(table.unit_id, table.service_id)
    )
    return [
        satisfaction.Row("", unit_id, service_id, n, dict(zip(Element, map(int, scores), strict=True)))
        for unit_id, service_id, n, *scores in await session.execute(statement)
    ]


async def _taps(session: AsyncSession, span: Span) -> list[satisfaction.Row]:
    table = MicroAnswer
    keys = (table.unit_id, table.service_id, table.element)
    statement = (
        select(*keys, func.count(), func.sum(table.score))
        .where(table.day >= span.first, table.day <= span.last)
        .group_by(*keys)
    )
    return [
        satisfaction.Row("", unit_id, service_id, 0, {element: int(total)}, {element: count})
        for unit_id, service_id, element, count, total in await session.execute(statement)
    ]


async def times(session: AsyncSession, _city: City, span: Span) -> Collected[Times]:
    """Applications finished in those days."""
    table = ServiceRecord
    keys = (table.unit_id, table.service_id, table.minutes, table.on_time)
    statement = (
        select(*keys, func.count())
        .where(table.finished_on >= span.first, table.finished_on <= span.last, table.minutes.is_not(None))
        .group_by(*keys)
    )
    return _by_cell(
        (Cell(unit_id, service_id), Times(minutes or 0, on_time, many))
        for unit_id, service_id, minutes, on_time, many in await session.execute(statement)
    )


async def promises(session: AsyncSession, city: City, span: Span) -> Collected[Promise]:
    """Improvements whose date fell in those days, without the dropped ones."""
    table = Improvement
    statement = select(table.unit_id, table.service_id, table.due_on, table.status, table.done_at).where(
        table.due_on >= span.first, table.due_on <= span.last, table.status != Step.DROPPED
    )
    return _by_cell(
        (Cell(row.unit_id, row.service_id), Promise(is_kept(city, row))) for row in await session.execute(statement)
    )


def is_kept(city: City, row: Any) -> bool:
    """Whether an improvement was done by the end of its day."""
    done = row.status is Step.DONE and row.done_at is not None
    return done and city.calendar.local_day(row.done_at) <= row.due_on
