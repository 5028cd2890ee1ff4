"""What stood in a period: lines with their achievement, weeks, obstacles, feedback, residents' reports.

Gathered for any number of employees in a fixed number of queries. The card of an evaluation shows it, the rating
freezes it, a recognition judges by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from bot.services.performance import in_force, values
from bot.services.performance.evaluation.period_records import Service, Told, Week, feedback, obstacles, service, weeks
from bot.services.performance.facts import latest_facts
from bot.services.performance.in_force import Line
from bot.services.performance.weekly import expected_weeks
from models.performance.indicator import IndicatorFact
from models.performance.plan import PlanItem
from models.rules.performance.achievement import Polarity, Target, achievement, average, displayed
from models.rules.performance.aggregation import value_at
from models.rules.performance.evaluation_period import EvaluationPeriod
from models.rules.performance.plan_rules import split_of
from models.rules.performance.predicate import Rating, SuggestionLimits, suggestion
from models.rules.performance.weeks import weeks_between


@dataclass(frozen=True, slots=True)
class LineFact:
    """A line of the plan: target and value of the period, raw achievement, and what the records say (of `records`).

    `value` is None where nothing was reported; `record` is None where no indicator of facts stands behind it.
    """

    number: int
    result: str
    name: str
    measure_unit: str
    is_main: bool
    target: Target | None = None
    value: Decimal | None = None
    reached: Decimal | None = None
    record: Decimal | None = None
    records: int = 0
    is_yes_no: bool = False

    @property
    def shown(self) -> Decimal | None:
        """The achievement as it is shown: capped."""
        return None if self.reached is None else displayed(self.reached)

    @property
    def differs(self) -> bool:
        """Whether the records say something else than what was typed."""
        return self.record is not None and self.value is not None and self.record != self.value


@dataclass(frozen=True, slots=True)
class Weeks:
    """Weeks that needed a report, and of those: reported, of these late, corrected."""

    due: int = 0
    reported: int = 0
    late: int = 0
    corrected: int = 0

    @property
    def missing(self) -> int:
        """Weeks without a report."""
        return max(self.due - self.reported, 0)


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """Everything about one employee and period."""

    lines: tuple[LineFact, ...] = ()
    weeks: Weeks = field(default_factory=Weeks)
    obstacles: tuple[Told, ...] = ()
    feedback: tuple[Told, ...] = ()
    service: Service = field(default_factory=Service)

    @property
    def main(self) -> list[Decimal | None]:
        """Raw achievements of the main lines."""
        return [line.reached for line in self.lines if line.is_main]

    @property
    def average(self) -> Decimal | None:
        """The mean achievement, each line capped."""
        return average([line.reached for line in self.lines])

    def suggested(self, limits: SuggestionLimits) -> Rating | None:
        """What the figures suggest for the results; None: nothing."""
        return suggestion(self.main, [line.reached for line in self.lines if not line.is_main], limits)


def limits_of(city: City) -> SuggestionLimits:
    """From which averages a rating is suggested, as the city set it."""
    above = city.fact("evaluation.suggest_above")
    return SuggestionLimits(Decimal(city.fact("evaluation.suggest_meets", "100")), Decimal(above) if above else None)


async def gather(
    session: AsyncSession, city: City, employee_ids: Collection[int], period: EvaluationPeriod, now: datetime
) -> dict[int, PeriodFacts]:
    """The facts of each employee: as many queries for one as for all."""
    first, last = period.weeks
    plans = await in_force.on(session, employee_ids, period.last)
    lines = [line for plan in plans.values() for line in plan.lines]
    weekly = await values.weekly(session, {line.id for line in lines}, first, last)
    measured = {line.item.indicator_id for line in lines if line.item.indicator_id is not None}
    records = await latest_facts(session, measured, city.today(now), period.code)
    reports = await weeks(session, employee_ids, first, last)
    due = await _weeks_due(session, city, employee_ids, period, now)
    stood = await obstacles(session, employee_ids, first, last)
    said = await feedback(session, employee_ids, city.calendar.zone, period)
    served = await service(session, employee_ids, city.calendar.zone, period)
    return {
        one: PeriodFacts(
            lines=tuple(_line(line, weekly, records, period) for line in plans[one].lines) if one in plans else (),
            weeks=_counted(due.get(one, ()), reports.get(one, ())),
            obstacles=tuple(stood.get(one, ())),
            feedback=tuple(said.get(one, ())),
            service=served.get(one, Service()),
        )
        for one in employee_ids
    }


async def gather_one(
    session: AsyncSession, city: City, employee_id: int, period: EvaluationPeriod, now: datetime
) -> PeriodFacts:
    """The facts of one employee."""
    return (await gather(session, city, [employee_id], period, now))[employee_id]


async def _weeks_due(
    session: AsyncSession, city: City, employee_ids: Collection[int], period: EvaluationPeriod, now: datetime
) -> dict[int, list[date]]:
    """The weeks of the period that each owes by now."""
    expected = await expected_weeks(session, city, weeks_between(*period.weeks), employee_ids)
    found: dict[int, list[date]] = {}
    for week, owing in expected.items():
        for one in owing:
            if one.due_at <= now:
                found.setdefault(one.employee_id, []).append(week)
    return found


def _counted(due: Iterable[date], reported: Sequence[Week]) -> Weeks:
    """A report of a week that needed none counts as well: then that week was due."""
    owed = {*due, *(week.week for week in reported)}
    return Weeks(
        due=len(owed),
        reported=len(reported),
        late=sum(week.late for week in reported),
        corrected=sum(week.corrected for week in reported),
    )


def _line(
    line: Line,
    weekly: Mapping[int, Sequence[tuple[date, Decimal]]],
    records: Mapping[int, IndicatorFact],
    period: EvaluationPeriod,
) -> LineFact:
    item, (first, last) = line.item, period.weeks
    target = _target(item, period)
    value = value_at(item.aggregation, weekly.get(line.id, ()), last, first)
    record = records.get(item.indicator_id or 0)
    return LineFact(
        number=item.position,
        result=line.result.title,
        name=item.name,
        measure_unit=item.measure_unit,
        is_main=line.is_main,
        target=target,
        value=value,
        reached=_reached(item.polarity, value, target),
        record=None if record is None else record.value,
        records=0 if record is None else record.n,
        is_yes_no=item.polarity is Polarity.YES_NO,
    )


def _target(item: PlanItem, period: EvaluationPeriod) -> Target | None:
    """What was due in the period; a plain yes is due whole, or not at all."""
    year = Target.of(item.low, item.high)
    if not period.quarter:
        return year
    if item.polarity is Polarity.YES_NO:
        return year if item.quarters[period.quarter - 1] is not None else None
    return split_of(item.aggregation, *year, item.quarters)[period.quarter - 1]


def _reached(polarity: Polarity, value: Decimal | None, target: Target | None) -> Decimal | None:
    """The raw achievement; None where nothing was due in the period."""
    if target is None or (polarity is Polarity.HIGHER and not target.low):
        return None
    return achievement(polarity, value, *target)
