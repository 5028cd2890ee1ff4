"""The tree of indicators: who sees which of them, and what an administrator changes in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import staff
from bot.services.acting import Acting
from bot.services.performance import chain
from models.employee import Employee
from models.errors import Refusal
from models.performance.indicator import YEAR, Indicator, IndicatorTarget, Level, Source
from models.rules.performance.achievement import Target, require_target
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.pace import QUARTERS, Split
from models.rules.performance.plan_rules import even_quarters, split_of
from models.rules.permissions import Role

LONGEST_NAME = 300
#: How far up the chain of superiors is looked.
MOST_STEPS = 12

#: By quarter (YEAR: the whole year) what is to be reached.
Targets = Mapping[int, Target]


@dataclass(frozen=True, slots=True)
class Looking(Acting):
    """Who looks at indicators, and when."""

    @property
    def may_edit(self) -> bool:
        """Whether names, targets and owners may be changed."""
        return Role.ADMIN in self.presser.roles()


async def counted(session: AsyncSession, day: date) -> Sequence[Indicator]:
    """The indicators whose values the city's records give on that day."""
    statement = select(Indicator).where(Indicator.source != Source.MANUAL, _valid(day)).order_by(Indicator.id)
    return (await session.scalars(statement)).all()


async def get(by: Looking, indicator_id: int) -> Indicator:
    """One indicator; refused with `no_such_indicator`, and with `not_your_subordinate` for somebody else's own."""
    row = await by.session.get(Indicator, indicator_id)
    if row is None:
        raise Refusal("no_such_indicator")
    if not await _seen(by, [row]):
        raise Refusal("not_your_subordinate")
    return row


async def children(by: Looking, parent_id: int | None) -> list[Indicator]:
    """Those below an indicator (None: the city's), by code: without the own indicators of others."""
    below = Indicator.parent_id == parent_id if parent_id is not None else Indicator.parent_id.is_(None)
    return await _listed(by, below)


async def of_units(by: Looking, units: Collection[int]) -> list[Indicator]:
    """Those of some units, by level and code."""
    return await _listed(by, Indicator.unit_id.in_(units))


async def own_unit(by: Looking) -> frozenset[int]:
    """The unit on whose roster the presser is."""
    me = await by.session.get(Employee, by.presser.employee_id) if by.presser.employee_id is not None else None
    return frozenset() if me is None else frozenset({me.unit_id})


async def _listed(by: Looking, which: ColumnElement[bool]) -> list[Indicator]:
    statement = select(Indicator).where(which, _valid(by.today)).order_by(Indicator.code)
    return await _seen(by, (await by.session.scalars(statement)).all())


async def count_children(session: AsyncSession, indicator_ids: Collection[int], day: date) -> dict[int, int]:
    """How many stand below each: one query."""
    statement = (
        select(Indicator.parent_id, func.count())
        .where(Indicator.parent_id.in_(indicator_ids), _valid(day))
        .group_by(Indicator.parent_id)
    )
    return {parent: many for parent, many in await session.execute(statement) if parent is not None}


def _valid(day: date) -> ColumnElement[bool]:
    begun = or_(Indicator.valid_from.is_(None), Indicator.valid_from <= day)
    return and_(begun, or_(Indicator.valid_to.is_(None), Indicator.valid_to >= day))


async def _seen(by: Looking, rows: Sequence[Indicator]) -> list[Indicator]:
    """Without what is somebody else's own; an administrator, who changes it, has it without its values."""
    hidden = set() if by.may_edit else await secret(by, rows)
    return [row for row in rows if row.id not in hidden]


async def secret(by: Looking, rows: Sequence[Indicator]) -> set[int]:
    """The own indicators of others: neither the presser's nor of anybody led by the presser; HR sees all (rule 31)."""
    own = {row.id: row.owner_id for row in rows if row.level is Level.INDIVIDUAL and row.owner_id is not None}
    if not own or by.sees_everyone:
        return set()
    led = await _led(by, set(own.values()))
    return {number for number, owner in own.items() if owner not in led}


