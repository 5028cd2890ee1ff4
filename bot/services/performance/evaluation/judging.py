"""Who acts on evaluations, feedback and recognitions, and when: the first argument of their services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from models.errors import Refusal
from models.rules.permissions import Presser, Role


@dataclass(frozen=True, slots=True)
class Judging:
    """The session, the city, who presses, and now."""

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
        """Whoever acts as a civil servant; refused with `not_your_role` for others."""
        if self.presser.employee_id is None:
            raise Refusal("not_your_role")
        return self.presser.employee_id

    @property
    def sees_everyone(self) -> bool:
        """Whether human resources act: they read all evaluations and change none (rule 31)."""
        return any(grant.role is Role.HR and grant.unit_id is None for grant in self.presser.grants)


def number_fact(city: City, key: str, default: int) -> int:
    """A whole number among the city's facts."""
    written = city.fact(key, "").strip()
    return int(written) if written.isdigit() else default
