"""The follow-up plan as it stands: the draft from the weakest element up, one improvement, a page of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.acting import Acting
from bot.services.desk import colleagues
from bot.services.satisfaction.reach import family
from models.employee import Employee
from models.errors import Refusal
from models.improvement import Improvement, ImprovementEvent, ImprovementFinding, ImprovementReport
from models.rules.improvements import UNFINISHED, Step
from models.rules.performance.plan_rights import PlanAction, require_plan
from models.rules.skm import Element, Tally

PAGE = 6


@dataclass(frozen=True, slots=True)
class Finding:
    """The figure a plan answers: an element's sum of scores and number of answers in a period."""

    element: Element
    period: str
    n: int
    total: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line of the draft: an element's figure, and the improvement that is at work on it already."""

    finding: Finding
    at_work: Improvement | None


@dataclass(frozen=True, slots=True)
class Deciding(Acting):
    """Who decides, and when."""


@dataclass(frozen=True, slots=True)
class Work:
    """An improvement ready to show."""

    row: Improvement
    owner: str
    reports: int
    finding: ImprovementFinding | None
    events: Sequence[ImprovementEvent] = ()


async def draft(
    session: AsyncSession, units: frozenset[int], service_id: int | None, period: str, tally: Tally
) -> list[Proposal]:
    """A line for each element, from the lowest NRR up (domain rule 8); what nobody can do better is left out."""
    statement = (
        select(Improvement)
        .where(Improvement.unit_id.in_(units), Improvement.service_id == service_id, Improvement.status.in_(UNFINISHED))
        .order_by(Improvement.id)
    )
    at_work = {row.element: row for row in await session.scalars(statement)}
    return [
        Proposal(Finding(element, period, tally.answers(element), tally.sums[element]), at_work.get(element))
        for element in tally.ranked()
        if (tally.nrr(element) or 4) < 4
    ]


async def get(session: AsyncSession, improvement_id: int) -> Improvement:
    """The improvement; refused with `no_such_improvement`."""
    row = await session.get(Improvement, improvement_id)
    if row is None:
        raise Refusal("no_such_improvement")
    return row


async def reach(by: Deciding, action: PlanAction, improvement_id: int) -> Improvement:
    """The improvement if the person may do this to it."""
    row = await get(by.session, improvement_id)
    require_plan(by.presser, action, family(by.city, row.unit_id), row.owner_id)
    return row


def require_unfinished(row: Improvement) -> None:
    """Refuse with `improvement_is_over` what is done or dropped."""
    if row.status not in UNFINISHED:
        raise Refusal("improvement_is_over")


async def shown(by: Deciding, improvement_id: int) -> Work:
    """One improvement with its owner, its figure, its linked reports and its history."""
    row = await reach(by, PlanAction.VIEW, improvement_id)
    session = by.session
    reports = await session.scalar(select(func.count()).where(ImprovementReport.improvement_id == row.id))
    found = (
        select(ImprovementFinding).where(ImprovementFinding.improvement_id == row.id).order_by(ImprovementFinding.id)
    )
    events = select(ImprovementEvent).where(ImprovementEvent.improvement_id == row.id).order_by(ImprovementEvent.id)
    return Work(
        row,
        await colleagues.name_of(session, row.owner_id) or "",
        reports or 0,
        (await session.scalars(found)).first(),
        (await session.scalars(events)).all(),
    )


async def listed(
    session: AsyncSession, units: frozenset[int] | None, owner_id: int | None, page: int
) -> tuple[list[Work], int]:
    """One page of the improvements of some units (None: all), or of one owner: unfinished ones first, by date.

    Two queries, however long the list.
    """
    condition = _whose(units, owner_id)
    total = await session.scalar(select(func.count()).select_from(Improvement).where(condition)) or 0
    linked = (
        select(func.count())
        .where(ImprovementReport.improvement_id == Improvement.id)
        .correlate(Improvement)
        .scalar_subquery()
    )
    is_over = case((Improvement.status.in_(UNFINISHED), 0), else_=1)
    rows = await session.execute(
        select(Improvement, Employee.name, linked)
        .join(Employee, Employee.id == Improvement.owner_id)
        .where(condition)
        .order_by(is_over, Improvement.due_on, Improvement.id)
        .offset(page * PAGE)
        .limit(PAGE)
    )
    return [Work(row, owner, count, None) for row, owner, count in rows], total


def _whose(units: frozenset[int] | None, owner_id: int | None) -> ColumnElement[bool]:
    mine = Improvement.owner_id == owner_id
    if units is None:
        return Improvement.id.is_not(None)
    return or_(Improvement.unit_id.in_(units), mine) if owner_id is not None else Improvement.unit_id.in_(units)


async def public_work(
    session: AsyncSession, units: frozenset[int] | None, service_id: int | None, since: date, most: int
) -> list[Improvement]:
    """What everybody may read of being improved: unfinished lines, and what was done since a day."""
    recent = and_(Improvement.status == Step.DONE, Improvement.due_on >= since)
    conditions = [or_(Improvement.status.in_(UNFINISHED), recent)]
    if units is not None:
        conditions.append(Improvement.unit_id.in_(units))
    if service_id is not None:
        conditions.append(or_(Improvement.service_id == service_id, Improvement.service_id.is_(None)))
    statement = select(Improvement).where(*conditions).order_by(Improvement.due_on, Improvement.id).limit(most)
    return list(await session.scalars(statement))
