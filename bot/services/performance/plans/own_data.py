"""What work plans keep about a person: for the export of the own data, and when an account is forgotten.

The plans themselves are records of the employment and stay with the roster's row; who pressed is forgotten.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.performance.plan import PlanBehaviour, PlanEvent, PlanItem, PlanResult, WorkPlan


async def exported(session: AsyncSession, employee_id: int) -> list[dict[str, Any]]:
    """The own work plans of all years, each version with results, items, behaviour and history: five queries."""
    statement = select(WorkPlan).where(WorkPlan.employee_id == employee_id).order_by(WorkPlan.year, WorkPlan.number)
    plans = (await session.scalars(statement)).all()
    ids = [plan.id for plan in plans]
    items = await _items(session, ids)
    results = await _results(session, ids, items)
    expected = await _behaviour(session, ids)
    events = await _events(session, ids)
    return [
        {
            "year": plan.year,
            "version": plan.number,
            "status": plan.status.value,
            "reason": plan.reason,
            "created_at": plan.created_at.isoformat(),
            "submitted_at": plan.submitted_at.isoformat() if plan.submitted_at is not None else None,
            "approved_at": plan.approved_at.isoformat() if plan.approved_at is not None else None,
            "results": results.get(plan.id, []),
            "behaviour": expected.get(plan.id, {}),
            "history": events.get(plan.id, []),
        }
        for plan in plans
    ]


async def _results(
    session: AsyncSession, plan_ids: list[int], items: dict[int, list[dict[str, Any]]]
) -> dict[int, list[dict[str, Any]]]:
    statement = select(PlanResult).where(PlanResult.plan_id.in_(plan_ids)).order_by(PlanResult.position)
    found: dict[int, list[dict[str, Any]]] = {}
    for row in await session.scalars(statement):
        said = {"kind": row.kind.value, "title": row.title, "note": row.note, "items": items.get(row.id, [])}
        found.setdefault(row.plan_id, []).append(said)
    return found


async def _items(session: AsyncSession, plan_ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    statement = select(PlanItem).where(PlanItem.plan_id.in_(plan_ids)).order_by(PlanItem.position)
    found: dict[int, list[dict[str, Any]]] = {}
    for row in await session.scalars(statement):
        found.setdefault(row.result_id, []).append(
            {
                "name": row.name,
                "aspect": row.aspect.value,
                "polarity": row.polarity.value,
                "aggregation": row.aggregation.value,
                "unit": row.measure_unit,
                "target": [f"{row.low:f}", f"{row.high:f}"],
                "quarters": [None if one is None else f"{one:f}" for one in row.quarters],
                "note": row.note,
            }
        )
    return found


async def _behaviour(session: AsyncSession, plan_ids: list[int]) -> dict[int, dict[str, str]]:
    statement = select(PlanBehaviour).where(PlanBehaviour.plan_id.in_(plan_ids)).order_by(PlanBehaviour.id)
    found: dict[int, dict[str, str]] = {}
    for row in await session.scalars(statement):
        found.setdefault(row.plan_id, {})[row.core_value.value] = row.expectation
    return found


async def _events(session: AsyncSession, plan_ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    statement = select(PlanEvent).where(PlanEvent.plan_id.in_(plan_ids)).order_by(PlanEvent.id)
    found: dict[int, list[dict[str, Any]]] = {}
    for event in await session.scalars(statement):
        step = {"at": event.at.isoformat(), "status_after": event.status_after.value, "text": event.text}
        found.setdefault(event.plan_id, []).append(step)
    return found


async def let_go(session: AsyncSession, person_id: int) -> None:
    """The account is forgotten: no step of a plan names it any more."""
    await session.execute(
        update(PlanEvent)
        .where(PlanEvent.actor_id == person_id)
        .values(actor_id=None)
        .execution_options(synchronize_session=False)
    )
