"""What every act of the training desk needs, and how its people are told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import outbox
from bot.services.city import City
from bot.services.notices import holders, sending_moment
from bot.services.performance.evaluation.telling import accounts
from models.rules.permissions import Role


@dataclass(frozen=True, slots=True)
class Doing:
    """One act: in which transaction, in which city, when, and by which account (None: the city's own clock)."""

    session: AsyncSession
    city: City
    now: datetime
    actor_id: int | None = None

    @property
    def today(self) -> date:
        """The city's date."""
        return self.city.today(self.now)


async def tell(by: Doing, employee_ids: Collection[int], kind: str, key: str, **values: Any) -> None:
    """Put one notice to each of these employees who has an account; once per kind and key."""
    people = await accounts(by.session, employee_ids, by.today)
    await _put(by, sorted(people.values()), kind, key, values)


async def tell_hr(by: Doing, kind: str, key: str, **values: Any) -> None:
    """The same to human resources."""
    await _put(by, await holders(by.session, by.today, Role.HR), kind, key, values)


async def _put(by: Doing, people: Collection[int], kind: str, key: str, values: dict[str, Any]) -> None:
    for person_id in people:
        await outbox.put(
            by.session,
            key=f"{kind}:{key}:{person_id}",
            person_id=person_id,
            kind=kind,
            now=by.now,
            values=values,
            not_before=sending_moment(by.city, by.now),
        )
