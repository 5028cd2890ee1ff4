"""How well the desk works, in numbers: the indicators of domain section 2, counted in SQL, whole or by a dimension.

Source of the rates: national follow-up rate (PermenPANRB 62/2018 practice), Jakarta's completion rate. What counts is
COUNTED: no duplicates, no spam, nothing outside the city's authority (domain rule 21).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, extract, func, null, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from models.complaint import Complaint, ReportClass
from models.rules.complaint_flow import COUNTED, OPEN, Status, Verdict

#: Statuses in which a unit has begun to act: the numerator of the follow-up rate.
ACTED_ON = (Status.IN_PROGRESS, Status.FOLLOWED_UP, Status.REOPENED, Status.CLOSED)
#: Upper bounds, in days, of the ages of open reports; the last class has none.
AGES = (5, 14, 60)
SECONDS_A_DAY = 86_400


class Dimension(StrEnum):
    """By what the indicators are told apart."""

    UNIT = "unit"
    AREA = "area"
    REPORT_CLASS = "class"


@dataclass(frozen=True, slots=True)
class Slice:
    """Which reports are looked at: received from `since` to before `until`; None asks for all.

    `units` are those that somebody answers for: their figures leave out what is about the unit itself. `unit_id`,
    `area_id` and `report_class` are what was asked for.
    """

    since: datetime
    until: datetime
    units: frozenset[int] | None = None
    unit_id: int | None = None
    area_id: int | None = None
    report_class: ReportClass | None = None

    def condition(self) -> ColumnElement[bool]:
        """The same as SQL."""
        conditions = [Complaint.received_at >= self.since, Complaint.received_at < self.until]
        if self.units is not None:
            accused = Complaint.conflict_unit_id
            conditions.append(Complaint.unit_id.in_(self.units))
            conditions.append(or_(accused.is_(None), accused.not_in(self.units)))
        if self.unit_id is not None:
            conditions.append(Complaint.unit_id == self.unit_id)
        if self.area_id is not None:
            conditions.append(Complaint.area_id == self.area_id)
        if self.report_class is not None:
            conditions.append(Complaint.report_class == self.report_class)
        return and_(*conditions)


@dataclass(frozen=True, slots=True)
class Spread:
    """Of `n` durations in days: the median and the 90th percentile (nearest rank)."""

    n: int
    median: Decimal
    p90: Decimal


@dataclass(frozen=True, slots=True)
class Indicators:
    """The indicators of a set of reports; rates are shares of 1, None where there is nothing to divide by.

    `solved`, `not_solved` and `auto_closed` part the closed ones by who said so; `ages` counts open reports up to
    each bound of AGES and beyond.
    """

    received: int = 0
    counted: int = 0
    acted_on: int = 0
    closed: int = 0
    solved: int = 0
    not_solved: int = 0
    auto_closed: int = 0
    reopened: int = 0
    in_time: int = 0
    measured: int = 0
    score_sum: int = 0
    scores: int = 0
    ages: tuple[int, ...] = (0,) * (len(AGES) + 1)
    response: Spread | None = None
    closing: Spread | None = None

    @property
    def follow_up_rate(self) -> Decimal | None:
        """Acted on / counted."""
        return _share(self.acted_on, self.counted)

    @property
    def completion_rate(self) -> Decimal | None:
        """Closed / counted."""
        return _share(self.closed, self.counted)

    @property
    def in_time_rate(self) -> Decimal | None:
        """Settled by the promised date / settled, or not settled although the date is over."""
        return _share(self.in_time, self.measured)

    @property
    def reopened_rate(self) -> Decimal | None:
        """Reopened by the resident / counted."""
        return _share(self.reopened, self.counted)

    @property
    def confirmed_rate(self) -> Decimal | None:
        """Called solved by the resident / closed: what a machine closed is no confirmation."""
        return _share(self.solved, self.closed)

    @property
    def mean_score(self) -> Decimal | None:
        """Mean of the 1-4 scores given with the verdicts."""
        return _share(self.score_sum, self.scores)


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / whole if whole else None


@dataclass(frozen=True, slots=True)
class Overview:
    """The indicators of the whole slice and of each value of a dimension (None: not known)."""

    whole: Indicators
    parts: Mapping[Any, Indicators] = field(default_factory=dict)


_SUMMED = (
    *("received", "counted", "acted_on", "closed", "solved", "not_solved", "auto_closed"),
    *("reopened", "in_time", "measured", "score_sum", "scores"),
)
_COLUMNS: dict[Dimension, InstrumentedAttribute[Any]] = {
    Dimension.UNIT: Complaint.unit_id,
    Dimension.AREA: Complaint.area_id,
    Dimension.REPORT_CLASS: Complaint.report_class,
}


async def overview(session: AsyncSession, cut: Slice, dimension: Dimension, now: datetime) -> Overview:
    """The indicators of the slice, whole and by the dimension: six queries, however many reports there are."""
    whole = await _indicators(session, cut.condition(), None, now)
    parts = await _indicators(session, cut.condition(), _COLUMNS[dimension], now)
    return Overview(whole.get(None, Indicators()), parts)


async def received(session: AsyncSession, cut: Slice, dimension: Dimension) -> dict[Any, int]:
    """How many reports each known value of the dimension has in the slice: one query."""
    column = _COLUMNS[dimension]
    counted = select(column, func.count()).where(cut.condition(), column.is_not(None)).group_by(column)
    return {key: n for key, n in await session.execute(counted)}


async def _indicators(
    session: AsyncSession, condition: ColumnElement[bool], by: InstrumentedAttribute[Any] | None, now: datetime
) -> dict[Any, Indicators]:
    rows = await session.execute(_counts(condition, by, now))
    responses = await _spreads(session, and_(condition, _counted()), by, Complaint.first_response_at)
    closings = await _spreads(session, and_(condition, _counted()), by, Complaint.closed_at)
    return {
        row.key: Indicators(
            **{name: int(getattr(row, name) or 0) for name in _SUMMED},
            ages=tuple(int(getattr(row, f"age_{number}") or 0) for number in range(len(AGES) + 1)),
            response=responses.get(row.key),
            closing=closings.get(row.key),
        )
        for row in rows
    }


def _counted() -> ColumnElement[bool]:
    return Complaint.status.in_(COUNTED)


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((and_(_counted(), condition), 1), else_=0))


def _counts(condition: ColumnElement[bool], by: InstrumentedAttribute[Any] | None, now: datetime) -> Select[Any]:
    """One row a group, its columns named after the fields of Indicators."""
    ages = {f"age_{number}": age for number, age in enumerate(_ages(now))}
    sums = {**measures(now), **ages}
    statement = select(_key(by), *(column.label(name) for name, column in sums.items())).where(condition)
    return statement.group_by(by) if by is not None else statement


def measures(now: datetime) -> dict[str, ColumnElement[Any]]:
    """What is counted of reports, as sums in SQL, named after the fields of Indicators."""
    closed = Complaint.status == Status.CLOSED
    settled_at = func.coalesce(Complaint.followed_up_at, Complaint.closed_at)
    is_settled = settled_at.is_not(None)
    return {
        "received": func.count(),
        "counted": _how_many(Complaint.id.is_not(None)),
        "acted_on": _how_many(Complaint.status.in_(ACTED_ON)),
        "closed": _how_many(closed),
        "solved": _how_many(closed & (Complaint.verdict == Verdict.SOLVED)),
        "not_solved": _how_many(closed & (Complaint.verdict == Verdict.NOT_SOLVED)),
        "auto_closed": _how_many(closed & (Complaint.verdict == Verdict.WITHOUT_CONFIRMATION)),
        "reopened": _how_many(Complaint.reopened > 0),
        "in_time": _how_many(is_settled & (settled_at <= Complaint.settle_due_at)),
        "measured": _how_many(is_settled | (Complaint.settle_due_at < now)),
        "score_sum": func.sum(case((_counted(), func.coalesce(Complaint.score, 0)), else_=0)),
        "scores": _how_many(Complaint.score.is_not(None)),
    }


def _key(by: InstrumentedAttribute[Any] | None) -> ColumnElement[Any]:
    """The value that names a group; NULL where all is one."""
    return by.label("key") if by is not None else null().label("key")


def _ages(now: datetime) -> list[ColumnElement[int]]:
    """Open reports by age: received after now minus the bound, the youngest class first."""
    bounds = [now - timedelta(days=days) for days in AGES]
    is_open = Complaint.status.in_(OPEN)
    newer: list[ColumnElement[bool]] = [Complaint.received_at > bound for bound in bounds]
    older: list[ColumnElement[bool]] = [Complaint.received_at <= bound for bound in bounds]
    classes = [newer[0], *(old & new for old, new in zip(older, newer[1:], strict=False)), older[-1]]
    return [_how_many(is_open & age) for age in classes]


async def _spreads(
    session: AsyncSession,
    condition: ColumnElement[bool],
    by: InstrumentedAttribute[Any] | None,
    end: InstrumentedAttribute[datetime | None],
) -> dict[Any, Spread]:
    """Median and p90 of the days from receipt to `end`, by ranks that both databases can count."""
    seconds = extract("epoch", end) - extract("epoch", Complaint.received_at)
    ranked = (
        select(
            _key(by),
            seconds.label("seconds"),
            func.row_number().over(partition_by=by, order_by=seconds).label("rank"),
            func.count().over(partition_by=by).label("n"),
        )
        .where(condition, end.is_not(None))
        .subquery()
    )
    rank, n = ranked.c.rank, ranked.c.n
    is_middle = (rank * 2 == n) | (rank * 2 == n + 1) | (rank * 2 == n + 2)
    # Nearest rank: the smallest rank with rank / n >= 0.9.
    is_ninetieth = (rank * 10 >= n * 9) & (rank * 10 < n * 9 + 10)
    statement = select(
        ranked.c.key,
        func.max(n),
        func.avg(case((is_middle, ranked.c.seconds))),
        func.max(case((is_ninetieth, ranked.c.seconds))),
    ).group_by(ranked.c.key)
    return {
        key: Spread(count, _days(median), _days(p90)) for key, count, median, p90 in await session.execute(statement)
    }


def _days(seconds: Any) -> Decimal:
    return (Decimal(str(seconds)) / SECONDS_A_DAY).quantize(Decimal("0.01"))
