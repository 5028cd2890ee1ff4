"""Indicators as they stand: value, target, pace; a page of them, or one with everything about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bot.services.performance import facts, indicators
from bot.services.performance.facts import Beside
from bot.services.performance.indicators import Looking, Targets
from bot.services.performance.values import pace_limits
from models.employee import Employee
from models.performance.indicator import YEAR, Indicator, IndicatorFact, Source
from models.rules.performance.achievement import Target, achievement
from models.rules.performance.pace import PaceStatus, expected_at, pace_status, year_point

PAGE = 8


@dataclass(frozen=True, slots=True)
class Standing:
    """One indicator today: its value (None: none yet, or `hidden`), the year's targets, what is due by now.

    `reached` is the raw achievement of the year's target in per cent.
    """

    row: Indicator
    targets: Targets
    beside: Beside
    due: Target | None
    status: PaceStatus
    below: int = 0
    hidden: bool = False

    @property
    def goal(self) -> Target | None:
        """The year's target."""
        return self.targets.get(YEAR)

    @property
    def value(self) -> Decimal | None:
        """What the records give; of one that is typed what its owner typed, or the first of those who did."""
        return None if self.hidden else value_of(self.row, self.beside)

    @property
    def reached(self) -> Decimal | None:
        """Per cent of the year's target, raw."""
        return None if self.goal is None else achievement(self.row.polarity, self.value, *self.goal)


@dataclass(frozen=True, slots=True)
class Card:
    """Everything about one: where it hangs, whose it is, what its quarters gave, what stands below it."""

    standing: Standing
    parent: Indicator | None
    owner: str
    quarters: dict[int, IndicatorFact] = field(default_factory=dict)
    below: Sequence[Indicator] = ()


def value_of(row: Indicator, beside: Beside) -> Decimal | None:
    """The value that counts."""
    if row.source is not Source.MANUAL:
        return beside.fact.value if beside.fact is not None else None
    return beside.typed[0].value if beside.typed else None


async def stand(by: Looking, rows: Sequence[Indicator]) -> list[Standing]:
    """Where each stands: a fixed number of queries."""
    ids, limits = [row.id for row in rows], pace_limits(by.city.facts)
    aims = await indicators.targets(by.session, ids, by.today.year)
    found = await facts.beside(by.session, ids, by.today)
    below = await indicators.count_children(by.session, ids, by.today)
    hidden = await indicators.secret(by, rows)
    point = year_point(by.today, by.city.calendar)
    standings = []
    for row in rows:
        aim = aims.get(row.id, {})
        split = indicators.split(row.aggregation, aim)
        due = expected_at(row.aggregation, row.polarity, split, point, row.baseline)
        value = None if row.id in hidden else value_of(row, found[row.id])
        status = pace_status(row.polarity, value, due, limits)
        beside = Beside(None) if row.id in hidden else found[row.id]
        standings.append(Standing(row, aim, beside, due, status, below.get(row.id, 0), row.id in hidden))
    return standings


async def card(by: Looking, indicator_id: int) -> Card:
    """One indicator; refused like `indicators.get`."""
    row = await indicators.get(by, indicator_id)
    (standing,) = await stand(by, [row])
    parent = await by.session.get(Indicator, row.parent_id) if row.parent_id is not None else None
    owner = await by.session.get(Employee, row.owner_id) if row.owner_id is not None else None
    quarters = {} if standing.hidden else await facts.quarter_facts(by.session, row.id, by.today)
    below = await indicators.children(by, row.id)
    return Card(standing, parent, owner.name if owner is not None else "", quarters, below)
