"""By what a recognition is judged: the records of a period, of everybody or every unit, in a fixed number of queries.

An employee's ratings are the scores that residents gave to the reports the employee settled; a unit's are the one-tap
ratings of its services.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.people import valid_on
from bot.services.performance import chain
from bot.services.performance.evaluation.judging import Judging
from bot.services.performance.evaluation.period_facts import PeriodFacts, gather
from bot.services.performance.evaluation.period_records import Service, closed_within, settled_columns
from bot.services.performance.facts import latest_facts
from models.complaint import Complaint
from models.employee import Employee
from models.organisation import Service as PublicService
from models.performance.indicator import Indicator, IndicatorTarget, Level
from models.performance.recognition import RecognitionFor
from models.rules.complaint_flow import Verdict
from models.rules.performance.achievement import Polarity, achievement
from models.rules.performance.evaluation_period import EvaluationPeriod
from models.rules.performance.recognition import CriterionKind, RecognitionFacts
from models.survey import Pulse

_HUNDRED = Decimal(100)
Facts = dict[int, RecognitionFacts]


async def everybody(session: AsyncSession, day: date) -> dict[int, int]:
    """Who serves that day, with the unit of that day."""
    statement = chain.placed(select(Employee.id, chain.unit_column()), day).where(valid_on(Employee, day))
    return {employee: unit for employee, unit in await session.execute(statement)}


async def of_employees(by: Judging, period: EvaluationPeriod, employee_ids: Collection[int]) -> Facts:
    """The facts of these employees."""
    found = await gather(by.session, by.city, employee_ids, period, by.now)
    return {one: _of_employee(facts) for one, facts in found.items()}


def _of_employee(facts: PeriodFacts) -> RecognitionFacts:
    served = facts.service
    return RecognitionFacts(
        main=tuple(facts.main),
        weeks_due=facts.weeks.due,
        weeks_reported=facts.weeks.reported,
        upheld_complaints=served.upheld,
        ratings=served.scores,
        rating_sum=served.score_sum,
        settled=served.settled,
        in_time=served.in_time,
        confirmed=served.confirmed,
        reopened=served.reopened,
    )


async def of_units(by: Judging, period: EvaluationPeriod) -> Facts:
    """The facts of every unit that exists on the period's last day; of a merged one they are its successor's."""
    people = await everybody(by.session, period.last)
    work = await gather(by.session, by.city, list(people), period, by.now)
    weeks: dict[int, list[int]] = {}
    for employee, unit in people.items():
        sums = weeks.setdefault(by.city.successor(unit).id, [0, 0])
        sums[0] += work[employee].weeks.due
        sums[1] += work[employee].weeks.reported
    settled = await _settled(by, Complaint.unit_id, period)
    upheld = await _upheld(by, period)
    ratings = await _ratings(by, period)
    main = await _indicators(by, period)
    return {
        unit.id: _of_unit(
            settled.get(unit.id, Service()),
            tuple(weeks.get(unit.id, [0, 0])),
            ratings.get(unit.id, (0, 0)),
            tuple(main.get(unit.id, ())),
            upheld.get(unit.id, 0),
        )
        for unit in by.city.units.values()
        if unit.is_active(period.last) and unit.merged_into_id is None
    }


def _of_unit(
    settled: Service,
    weeks: tuple[int, ...],
    ratings: tuple[int, int],
    main: tuple[Decimal | None, ...],
    upheld: int,
) -> RecognitionFacts:
    return RecognitionFacts(
        main=main,
        weeks_due=weeks[0],
        weeks_reported=weeks[1],
        upheld_complaints=upheld,
        ratings=ratings[0],
        rating_sum=ratings[1],
        settled=settled.settled,
        in_time=settled.in_time,
        confirmed=settled.confirmed,
        reopened=settled.reopened,
    )


async def _settled(by: Judging, column: Any, period: EvaluationPeriod) -> dict[int, Service]:
    """Settled reports of each unit; a merged unit's are its successor's."""
    statement = (
        select(column, *settled_columns())
        .where(column.is_not(None), closed_within(by.city.calendar.zone, period))
        .group_by(column)
    )
    sums: dict[int, list[int]] = {}
    for unit, *row in await by.session.execute(statement):
        held = sums.setdefault(by.city.successor(unit).id, [0] * len(row))
        sums[by.city.successor(unit).id] = [before + int(n or 0) for before, n in zip(held, row, strict=True)]
    return {unit: Service(*row) for unit, row in sums.items()}


async def _upheld(by: Judging, period: EvaluationPeriod) -> dict[int, int]:
    statement = (
        select(Complaint.conflict_unit_id, func.count())
        .where(
            Complaint.conflict_unit_id.is_not(None),
            ~Complaint.confidential,
            Complaint.verdict == Verdict.SOLVED,
            closed_within(by.city.calendar.zone, period),
        )
        .group_by(Complaint.conflict_unit_id)
    )
    return {unit: n for unit, n in await by.session.execute(statement) if unit is not None}


def _within(period: EvaluationPeriod) -> ColumnElement[bool]:
    return Pulse.day.between(period.first, period.last)


async def _ratings(by: Judging, period: EvaluationPeriod) -> dict[int, tuple[int, int]]:
    """Number and sum of the one-tap ratings of each unit's services."""
    statement = (
        select(PublicService.unit_id, func.count(), func.sum(Pulse.score))
        .join(PublicService, PublicService.id == Pulse.service_id)
        .where(_within(period))
        .group_by(PublicService.unit_id)
    )
    found: dict[int, tuple[int, int]] = {}
    for unit, n, total in await by.session.execute(statement):
        head = by.city.successor(unit).id
        before = found.get(head, (0, 0))
        found[head] = before[0] + int(n), before[1] + int(total)
    return found


