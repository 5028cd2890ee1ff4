"""In January whoever has no work plan of the year is reminded once, and the superior learns who is missing.

From which day (`performance.plan_remind`) and until when (`performance.plan_until`) is the city's data. Within these
days downtime and leave are made up for on the first working day after them; the key of a notice names the year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import notices, outbox
from bot.services.city import City
from bot.services.notices import sending_moment
from models.outbox import Promise
from models.performance.plan import WorkPlan
from models.rules.dates import day_of_year
from models.rules.performance.plan_rules import PlanStatus

#: Day and month, where the city's data says nothing: from when one is reminded, and until when plans are approved.
REMIND_FROM, PLAN_UNTIL = "10-01", "31-01"
#: So many names are told to a superior.
NAMED = 15
#: In force, or with the superior.
ON_ITS_WAY = (PlanStatus.SUBMITTED, PlanStatus.APPROVED)


def plan_deadline(city: City, year: int) -> date:
    """Until when the plans of a year are to be approved."""
    return day_of_year(city.fact("performance.plan_until", PLAN_UNTIL), year)


def year_to_remind(city: City, now: datetime) -> int | None:
    """The year whose plans are asked for today; None on other days, and on those without office hours."""
    today = city.today(now)
    first = day_of_year(city.fact("performance.plan_remind", REMIND_FROM), today.year)
    if not city.calendar.is_working_day(today) or not first <= today <= plan_deadline(city, today.year):
        return None
    return today.year


async def planned(session: AsyncSession, year: int) -> set[int]:
    """Whose plan of the year is in force or submitted: one query."""
    statement = select(WorkPlan.employee_id).where(WorkPlan.year == year, WorkPlan.status.in_(ON_ITS_WAY))
    return set(await session.scalars(statement))


async def remind(
    session: AsyncSession,
    city: City,
    now: datetime,
    year: int,
    owners: Sequence[int],
    leaders: Mapping[int, Sequence[str]],
) -> int:
    """Put a notice to these persons, and to these superiors the names; each once a year. How many were fresh."""
    until = plan_deadline(city, year).isoformat()
    rows = [_row(city, now, "plan_missing", year, one, {"until": until}) for one in owners]
    for one, names in leaders.items():
        values = {"until": until, "names": list(names[:NAMED]), "count": len(names)}
        rows.append(_row(city, now, "plans_missing", year, one, values))
    return await outbox.put_many(session, rows, now)


def _row(city: City, now: datetime, kind: str, year: int, person_id: int, values: dict[str, Any]) -> dict[str, Any]:
    told, moment = {"year": year, **values}, sending_moment(city, now)
    return notices.row(f"{kind}:{year}:{person_id}", person_id, kind, told, moment, Promise.AT_MOST_ONCE)
