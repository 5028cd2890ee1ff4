"""Who does what at the training desk."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from models.employee import Employee
from models.errors import Refusal
from models.rules.permissions import Desk, Presser, Role, require_desk


async def participant(session: AsyncSession, presser: Presser) -> Employee:
    """Whoever acts as a civil servant; refused with `not_your_role` for everybody else."""
    require_desk(presser, Desk.TRAINING)
    if presser.employee_id is None:
        raise Refusal("not_your_role")
    return await session.get_one(Employee, presser.employee_id)


def arranges(presser: Presser) -> bool:
    """Whether somebody looks after the city's trainings: human resources of the whole city."""
    held = any(grant.role is Role.HR and grant.unit_id is None for grant in presser.grants)
    return held and presser.employee_id is not None


def require_hr(presser: Presser) -> int:
    """The employee who looks after trainings; refused with `not_your_role`."""
    if not arranges(presser) or presser.employee_id is None:
        raise Refusal("not_your_role")
    return presser.employee_id
