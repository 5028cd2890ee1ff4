"""Who stands for the city on a certificate: the head of a unit as the roster has it, or whom the city's data names."""

from __future__ import annotations

from sqlalchemy import select

from bot.services.people import valid_on
from bot.services.training.desk import Doing
from models.employee import Employee, RoleGrant
from models.rules.permissions import Role

#: Whose head signs, where the city's data names no unit (`training.certificate_unit`).
UNIT = "bkpsdm"


async def signer(by: Doing) -> dict[str, str]:
    """Name, title and unit of today; what is not known is ""."""
    code = by.city.fact("training.certificate_unit", UNIT)
    unit = next((one for one in by.city.units.values() if one.code == code), None)
    name = by.city.fact("training.certificate_signer")
    if not name and unit is not None:
        name = await _head(by, unit.id)
    title = by.city.fact("training.certificate_title")
    return {"name": name, "title": title, "unit": unit.name if unit is not None else ""}


async def _head(by: Doing, unit_id: int) -> str:
    statement = (
        select(Employee.name)
        .join(RoleGrant, RoleGrant.employee_id == Employee.id)
        .where(
            RoleGrant.role == Role.HEAD,
            RoleGrant.unit_id == unit_id,
            valid_on(RoleGrant, by.today),
            valid_on(Employee, by.today),
        )
        .order_by(RoleGrant.valid_from.desc(), RoleGrant.id.desc())
        .limit(1)
    )
    return await by.session.scalar(statement) or ""
