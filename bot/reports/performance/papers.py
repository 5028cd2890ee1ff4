"""Papers that wait for a superior's decision, and who still lacks one: plans and evaluations of everybody at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.reports.performance.standing import among
from models.performance.evaluation import Evaluation
from models.performance.plan import WorkPlan
from models.rules.performance.evaluation_rules import EvaluationStatus
from models.rules.performance.plan_rules import PlanStatus


class Submitted(NamedTuple):
    """A plan that waits for the superior."""

    id: int
    employee_id: int
    year: int


class ToJudge(NamedTuple):
    """An evaluation that waits for whoever rates it, or its objection for whoever decides."""

    id: int
    employee_id: int
    judge_id: int
    year: int
    quarter: int


@dataclass(frozen=True, slots=True)
class Papers:
    """What waits, and who has a plan in force for the year."""

    plans: Mapping[int, list[Submitted]]
    evaluations: Mapping[int, list[ToJudge]]
    planned: frozenset[int]


async def papers(session: AsyncSession, day: date, people: Collection[int] | None = None) -> Papers:
    """Plans by employee, evaluations by who has to judge: three queries."""
    plans: dict[int, list[Submitted]] = {}
    statement = (
        select(WorkPlan.id, WorkPlan.employee_id, WorkPlan.year)
        .where(WorkPlan.status == PlanStatus.SUBMITTED, among(WorkPlan.employee_id, people))
        .order_by(WorkPlan.submitted_at, WorkPlan.id)
    )
    for row in await session.execute(statement):
        plans.setdefault(row[1], []).append(Submitted(*row))
    approved = select(WorkPlan.employee_id).where(
        WorkPlan.year == day.year, WorkPlan.status == PlanStatus.APPROVED, among(WorkPlan.employee_id, people)
    )
    return Papers(plans, await _evaluations(session), frozenset(await session.scalars(approved)))


async def _evaluations(session: AsyncSession) -> dict[int, list[ToJudge]]:
    statement = (
        select(
            *(Evaluation.id, Evaluation.employee_id, Evaluation.appraiser_id, Evaluation.decider_id),
            *(Evaluation.status, Evaluation.year, Evaluation.quarter),
        )
        .where(Evaluation.status.in_((EvaluationStatus.OPEN, EvaluationStatus.OBJECTED)))
        .order_by(Evaluation.year, Evaluation.quarter, Evaluation.id)
    )
    found: dict[int, list[ToJudge]] = {}
    for number, employee, appraiser, decider, status, year, quarter in await session.execute(statement):
        judge = decider if status is EvaluationStatus.OBJECTED else appraiser
        if judge is not None:
            found.setdefault(judge, []).append(ToJudge(number, employee, judge, year, quarter))
    return found
