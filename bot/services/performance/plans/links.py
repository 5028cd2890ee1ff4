"""What a plan can begin with: the superior's results, the indicators of the unit, last year's plan."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select

from bot.services.performance.plans import reading
from bot.services.performance.plans.reading import Planning
from models.errors import Refusal
from models.performance.indicator import YEAR, Indicator, IndicatorTarget, Level
from models.performance.plan import PlanResult, WorkPlan
from models.rules.performance.plan_rules import PlanStatus, ResultKind


async def superior_results(by: Planning, plan: WorkPlan) -> Sequence[PlanResult]:
    """The results of the superior's approved plan of that year; none while there is no such plan, or at the top."""
    superior_id = await reading.superior_of(by, plan.employee_id)
    statement = (
        select(PlanResult)
        .join(WorkPlan, WorkPlan.id == PlanResult.plan_id)
        .where(
            WorkPlan.employee_id == (superior_id or 0),
            WorkPlan.year == plan.year,
            WorkPlan.status == PlanStatus.APPROVED,
        )
        .order_by(PlanResult.kind != ResultKind.MAIN, PlanResult.position)
    )
    return (await by.session.scalars(statement)).all()


async def links_needed(by: Planning, plan: WorkPlan) -> bool:
    """Whether every main result must name the superior's: everywhere but at the top (domain section 3)."""
    return await reading.superior_of(by, plan.employee_id) is not None


async def require_link(by: Planning, plan: WorkPlan, result_id: int) -> PlanResult:
    """A result of the superior's approved plan; refused with `no_such_plan_part` for any other."""
    found = next((row for row in await superior_results(by, plan) if row.id == result_id), None)
    if found is None:
        raise Refusal("no_such_plan_part")
    return found


async def indicators(by: Planning, plan: WorkPlan) -> Sequence[Indicator]:
    """The owner's own indicators, then those of the unit and the units above it, valid today."""
    owner = (await reading.whole(by.session, plan.id)).owner
    units: list[int] = []
    above: int | None = by.city.successor(owner.unit_id).id
    while above is not None and above not in units:
        units.append(above)
        above = by.city.units[above].parent_id
    of_units = Indicator.unit_id.in_([owner.unit_id, *units]) & (Indicator.level != Level.INDIVIDUAL)
    begun = or_(Indicator.valid_from.is_(None), Indicator.valid_from <= by.today)
    statement = (
        select(Indicator)
        .where(
            or_(Indicator.owner_id == plan.employee_id, of_units),
            begun,
            or_(Indicator.valid_to.is_(None), Indicator.valid_to >= by.today),
        )
        .order_by(Indicator.level != Level.INDIVIDUAL, Indicator.level != Level.UNIT, Indicator.code)
    )
    return (await by.session.scalars(statement)).all()


async def targets(by: Planning, indicator_id: int, year: int) -> dict[int, IndicatorTarget]:
    """The targets of an indicator in a year, by quarter (YEAR for the whole)."""
    statement = select(IndicatorTarget).where(
        IndicatorTarget.indicator_id == indicator_id, IndicatorTarget.year == year
    )
    return {row.quarter: row for row in await by.session.scalars(statement)}


async def year_target(by: Planning, indicator_id: int, year: int) -> IndicatorTarget | None:
    """The target of the whole year."""
    return (await targets(by, indicator_id, year)).get(YEAR)


async def last_year(by: Planning, plan: WorkPlan) -> WorkPlan | None:
    """The approved plan of the year before."""
    return await reading.in_force(by.session, plan.employee_id, plan.year - 1)
