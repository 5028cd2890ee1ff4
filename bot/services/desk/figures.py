"""Which reports a person may see counted, and which days a span of the calendar means."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.services.city import City
from models.errors import Refusal
from models.rules.desk.spans import Span, days_of
from models.rules.permissions import DESKS, Desk, Grant, Presser, Role

#: Who may have the register as a file: those who see the reports themselves.
REGISTER = frozenset({Role.HEAD, Role.VERIFIER, Role.INSPECTOR})


def require_register(presser: Presser) -> None:
    """Refused with `not_your_role` unless the person sees reports at all."""
    if not presser.roles() & REGISTER:
        raise Refusal("not_your_role")


def units_of(presser: Presser) -> frozenset[int] | None:
    """The units whose figures the person sees; None for the whole city."""
    grants: list[Grant] = [grant for grant in presser.grants if grant.role in DESKS[Desk.FIGURES]]
    if any(grant.unit_id is None and grant.role is not Role.HEAD for grant in grants):
        return None
    return frozenset(grant.unit_id for grant in grants if grant.unit_id is not None)


def require_choice(city: City, units: frozenset[int] | None, unit_id: int, area_id: int) -> None:
    """Refused with `no_such_choice` where the city has no such unit or area, with `not_your_unit` beyond `units`.

    0 is no choice at all.
    """
    if (unit_id and unit_id not in city.units) or (area_id and area_id not in city.areas):
        raise Refusal("no_such_choice")
    if unit_id and units is not None and unit_id not in units:
        raise Refusal("not_your_unit")


def moments_of(city: City, span: Span, now: datetime) -> tuple[datetime, datetime, date, date]:
    """From when to before when, and the first and last day, in the city's time."""
    first, last = days_of(span, city.today(now))
    zone = city.calendar.zone
    since = datetime.combine(first, time.min, zone)
    until = datetime.combine(last + timedelta(days=1), time.min, zone)
    return since, until, first, last
