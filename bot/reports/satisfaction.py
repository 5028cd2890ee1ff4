"""What the survey says, counted in SQL: per service, unit, city and period. One row a service and period comes back.

Everything else (IKM, grade, order of the elements, whether the sample is large enough) follows from these sums by
`models.rules.skm`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.population import ServiceUsers
from models.rules.skm import Element, Tally, sample_needed
from models.rules.small_cells import hidden, is_publishable
from models.rules.survey_period import earlier, first_day, following, parts_in
from models.survey import COLUMNS, MicroAnswer, SurveyResponse

#: So many earlier periods stand beside the one asked for; of whole years fewer.
EARLIER, EARLIER_YEARS = 5, 2
NOTHING = Tally(0, {})


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose answers: one service's, some units', or (both None) the city's."""

    service_id: int | None = None
    units: frozenset[int] | None = None

    def condition(self, table: type[SurveyResponse] | type[MicroAnswer]) -> ColumnElement[bool]:
        """The same as SQL."""
        conditions: list[ColumnElement[bool]] = []
        if self.service_id is not None:
            conditions.append(table.service_id == self.service_id)
        if self.units is not None:
            conditions.append(table.unit_id.in_(self.units))
        return and_(True, *conditions)


@dataclass(frozen=True, slots=True)
class Sample:
    """How many answers speak for so many users.

    `population` is None while the users of some service are not known; `unknown` says of how many services.
    """

    n: int = 0
    population: int | None = None
    unknown: int = 0

    @property
    def needed(self) -> int | None:
        """The answers needed (Krejcie & Morgan)."""
        return None if self.population is None else sample_needed(self.population)

    @property
    def is_reached(self) -> bool | None:
        """Whether there are enough answers; None when nobody can tell."""
        return None if self.needed is None else self.n >= self.needed


@dataclass(frozen=True, slots=True)
class Results:
    """What one scope says in one period, and what it said before (`trend`, the oldest first, this period last).

    `micro` are the one-tap answers, kept apart; with `mixed` they are counted into every figure, which is said beside
    each. `suppressed`: too few people to publish anything; nothing else is filled then.
    """

    period: str
    whole: Tally = NOTHING
    services: Mapping[int, Tally] = field(default_factory=dict)
    units: Mapping[int, Tally] = field(default_factory=dict)
    trend: tuple[tuple[str, Tally], ...] = ()
    sample: Sample = Sample()
    samples: Mapping[int, Sample] = field(default_factory=dict)
    micro: Mapping[Element, Tally] = field(default_factory=dict)
    mixed: bool = False
    suppressed: bool = False

    @property
    def before(self) -> Tally | None:
        """The newest earlier period with answers."""
        return next((tally for _, tally in reversed(self.trend[:-1]) if tally.n), None)


class Row(NamedTuple):
    """The sums of one service, unit and period. `answers` counts one-tap answers, which have one element each."""

    period: str
    unit_id: int
    service_id: int
    n: int
    sums: Mapping[Element, int]
    answers: Mapping[Element, int] = {}


async def results(
    session: AsyncSession, scope: Scope, period: str, *, micro_in_ikm: bool = False, public: bool = False
) -> Results:
    """The figures of a scope in a period (a year holds all its shorter periods). Three queries.

    `public` leaves out whatever speaks of fewer than five people.
    """
    steps = EARLIER if "-" in period else EARLIER_YEARS
    periods = [earlier(period, step) for step in range(steps, -1, -1)]
    full, taps = await _full(session, scope, periods), await _taps(session, scope, periods)
    users = await users_before(session, period)
    rows = full + taps if micro_in_ikm else full
    now = [row for row in rows if row.period == period]
    services = _grouped((row.service_id, row) for row in now)
    samples = {key: _sample([(key, tally)], users) for key, tally in services.items()}
    found = Results(
        period=period,
        whole=summed(now),
        services=services,
        units=_grouped((row.unit_id, row) for row in now),
        trend=tuple((name, summed([row for row in rows if row.period == name])) for name in periods),
        sample=_sample(list(services.items()), users),
        samples=samples,
        micro=_apart([row for row in taps if row.period == period]),
        mixed=micro_in_ikm,
    )
    return published(found) if public else found


def published(found: Results) -> Results:
    """What of it everybody may read: nothing of fewer than five people, nor what the rest would tell of them."""
    if not is_publishable(found.whole.n):
        return Results(found.period, mixed=found.mixed, suppressed=True)
    services, units = _publishable(found.services), _publishable(found.units)
    return replace(
        found,
        services=services,
        units=units,
        trend=tuple((name, tally if is_publishable(tally.n) else NOTHING) for name, tally in found.trend),
        samples={key: sample for key, sample in found.samples.items() if key in services},
        micro={key: tally for key, tally in found.micro.items() if is_publishable(tally.n)},
    )


