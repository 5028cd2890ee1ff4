"""Announces a rule's recognitions of a period, once, to staff only; and answers whoever checks a certificate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.people import valid_on
from bot.services.performance.evaluation.judging import Judging
from bot.services.performance.evaluation.telling import tell
from bot.services.performance.recognition import awards
from models.employee import Employee
from models.errors import Refusal
from models.organisation import Unit
from models.outbox import Lane
from models.performance.recognition import Nomination, NominationStatus, RecognitionRule


class Reach(StrEnum):
    """To whom a recognition is announced."""

    UNIT = "unit"
    CITY = "city"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate's code says to whoever checks it; `name` is None without a consent in force."""

    number: str
    title: str
    period: str
    name: str | None


async def require_announceable(by: Judging, rule_id: int, period: str) -> Sequence[Nomination]:
    """What can be announced now: those with a consent.

    Refused with `not_your_role`, `announced_already` (once per rule and period) or `nobody_consented`.
    """
    if not by.sees_everyone:
        raise Refusal("not_your_role")
    told = select(Nomination.id).where(
        Nomination.rule_id == rule_id, Nomination.period == period, Nomination.announced_at.is_not(None)
    )
    if (await by.session.scalars(told.limit(1))).first() is not None:
        raise Refusal("announced_already")
    rows = await awards.of_rule(by, rule_id, period, NominationStatus.CONSENTED)
    if not rows:
        raise Refusal("nobody_consented")
    return rows


async def announce(by: Judging, rule_id: int, period: str, reach: Reach) -> int:
    """Tell the staff of the city, or of the units of those who are recognised; how many are told."""
    rows = await require_announceable(by, rule_id, period)
    names = await names_of(by.session, rows)
    homes = await _homes(by, rows)
    title = await awards.title_of(by, rule_id)
    for row in rows:
        await awards.announced(by, row)
    told: dict[int, Mapping[str, Any]] = {}
    for employee, unit in await _staff(by):
        heard = [names[row.id] for row in rows if reach is Reach.CITY or homes[row.id] == unit]
        if heard:
            told[employee] = {"title": title, "period": period, "names": heard}
    return await tell(by, told, "award_announced", f"{rule_id}:{period}", lane=Lane.MASS)


async def _staff(by: Judging) -> list[tuple[int, int]]:
    """Everybody on the roster today with the unit that answers today."""
    found = await by.session.execute(
        select(Employee.id, Employee.unit_id).where(valid_on(Employee, by.today)).order_by(Employee.id)
    )
    return [(employee, by.city.successor(unit).id) for employee, unit in found]


async def _homes(by: Judging, rows: Sequence[Nomination]) -> dict[int, int]:
    """The unit of each recognised person or unit, by nomination."""
    people = {row.employee_id for row in rows if row.employee_id is not None}
    found = await by.session.execute(select(Employee.id, Employee.unit_id).where(Employee.id.in_(people)))
    units = {employee: unit for employee, unit in found}
    return {row.id: by.city.successor(row.unit_id or units[row.employee_id or 0]).id for row in rows}


async def names_of(session: AsyncSession, rows: Sequence[Nomination]) -> dict[int, str]:
    """Who is recognised, by nomination: one query."""
    statement = (
        select(Nomination.id, Employee.name, Unit.name)
        .outerjoin(Employee, Employee.id == Nomination.employee_id)
        .outerjoin(Unit, Unit.id == Nomination.unit_id)
        .where(Nomination.id.in_([row.id for row in rows]))
    )
    return {number: person or unit or "" for number, person, unit in await session.execute(statement)}


async def check(session: AsyncSession, token: str) -> Certificate:
    """What the code of a certificate stands for; refused with `no_such_certificate`. Anybody may ask."""
    statement = (
        select(Nomination, RecognitionRule.title)
        .join(RecognitionRule, RecognitionRule.id == Nomination.rule_id)
        .where(Nomination.token == token, Nomination.status.in_(awards.AWARDED))
    )
    found = (await session.execute(statement)).first() if token else None
    if found is None:
        raise Refusal("no_such_certificate")
    row, title = found
    name = (await names_of(session, [row]))[row.id] if row.status in awards.NAMED else None
    return Certificate(row.certificate or "", title, row.period, name)
