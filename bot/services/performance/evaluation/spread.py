"""Whether a unit's predicates spread as its own predicate allows (SE MenPANRB): only a warning follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.performance.evaluation.judging import Judging, number_fact
from bot.services.performance.evaluation.telling import human_resources, tell
from models.performance.evaluation import Evaluation, UnitPredicate
from models.rules.performance.predicate import OrganisationPredicate, Predicate, SpreadWarning, spread_warnings

#: Below so many people shares mean nothing, where the city's data says nothing else.
SMALLEST = 5


async def counts(session: AsyncSession, unit_id: int, year: int, quarter: int) -> dict[Predicate, int]:
    """How many people of a unit have which predicate in a period."""
    statement = (
        select(Evaluation.predicate, func.count())
        .where(
            Evaluation.unit_id == unit_id,
            Evaluation.year == year,
            Evaluation.quarter == quarter,
            Evaluation.predicate.is_not(None),
        )
        .group_by(Evaluation.predicate)
    )
    return {found: n for found, n in await session.execute(statement) if found is not None}


async def warnings_of(
    by: Judging, unit_id: int, year: int, quarter: int
) -> tuple[OrganisationPredicate | None, list[SpreadWarning]]:
    """The unit's own predicate of the period (None: not set) and what the ratings break of its pattern."""
    found = await by.session.scalar(
        select(UnitPredicate.predicate).where(
            UnitPredicate.unit_id == unit_id, UnitPredicate.year == year, UnitPredicate.quarter == quarter
        )
    )
    if found is None:
        return None, []
    smallest = number_fact(by.city, "evaluation.smallest_spread", SMALLEST)
    return found, spread_warnings(found, await counts(by.session, unit_id, year, quarter), smallest)


async def of_city(by: Judging, year: int, quarter: int) -> list[tuple[str, OrganisationPredicate, list[SpreadWarning]]]:
    """The units whose ratings break the pattern of their predicate, by name: two queries."""
    own = await by.session.execute(
        select(UnitPredicate.unit_id, UnitPredicate.predicate).where(
            UnitPredicate.year == year, UnitPredicate.quarter == quarter
        )
    )
    rated = await by.session.execute(
        select(Evaluation.unit_id, Evaluation.predicate, func.count())
        .where(Evaluation.year == year, Evaluation.quarter == quarter, Evaluation.predicate.is_not(None))
        .group_by(Evaluation.unit_id, Evaluation.predicate)
    )
    found: dict[int, dict[Predicate, int]] = {}
    for unit_id, predicate, n in rated:
        if predicate is not None:
            found.setdefault(unit_id, {})[predicate] = n
    smallest = number_fact(by.city, "evaluation.smallest_spread", SMALLEST)
    broken = [
        (by.city.units[unit_id].short_name, organisation, spread_warnings(organisation, found[unit_id], smallest))
        for unit_id, organisation in own
        if unit_id in found
    ]
    return sorted([one for one in broken if one[2]], key=lambda one: one[0])


async def warn(by: Judging, row: Evaluation) -> list[SpreadWarning]:
    """Tell the appraiser and human resources, once for each set of warnings."""
    organisation, found = await warnings_of(by, row.unit_id, row.year, row.quarter)
    if organisation is None or not found:
        return []
    values = {
        "unit": by.city.units[row.unit_id].short_name,
        "year": row.year,
        "quarter": row.quarter,
        "organisation": organisation.value,
        "warnings": [plain(warning) for warning in found],
    }
    people = await human_resources(by)
    told: dict[int, Mapping[str, Any]] = dict.fromkeys({*people, by.employee_id}, values)
    broken = "+".join(sorted("".join(sorted(name[:4] for name in one.rule.predicates)) for one in found))
    await tell(by, told, "spread_warning", f"{row.unit_id}:{row.year}:{row.quarter}:{broken}"[:70])
    return found


def plain(warning: SpreadWarning) -> dict[str, Any]:
    """A warning as plain values."""
    rule = warning.rule
    return {
        "predicates": sorted(one.value for one in rule.predicates),
        "at_least": None if rule.at_least is None else str(rule.at_least),
        "at_most": None if rule.at_most is None else str(rule.at_most),
        "share": str(warning.share),
    }
