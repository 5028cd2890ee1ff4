"""Who a message reaches: a filter turned into one statement, so that a hundred thousand people cost no memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from bot.services.people import valid_on
from models.broadcasts.broadcast import Broadcast, BroadcastKind, ListedRecipient, OptOut
from models.employee import Employee, RoleGrant
from models.person import Consent, Person, Purpose
from models.rules.audience import Audience, Circle
from models.training.hours import HoursStatus, TrainingHours
from models.training.registration import Attendance, Registration

#: So many names are shown of an audience.
SAMPLE = 5


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people a filter finds, how many of them cannot be written to, and some of the names."""

    people: int
    unreachable: int
    without_account: int
    names: tuple[str, ...]


def people(city: City, broadcast: Broadcast, today: date) -> Select[Any]:
    """The ids of the persons whom the broadcast is for, each once."""
    return _people(city, Audience.read(broadcast.audience), broadcast.kind, broadcast.id, today)


async def reach(session: AsyncSession, city: City, broadcast: Broadcast, today: date) -> Reach:
    """What the filter finds now: three queries."""
    found = people(city, broadcast, today).subquery()
    rows = select(func.count(), func.count().filter(~Person.reachable)).select_from(Person)
    counted = (await session.execute(rows.where(Person.id.in_(select(found.c.id))))).one()
    names: tuple[str, ...] = ()
    missing = 0
    audience = Audience.read(broadcast.audience)
    if audience.circle is not Circle.RESIDENTS:
        staff = (
            select(Employee.name)
            .where(Employee.person_id.in_(select(found.c.id)))
            .order_by(Employee.name)
            .limit(SAMPLE)
        )
        names = tuple(await session.scalars(staff))
        unbound = employees(city, audience, broadcast.id, today).where(Employee.person_id.is_(None))
        missing = await session.scalar(select(func.count()).select_from(unbound.subquery())) or 0
    return Reach(counted[0], counted[1], missing, names)


def _people(city: City, audience: Audience, kind: BroadcastKind, broadcast_id: int, today: date) -> Select[Any]:
    statement = select(Person.id.label("id")).where(Person.telegram_id.is_not(None))
    if kind is not BroadcastKind.ORDER:
        refused = select(OptOut.id).where(OptOut.person_id == Person.id, OptOut.kind == kind)
        statement = statement.where(~refused.exists())
    if audience.circle is Circle.RESIDENTS:
        agreed = select(Consent.id).where(
            Consent.person_id == Person.id, Consent.purpose == Purpose.BROADCASTS, Consent.withdrawn_at.is_(None)
        )
        statement = statement.where(agreed.exists())
        return statement.where(Person.area_id.in_(audience.areas)) if audience.areas else statement
    found = employees(city, audience, broadcast_id, today).with_only_columns(Employee.person_id)
    return statement.where(Person.id.in_(found))


def employees(city: City, audience: Audience, broadcast_id: int, today: date) -> Select[Any]:
    """The ids of the employees of today whom the filter finds, with an account or without."""
    statement = select(Employee.id).where(valid_on(Employee, today))
    if audience.circle is Circle.LISTED:
        listed = select(ListedRecipient.employee_id).where(ListedRecipient.broadcast_id == broadcast_id)
        return statement.where(Employee.id.in_(listed))
    for condition in _conditions(city, audience, today):
        statement = statement.where(condition)
    return statement


def _conditions(city: City, audience: Audience, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if audience.units:
        found.append(Employee.unit_id.in_(below(city, audience.units)))
    if audience.kinds:
        found.append(Employee.kind.in_(audience.kinds))
    if audience.grades:
        found.append(
            or_(false(), *(Employee.grade.istartswith(f"{grade}/", autoescape=True) for grade in audience.grades))
        )
    if audience.positions:
        found.append(or_(false(), *(Employee.position.icontains(word, autoescape=True) for word in audience.positions)))
    if audience.roles:
        granted = select(RoleGrant.employee_id).where(RoleGrant.role.in_(audience.roles), valid_on(RoleGrant, today))
        found.append(Employee.id.in_(granted))
    if audience.hours_below is not None:
        found.append(func.coalesce(_hours(today.year), 0) < audience.hours_below)
    if audience.attended:
        found.append(Employee.id.in_(_attended(audience.attended)))
    if audience.not_attended:
        found.append(Employee.id.not_in(_attended(audience.not_attended)))
    return found


def below(city: City, unit_ids: tuple[int, ...]) -> set[int]:
    """These units with everything below them, and what was merged into them."""
    found = set(unit_ids)
    while True:
        more = {
            unit.id
            for unit in city.units.values()
            if unit.id not in found and (unit.parent_id in found or unit.merged_into_id in found)
        }
        if not more:
            return found
        found |= more


def _hours(year: int) -> Any:
    return (
        select(func.sum(TrainingHours.hours))
        .where(
            TrainingHours.employee_id == Employee.id,
            TrainingHours.year == year,
            TrainingHours.status == HoursStatus.COUNTED,
        )
        .scalar_subquery()
    )


def _attended(course_ids: tuple[int, ...]) -> Select[Any]:
    return (
        select(Registration.employee_id)
        .join(Attendance, Attendance.registration_id == Registration.id)
        .where(Registration.course_id.in_(course_ids))
    )
