"""How many people a service served in a period, as its unit counted them; the sample is measured against it."""

from __future__ import annotations

import re

from sqlalchemy import select

from bot.services.satisfaction.plans import Deciding
from bot.services.satisfaction.reach import family
from models.errors import Refusal
from models.organisation import Service
from models.population import ServiceUsers
from models.rules.performance.plan_rights import PlanAction, require_plan

MOST = 10_000_000


def services_of(by: Deciding, unit_id: int) -> list[Service]:
    """The services of a unit today, by name."""
    units = family(by.city, unit_id)
    return [service for service in by.city.active_services(by.today) if service.unit_id in units]


async def known(by: Deciding, service_ids: list[int], period: str) -> dict[int, int]:
    """The recorded users of some services in a period: one query."""
    statement = (
        select(ServiceUsers.service_id, ServiceUsers.users)
        .where(ServiceUsers.period == period, ServiceUsers.service_id.in_(service_ids))
        .order_by(ServiceUsers.service_id)
    )
    return {service_id: users for service_id, users in await by.session.execute(statement)}


async def record(by: Deciding, service_id: int, period: str, users: int) -> ServiceUsers:
    """Write the number down, in place of an earlier one. Refused for a foreign service or a number out of 1-MOST."""
    service = by.city.services.get(service_id)
    if service is None:
        raise Refusal("no_such_service")
    require_plan(by.presser, PlanAction.MAKE, family(by.city, service.unit_id))
    if not 1 <= users <= MOST:
        raise Refusal("no_such_number")
    same = ServiceUsers.service_id == service_id, ServiceUsers.period == period
    row = await by.session.scalar(select(ServiceUsers).where(*same))
    if row is None:
        row = ServiceUsers(service_id=service_id, period=period)
        by.session.add(row)
    row.users, row.recorded_by, row.recorded_at = users, by.presser.person_id, by.now
    await by.session.flush()
    return row


def number_in(words: str) -> int | None:
    """ "1.250" and "1 250" are a thousand and more; None for anything but a whole number."""
    said = words.strip()
    if re.fullmatch(r"\d{1,3}([ .,]\d{3})+|\d{1,8}", said) is None:
        return None
    return int(re.sub(r"\D", "", said))
