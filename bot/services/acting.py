"""Who acts, in which transaction, in which city, and when: the first argument of a desk's services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from models.errors import Refusal
from models.rules.permissions import Presser, Role


@dataclass(frozen=True, slots=True)
class Acting:
    """The session, the city, who presses, and now. Each desk has a kind of its own that says what may be done there."""

    session: AsyncSession
    city: City
    presser: Presser
    now: datetime

    @property
    def today(self) -> date:
        """The city's date."""
        return self.city.today(self.now)

    @property
    def employee_id(self) -> int:
        """The civil servant who acts; refused with `not_your_role` for anybody else."""
        if self.presser.employee_id is None:
            raise Refusal("not_your_role")
        return self.presser.employee_id

    @property
    def sees_everyone(self) -> bool:
        """Whether human resources of the whole city act: they read what is everybody's and change none (rule 31)."""
        return any(grant.role is Role.HR and grant.unit_id is None for grant in self.presser.grants)
