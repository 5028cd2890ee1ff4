"""Values that the city's records give to indicators: kept once a day, read in bulk, held beside what people typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.performance import values
from models.employee import Employee
from models.performance.indicator import Indicator, IndicatorFact
from models.performance.plan import PlanItem, WorkPlan
from models.rules.performance.aggregation import value_at
from models.rules.performance.plan_rules import PlanStatus
from models.rules.skm import rounded


@dataclass(frozen=True, slots=True)
class Measured:
    """What the records give for one indicator and period; `value` is None without a single record, never 0."""

    value: Decimal | None
    n: int
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """What one person's weekly reports give for an indicator, aggregated over the year so far."""

    employee_id: int
    name: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Beside:
    """The fact of an indicator next to what was typed for it; `differs` where somebody typed another value."""

    fact: IndicatorFact | None
    typed: tuple[Typed, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether the two do not say the same (to the hundredth)."""
        if self.fact is None or self.fact.value is None:
            return False
        return any(rounded(one.value) != rounded(self.fact.value) for one in self.typed)


async def latest_facts(
    session: AsyncSession, indicator_ids: Collection[int], day: date, period: str | None = None
) -> dict[int, IndicatorFact]:
    """The newest fact of each indicator as it stood on `day`, of the day's year or of `period`: one query.

    An indicator without a fact is left out; one whose fact has no value (no record) is there.
    """
    named = period or f"{day.year}"
    newest = (
        select(IndicatorFact.indicator_id, func.max(IndicatorFact.as_of).label("as_of"))
        .where(IndicatorFact.indicator_id.in_(indicator_ids), IndicatorFact.period == named, IndicatorFact.as_of <= day)
        .group_by(IndicatorFact.indicator_id)
        .subquery()
    )
    statement = (
        select(IndicatorFact)
        .join(
            newest,
            (IndicatorFact.indicator_id == newest.c.indicator_id) & (IndicatorFact.as_of == newest.c.as_of),
        )
        .where(IndicatorFact.period == named)
        .order_by(IndicatorFact.indicator_id)
    )
    return {fact.indicator_id: fact for fact in await session.scalars(statement)}


async def quarter_facts(session: AsyncSession, indicator_id: int, day: date) -> dict[int, IndicatorFact]:
    """The newest fact of each quarter of the day's year, by its number: one query."""
    statement = (
        select(IndicatorFact)
        .where(
            IndicatorFact.indicator_id == indicator_id,
            IndicatorFact.period.startswith(f"{day.year}-Q"),
            IndicatorFact.as_of <= day,
        )
        .order_by(IndicatorFact.as_of)
    )
    return {int(fact.period[-1]): fact for fact in await session.scalars(statement)}


async def keep(session: AsyncSession, period: str, as_of: date, measured: Mapping[int, Measured], now: datetime) -> int:
    """Write the facts of a period as they stand at the end of `as_of`, over those of the same day: how many."""
    statement = (
        select(IndicatorFact)
        .where(IndicatorFact.period == period, IndicatorFact.as_of == as_of)
        .order_by(IndicatorFact.id)
    )
    present = {fact.indicator_id: fact for fact in await session.scalars(statement)}
    for indicator_id, found in measured.items():
        fact = present.get(indicator_id)
        if fact is None:
            fact = IndicatorFact(indicator_id=indicator_id, period=period, as_of=as_of)
            session.add(fact)
        fact.value, fact.n, fact.computed_at = found.value, found.n, now
        fact.numerator, fact.denominator = found.numerator, found.denominator
    await session.flush()
    return len(measured)


async def beside(session: AsyncSession, indicator_ids: Collection[int], day: date) -> dict[int, Beside]:
    """For each indicator its fact and what was typed for it in the plans in force, the owner's first: three queries."""
    found = await latest_facts(session, indicator_ids, day)
    items = await _items(session, indicator_ids, day)
    lines = [item.line_id for item, *_ in items]
    weeks = await values.weekly(session, lines, values.first_week(day.year), day) if lines else {}
    typed: dict[int, list[Typed]] = {}
    for item, employee_id, name in items:
        value = value_at(item.aggregation, weeks.get(item.line_id, ()), day)
        if value is not None and item.indicator_id is not None:
            typed.setdefault(item.indicator_id, []).append(Typed(employee_id, name, value))
    return {number: Beside(found.get(number), tuple(typed.get(number, ()))) for number in indicator_ids}


async def _items(session: AsyncSession, indicator_ids: Collection[int], day: date) -> list[tuple[PlanItem, int, str]]:
    """The lines of plans in force that hang on the indicators, with whose they are."""
    owner_first = case((Indicator.owner_id == Employee.id, 0), else_=1)
    statement = (
        select(PlanItem, Employee.id, Employee.name)
        .join(WorkPlan, WorkPlan.id == PlanItem.plan_id)
        .join(Employee, Employee.id == WorkPlan.employee_id)
        .join(Indicator, Indicator.id == PlanItem.indicator_id)
        .where(
            PlanItem.indicator_id.in_(indicator_ids),
            WorkPlan.status == PlanStatus.APPROVED,
            WorkPlan.year == day.year,
        )
        .order_by(PlanItem.indicator_id, owner_first, Employee.name, PlanItem.id)
    )
    return [(item, employee_id, name) for item, employee_id, name in await session.execute(statement)]
