"""Who of a unit has which report: given by a colleague or the head, given back, or shared out evenly by the head."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.services import notices, outbox
from bot.services.desk import colleagues
from bot.services.desk.colleagues import Colleague
from bot.services.desk.queues import Page, page_of
from bot.services.desk.sharing import BY_HAND, SHARED_EVENLY, record
from bot.services.desk.verifying import Acting
from bot.services.desk.visibility import visible_to
from models.complaint import Complaint
from models.employee import Employee
from models.errors import Refusal
from models.rules.complaint_flow import AT_UNIT, Action
from models.rules.desk.sharing import share_evenly
from models.rules.permissions import Presser, Role, require, role_for

#: How many reports are shared out in one go.
MOST_SHARED = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """A colleague to whom a report can be given, and how many open ones this person has."""

    colleague: Colleague
    load: int


@dataclass(frozen=True, slots=True)
class Share:
    """One line of a plan: which report goes to which colleague (named), who has `load` others before it."""

    complaint_id: int
    employee_id: int
    name: str
    load: int


async def choices(acting: Acting, complaint: Complaint) -> list[Choice]:
    """The colleagues who may take the report, whoever has the lightest load first: two queries."""
    team = await colleagues.team(acting.session, acting.city, complaint, acting.now)
    loads = await colleagues.loads(acting.session, [one.employee_id for one in team])
    found = [Choice(one, loads[one.employee_id]) for one in team if one.employee_id != complaint.officer_id]
    return sorted(found, key=lambda choice: (not choice.colleague.works, choice.load))


async def assign(acting: Acting, complaint_id: int, employee_id: int, officer_before: int | None) -> Complaint:
    """Give it to a colleague of the unit, if it is still with whom the giver saw it with.

    Refused with `somebody_was_faster`, `no_such_colleague`, `colleague_is_away`.
    """
    complaint = await acting.reach(Action.ASSIGN, complaint_id)
    if complaint.officer_id != officer_before:
        raise Refusal("somebody_was_faster")
    team = {one.employee_id: one for one in await colleagues.team(acting.session, acting.city, complaint, acting.now)}
    officer = team.get(employee_id)
    if officer is None:
        raise Refusal("no_such_colleague")
    if not officer.works:
        raise Refusal("colleague_is_away", name=officer.name)
    load = (await colleagues.loads(acting.session, [employee_id]))[employee_id]
    event = record(complaint, officer, acting.now, reason=BY_HAND, load=load, **_by(acting, complaint))
    await acting.session.flush()
    await _tell(acting, complaint, [officer.person_id], "report_assigned", event.id)
    if officer_before is not None:
        left = await colleagues.some(acting.session, acting.city, [officer_before], acting.now)
        told = [one.person_id for one in left if one.works]
        await _tell(acting, complaint, told, "report_reassigned", event.id, officer=officer.name)
    return complaint


async def unassign(acting: Acting, complaint_id: int) -> Complaint:
    """Give it back to the unit: nobody has it, and whoever had it and the head are told."""
    complaint = await acting.reach(Action.UNASSIGN, complaint_id)
    before = complaint.officer_id
    if before is None:
        raise Refusal("not_assigned")
    found = (await acting.session.execute(select(Employee.name, Employee.person_id).where(Employee.id == before))).one()
    complaint.officer_id = None
    values = {"officer_before": before, "officer_name": found.name}
    event = await acting.step(complaint, Action.UNASSIGN, public=False, values=values)
    team = await colleagues.team(acting.session, acting.city, complaint, acting.now)
    heads = [one.person_id for one in team if one.works and complaint.unit_id in one.presser.units(Role.HEAD)]
    await _tell(acting, complaint, [found.person_id, *heads], "report_released", event.id, officer=found.name)
    return complaint


def _nobodys(presser: Presser) -> ColumnElement[bool]:
    """What the head's units have to do and nobody has."""
    return and_(
        visible_to(presser),
        Complaint.unit_id.in_(presser.units(Role.HEAD)),
        Complaint.disposed_at.is_not(None),
        Complaint.status.in_(AT_UNIT),
        Complaint.officer_id.is_(None),
    )


async def unassigned(session: AsyncSession, presser: Presser, page: int) -> Page:
    """A page of what nobody of the head's units has, the most urgent first: two queries."""
    condition = _nobodys(presser)
    total = await session.scalar(select(func.count()).select_from(Complaint).where(condition)) or 0
    return await page_of(session, condition, total, page)


async def every_unassigned(session: AsyncSession, presser: Presser) -> list[int]:
    """All of it, as many as are shared out in one go, the most urgent first."""
    statement = select(Complaint.id).where(_nobodys(presser)).order_by(Complaint.due_at.is_(None), Complaint.due_at)
    return list((await session.scalars(statement.limit(MOST_SHARED))).all())


