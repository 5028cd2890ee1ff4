"""A fact opened down to its rows: the reports, records, answers or improvements behind it, a page at a time.

Only rows that the presser may see are shown; the others are counted. A restricted report never shows here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true

from bot.reports import satisfaction
from bot.reports.performance import collecting
from bot.services.desk.visibility import unrestricted, visible_to
from bot.services.performance.indicators import Looking
from bot.services.performance.scope import Scope, Span, scope_of, span_of
from models.complaint import Complaint
from models.improvement import Improvement
from models.performance.indicator import Indicator, Source
from models.performance.service_record import ServiceRecord
from models.rules.complaint_flow import COUNTED, Status, Verdict
from models.rules.improvements import Step
from models.rules.permissions import Role
from models.rules.small_cells import is_publishable

PAGE = 10
_WHOLE_CITY = (Role.INSPECTOR, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Row:
    """One row behind a fact. `good`: it counts for the numerator; `amount`: what it adds to a median."""

    name: str
    at: date | datetime | None = None
    good: bool | None = None
    amount: Decimal | None = None
    complaint_id: int | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """A page of the rows, how many the presser may see, and how many there are in all."""

    rows: Sequence[Row]
    seen: int
    total: int


async def behind(by: Looking, indicator: Indicator, period: str, page: int) -> Behind:
    """The rows of a period until yesterday, as the fact counts them, the newest first."""
    span, scope = span_of(by.city, period, by.today - timedelta(days=1)), scope_of(by.city, indicator)
    match indicator.source:
        case Source.SETTLED_IN_TIME | Source.CONFIRMED_SHARE | Source.CLOSING_TIME:
            return await _reports(by, indicator.source, scope, span, page)
        case Source.COMPLETION_TIME | Source.COMPLETED_ON_TIME:
            return await _records(by, indicator.source, scope, span, page)
        case Source.SATISFACTION_INDEX:
            return await _answers(by, scope, span, page)
        case Source.IMPROVEMENTS_DONE:
            return await _improvements(by, scope, span, page)
    return Behind((), 0, 0)


async def _counts(by: Looking, column: Any, which: ColumnElement[bool], seen: ColumnElement[bool]) -> tuple[int, int]:
    """How many rows there are, and how many may be seen."""
    total = await by.session.scalar(select(func.count(column)).where(which))
    shown = await by.session.scalar(select(func.count(column)).where(which, seen))
    return total or 0, shown or 0


async def _reports(by: Looking, source: Source, scope: Scope, span: Span, page: int) -> Behind:
    settled_at = func.coalesce(Complaint.followed_up_at, Complaint.closed_at)
    counted: dict[Source, ColumnElement[bool]] = {
        Source.SETTLED_IN_TIME: or_(settled_at.is_not(None), Complaint.settle_due_at < span.until),
        Source.CONFIRMED_SHARE: Complaint.status == Status.CLOSED,
        Source.CLOSING_TIME: Complaint.closed_at.is_not(None),
    }
    which = and_(
        Complaint.received_at >= span.since,
        Complaint.received_at < span.until,
        Complaint.status.in_(COUNTED),
        counted[source],
        _within(scope),
    )
    seen = and_(visible_to(by.presser), unrestricted())
    total, shown = await _counts(by, Complaint.id, which, seen)
    statement = select(Complaint).where(which, seen).order_by(Complaint.received_at.desc(), Complaint.id)
    found = await by.session.scalars(statement.offset(page * PAGE).limit(PAGE))
    return Behind([_report(by, source, row) for row in found], shown, total)


def _within(scope: Scope) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [true()]
    if scope.service_id is not None:
        conditions.append(Complaint.service_id == scope.service_id)
    if scope.units is not None:
        accused = Complaint.conflict_unit_id
        conditions += [Complaint.unit_id.in_(scope.units), or_(accused.is_(None), accused.not_in(scope.units))]
    return and_(*conditions)


def _report(by: Looking, source: Source, row: Complaint) -> Row:
    if source is Source.CLOSING_TIME and row.closed_at is not None:
        local = by.city.calendar.local_day
        days = by.city.calendar.working_days_between(local(row.received_at), local(row.closed_at))
        return Row(row.code, row.received_at, amount=Decimal(days), complaint_id=row.id)
    if source is Source.CONFIRMED_SHARE:
        return Row(row.code, row.received_at, row.verdict is Verdict.SOLVED, complaint_id=row.id)
    settled_at = row.followed_up_at or row.closed_at
    good = settled_at is not None and settled_at <= row.settle_due_at
    return Row(row.code, row.received_at, good, complaint_id=row.id)


def _own_units(by: Looking, column: Any) -> ColumnElement[bool]:
    """Rows of the presser's units, of all for whoever looks after the city."""
    if by.presser.roles() & set(_WHOLE_CITY):
        return true()
    own: ColumnElement[bool] = column.in_(by.presser.units(Role.OFFICER, Role.HEAD))
    return own


async def _records(by: Looking, source: Source, scope: Scope, span: Span, page: int) -> Behind:
    table = ServiceRecord
    which = and_(
        table.finished_on >= span.first,
        table.finished_on <= span.last,
        table.minutes.is_not(None),
        table.on_time.is_not(None) if source is Source.COMPLETED_ON_TIME else true(),
        table.service_id == scope.service_id if scope.service_id is not None else true(),
        table.unit_id.in_(scope.units) if scope.units is not None else true(),
    )
    seen = _own_units(by, table.unit_id)
    total, shown = await _counts(by, table.id, which, seen)
    statement = select(table).where(which, seen).order_by(table.finished_at.desc(), table.id)
    found = await by.session.scalars(statement.offset(page * PAGE).limit(PAGE))
    rows = [Row(row.number, row.finished_at, row.on_time, Decimal(row.minutes or 0) / 60) for row in found]
    return Behind(rows, shown, total)


async def _answers(by: Looking, scope: Scope, span: Span, page: int) -> Behind:
    """By service: how many answered, and their index; nothing of fewer than five people."""
    found = await collecting.answers(by.session, by.city, span)
    services: dict[int, list[satisfaction.Row]] = {}
    for row in found.of(scope):
        services.setdefault(row.service_id, []).append(row)
    tallies = [(by.city.services[number].name, satisfaction.summed(rows)) for number, rows in services.items()]
    shown = sorted((one for one in tallies if is_publishable(one[1].n)), key=lambda one: (-one[1].n, one[0]))
    rows = [Row(f"{name} (n = {tally.n})", amount=tally.ikm) for name, tally in shown]
    return Behind(rows[page * PAGE : (page + 1) * PAGE], len(shown), len(tallies))


async def _improvements(by: Looking, scope: Scope, span: Span, page: int) -> Behind:
    table = Improvement
    which = and_(
        table.due_on >= span.first,
        table.due_on <= span.last,
        table.status != Step.DROPPED,
        table.service_id == scope.service_id if scope.service_id is not None else true(),
        table.unit_id.in_(scope.units) if scope.units is not None else true(),
    )
    seen = or_(_own_units(by, table.unit_id), table.owner_id == (by.presser.employee_id or 0))
    total, shown = await _counts(by, table.id, which, seen)
    statement = select(table).where(which, seen).order_by(table.due_on.desc(), table.id)
    found = await by.session.scalars(statement.offset(page * PAGE).limit(PAGE))
    rows = [Row(row.title, row.due_on, collecting.is_kept(by.city, row)) for row in found]
    return Behind(rows, shown, total)