async def _led(by: Looking, owners: Collection[int]) -> set[int]:
    """The presser and those of them whom the presser leads today, on whatever level."""
    me = by.presser.employee_id
    if me is None:
        return set()
    leading = await chain.acting_for(by.session, me, by.today)
    led = {me} & set(owners)
    above: dict[int, int | None] = {owner: owner for owner in owners}
    for _ in range(MOST_STEPS):
        steps = await chain.superiors(by.session, {one for one in above.values() if one is not None}, by.today)
        above = {owner: steps.get(one) for owner, one in above.items() if one is not None and owner not in led}
        led |= {owner for owner, one in above.items() if one in leading}
        if not any(above.values()):
            break
    return led


# --- targets ---


async def targets(session: AsyncSession, indicator_ids: Collection[int], year: int) -> dict[int, dict[int, Target]]:
    """What each is to reach in a year, by quarter: one query."""
    statement = (
        select(IndicatorTarget)
        .where(IndicatorTarget.indicator_id.in_(indicator_ids), IndicatorTarget.year == year)
        .order_by(IndicatorTarget.indicator_id, IndicatorTarget.quarter)
    )
    found: dict[int, dict[int, Target]] = {}
    for row in await session.scalars(statement):
        found.setdefault(row.indicator_id, {})[row.quarter] = Target(row.low, row.high)
    return found


def split(aggregation: Aggregation, of: Targets) -> Split:
    """The quarters; where only the year is set, the split that is offered first."""
    quarters = [of.get(number) for number in range(1, QUARTERS + 1)]
    if any(quarters) or YEAR not in of:
        return quarters
    low, high = of[YEAR]
    return split_of(aggregation, low, high, even_quarters(aggregation, low))


# --- what an administrator changes ---


def require_edit(by: Looking) -> None:
    """Refused with `not_your_role` for everybody but administrators."""
    if not by.may_edit:
        raise Refusal("not_your_role")


async def rename(by: Looking, indicator_id: int, name: str) -> Indicator:
    """Another name; refused with `no_words` and `text_too_long`."""
    require_edit(by)
    row, words = await get(by, indicator_id), " ".join(name.split())
    if not words:
        raise Refusal("no_words")
    if len(words) > LONGEST_NAME:
        raise Refusal("text_too_long", most=LONGEST_NAME)
    row.name = words
    await by.session.flush()
    return row


async def give(by: Looking, indicator_id: int, employee_id: int | None) -> Indicator:
    """Another owner, or none; refused with `no_such_employee` and `employee_left`."""
    require_edit(by)
    row = await get(by, indicator_id)
    if employee_id is not None:
        owner = await staff.get(by.session, employee_id)
        if owner.valid_to is not None and owner.valid_to < by.today:
            raise Refusal("employee_left")
    row.owner_id = employee_id
    await by.session.flush()
    return row


async def aim(
    by: Looking, indicator_id: int, year: int, target: Target, quarters: Sequence[Decimal | None]
) -> Indicator:
    """The targets of a year anew; refused like `require_target`."""
    require_edit(by)
    row = await get(by, indicator_id)
    require_target(row.polarity, *target)
    wanted = {YEAR: target}
    for number, part in enumerate(split_of(row.aggregation, *target, tuple(quarters)), start=1):
        if part is not None:
            wanted[number] = part
    mine = IndicatorTarget.indicator_id == indicator_id, IndicatorTarget.year == year
    statement = select(IndicatorTarget).where(*mine).order_by(IndicatorTarget.quarter)
    present = {one.quarter: one for one in await by.session.scalars(statement)}
    for number in present.keys() - wanted.keys():
        await by.session.delete(present[number])
    for number, part in wanted.items():
        one = present.get(number) or IndicatorTarget(indicator_id=indicator_id, year=year, quarter=number)
        one.low, one.high = part
        by.session.add(one)
    await by.session.flush()
    return row
