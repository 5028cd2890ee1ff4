"""Notices to civil servants by their roster rows: whoever has an account is told, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import outbox
from bot.services.notices import holders, sending_moment
from bot.services.people import valid_on
from bot.services.performance.evaluation.judging import Judging
from models.employee import Employee
from models.outbox import Lane, Promise
from models.rules.permissions import Role


async def accounts(session: AsyncSession, employee_ids: Collection[int] | None, day: date) -> dict[int, int]:
    """The person of each employee (None: of all) who serves that day and has an account."""
    statement = select(Employee.id, Employee.person_id).where(
        true() if employee_ids is None else Employee.id.in_(employee_ids),
        Employee.person_id.is_not(None),
        valid_on(Employee, day),
    )
    found = await session.execute(statement.order_by(Employee.id))
    return {employee: person for employee, person in found if person is not None}


async def human_resources(by: Judging) -> Sequence[int]:
    """The employees who look after everybody's evaluations, at work today."""
    return await holding(by, Role.HR, None)


async def holding(by: Judging, role: Role, unit_id: int | None) -> Sequence[int]:
    """The employees at work today who hold a role, or act for whoever does."""
    people = await holders(by.session, by.today, role, unit_id)
    statement = select(Employee.id).where(Employee.person_id.in_(people)).order_by(Employee.id)
    return (await by.session.scalars(statement)).all()


async def tell(
    by: Judging, told: Mapping[int, Mapping[str, Any]], kind: str, key: str, *, lane: Lane = Lane.NOTICE
) -> int:
    """Put a notice to each employee with its values; once per kind, `key` and person. How many have an account."""
    people = await accounts(by.session, list(told), by.today)
    await _put(by, [(people[one], values) for one, values in told.items() if one in people], kind, key, lane)
    return len(people)


async def _put(by: Judging, told: Iterable[tuple[int, Mapping[str, Any]]], kind: str, key: str, lane: Lane) -> None:
    moment = sending_moment(by.city, by.now)
    rows = [
        {
            "key": f"{kind}:{key}:{person_id}",
            "person_id": person_id,
            "kind": kind,
            "values": dict(values),
            "lane": lane,
            "promise": Promise.AT_LEAST_ONCE if lane is Lane.NOTICE else Promise.AT_MOST_ONCE,
            "not_before": moment,
        }
        for person_id, values in told
    ]
    await outbox.put_many(by.session, rows, by.now)
