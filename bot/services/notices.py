"""Who is told what about a complaint. Every notice is an outbox row with a unique key, sent after the commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Date, Select, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import followers, identity, outbox
from bot.services.city import City
from bot.services.people import valid_on
from bot.sqlite import Prepared
from models.complaint import Complaint, ComplaintEvent
from models.employee import ActingSuperior, Employee, Leave, RoleGrant
from models.outbox import Lane, Promise
from models.rules.complaint_flow import Verdict
from models.rules.permissions import Role
from models.rules.redaction import mask_numbers

#: So much of a report's words is shown in a notice.
FIRST_WORDS = 60


async def complaint_filed(session: AsyncSession, city: City, complaint: Complaint, now: datetime) -> None:
    """A new report waits for verification, a restricted one at the inspectorate."""
    if complaint.record().restricted:
        await tell_inspectorate(session, city, complaint, "restricted_filed", now)
        return
    people = await deciders(session, city, complaint, now)
    await tell_staff(session, city, complaint, people, "report_filed", now)


async def information_added(
    session: AsyncSession, city: City, complaint: Complaint, event: ComplaintEvent, now: datetime
) -> None:
    """The reporter added something: whoever works on it should look."""
    people = await workers(session, city, complaint, now)
    await tell_staff(session, city, complaint, people, "information_added", now, event_id=event.id)


async def taken_back(
    session: AsyncSession, city: City, complaint: Complaint, event: ComplaintEvent, now: datetime
) -> None:
    """The reporter took the report back: whoever works on it and whoever follows it is told."""
    people = await workers(session, city, complaint, now)
    await tell_staff(session, city, complaint, people, "report_withdrawn", now, event_id=event.id)
    await followers.tell_step(session, complaint, event, now, sending_moment(city, now))


async def judged(session: AsyncSession, city: City, complaint: Complaint, event: ComplaintEvent, now: datetime) -> None:
    """The reporter's verdict: solved, not solved (back on the desk), or closed as not solved."""
    kind = "verdict_solved" if complaint.verdict is Verdict.SOLVED else "verdict_not_solved"
    people = set(await workers(session, city, complaint, now))
    if kind == "verdict_not_solved" and complaint.unit_id is not None:
        people |= set(await holders(session, city.today(now), Role.HEAD, complaint.unit_id))
    await tell_staff(session, city, complaint, people, kind, now, event_id=event.id, score=complaint.score or 0)
    await followers.tell_step(session, complaint, event, now, sending_moment(city, now))


def row(
    key: str, person_id: int | None, kind: str, values: Mapping[str, Any], not_before: datetime, promise: Promise
) -> dict[str, Any]:
    """One of many notices, for `outbox.put_many`."""
    return {
        "key": key,
        "person_id": person_id,
        "kind": kind,
        "values": dict(values),
        "lane": Lane.NOTICE,
        "promise": promise,
        "not_before": not_before,
    }


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
    await tell_reporter(session, city, complaint, kind, now, event_id=event.id, **values)
    await followers.tell_step(session, complaint, event, now, sending_moment(city, now))


async def workers(session: AsyncSession, city: City, complaint: Complaint, now: datetime) -> list[int]:
    """The persons who work on it: the officer who has it, or who acts for this one; else whoever receives new work.

    An officer on leave is not told; with nobody acting the unit's officers are, without any its head.
    """
    today = city.today(now)
    if complaint.officer_id is not None:
        found = await session.scalars(_OFFICER, {"today": today, "officer": complaint.officer_id})
        if people := list(found):
            return people
    if complaint.disposed_at is not None and complaint.unit_id is not None:
        return await receivers(session, city, complaint.unit_id, now)
    return await deciders(session, city, complaint, now)


async def deciders(session: AsyncSession, city: City, complaint: Complaint, now: datetime) -> list[int]:
    """Who decides about a report that no unit has: the verifiers, about a restricted one the inspectorate."""
    role = Role.INSPECTOR if complaint.record().restricted else Role.VERIFIER
    return await holders(session, city.today(now), role)


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
    await session.flush()
    return [row[0] for row in await statement.rows(session, {"today": today, "role": role, "unit": unit_id})]


def _on_leave(today: ColumnElement[date]) -> Select[Any]:
    return select(Leave.employee_id).where(Leave.first_day <= today, Leave.last_day >= today)


def _acting_for(employees: Any, today: ColumnElement[date]) -> Select[Any]:
    return select(ActingSuperior.acting_id).where(
        ActingSuperior.employee_id.in_(employees),
        ActingSuperior.valid_from <= today,
        ActingSuperior.valid_to >= today,
    )


