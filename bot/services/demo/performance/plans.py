"""The invented city's work plans of this year: from the top down, most of them approved, a few on their way."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from bot.services.performance.plans.behaviours import standard
from bot.services.performance.plans.drafting import suggested
from models.employee import Employee, RoleGrant
from models.performance.indicator import YEAR, Indicator, IndicatorTarget
from models.performance.plan import Aspect, PlanBehaviour, PlanItem, PlanResult, WorkPlan
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.plan_rules import PlanStatus, ResultKind
from models.rules.permissions import Role

WORDS = Path(__file__).parent / "plans.toml"
#: What is begun on which days of January, at 10.00.
BEGUN, SUBMITTED, DECIDED = 6, 13, 20
#: The officers whose plans are on their way: (unit, place) → how far; everybody else's is in force.
ON_THE_WAY: dict[tuple[str, int], PlanStatus] = {
    ("perkim", 1): PlanStatus.SUBMITTED,
    ("pupr", 3): PlanStatus.RETURNED,
    ("dishub", 2): PlanStatus.DRAFT,
    ("dinkes", 3): PlanStatus.SUBMITTED,
    ("disdik", 2): PlanStatus.RETURNED,
}
#: Who has none yet.
WITHOUT = ("disdagin", 3)
#: Whose plan was changed once, and why.
CHANGED = ("pupr", 0)
REASON = "Target dinaikkan sesudah ada tambahan regu dan bahan."
RETURNED = "Mohon targetnya disamakan dengan indikator unit, lalu ajukan lagi."
ADDITIONAL_EACH = 5
Told = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Part:
    """A result to be written: its words, what measures it, which result of the superior it serves (from 1)."""

    title: str
    measures: Sequence[str]
    serves: int | None
    kind: ResultKind = ResultKind.MAIN


class Plans:
    """Writes the plans, one after the other; keeps the results that others can serve."""

    def __init__(self, session: AsyncSession, city: City, now: datetime) -> None:
        self._session = session
        self._city = city
        self._now = now
        self._year = city.today(now).year
        self._words: dict[str, Any] = tomllib.loads(WORDS.read_text(encoding="utf-8"))
        self._indicators: dict[str, Indicator] = {}
        self._targets: dict[int, dict[int, IndicatorTarget]] = {}

    async def tell(self) -> None:
        """From the top down."""
        await self._know_indicators()
        heads = await self._holders(Role.HEAD)
        top = next((one for one in heads if self._unit(one) == "setda"), None)
        if top is None:
            return
        above = await self._write(top, [Part(t, m, None) for t, m in self._words["top"].items()], [])
        for role in (Role.VERIFIER, Role.INSPECTOR, Role.HR, Role.ADMIN):
            told = self._words["city"][role.value]
            for one in await self._holders(role):
                await self._write(one, [Part(t, m, told["serves"]) for t, m in told["job"].items()], above)
        for head in heads:
            if self._unit(head) in self._words["units"]:
                await self._of_unit(head, above)

    async def _of_unit(self, head: Employee, above: list[PlanResult]) -> None:
        """The head's plan and those of the officers."""
        unit = self._city.units[head.unit_id]
        told = self._words["units"][unit.code]
        parts = [
            Part(_with(title, unit.short_name, unit.code), [_with(m, unit.short_name, unit.code) for m in found], n)
            for n, (title, found) in enumerate(self._words["head"].items(), start=1)
        ]
        own = await self._write(head, [*parts, Part(told["head"], told["measures"], 1)], above)
        jobs = list(told["jobs"].items())
        for place, officer in enumerate(await self._led_by(head)):
            if (unit.code, place) != WITHOUT:
                title, measures = jobs[place % len(jobs)]
                await self._officer(officer, head, own, Part(title, measures, len(own)), (unit.code, place))

    async def _officer(
        self, officer: Employee, head: Employee, above: list[PlanResult], job: Part, place: tuple[str, int]
    ) -> None:
        parts = [job, *(Part(t, m, 2) for t, m in self._words["officer"].items())]
        if officer.id % ADDITIONAL_EACH == 0:
            additional = self._words["additional"].items()
            parts += [Part(t, m, None, ResultKind.ADDITIONAL) for t, m in additional]
        status = ON_THE_WAY.get(place, PlanStatus.APPROVED)
        await self._write(officer, parts, above, status=status, superior=head)
        if place == CHANGED:
            await self._write(officer, parts, above, superior=head, number=2)

    # --- one plan ---

    async def _write(
        self,
        owner: Employee,
        parts: Sequence[Part],
        above: list[PlanResult],
        *,
        status: PlanStatus = PlanStatus.APPROVED,
        superior: Employee | None = None,
        number: int = 1,
    ) -> list[PlanResult]:
        before = await self._items_before(owner, number)
        plan = WorkPlan(
            employee_id=owner.id,
            year=self._year,
            number=number,
            created_at=self._moment(BEGUN, number),
            superior_id=superior.id if superior is not None else owner.supervisor_id,
            reason=REASON if number > 1 else None,
            demo=True,
        )
        self._session.add(plan)
        await self._session.flush()
        results = await self._write_parts(plan, parts, above, before)
        for value, words in standard().items():
            self._session.add(PlanBehaviour(plan_id=plan.id, core_value=value, expectation=words))
        await self._move(plan, owner, superior, status)
        await self._session.flush()
        return results

    async def _write_parts(
        self, plan: WorkPlan, parts: Sequence[Part], above: list[PlanResult], before: Mapping[str, int]
    ) -> list[PlanResult]:
        results, position = [], 0
        for place, part in enumerate(parts, start=1):
            served = above[part.serves - 1].id if part.serves is not None and above else None
            row = PlanResult(
                plan_id=plan.id, position=place, kind=part.kind, title=part.title, superior_result_id=served
            )
            self._session.add(row)
            await self._session.flush()
            results.append(row)
            for measure in part.measures:
                position += 1
                values = self._measure(measure)
                origin = before.get(values["name"])
                item = PlanItem(plan_id=plan.id, result_id=row.id, position=position, origin_id=origin, **values)
                self._session.add(item)
        await self._session.flush()
        return results

    def _measure(self, told: str) -> dict[str, Any]:
        """The columns of an item; of one with an indicator of the city they are the indicator's."""
        name, aspect, target, unit, way, *codes = (part.strip() for part in told.split("|"))
        indicator = self._indicators.get(codes[0]) if codes else None
        polarity, aggregation = _way(way)
        if indicator is not None:
            name, unit = indicator.name, indicator.measure_unit
            polarity, aggregation = indicator.polarity, indicator.aggregation
        found = self._targets.get(indicator.id, {}) if indicator is not None else {}
        year = found.get(YEAR)
        low, high = (year.low, year.high) if year is not None else (Decimal(target), Decimal(target))
        if year is not None and all(quarter in found for quarter in range(1, 5)):
            quarters: Sequence[Decimal | None] = [found[quarter].low for quarter in range(1, 5)]
        else:
            quarters = suggested(polarity, aggregation, low)
        return {
            "name": name,
            "indicator_id": indicator.id if indicator is not None else None,
            "aspect": Aspect(aspect),
            "polarity": polarity,
            "aggregation": aggregation,
            "measure_unit": unit,
            "low": low,
            "high": high,
            **dict(zip(("q1", "q2", "q3", "q4"), quarters, strict=True)),
        }

    async def _move(self, plan: WorkPlan, owner: Employee, superior: Employee | None, status: PlanStatus) -> None:
        """The steps up to this state, each on its day; the version before makes way."""
        if status is PlanStatus.DRAFT:
            return
        plan.move(PlanStatus.SUBMITTED, self._moment(SUBMITTED, plan.number), actor_id=owner.person_id)
        if status is PlanStatus.SUBMITTED:
            return
        by, moment = (superior.person_id if superior is not None else None), self._moment(DECIDED, plan.number)
        plan.move(status, moment, actor_id=by, text=RETURNED if status is PlanStatus.RETURNED else None)
        if plan.number > 1:
            former = await self._session.scalar(
                select(WorkPlan).where(
                    WorkPlan.employee_id == owner.id, WorkPlan.year == plan.year, WorkPlan.number == plan.number - 1
                )
            )
            if former is not None:
                former.move(PlanStatus.SUPERSEDED, moment, actor_id=by)

    def _moment(self, day: int, number: int) -> datetime:
        """Ten in the morning of that day of January, a later version's in March; never after now."""
        month = 1 if number == 1 else 3
        moment = datetime(self._year, month, day, 3, tzinfo=UTC)
        return min(moment, self._now - timedelta(hours=30 - day))

    # --- who there is ---

    async def _items_before(self, owner: Employee, number: int) -> dict[str, int]:
        """The lines of the first version, by name."""
        if number == 1:
            return {}
        statement = (
            select(PlanItem.name, PlanItem.id)
            .join(WorkPlan, WorkPlan.id == PlanItem.plan_id)
            .where(WorkPlan.employee_id == owner.id, WorkPlan.year == self._year, WorkPlan.number == 1)
        )
        return {name: item_id for name, item_id in await self._session.execute(statement)}

    async def _holders(self, role: Role) -> Sequence[Employee]:
        statement = select(Employee).join(RoleGrant).where(RoleGrant.role == role).order_by(Employee.id)
        return (await self._session.scalars(statement)).all()

    async def _led_by(self, head: Employee) -> Sequence[Employee]:
        statement = select(Employee).where(Employee.supervisor_id == head.id).order_by(Employee.id)
        return (await self._session.scalars(statement)).all()

    def _unit(self, employee: Employee) -> str:
        return self._city.units[employee.unit_id].code

    async def _know_indicators(self) -> None:
        self._indicators = {row.code: row for row in await self._session.scalars(select(Indicator))}
        statement = select(IndicatorTarget).where(IndicatorTarget.year == self._year)
        for row in await self._session.scalars(statement):
            self._targets.setdefault(row.indicator_id, {})[row.quarter] = row


async def tell_plans(session: AsyncSession, city: City, now: datetime) -> None:
    """Write them all; nobody is told."""
    await Plans(session, city, now).tell()


def _way(told: str) -> tuple[Polarity, Aggregation]:
    """`turun mean` → less is better, the mean; `yes` → yes or no."""
    if told == "yes":
        return Polarity.YES_NO, Aggregation.LAST
    polarity = Polarity.LOWER if told.startswith("turun ") else Polarity.HIGHER
    return polarity, Aggregation(told.removeprefix("turun "))


def _with(told: str, unit: str, code: str) -> str:
    return told.format(unit=unit, code=code)
