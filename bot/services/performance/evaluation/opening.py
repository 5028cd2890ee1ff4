"""Opens the evaluations of a period that is over, for everybody with a plan in force in it; superiors are told.

A fixed number of queries, however many people there are. What is open already stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.outbox import BATCH
from bot.services.people import valid_on
from bot.services.performance import chain
from bot.services.performance.evaluation.judging import Judging
from bot.services.performance.evaluation.telling import tell
from models.employee import Employee
from models.performance.evaluation import Evaluation
from models.performance.plan import WorkPlan
from models.rules.performance.evaluation_period import EvaluationPeriod, over_before
from models.rules.performance.evaluation_rules import EvaluationStatus
from models.rules.performance.plan_rules import PlanStatus

_ONCE_APPROVED = (PlanStatus.APPROVED, PlanStatus.SUPERSEDED)


async def open_due(by: Judging) -> dict[str, int]:
    """Open what is due today; how many, and how many superiors were told."""
    opened = told = 0
    for period in over_before(by.today):
        superiors = await open_period(by, period)
        opened += sum(superiors.values())
        values = {one: {"period": period.code, "count": count} for one, count in superiors.items() if one is not None}
        told += await tell(by, values, "evaluations_opened", f"{period.code}:{by.today}") if values else 0
    return {"opened": opened, "told": told}


async def open_period(by: Judging, period: EvaluationPeriod, **more: Any) -> Counter[int | None]:
    """Open a period for everybody who has no evaluation of it yet; how many by appraiser. `more` are columns."""
    plans = await _plans(by, period)
    if not plans:
        return Counter()
    everybody = await _placed(by.session, period)
    serving = set(await by.session.scalars(select(Employee.id).where(valid_on(Employee, by.today))))
    rows = [
        {**_row(employee, plan, everybody, serving, period, by.now), **more}
        for employee, plan in plans.items()
        if employee in everybody
    ]
    fresh = await _insert(by.session, rows)
    return Counter(row["appraiser_id"] for row in rows if row["employee_id"] in fresh)


async def _plans(by: Judging, period: EvaluationPeriod) -> dict[int, int]:
    """Employee → the version in force at the end of the period, without those who have an evaluation."""
    end = datetime.combine(period.last + timedelta(days=1), time(), by.city.calendar.zone)
    opened = select(Evaluation.employee_id).where(Evaluation.year == period.year, Evaluation.quarter == period.quarter)
    statement = (
        select(WorkPlan.employee_id, func.max(WorkPlan.number))
        .where(
            WorkPlan.year == period.year,
            WorkPlan.status.in_(_ONCE_APPROVED),
            WorkPlan.approved_at < end,
            WorkPlan.employee_id.not_in(opened),
        )
        .group_by(WorkPlan.employee_id)
        .subquery()
    )
    numbered = (WorkPlan.employee_id == statement.c.employee_id) & (WorkPlan.number == statement.c[1])
    found = await by.session.execute(
        select(WorkPlan.employee_id, WorkPlan.id).join(statement, numbered).where(WorkPlan.year == period.year)
    )
    return {employee: plan for employee, plan in found}


async def _placed(session: AsyncSession, period: EvaluationPeriod) -> dict[int, tuple[int | None, int]]:
    """Everybody on the roster that last day: superior and unit."""
    statement = chain.placed(select(Employee.id, chain.superior_column(), chain.unit_column()), period.last)
    found = await session.execute(statement.where(valid_on(Employee, period.last)))
    return {employee: (superior, unit) for employee, superior, unit in found}


def _row(
    employee: int,
    plan: int,
    everybody: Mapping[int, tuple[int | None, int]],
    serving: Collection[int],
    period: EvaluationPeriod,
    now: datetime,
) -> dict[str, Any]:
    line = [one for one in _above(employee, everybody) if one in serving]
    return {
        "employee_id": employee,
        "year": period.year,
        "quarter": period.quarter,
        "plan_id": plan,
        "unit_id": everybody[employee][1],
        "appraiser_id": line[0] if line else None,
        "decider_id": line[1] if len(line) > 1 else None,
        "status": EvaluationStatus.OPEN,
        "facts": {},
        "created_at": now,
        "demo": False,
        "version": 1,
    }


def _above(employee: int, everybody: Mapping[int, tuple[int | None, int]]) -> list[int]:
    """The superiors of that day from the nearest up; a circle in the roster ends it."""
    found: list[int] = []
    step = everybody[employee][0]
    while step is not None and step != employee and step not in found:
        found.append(step)
        step = everybody[step][0] if step in everybody else None
    return found


async def _insert(session: AsyncSession, rows: list[dict[str, Any]]) -> set[int]:
    """Whose evaluation is new: a second process that opens at the same time adds nothing."""
    dialect: Any = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    keys = [Evaluation.employee_id, Evaluation.year, Evaluation.quarter]
    insert = dialect.insert(Evaluation).on_conflict_do_nothing(index_elements=keys)
    fresh: set[int] = set()
    for start in range(0, len(rows), BATCH):
        made = await session.scalars(insert.values(rows[start : start + BATCH]).returning(Evaluation.employee_id))
        fresh.update(made)
    return fresh
