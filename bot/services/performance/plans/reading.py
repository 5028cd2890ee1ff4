"""A work plan with everything in it, its versions, and who may see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from bot.services.acting import Acting
from bot.services.performance import chain
from models.employee import Employee
from models.errors import Refusal
from models.performance.plan import CoreValue, PlanBehaviour, PlanEvent, PlanItem, PlanResult, WorkPlan
from models.rules.performance.hands import Hand, superiors_of
from models.rules.performance.plan_rules import (
    ItemDraft,
    PlanGap,
    PlanStatus,
    ResultDraft,
    ResultKind,
    WorkPlanAction,
    plan_gaps,
    require_plan_action,
)

#: A version that still may become the one in force.
OPEN = (PlanStatus.DRAFT, PlanStatus.SUBMITTED, PlanStatus.RETURNED)
#: From this month on next year's plan can be drafted: it is set in January (PermenPANRB 6/2022).
NEXT_YEAR_FROM = 10


@dataclass(frozen=True, slots=True)
class Result:
    """A result with what measures it, and the title of the superior's result that it serves."""

    row: PlanResult
    items: tuple[PlanItem, ...]
    serves: str | None


@dataclass(frozen=True, slots=True)
class Whole:
    """A version of a plan with all of its parts; `superior` approves or approved it (None: not known yet, or nobody).

    `decided` is the last step with words: what the superior wrote, or why there is a new version.
    """

    plan: WorkPlan
    owner: Employee
    superior: Employee | None
    results: tuple[Result, ...]
    behaviours: Mapping[CoreValue, str]
    decided: PlanEvent | None

    @property
    def items(self) -> tuple[PlanItem, ...]:
        """Every item, in the order of the numbers."""
        return tuple(sorted((item for one in self.results for item in one.items), key=lambda item: item.position))

    def result(self, result_id: int) -> Result:
        """One result; refused with `no_such_plan_part`."""
        found = next((one for one in self.results if one.row.id == result_id), None)
        if found is None:
            raise Refusal("no_such_plan_part")
        return found

    def item(self, item_id: int) -> PlanItem:
        """One item; refused with `no_such_plan_part`."""
        found = next((item for item in self.items if item.id == item_id), None)
        if found is None:
            raise Refusal("no_such_plan_part")
        return found

    def gaps(self, *, links_needed: bool = False) -> list[PlanGap]:
        """What the plan lacks, in the order of `results`."""
        return plan_gaps([drafted(one) for one in self.results], links_needed)


def drafted(one: Result) -> ResultDraft:
    """A stored result as the rules read it."""
    items = tuple(
        ItemDraft(row.name, row.measure_unit, row.polarity, row.aggregation, row.low, row.high, row.quarters)
        for row in one.items
    )
    return ResultDraft(one.row.kind, one.row.title, items, one.row.superior_result_id is not None)


@dataclass(frozen=True, slots=True)
class Planning(Acting):
    """Who does something about plans, and when: the first argument of every step."""

    async def reach(self, action: WorkPlanAction, plan_id: int) -> WorkPlan:
        """The plan, if this person may do this to it now; refused as `require_plan_action` does."""
        plan = await self.session.get(WorkPlan, plan_id)
        if plan is None or self.presser.employee_id is None:
            raise Refusal("no_such_plan" if plan is None and self.presser.employee_id else "not_your_role")
        if action is not WorkPlanAction.VIEW or not self.sees_everyone:
            require_plan_action(action, plan.status, await self.hands(plan.employee_id))
        return plan

    async def hands(self, owner_id: int) -> frozenset[Hand]:
        """What the person is today to this civil servant's plan."""
        return await chain.hands(self.session, self.presser.employee_id, owner_id, self.today)

    async def require_view(self, owner_id: int) -> None:
        """Refused with `not_your_subordinate` unless the person may see the plans of this civil servant."""
        if not self.sees_everyone and not await self.hands(owner_id):
            raise Refusal("not_your_subordinate")


