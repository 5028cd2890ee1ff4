"""The desks' lists: what waits there, by filters that are counted in one query, the most urgent first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.services.city import City
from bot.services.desk.visibility import restricted, visible_to
from models.complaint import Complaint
from models.employee import Employee
from models.rules.complaint_flow import AT_UNIT, AT_VERIFIER, OPEN, ArchiveReason, Status
from models.rules.permissions import Desk, Presser, Role

PAGE = 6
#: Working days before a promise within which a report is "due soon", where the limit `due_soon` says nothing.
SOON_DAYS = 2


class Filter(StrEnum):
    """What a list shows of its desk's reports."""

    MINE = "mine"
    WORK = "work"
    UNASSIGNED = "unassigned"
    SOON = "soon"
    OVERDUE = "overdue"
    WAITING = "waiting"
    RESTRICTED = "restricted"
    HELD = "held"
    SPAM = "spam"
    ALL = "all"


#: Desk → its filters, the one it opens with first.
FILTERS: dict[Desk, tuple[Filter, ...]] = {
    Desk.VERIFIER_QUEUE: (
        Filter.WORK,
        Filter.SOON,
        Filter.OVERDUE,
        Filter.WAITING,
        Filter.RESTRICTED,
        Filter.SPAM,
        Filter.ALL,
    ),
    Desk.UNIT_QUEUE: (
        Filter.WORK,
        Filter.MINE,
        Filter.UNASSIGNED,
        Filter.SOON,
        Filter.OVERDUE,
        Filter.WAITING,
        Filter.RESTRICTED,
        Filter.ALL,
    ),
    Desk.OVERSIGHT: (
        Filter.OVERDUE,
        Filter.RESTRICTED,
        Filter.HELD,
        Filter.SOON,
        Filter.UNASSIGNED,
        Filter.WAITING,
        Filter.ALL,
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One report of a list (with service, unit and area), and the name of the officer who has it."""

    complaint: Complaint
    officer: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: its rows, its number, how many pages and rows there are."""

    rows: Sequence[Row]
    number: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a desk's list under one filter, with how many reports each of the desk's filters would show."""

    desk: Desk
    filter: Filter
    page: Page
    counts: Mapping[Filter, int]


async def listed(
    session: AsyncSession, city: City, presser: Presser, desk: Desk, wanted: str, page: int, now: datetime
) -> Listed:
    """A page of a desk's list; two queries however many rows there are. An unknown filter is the desk's first."""
    filters = FILTERS[desk]
    chosen = next((one for one in filters if one == wanted), filters[0])
    scope = _scope(presser, desk)
    conditions = {one: _condition(one, city, presser, desk, now) for one in filters}
    counted = select(*(func.count().filter(condition) for condition in conditions.values()))
    counts = dict(zip(filters, (await session.execute(counted.where(scope))).one(), strict=True))
    found = await page_of(session, and_(scope, conditions[chosen]), counts[chosen], page)
    return Listed(desk, chosen, found, counts)


async def page_of(session: AsyncSession, condition: ColumnElement[bool], total: int, page: int) -> Page:
    """A page of the reports that meet the condition, of which there are `total`: one query."""
    pages = max(1, -(-total // PAGE))
    number = min(max(page, 0), pages - 1)
    oldest = case((Complaint.due_at.is_(None), -Complaint.id), else_=Complaint.id)
    waits = case((Complaint.paused_at.is_not(None), 1), else_=0)
    statement = (
        select(Complaint, Employee.name)
        .outerjoin(Employee, Employee.id == Complaint.officer_id)
        .where(condition)
        .options(joinedload(Complaint.service), joinedload(Complaint.unit), joinedload(Complaint.area))
        .order_by(Complaint.due_at.is_(None), waits, Complaint.due_at, oldest)
        .offset(number * PAGE)
        .limit(PAGE)
    )
    rows = [Row(complaint, name) for complaint, name in await session.execute(statement)]
    return Page(rows, number, pages, total)


def soon(city: City, now: datetime) -> datetime:
    """What is promised before this moment is due soon."""
    days = city.limits.working_days.get("due_soon", SOON_DAYS)
    return city.calendar.closes(city.calendar.add_working_days(city.today(now), days))


def _scope(presser: Presser, desk: Desk) -> ColumnElement[bool]:
    """The reports that belong to a desk and that this person may see."""
    if desk is Desk.UNIT_QUEUE:
        units = presser.units(Role.OFFICER, Role.HEAD)
        return and_(visible_to(presser), Complaint.unit_id.in_(units), Complaint.disposed_at.is_not(None))
    return and_(visible_to(presser), or_(Complaint.status.in_(OPEN), _is_junk()))


def _condition(which: Filter, city: City, presser: Presser, desk: Desk, now: datetime) -> ColumnElement[bool]:
    at_unit = Complaint.status.in_(AT_UNIT)
    running = and_(Complaint.paused_at.is_(None), Complaint.status.in_(OPEN))
    conditions: dict[Filter, ColumnElement[bool]] = {
        Filter.WORK: Complaint.status.in_(AT_VERIFIER) if desk is Desk.VERIFIER_QUEUE else at_unit,
        Filter.MINE: and_(at_unit, Complaint.officer_id == presser.employee_id),
        Filter.UNASSIGNED: and_(at_unit, Complaint.officer_id.is_(None)),
        Filter.SOON: and_(running, Complaint.due_at >= now, Complaint.due_at <= soon(city, now)),
        Filter.OVERDUE: and_(running, Complaint.due_at < now),
        Filter.WAITING: _waits_for_the_resident(),
        Filter.RESTRICTED: and_(Complaint.status.in_(OPEN), restricted()),
        Filter.HELD: Complaint.held_at.is_not(None),
        Filter.SPAM: _is_junk(),
        Filter.ALL: Complaint.status != Status.ARCHIVED,
    }
    return conditions[which]


def _is_junk() -> ColumnElement[bool]:
    return and_(Complaint.status == Status.ARCHIVED, Complaint.archive_reason == ArchiveReason.SPAM)


def _waits_for_the_resident() -> ColumnElement[bool]:
    """Asked something, or asked for the verdict."""
    asked = and_(Complaint.paused_at.is_not(None), Complaint.status.in_(OPEN))
    return or_(asked, Complaint.status.in_((Status.INCOMPLETE, Status.FOLLOWED_UP)))