def _at_work(employees: Any, today: ColumnElement[date]) -> Select[Any]:
    """The accounts of these employees and of those who act for them, without whoever is on leave."""
    return (
        select(Employee.person_id)
        .where(
            Employee.id.in_(employees) | Employee.id.in_(_acting_for(employees, today)),
            Employee.id.not_in(_on_leave(today)),
            Employee.person_id.is_not(None),
            valid_on(Employee, today),
        )
        .order_by(Employee.person_id)
    )


def _holders(scope: ColumnElement[bool]) -> Prepared:
    """The statement behind `holders`, built once for each kind of scope."""
    today = bindparam("today", type_=Date())
    has_role = RoleGrant.role == bindparam("role", type_=RoleGrant.__table__.c.role.type)
    granted = select(RoleGrant.employee_id).where(has_role, scope, valid_on(RoleGrant, today)).subquery()
    return Prepared(_at_work(select(granted.c.employee_id), today))


_CITY_HOLDERS = _holders(RoleGrant.unit_id.is_(None))
_UNIT_HOLDERS = _holders(RoleGrant.unit_id == bindparam("unit", type_=BigInteger()))
_OFFICER = _at_work(
    select(Employee.id).where(Employee.id == bindparam("officer", type_=BigInteger())),
    bindparam("today", type_=Date()),
)


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
    """Put one notice a civil servant: once per kind, complaint and event; in office hours unless urgent.

    Nobody is told of a report about the own unit or person.
    """
    for person_id in sorted(set(people) - await involved(session, city, complaint, now)):
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


async def tell_inspectorate(
    session: AsyncSession, city: City, complaint: Complaint, kind: str, now: datetime, **values: Any
) -> None:
    """To the inspectorate; where nobody of it may be told, the administrators learn that somebody is needed."""
    today = city.today(now)
    people = await holders(session, today, Role.INSPECTOR)
    if not set(people) - await involved(session, city, complaint, now):
        people, kind = await holders(session, today, Role.ADMIN), "inspector_missing"
    await tell(session, city, complaint, people, kind, now, **values)


async def involved(session: AsyncSession, city: City, complaint: Complaint, now: datetime) -> set[int]:
    """The persons whom a report is about, or who have a role for the unit it is about."""
    if complaint.conflict_unit_id is None and complaint.conflict_employee_id is None:
        return set()
    accused: ColumnElement[bool] = Employee.id == complaint.conflict_employee_id
    if complaint.conflict_unit_id is not None:  # no unit is none: compared with it, every role for the city would be
        granted = select(RoleGrant.employee_id).where(
            RoleGrant.unit_id == complaint.conflict_unit_id, valid_on(RoleGrant, city.today(now))
        )
        accused = or_(accused, Employee.id.in_(granted))
    return set(await session.scalars(select(Employee.person_id).where(accused, Employee.person_id.is_not(None))))


async def tell_reporter(
    session: AsyncSession,
    city: City,
    complaint: Complaint,
    kind: str,
    now: datetime,
    *,
    event_id: int = 0,
    part: str = "",
    **values: Any,
) -> None:
    """Put one notice to whoever reported it, once per kind, part and event; about an anonymous report it is sealed."""
    who = await identity.reporter_of(session, complaint)
    if who is None:
        return
    await outbox.put(
        session,
        key=f"{kind}{part}:{complaint.id}:{event_id}:{who.person_id}",
        person_id=who.person_id,
        kind=kind,
        now=now,
        values={"complaint_id": complaint.id, "code": complaint.code, **values},
        complaint_id=complaint.id,
        not_before=sending_moment(city, now),
        ring=identity.keyring(session) if who.sealed else None,
    )


async def tell_staff(
    session: AsyncSession,
    city: City,
    complaint: Complaint,
    people: Iterable[int],
    kind: str,
    now: datetime,
    **values: Any,
) -> None:
    """The same to colleagues, who also read what it is about."""
    await tell(session, city, complaint, people, kind, now, about=about(city, complaint), **values)


def about(city: City, complaint: Complaint) -> dict[str, str] | None:
    """What a report is about, for a private notice to staff: class and service, or the first words; never of a
    restricted one.
    """
    if complaint.record().restricted:
        return None
    service = city.services.get(complaint.service_id or 0)
    words = service.name if service is not None else mask_numbers(complaint.text)[0][:FIRST_WORDS]
    return {"class": complaint.report_class.value, "what": words}


def named(city: City, complaint: Complaint) -> dict[str, Any]:
    """A report as a line of a notice that names several."""
    return {"code": complaint.code, "about": about(city, complaint)}


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
