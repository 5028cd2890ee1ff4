"""Whose results a person may see, and what the code of a scope on a button means."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.city import City
from bot.services.desk.figures import units_of
from models.errors import Refusal
from models.rules.performance.plan_rights import PlanAction, require_plan
from models.rules.permissions import Desk, Presser, require_desk
from models.rules.survey_period import is_period

#: The code of everything that the person may see; units and services have theirs with their number.
ALL, UNIT, SERVICE = "c", "u", "s"


@dataclass(frozen=True, slots=True)
class Reach:
    """One scope: its code, its name, and which answers it means (`units` None: the whole city)."""

    code: str
    name: str
    units: frozenset[int] | None
    service_id: int | None = None

    def unit_id(self, city: City) -> int | None:
        """The one unit it is about, as it is called today; None where there are several."""
        if self.service_id is not None:
            return city.successor(city.services[self.service_id].unit_id).id
        return int(self.code[1:]) if self.code.startswith(UNIT) else None


def family(city: City, unit_id: int) -> frozenset[int]:
    """A unit with those that were merged into it: their answers are its answers now."""
    head = city.successor(unit_id).id
    return frozenset(unit.id for unit in city.units.values() if city.successor(unit.id).id == head)


def for_staff(city: City, presser: Presser, code: str) -> Reach:
    """A scope as this civil servant may see it; refused with `not_your_role`, `not_your_unit`, `no_such_service`."""
    require_desk(presser, Desk.SATISFACTION)
    granted = units_of(presser)
    allowed = None if granted is None else frozenset().union(*(family(city, unit) for unit in granted))
    return _reach(city, code, allowed)


def for_everybody(city: City, code: str) -> Reach:
    """The same for the public: every scope."""
    return _reach(city, code, None)


def to_plan(city: City, presser: Presser, code: str) -> tuple[Reach, int]:
    """A unit or service for which this person may plan, and its unit; refused like `for_staff`, or `no_such_unit`."""
    scope = for_staff(city, presser, code)
    unit_id = scope.unit_id(city)
    if unit_id is None:
        raise Refusal("no_such_unit")
    require_plan(presser, PlanAction.MAKE, family(city, unit_id))
    return scope, unit_id


def own_code(city: City, presser: Presser) -> str:
    """What a civil servant sees first: the own unit where there is just one, else everything."""
    granted = units_of(presser)
    heads = {city.successor(unit).id for unit in granted or ()}
    return f"{UNIT}{heads.pop()}" if len(heads) == 1 else ALL


def period_of(text: str) -> str:
    """A period from a button; refused with `no_such_period`."""
    if not is_period(text):
        raise Refusal("no_such_period")
    return text


def _reach(city: City, code: str, allowed: frozenset[int] | None) -> Reach:
    kind, number = code[:1], int(code[1:] or 0) if code[1:].isdigit() or not code[1:] else 0
    if kind == UNIT and number in city.units:
        units = family(city, number)
        _require(units, allowed)
        return Reach(f"{UNIT}{city.successor(number).id}", city.successor(number).short_name, units)
    if kind == SERVICE and number in city.services:
        service = city.services[number]
        units = family(city, service.unit_id)
        _require(units, allowed)
        return Reach(code, service.name, units if allowed is not None else None, number)
    if code != ALL:
        raise Refusal("no_such_service")
    names = sorted({city.successor(unit).short_name for unit in allowed or ()})
    name = ", ".join(names) if allowed is not None else city.fact("city.name")
    return Reach(ALL, name, allowed)


def _require(units: frozenset[int], allowed: frozenset[int] | None) -> None:
    if allowed is not None and not units & allowed:
        raise Refusal("not_your_unit")