def _publishable(parts: Mapping[int, Tally]) -> dict[int, Tally]:
    out = hidden({key: tally.n for key, tally in parts.items()})
    return {key: tally for key, tally in parts.items() if key not in out}


# --- the queries ---


async def _full(session: AsyncSession, scope: Scope, periods: Sequence[str]) -> list[Row]:
    """The nine-element answers, by period, unit and service."""
    table = SurveyResponse
    keys = (table.period, table.unit_id, table.service_id)
    sums = [func.sum(getattr(table, column)) for column in COLUMNS]
    statement = (
        select(*keys, func.count(), *sums)
        .where(in_periods(periods), scope.condition(table))
        .group_by(*keys)
        .order_by(*keys)
    )
    return [
        Row(_folded(period, periods), unit_id, service_id, n, dict(zip(Element, map(int, scores), strict=True)))
        for period, unit_id, service_id, n, *scores in await session.execute(statement)
    ]


async def _taps(session: AsyncSession, scope: Scope, periods: Sequence[str]) -> list[Row]:
    """The one-tap answers in the same shape."""
    table = MicroAnswer
    ends = [(table.day < first_day(following(period)), period) for period in periods]
    period = case(*ends, else_="")
    keys = (table.unit_id, table.service_id, table.element)
    statement = (
        select(period.label("period"), *keys, func.count(), func.sum(table.score))
        .where(
            table.day >= first_day(periods[0]),
            table.day < first_day(following(periods[-1])),
            scope.condition(table),
        )
        .group_by("period", *keys)
        .order_by("period", *keys)
    )
    return [
        Row(name, unit_id, service_id, 0, {element: int(total)}, {element: count})
        for name, unit_id, service_id, element, count, total in await session.execute(statement)
    ]


def in_periods(periods: Sequence[str]) -> ColumnElement[bool]:
    """The condition that a response belongs to one of the periods."""
    if "-" in periods[0]:
        return SurveyResponse.period.in_(periods)
    return and_(SurveyResponse.period >= periods[0], SurveyResponse.period < following(periods[-1]))


def _folded(period: str, periods: Sequence[str]) -> str:
    """A quarter counts for its year where years are asked for."""
    return period if "-" in periods[0] else period[:4]


async def users_before(session: AsyncSession, period: str) -> dict[int, int]:
    """How many people each service served in the period before this one, where it is known.

    For a year its number, or else the sum of its parts if all of them are known.
    """
    before = earlier(period)
    table = ServiceUsers
    named = table.period == before
    if "-" not in before:
        named = or_(named, table.period.startswith(f"{before}-"))
    statement = select(table.service_id, table.period, table.users).where(named).order_by(table.id)
    known: dict[int, dict[str, int]] = {}
    for service_id, name, users in await session.execute(statement):
        known.setdefault(service_id, {})[name] = users
    found = {service_id: _whole_year(before, parts) for service_id, parts in known.items()}
    return {service_id: users for service_id, users in found.items() if users is not None}


def _whole_year(period: str, known: Mapping[str, int]) -> int | None:
    if period in known:
        return known[period]
    complete = (parts for parts in parts_in(period) if all(part in known for part in parts))
    return next((sum(known[part] for part in parts) for parts in complete), None)


# --- the sums ---


def summed(rows: Iterable[Row]) -> Tally:
    """The rows as one tally."""
    n, sums, answers = 0, dict.fromkeys(Element, 0), dict.fromkeys(Element, 0)
    for row in rows:
        n += row.n
        for element, total in row.sums.items():
            sums[element] += total
        for element, count in row.answers.items():
            answers[element] += count
    return Tally(n, sums, answers if any(answers.values()) else None)


def _grouped(rows: Iterable[tuple[int, Row]]) -> dict[int, Tally]:
    groups: dict[int, list[Row]] = {}
    for key, row in rows:
        groups.setdefault(key, []).append(row)
    return {key: summed(group) for key, group in groups.items()}


def _apart(taps: Sequence[Row]) -> dict[Element, Tally]:
    """The one-tap answers of each element as a tally of its own."""
    found = {}
    for element in Element:
        mine = [row for row in taps if element in row.sums]
        n = sum(row.answers[element] for row in mine)
        if n:
            found[element] = Tally(n, {element: sum(row.sums[element] for row in mine)})
    return found


def _sample(services: Sequence[tuple[int, Tally]], users: Mapping[int, int]) -> Sample:
    """The full answers against the users; one-tap answers are no part of the sample."""
    answered = [(service_id, tally.n) for service_id, tally in services if tally.n]
    unknown = sum(service_id not in users for service_id, _ in answered)
    known = sum(users.get(service_id, 0) for service_id, _ in answered)
    n = sum(count for _, count in answered)
    return Sample(n, known if answered and not unknown else None, unknown)
