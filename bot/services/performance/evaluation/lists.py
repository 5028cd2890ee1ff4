"""Which evaluations somebody finds: the own ones, those to rate, objections to decide, and the counts for HR."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from bot.services.performance import chain
from bot.services.performance.evaluation.judging import Judging
from models.employee import Employee
from models.performance.evaluation import Evaluation, EvaluationEvent
from models.rules.performance.evaluation_period import EvaluationPeriod
from models.rules.performance.evaluation_rules import EvaluationStatus
from models.rules.performance.predicate import Predicate

PAGE = 8


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list."""

    row: Evaluation
    name: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for somebody: evaluations to rate, objections to decide, own ones to answer."""

    to_rate: int = 0
    to_decide: int = 0
    to_answer: int = 0


async def waiting(by: Judging) -> Waiting:
    """What waits for whoever looks: one query for the roles, one for the counts."""
    mine = await chain.acting_for(by.session, by.employee_id, by.today)
    not_own = Evaluation.employee_id != by.employee_id
    counted = {
        "to_rate": Evaluation.appraiser_id.in_(mine) & (Evaluation.status == EvaluationStatus.OPEN) & not_own,
        "to_decide": Evaluation.decider_id.in_(mine) & (Evaluation.status == EvaluationStatus.OBJECTED) & not_own,
        "to_answer": (Evaluation.employee_id == by.employee_id) & (Evaluation.status == EvaluationStatus.RATED),
    }
    columns = [func.count().filter(condition).label(name) for name, condition in counted.items()]
    row = (await by.session.execute(select(*columns).select_from(Evaluation))).one()
    return Waiting(row[0], row[1], row[2])


async def own(by: Judging, page: int) -> tuple[list[Listed], int]:
    """A page of the own evaluations, the newest period first."""
    return await _page(by, Evaluation.employee_id == by.employee_id, page)


async def team(by: Judging, page: int) -> tuple[list[Listed], int]:
    """A page of those that one rates, or rated: what waits first."""
    mine = await chain.acting_for(by.session, by.employee_id, by.today)
    which = Evaluation.appraiser_id.in_(mine) & (Evaluation.employee_id != by.employee_id)
    return await _page(by, which, page)


async def objections(by: Judging, page: int) -> tuple[list[Listed], int]:
    """A page of objections that wait for one's decision."""
    mine = await chain.acting_for(by.session, by.employee_id, by.today)
    which = Evaluation.decider_id.in_(mine) & (Evaluation.status == EvaluationStatus.OBJECTED)
    return await _page(by, which & (Evaluation.employee_id != by.employee_id), page)


async def of_period(by: Judging, period: EvaluationPeriod, page: int) -> tuple[list[Listed], int]:
    """A page of everybody's evaluations of a period, for human resources."""
    return await _page(by, (Evaluation.year == period.year) & (Evaluation.quarter == period.quarter), page)


async def _page(by: Judging, which: ColumnElement[bool], page: int) -> tuple[list[Listed], int]:
    total = await by.session.scalar(select(func.count()).select_from(Evaluation).where(which)) or 0
    is_open = Evaluation.status == EvaluationStatus.OPEN
    found = await by.session.execute(
        select(Evaluation, Employee.name)
        .join(Employee, Employee.id == Evaluation.employee_id)
        .where(which)
        .order_by(is_open.desc(), Evaluation.year.desc(), Evaluation.quarter.desc(), Employee.name, Evaluation.id)
        .offset(page * PAGE)
        .limit(PAGE)
    )
    return [Listed(row, name) for row, name in found], total


@dataclass(frozen=True, slots=True)
class Counts:
    """How a period stands: evaluations by state and by predicate; `without` have no superior on the roster."""

    states: dict[EvaluationStatus, int]
    predicates: dict[Predicate, int]
    without: int


async def counts(by: Judging, period: EvaluationPeriod) -> Counts:
    """The whole city in one query."""
    missing = Evaluation.appraiser_id.is_(None)
    found = await by.session.execute(
        select(Evaluation.status, Evaluation.predicate, missing, func.count())
        .where(Evaluation.year == period.year, Evaluation.quarter == period.quarter)
        .group_by(Evaluation.status, Evaluation.predicate, missing)
    )
    counted = Counts({}, {}, 0)
    without = 0
    for status, predicate, alone, n in found:
        counted.states[status] = counted.states.get(status, 0) + n
        without += n if alone else 0
        if predicate is not None:
            counted.predicates[predicate] = counted.predicates.get(predicate, 0) + n
    return Counts(counted.states, counted.predicates, without)


async def periods(by: Judging) -> list[EvaluationPeriod]:
    """The periods that have evaluations, the newest first."""
    statement = select(Evaluation.year, Evaluation.quarter).distinct()
    found = [EvaluationPeriod(year, quarter) for year, quarter in await by.session.execute(statement)]
    return sorted(found, key=lambda period: (period.last, period.first), reverse=True)


async def events(by: Judging, row: Evaluation) -> Sequence[EvaluationEvent]:
    """The steps of an evaluation, the oldest first."""
    statement = select(EvaluationEvent).where(EvaluationEvent.evaluation_id == row.id).order_by(EvaluationEvent.id)
    return (await by.session.scalars(statement)).all()


async def doers(by: Judging, steps: Sequence[EvaluationEvent]) -> dict[int, str]:
    """Who did the steps, by person."""
    people = {step.actor_id for step in steps if step.actor_id is not None}
    statement = select(Employee.person_id, Employee.name).where(Employee.person_id.in_(people))
    return {person: name for person, name in await by.session.execute(statement) if person is not None}
