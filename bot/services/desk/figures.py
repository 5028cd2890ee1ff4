"""Which reports a person may see counted, and which days a span of the calendar means."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import outbox
from bot.services.city import City
from models.errors import Refusal
from models.outbox import Lane
from models.rules.desk.spans import Span, days_of
from models.rules.permissions import DESKS, Desk, Grant, Presser, Role

#: Who may have the register as a file: those who see the reports themselves.
REGISTER = frozenset({Role.HEAD, Role.VERIFIER, Role.INSPECTOR})


async def ask_for_register(session: AsyncSession, presser: Presser, span: Span, update_id: int, now: datetime) -> None:
    """Have the register made and sent to the person, once per press; refused unless the person sees reports at all."""
    if not presser.roles() & REGISTER:
        raise Refusal("not_your_role")
    await outbox.put(
        session,
        key=f"register:{update_id}",
        person_id=presser.person_id,
        kind="register_ready",
        values={"person": presser.person_id, "span": span.value},
        lane=Lane.ANSWER,
        now=now,
    )


def units_of(presser: Presser) -> frozenset[int] | None:
    """The units whose figures the person sees; None for the whole city."""
    grants: list[Grant] = [grant for grant in presser.grants if grant.role in DESKS[Desk.FIGURES]]
    if any(grant.unit_id is None and grant.role is not Role.HEAD for grant in grants):
        return None
    return frozenset(grant.unit_id for grant in grants if grant.unit_id is not None)


def moments_of(city: City, span: Span, now: datetime) -> tuple[datetime, datetime, date, date]:
    """From when to before when, and the first and last day, in the city's time."""
    first, last = days_of(span, city.today(now))
    zone = city.calendar.zone
    since = datetime.combine(first, time.min, zone)
    until = datetime.combine(last + timedelta(days=1), time.min, zone)
    return since, until, first, last