async def whole(session: AsyncSession, plan_id: int) -> Whole:
    """Everything of a plan: the number of queries does not depend on what is in it."""
    plan = await session.get(WorkPlan, plan_id)
    if plan is None:
        raise Refusal("no_such_plan")
    people = (
        select(Employee)
        .options(joinedload(Employee.unit))
        .where(Employee.id.in_([plan.employee_id, plan.superior_id or plan.employee_id]))
    )
    staff = {row.id: row for row in await session.scalars(people)}
    behaviours = await session.execute(
        select(PlanBehaviour.core_value, PlanBehaviour.expectation).where(PlanBehaviour.plan_id == plan_id)
    )
    decided = await session.scalar(
        select(PlanEvent)
        .where(PlanEvent.plan_id == plan_id, PlanEvent.text.is_not(None))
        .order_by(PlanEvent.id.desc())
        .limit(1)
    )
    return Whole(
        plan,
        staff[plan.employee_id],
        staff.get(plan.superior_id or 0),
        await _results(session, plan_id),
        {value: words for value, words in behaviours},
        decided,
    )


async def _results(session: AsyncSession, plan_id: int) -> tuple[Result, ...]:
    """Main ones first, each with its items."""
    served = aliased(PlanResult)
    statement = (
        select(PlanResult, served.title)
        .outerjoin(served, served.id == PlanResult.superior_result_id)
        .where(PlanResult.plan_id == plan_id)
        .order_by(PlanResult.position)
    )
    items: dict[int, list[PlanItem]] = {}
    for item in await session.scalars(select(PlanItem).where(PlanItem.plan_id == plan_id).order_by(PlanItem.position)):
        items.setdefault(item.result_id, []).append(item)
    found = [Result(row, tuple(items.get(row.id, ())), serves) for row, serves in await session.execute(statement)]
    return tuple(sorted(found, key=lambda one: one.row.kind is not ResultKind.MAIN))


async def versions(session: AsyncSession, employee_id: int, year: int) -> Sequence[WorkPlan]:
    """Every version of a year, the newest first."""
    return await _plans(session, WorkPlan.employee_id == employee_id, WorkPlan.year == year)


async def latest(session: AsyncSession, employee_id: int, year: int) -> WorkPlan | None:
    """The newest version of a year."""
    return next(iter(await versions(session, employee_id, year)), None)


async def in_force(session: AsyncSession, employee_id: int, year: int) -> WorkPlan | None:
    """The approved version of a year."""
    found = await versions(session, employee_id, year)
    return next((plan for plan in found if plan.status is PlanStatus.APPROVED), None)


async def years(by: Planning, employee_id: int) -> list[int]:
    """The years of which there is a plan, or can be one; the newest first."""
    found = set(await by.session.scalars(select(WorkPlan.year).where(WorkPlan.employee_id == employee_id).distinct()))
    return sorted(found | set(open_years(by.today)), reverse=True)


def open_years(today: date) -> tuple[int, ...]:
    """The years for which a plan can be begun."""
    return (today.year, today.year + 1) if today.month >= NEXT_YEAR_FROM else (today.year,)


async def steps(session: AsyncSession, plan_id: int) -> list[tuple[PlanEvent, str | None]]:
    """Every step of a plan with the name of the civil servant who took it."""
    statement = (
        select(PlanEvent, Employee.name)
        .outerjoin(Employee, Employee.person_id == PlanEvent.actor_id)
        .where(PlanEvent.plan_id == plan_id)
        .order_by(PlanEvent.id)
    )
    return [(step, name) for step, name in await session.execute(statement)]


async def superior_of(by: Planning, owner_id: int) -> int | None:
    """The superior of today whose results the owner's serve; None at the top."""
    up = await chain.above(by.session, owner_id, by.today)
    return next((one for one in up if one != owner_id), None)


async def approvers(by: Planning, owner_id: int) -> frozenset[int]:
    """The civil servants who may approve the owner's plan today."""
    return superiors_of(owner_id, await chain.line(by.session, owner_id, by.today))


async def _plans(session: AsyncSession, *where: ColumnElement[bool]) -> Sequence[WorkPlan]:
    return (await session.scalars(select(WorkPlan).where(*where).order_by(WorkPlan.number.desc()))).all()
