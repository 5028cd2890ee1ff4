"""Who is told what about a complaint. Every notice is an outbox row with a unique key, sent after the commit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Date, Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import outbox
from bot.services.city import City
from bot.services.people import valid_on
from models.complaint import Complaint, ComplaintEvent
from models.employee import ActingSuperior, Employee, Leave, RoleGrant
from models.rules.complaint_flow import Action, Verdict
from models.rules.permissions import Role

#: The value of a note by which a report knows a duplicate that was merged into it.
FOLLOWER = "follower_id"


async def complaint_filed(session: AsyncSession, city: City, complaint: Complaint, now: datetime) -> None:
    """A new report waits for verification."""
    people = await holders(session, city.today(now), Role.VERIFIER)
    await tell(session, city, complaint, people, "report_filed", now)


async def information_added(
    session: AsyncSession, city: City, complaint: Complaint, event: ComplaintEvent, now: datetime
) -> None:
    """The reporter added something: whoever works on it should look."""
    people = await workers(session, city, complaint, now)
    await tell(session, city, complaint, people, "information_added", now, event_id=event.id)


async def taken_back(
    session: AsyncSession, city: City, complaint: Complaint, event: ComplaintEvent, now: datetime
) -> None:
    """The reporter took the report back."""
    people = await workers(session, city, complaint, now)
    await tell(session, city, complaint, people, "report_withdrawn", now, event_id=event.id)


async def judged(session: AsyncSession, city: City, complaint: Complaint, event: ComplaintEvent, now: datetime) -> None:
    """The reporter's verdict: solved, not solved (back on the desk), or closed as not solved."""
    kind = "verdict_solved" if complaint.verdict is Verdict.SOLVED else "verdict_not_solved"
    people = set(await workers(session, city, complaint, now))
    if kind == "verdict_not_solved":
        people |= set(await holders(session, city.today(now), Role.HEAD, complaint.unit_id))
    await tell(session, city, complaint, people, kind, now, event_id=event.id, score=complaint.score or 0)
    await followers(session, city, complaint, event, now)


async def reporter(
    session: AsyncSession,
    city: City,
    complaint: Complaint,
    kind: str,
    now: datetime,
    event: ComplaintEvent,
    **values: Any,
) -> None:
    """Tell the reporter about a step of the own report."""
    if complaint.reporter_id is not None:
        await tell(session, city, complaint, [complaint.reporter_id], kind, now, event_id=event.id, **values)
    await followers(session, city, complaint, event, now)


async def followers(
    session: AsyncSession, city: City, complaint: Complaint, event: ComplaintEvent, now: datetime
) -> None:
    """Whoever reported the same is told of each change of status, about the own report (domain rule 19)."""
    if event.status_before is event.status_after:
        return
    for follower in await merged_into(session, complaint):
        people = [follower.reporter_id] if follower.reporter_id is not None else []
        status = event.status_after.value
        await tell(session, city, follower, people, "same_report_moved", now, event_id=event.id, status=status)


async def merged_into(session: AsyncSession, complaint: Complaint) -> list[Complaint]:
    """The duplicates whose reporters follow this report."""
    notes = select(ComplaintEvent.values).where(
        ComplaintEvent.complaint_id == complaint.id, ComplaintEvent.action == Action.NOTE
    )
    ids = [values[FOLLOWER] for values in await session.scalars(notes) if FOLLOWER in values]
    if not ids:
        return []
    return list(await session.scalars(select(Complaint).where(Complaint.id.in_(ids)).order_by(Complaint.id)))


async def workers(session: AsyncSession, city: City, complaint: Complaint, now: datetime) -> list[int]:
    """The persons who work on it: the officer who took it, else the unit's officers, else the verifiers."""
    today = city.today(now)
    if complaint.officer_id is not None:
        found = await session.scalars(select(Employee.person_id).where(Employee.id == complaint.officer_id))
        people = [person_id for person_id in found if person_id is not None]
        if people:
            return people
    if complaint.disposed_at is not None and complaint.unit_id is not None:
        return await holders(session, today, Role.OFFICER, complaint.unit_id)
    return await holders(session, today, Role.VERIFIER)


async def receivers(session: AsyncSession, city: City, unit_id: int, now: datetime) -> list[int]:
    """Who is told that a unit has something to do: its officers, without any at work its head."""
    today = city.today(now)
    officers = await holders(session, today, Role.OFFICER, unit_id)
    return officers or await holders(session, today, Role.HEAD, unit_id)


async def holders(session: AsyncSession, today: date, role: Role, unit_id: int | None = None) -> list[int]:
    """Persons who hold a role today (for a unit, or the whole city), those acting for them included.

    Whoever is on leave is left out.
    """
    statement = _CITY_HOLDERS if unit_id is None else _UNIT_HOLDERS
    found = await session.scalars(statement, {"today": today, "role": role, "unit": unit_id})
    return list(found)


def _holders(scope: ColumnElement[bool]) -> Select[Any]:
    """The statement behind `holders`, built once for each kind of scope."""
    today = bindparam("today", type_=Date())
    on_leave = select(Leave.employee_id).where(Leave.first_day <= today, Leave.last_day >= today)
    has_role = RoleGrant.role == bindparam("role", type_=RoleGrant.__table__.c.role.type)
    granted = (select(RoleGrant.employee_id).where(has_role, scope, valid_on(RoleGrant, today))).subquery()
    acting = select(ActingSuperior.acting_id).where(
        ActingSuperior.employee_id.in_(select(granted.c.employee_id)),
        ActingSuperior.valid_from <= today,
        ActingSuperior.valid_to >= today,
    )
    return (
        select(Employee.person_id)
        .where(
            Employee.id.in_(select(granted.c.employee_id)) | Employee.id.in_(acting),
            Employee.id.not_in(on_leave),
            Employee.person_id.is_not(None),
            valid_on(Employee, today),
        )
        .order_by(Employee.person_id)
    )


_CITY_HOLDERS = _holders(RoleGrant.unit_id.is_(None))
_UNIT_HOLDERS = _holders(RoleGrant.unit_id == bindparam("unit", type_=BigInteger()))


async def tell(
    session: AsyncSession,
    city: City,
    complaint: Complaint,
    people: Iterable[int],
    kind: str,
    now: datetime,
    *,
    event_id: int = 0,
    urgent: bool = False,
    **values: Any,
) -> None:
    """Put one notice a person: once per kind, complaint and event; in office hours unless urgent."""
    for person_id in sorted(set(people)):
        await outbox.put(
            session,
            key=f"{kind}:{complaint.id}:{event_id}:{person_id}",
            person_id=person_id,
            kind=kind,
            now=now,
            values={"complaint_id": complaint.id, "code": complaint.code, **values},
            complaint_id=complaint.id,
            not_before=now if urgent else sending_moment(city, now),
        )


def sending_moment(city: City, now: datetime) -> datetime:
    """When a notice may arrive: now in office hours, else when the office opens (`notices.quiet_hours` = off: now)."""
    return now if city.fact("notices.quiet_hours", "on") == "off" else city.calendar.next_office_moment(now)


async def incident(session: AsyncSession, city: City, number: str, now: datetime) -> None:
    """Tell the administrators that an update failed for good."""
    for person_id in await holders(session, city.today(now), Role.ADMIN):
        await outbox.put(
            session,
            key=f"incident:{number}:{person_id}",
            person_id=person_id,
            kind="incident",
            now=now,
            values={"incident": number},
        )