async def taken_meanwhile(session: AsyncSession, presser: Presser, complaint_ids: Sequence[int]) -> int | None:
    """One of these reports that somebody has by now, or that is no longer the head's to give."""
    still = select(Complaint.id).where(_nobodys(presser), Complaint.id.in_(complaint_ids))
    free = set((await session.scalars(still)).all())
    return next((complaint_id for complaint_id in complaint_ids if complaint_id not in free), None)


async def plan(acting: Acting, complaint_ids: Sequence[int]) -> list[Share]:
    """Who would get which of these reports so that the loads grow even; nothing is written. Three queries.

    Refused with `nobody_at_work` where a unit has no officer today.
    """
    rows = [row for row in await _several(acting, complaint_ids) if row.officer_id is None]
    units = sorted({row.unit_id for row in rows if row.unit_id is not None})
    staff = [one for one in await colleagues.of_units(acting.session, acting.city, units, acting.now) if one.works]
    names = {one.employee_id: one.name for one in staff}
    loads = await colleagues.loads(acting.session, list(names))
    shares: list[Share] = []
    for unit in units:
        officers = {one.employee_id: loads[one.employee_id] for one in staff if unit in one.presser.units(Role.OFFICER)}
        if not officers:
            raise Refusal("nobody_at_work", unit=acting.city.units[unit].short_name)
        for complaint_id, who in share_evenly([row.id for row in rows if row.unit_id == unit], officers):
            shares.append(Share(complaint_id, who, names[who], loads[who]))
            loads[who] += 1
    return shares


async def share_out(acting: Acting, shares: Sequence[tuple[int, int]]) -> Counter[str]:
    """Carry out a plan of (complaint, employee) as it was shown: all of it or nothing; how many each one (named) got.

    Refused with `shared_meanwhile` (report) when one of them has somebody by now, `colleague_is_away`.
    """
    rows = {row.id: row for row in await _several(acting, [complaint_id for complaint_id, _who in shares])}
    staff = {
        one.employee_id: one
        for one in await colleagues.some(acting.session, acting.city, [who for _id, who in shares], acting.now)
    }
    loads = await colleagues.loads(acting.session, list(staff))
    got: dict[int, list[Complaint]] = {}
    for complaint_id, who in shares:
        complaint, officer = rows[complaint_id], staff.get(who)
        if complaint.officer_id is not None:
            raise Refusal("shared_meanwhile", report=complaint.code)
        if officer is None or complaint.unit_id not in officer.presser.units(Role.OFFICER):
            raise Refusal("no_such_colleague")
        if not officer.works:
            raise Refusal("colleague_is_away", name=officer.name)
        record(complaint, officer, acting.now, reason=SHARED_EVENLY, load=loads[who], **_by(acting, complaint))
        loads[who] += 1
        got.setdefault(who, []).append(complaint)
    await acting.session.flush()
    await _tell_of_shares(acting, {staff[who]: given for who, given in got.items()})
    return Counter({staff[who].name: len(given) for who, given in got.items()})


async def _several(acting: Acting, complaint_ids: Sequence[int]) -> Sequence[Complaint]:
    """The complaints by urgency, each checked for the right to assign it and for its state."""
    statement = select(Complaint).where(Complaint.id.in_(complaint_ids)).options(joinedload(Complaint.service))
    rows = (await acting.session.scalars(statement.order_by(Complaint.due_at.is_(None), Complaint.due_at))).all()
    for row in rows:
        require(acting.presser, Action.ASSIGN, row.record())
    return [row for row in rows if row.status in AT_UNIT]


async def _tell_of_shares(acting: Acting, given: dict[Colleague, list[Complaint]]) -> None:
    """One notice a person, not one a report."""
    for officer, rows in given.items():
        if officer.person_id is None or officer.person_id == acting.presser.person_id:
            continue
        first = rows[0]
        await outbox.put(
            acting.session,
            key=f"reports_shared:{first.id}:{first.version}:{officer.person_id}",
            person_id=officer.person_id,
            kind="reports_shared",
            now=acting.now,
            values={
                "number": len(rows),
                "reports": [notices.named(acting.city, row) for row in rows],
                "complaint_id": first.id,
            },
            not_before=notices.sending_moment(acting.city, acting.now),
        )


async def _tell(
    acting: Acting, complaint: Complaint, people: Sequence[int | None], kind: str, event_id: int, **values: str
) -> None:
    others = {person_id for person_id in people if person_id is not None} - {acting.presser.person_id}
    await notices.tell_staff(
        acting.session, acting.city, complaint, others, kind, acting.now, event_id=event_id, **values
    )


def _by(acting: Acting, complaint: Complaint) -> dict[str, Any]:
    """Who gives it, and by which role."""
    role = role_for(acting.presser, Action.ASSIGN, complaint.record())
    return {"actor_id": acting.presser.person_id, "role": role.value if role else "system"}
