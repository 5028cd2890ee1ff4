"""Who answered the survey, in bands: one table a field of the profile, without the small cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.reports.satisfaction import Scope, in_periods
from models.rules.small_cells import hidden
from models.survey import SurveyResponse

#: The fields of the profile, in the ministry's order.
FIELDS = ("sex", "age_band", "education", "occupation", "hour_band")


@dataclass(frozen=True, slots=True)
class Profile:
    """One field: how many people for each value (None: not said), and which values are too few to publish."""

    counts: Mapping[str | None, int]
    hidden: frozenset[str | None]


async def profiles(session: AsyncSession, scope: Scope, period: str) -> dict[str, Profile]:
    """The respondents of a scope in a period, by each field of the profile. One query."""
    table = SurveyResponse
    columns = [getattr(table, name) for name in FIELDS]
    # The period stands first in the groups so that the index gives them in order.
    statement = (
        select(table.period, *columns, func.count())
        .where(in_periods([period]), scope.condition(table))
        .group_by(table.period, *columns)
        .order_by(table.period, *columns)
    )
    counters: dict[str, Counter[str | None]] = {name: Counter() for name in FIELDS}
    for _, *values, n in await session.execute(statement):
        for name, value in zip(FIELDS, values, strict=True):
            counters[name][value] += n
    return {name: Profile(dict(counter), hidden(counter)) for name, counter in counters.items()}
