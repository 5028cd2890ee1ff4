"""Work that is shared out by itself: a report that reaches a unit goes to the officer with the lightest load."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from bot.services.desk import colleagues
from bot.services.desk.colleagues import Colleague
from models.complaint import Complaint, ComplaintEvent
from models.organisation import Unit
from models.rules.complaint_flow import Action
from models.rules.desk.sharing import lightest
from models.rules.permissions import Role

#: Why somebody got a report, as the event keeps it.
BY_HAND, LIGHTEST_LOAD, SHARED_EVENLY = "by_hand", "lightest_load", "shared_evenly"


def is_automatic(city: City, unit: Unit) -> bool:
    """Whether the unit shares out new reports by itself: its own setting, else the city's."""
    return unit.auto_assign if unit.auto_assign is not None else city.fact("desk.auto_assign", "off") == "on"


async def share(session: AsyncSession, city: City, complaint: Complaint, now: datetime) -> Colleague | None:
    """Give a report that just reached its unit to an officer at work; None where the unit does not want it."""
    if not is_automatic(city, city.units[complaint.unit_id or 0]):
        return None
    team = await colleagues.team(session, city, complaint, now)
    officers = {
        one.employee_id: one for one in team if one.works and complaint.unit_id in one.presser.units(Role.OFFICER)
    }
    loads = await colleagues.loads(session, list(officers))
    chosen = lightest(loads)
    if chosen is None:
        return None
    record(complaint, officers[chosen], now, reason=LIGHTEST_LOAD, load=loads[chosen])
    await session.flush()
    return officers[chosen]


def record(
    complaint: Complaint,
    officer: Colleague,
    now: datetime,
    *,
    reason: str,
    load: int,
    actor_id: int | None = None,
    role: str = "system",
) -> ComplaintEvent:
    """The officer has it from now on; the event keeps who had it before and why this one. `load` counts without it."""
    values = {
        "officer": officer.employee_id,
        "officer_name": officer.name,
        "officer_before": complaint.officer_id,
        "reason": reason,
        "load": load,
    }
    complaint.officer_id = officer.employee_id
    return complaint.move(Action.ASSIGN, now, actor_id=actor_id, role=role, public=False, values=values)
