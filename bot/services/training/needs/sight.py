"""Whose needs of training somebody sees: human resources those of all units, a superior those of the own."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from bot.services.performance import chain
from bot.services.training import rights
from bot.services.training.desk import Doing
from models.employee import Employee
from models.errors import Refusal
from models.rules.permissions import Desk, Presser, require_desk


@dataclass(frozen=True, slots=True)
class Sight:
    """Whether all units are seen, and the units whose people the reader leads, or acts for who leads them."""

    arranges: bool
    led: frozenset[int] = frozenset()

    @property
    def units(self) -> frozenset[int] | None:
        """The units that are seen; None: all."""
        return None if self.arranges else self.led

    def require(self, unit_id: int) -> None:
        """Refused with `not_your_unit`."""
        if not self.arranges and unit_id not in self.led:
            raise Refusal("not_your_unit")

    def require_led(self, unit_id: int) -> None:
        """Refused with `not_your_unit` for whoever does not lead people there."""
        if unit_id not in self.led:
            raise Refusal("not_your_unit")


async def of(by: Doing, presser: Presser) -> Sight:
    """What the presser sees; refused with `not_your_role` for those who neither arrange nor lead."""
    require_desk(presser, Desk.TRAINING)
    arranges = rights.arranges(presser)
    led = await _led(by, presser.employee_id) if presser.leads and presser.employee_id is not None else frozenset()
    if not (arranges or led):
        raise Refusal("not_your_role")
    return Sight(arranges, led)


async def _led(by: Doing, employee_id: int) -> frozenset[int]:
    """The units of today of those leaders, the reader or whom this one acts for, who lead somebody."""
    leaders = await chain.acting_for(by.session, employee_id, by.today)
    people = [one.id for one in await chain.subordinates(by.session, employee_id, by.today)]
    above = set((await chain.superiors(by.session, people, by.today)).values()) & leaders
    statement = chain.placed(select(chain.unit_column()).select_from(Employee), by.today).where(Employee.id.in_(above))
    return frozenset(by.city.successor(unit).id for unit in await by.session.scalars(statement))