async def _indicators(by: Judging, period: EvaluationPeriod) -> dict[int, list[Decimal | None]]:
    """How far each unit reached the targets of its own indicators, by what the records gave."""
    statement = (
        select(Indicator, IndicatorTarget)
        .join(IndicatorTarget, IndicatorTarget.indicator_id == Indicator.id)
        .where(
            Indicator.level == Level.UNIT,
            Indicator.unit_id.is_not(None),
            IndicatorTarget.year == period.year,
            IndicatorTarget.quarter == period.quarter,
        )
        .order_by(Indicator.id)
    )
    rows = (await by.session.execute(statement)).all()
    facts = await latest_facts(by.session, [row.id for row, _ in rows], by.today, period.code)
    found: dict[int, list[Decimal | None]] = {}
    for row, target in rows:
        if row.unit_id is None or (row.polarity is Polarity.HIGHER and not target.low):
            continue
        value = facts[row.id].value if row.id in facts else None
        reached = achievement(row.polarity, value, target.low, target.high)
        found.setdefault(by.city.successor(row.unit_id).id, []).append(reached)
    return found


async def means(by: Judging, award_to: RecognitionFor, period: EvaluationPeriod) -> Mapping[CriterionKind, Decimal]:
    """The city's own means, toward which few cases are drawn: ratings 1-4, shares in per cent."""
    which = Complaint.unit_id if award_to is RecognitionFor.UNIT else Complaint.officer_id
    statement = select(*settled_columns()).where(which.is_not(None), closed_within(by.city.calendar.zone, period))
    row = (await by.session.execute(statement)).one()
    settled, in_time, confirmed, reopened, scores, score_sum = (int(n or 0) for n in row)
    if award_to is RecognitionFor.UNIT:
        taps = select(func.count(), func.coalesce(func.sum(Pulse.score), 0)).where(_within(period))
        scores, score_sum = (int(n) for n in (await by.session.execute(taps)).one())
    parts = {
        CriterionKind.SETTLED_IN_TIME: in_time,
        CriterionKind.CONFIRMED: confirmed,
        CriterionKind.REOPENED: reopened,
    }
    found = {kind: _HUNDRED * part / settled for kind, part in parts.items()} if settled else {}
    return found | ({CriterionKind.RATING: Decimal(score_sum) / scores} if scores else {})
