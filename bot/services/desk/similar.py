"""Which open reports are about the same thing: chosen in SQL by time, service and place, then compared by their words.

Restricted reports (confidential, or about a unit or civil servant) are neither compared nor shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, radians
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.services import identity
from bot.services.city import City
from bot.services.desk.verifying import Acting
from bot.services.desk.visibility import unrestricted, visible_to
from models.complaint import Complaint
from models.person import Person
from models.rules import ticket_code
from models.rules.complaint_flow import OPEN
from models.rules.coordinates import Point
from models.rules.desk.similarity import FAR, Likeness, Told, rank

#: So many reports are compared at most, the newest ones.
MOST_COMPARED = 80
#: So many are shown to a resident and to the desk.
OFFERED, SHOWN = 3, 6
#: Days back, and the least likeness in percent, where the limits `similar_days` and `similar_percent` say nothing.
DAYS, PERCENT = 30, 50
_METRES_A_DEGREE = 111_320


@dataclass(frozen=True, slots=True)
class Similar:
    """A report that is perhaps the same, and why it seems so."""

    complaint: Complaint
    likeness: Likeness


async def to_draft(session: AsyncSession, city: City, person: Person, told: Told, now: datetime) -> list[Similar]:
    """Public reports of other people that a resident may follow instead of sending this one; never the own ones."""
    marks = identity.marks_of(session, person.id)
    foreign = and_(
        or_(Complaint.reporter_id.is_(None), Complaint.reporter_id != person.id),
        or_(Complaint.reporter_mark.is_(None), Complaint.reporter_mark.not_in(marks)),
    )
    return (await _found(session, city, told, now, foreign))[:OFFERED]


async def to_report(acting: Acting, complaint: Complaint) -> list[Similar]:
    """Reports that this person sees and that may be the same; nothing is like a restricted one.

    Two of one named person are never the same. Of anonymous ones it is not even looked: the gap would tell.
    """
    if complaint.record().restricted:
        return []
    others = [Complaint.id != complaint.id, visible_to(acting.presser)]
    if complaint.reporter_id is not None:
        others.append(or_(Complaint.reporter_id.is_(None), Complaint.reporter_id != complaint.reporter_id))
    told = told_of(acting.city, complaint)
    return (await _found(acting.session, acting.city, told, acting.now, *others))[:SHOWN]


async def offered(session: AsyncSession, ids: Sequence[int]) -> Sequence[Complaint]:
    """Those of the reports offered to a resident that may still be followed, in the order they were offered."""
    statement = (
        select(Complaint)
        .where(Complaint.id.in_(ids), Complaint.status.in_(OPEN), unrestricted())
        .options(joinedload(Complaint.service), joinedload(Complaint.area))
    )
    rows = {row.id: row for row in await session.scalars(statement)}
    return [rows[number] for number in ids if number in rows]


async def by_words(acting: Acting, text: str) -> Complaint | None:
    """The report whose tracking ID stands in the words, if this person sees it."""
    codes = ticket_code.find(text)
    statement = select(Complaint).where(Complaint.code.in_(codes), visible_to(acting.presser)).limit(1)
    return (await acting.session.scalars(statement)).first()


def told_of(city: City, complaint: Complaint) -> Told:
    """What of a report is compared."""
    return Told(
        text=complaint.text,
        day=city.today(complaint.received_at),
        service_id=complaint.service_id,
        unit_id=complaint.unit_id,
        area_id=complaint.area_id,
        point=_point(complaint.latitude, complaint.longitude),
        landmark=complaint.landmark,
    )


def told_in(city: City, draft: dict[str, Any], service_id: int | None, unit_id: int | None, now: datetime) -> Told:
    """What of a draft is compared."""
    if unit_id is None and service_id in city.services:
        unit_id = city.services[service_id].unit_id
    return Told(
        text=draft["text"],
        day=city.today(now),
        service_id=service_id,
        unit_id=city.successor(unit_id).id if unit_id in city.units else None,
        area_id=draft.get("area_id"),
        point=_point(draft.get("latitude"), draft.get("longitude")),
        landmark=draft.get("landmark"),
    )


def _point(latitude: float | None, longitude: float | None) -> Point | None:
    return Point(latitude, longitude) if latitude is not None and longitude is not None else None


async def _found(
    session: AsyncSession, city: City, told: Told, now: datetime, *conditions: ColumnElement[bool]
) -> list[Similar]:
    """One query, whatever it finds."""
    days = city.limits.working_days.get("similar_days", DAYS)
    least = city.limits.working_days.get("similar_percent", PERCENT) / 100
    rows = (await session.scalars(_chosen(told, now - timedelta(days=days), conditions))).unique().all()
    ranked = rank(told, [(row.id, told_of(city, row)) for row in rows], days, least)
    by_id = {row.id: row for row in rows}
    return [Similar(by_id[one.number], one) for one in ranked]


def _chosen(told: Told, since: datetime, conditions: Sequence[ColumnElement[bool]]) -> Select[Complaint]:
    """The newest open reports about the same service or unit, near by as far as that is known."""
    return (
        select(Complaint)
        .where(
            Complaint.status.in_(OPEN),
            Complaint.received_at > since,
            unrestricted(),
            *_same_matter(told),
            *_same_place(told),
            *conditions,
        )
        .order_by(Complaint.id.desc())
        .limit(MOST_COMPARED)
        .options(joinedload(Complaint.service), joinedload(Complaint.area), joinedload(Complaint.unit))
    )


def _same_matter(told: Told) -> list[ColumnElement[bool]]:
    if told.service_id is None and told.unit_id is None:
        return []
    unknown = and_(Complaint.service_id.is_(None), Complaint.unit_id.is_(None))
    return [or_(Complaint.service_id == told.service_id, Complaint.unit_id == told.unit_id, unknown)]


def _same_place(told: Told) -> list[ColumnElement[bool]]:
    if told.point is None and told.area_id is None:
        return []
    near: list[ColumnElement[bool]] = [Complaint.area_id.is_(None)]
    if told.area_id is not None:
        near.append(Complaint.area_id == told.area_id)
    if told.point is not None:
        high = FAR / _METRES_A_DEGREE
        wide = high / cos(radians(told.point.latitude))
        near.append(
            and_(
                Complaint.latitude.between(told.point.latitude - high, told.point.latitude + high),
                Complaint.longitude.between(told.point.longitude - wide, told.point.longitude + wide),
            )
        )
    return [or_(*near)]
