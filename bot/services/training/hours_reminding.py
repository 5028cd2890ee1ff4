"""Whoever lacks training hours is reminded: in September by the clock, and when human resources order it.

From which day (`training.hours_remind`) until which (`training.hours_remind_until`) the clock does it is the city's
data. Within these days downtime and leave are made up for on the first working day after them; the key of such a notice
names the year. That of an ordered one names the month, and nobody is told twice in a month.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import select

from bot.services import notices, outbox
from bot.services.notices import holders, sending_moment
from bot.services.training.desk import Doing
from models.outbox import OutboxMessage, Promise
from models.rules.dates import day_of_year
from models.rules.permissions import Role

#: Day and month, where the city's data says nothing.
REMIND_FROM, REMIND_UNTIL = "01-09", "30-09"
#: To whoever lacks hours by the clock and by order, to the superior, to human resources.
YEARLY, ORDERED, TEAM, CITY = "hours_short", "hours_short_again", "hours_short_team", "hours_short_city"
TO_OWNER = (YEARLY, ORDERED)


@dataclass(frozen=True, slots=True)
class Short:
    """Somebody's account, and how far this one is."""

    person_id: int
    hours: int
    limit: int

    def told(self, year: int) -> dict[str, Any]:
        """What the notice says."""
        return {"year": year, "hours": self.hours, "limit": self.limit}


def year_to_remind(by: Doing) -> int | None:
    """The year of which is reminded today; None on other days, and on those without office hours."""
    today = by.today
    first = day_of_year(by.city.fact("training.hours_remind", REMIND_FROM), today.year)
    last = day_of_year(by.city.fact("training.hours_remind_until", REMIND_UNTIL), today.year)
    return today.year if first <= today <= last and by.city.calendar.is_working_day(today) else None


async def remind_yearly(by: Doing, year: int, short: Collection[Short]) -> int:
    """One notice to each of them in that year; how many were fresh. Whoever was told this month is not told again."""
    told = await told_this_month(by)
    rows = [_row(by, YEARLY, str(year), one.person_id, one.told(year)) for one in short if one.person_id not in told]
    return await outbox.put_many(by.session, rows, by.now)


async def remind_ordered(by: Doing, short: Sequence[Short]) -> int:
    """The same when human resources order it, once a month; how many were fresh."""
    told, month = await told_this_month(by), f"{by.today:%Y-%m}"
    year = by.today.year
    rows = [_row(by, ORDERED, month, one.person_id, one.told(year)) for one in short if one.person_id not in told]
    return await outbox.put_many(by.session, rows, by.now)


async def tell_leaders(by: Doing, year: int, leaders: Mapping[int, Mapping[str, Any]]) -> int:
    """To each superior, once a year, how many below lack hours; how many notices were fresh."""
    rows = [_row(by, TEAM, str(year), person, {"year": year, **said}) for person, said in leaders.items()]
    return await outbox.put_many(by.session, rows, by.now)


async def tell_hr(by: Doing, year: int, said: Mapping[str, Any]) -> int:
    """To human resources of the city, once a year; how many notices were fresh."""
    people = await holders(by.session, by.today, Role.HR)
    rows = [_row(by, CITY, str(year), person, {"year": year, **said}) for person in people]
    return await outbox.put_many(by.session, rows, by.now)


async def told_this_month(by: Doing) -> frozenset[int]:
    """The persons who had such a notice since the first of the month: one query."""
    first = datetime.combine(by.today.replace(day=1), time(), by.city.calendar.zone)
    statement = select(OutboxMessage.person_id).where(
        OutboxMessage.kind.in_(TO_OWNER), OutboxMessage.created_at >= first, OutboxMessage.person_id.is_not(None)
    )
    return frozenset(one for one in await by.session.scalars(statement) if one is not None)


def _row(by: Doing, kind: str, key: str, person_id: int, values: Mapping[str, Any]) -> dict[str, Any]:
    moment = sending_moment(by.city, by.now)
    return notices.row(f"{kind}:{key}:{person_id}", person_id, kind, values, moment, Promise.AT_MOST_ONCE)
