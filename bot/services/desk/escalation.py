"""Promises that are about to be broken, or are: each step is an event of the report and told once.

Reminders only go out while the office is open, so that none waits overnight for something that is done by then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import followers, notices
from bot.services.city import City
from bot.services.desk.digests import Digests
from bot.services.people import valid_on
from models.complaint import Complaint, ComplaintEvent
from models.employee import ActingSuperior, Employee, Leave
from models.rules.complaint_flow import OPEN, Action, Status
from models.rules.desk.escalation import HEIGHT, Clocks, Level, Promise, Step, ladders, steps_due
from models.rules.permissions import Role

BATCH = 200
#: A role, for a unit or the whole city.
Rung = tuple[Role, int | None]
#: A followed-up report waits for the resident's verdict; nothing is promised meanwhile.
WATCHED = OPEN - {Status.FOLLOWED_UP}
_CLOCKS = (
    Complaint.id,
    Complaint.status,
    Complaint.received_at,
    Complaint.disposed_at,
    Complaint.first_response_at,
    Complaint.paused_at,
    Complaint.verify_due_at,
    Complaint.settle_due_at,
    Complaint.statutory_due_on,
)


@dataclass(slots=True)
class Past:
    """What the events of a complaint say: the steps already taken, the last "not solved"."""

    steps: set[Step] = field(default_factory=set)
    reopened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _To:
    """Whom a batch tells, and in which words waiting to be sent."""

    audience: Audience
    digests: Digests


async def find(session: AsyncSession, city: City, now: datetime) -> list[int]:
    """The complaints with a step to take: two queries a batch, however many rows it has."""
    found: list[int] = []
    last = 0
    while True:
        statement = select(*_CLOCKS).where(Complaint.status.in_(WATCHED), Complaint.id > last)
        rows = (await session.execute(statement.order_by(Complaint.id).limit(BATCH))).all()
        if not rows:
            return found
        last = rows[-1].id
        pasts = await _pasts(session, [row.id for row in rows])
        found += [row.id for row in rows if _due(row, pasts[row.id], city, now)]


async def take_steps(session: AsyncSession, city: City, complaint_ids: Sequence[int], now: datetime) -> dict[str, int]:
    """Take the steps that are due; how many of each level. A row that somebody else holds waits for the next time."""
    statement = select(Complaint).where(Complaint.id.in_(complaint_ids), Complaint.status.in_(WATCHED))
    rows = (await session.scalars(statement.order_by(Complaint.id).with_for_update(skip_locked=True))).all()
    pasts = await _pasts(session, complaint_ids)
    to = _To(Audience(session, city, now), Digests(session, now))
    await to.audience.learn([row.officer_id for row in rows if row.officer_id is not None])
    counts = dict.fromkeys(Level, 0)
    for complaint in rows:
        for step in _due(complaint, pasts[complaint.id], city, now):
            await _take(session, city, complaint, step, to, now)
            counts[step.level] += 1
    await to.digests.write()
    return {level.value: number for level, number in counts.items()}


async def _pasts(session: AsyncSession, complaint_ids: Sequence[int]) -> defaultdict[int, Past]:
    pasts: defaultdict[int, Past] = defaultdict(Past)
    rows = await session.execute(
        select(ComplaintEvent.complaint_id, ComplaintEvent.action, ComplaintEvent.at, ComplaintEvent.values)
        .where(
            ComplaintEvent.complaint_id.in_(complaint_ids),
            ComplaintEvent.action.in_((Action.ESCALATE, Action.DISPUTE, Action.REOPEN)),
        )
        .order_by(ComplaintEvent.id)
    )
    for complaint_id, action, at, values in rows:
        past = pasts[complaint_id]
        if action is Action.ESCALATE:
            due = datetime.fromisoformat(values["due"])
            past.steps.add(Step(Promise(values["promise"]), due, Level(values["level"])))
        else:
            past.reopened_at = at
    return pasts


def _due(row: Any, past: Past, city: City, now: datetime) -> list[Step]:
    """The steps due for a complaint, or for a row of its clocks."""
    clocks = Clocks(
        status=row.status,
        received_at=row.received_at,
        disposed_at=row.disposed_at,
        first_response_at=row.first_response_at,
        paused_at=row.paused_at,
        reopened_at=past.reopened_at,
        verify_due_at=row.verify_due_at,
        settle_due_at=row.settle_due_at,
        statutory_due_on=row.statutory_due_on,
    )
    return steps_due(clocks, past.steps, now, city.calendar, city.limits, ladders(city.facts))


async def _take(session: AsyncSession, city: City, complaint: Complaint, step: Step, to: _To, now: datetime) -> None:
    """One step: an event with its reason, a line in the digest of whoever is told, the reporter and the followers."""
    reason = _reason(city, step, now)
    event = complaint.move(Action.ESCALATE, now, public=False, values=reason)
    complaint.escalation = max(complaint.escalation, HEIGHT[step.level])
    await session.flush()
    has_unit = complaint.disposed_at is not None and complaint.unit_id is not None
    unit = city.units[complaint.unit_id or 0].short_name if has_unit else None
    people = set(await to.audience.of(step, complaint)) - await notices.involved(session, city, complaint, now)
    line = {"complaint_id": complaint.id, **notices.named(city, complaint), "unit": unit, **reason}
    to.digests.add(people, event.id, line)
    if step.level is not Level.WARNING and step.promise is not Promise.REACT:
        ombudsman = city.fact("ombudsman.contact")
        await notices.tell_reporter(session, city, complaint, "report_delayed", now, ombudsman=ombudsman)
        moment = notices.sending_moment(city, now)
        await followers.tell(session, complaint, "followed_delayed", now, moment, ombudsman=ombudsman)


def _reason(city: City, step: Step, now: datetime) -> dict[str, Any]:
    """Why the clock acted, as the history tells it."""
    days = city.calendar.working_days_between(city.calendar.local_day(step.at), city.today(now))
    return {
        "promise": step.promise.value,
        "due": step.at.isoformat(),
        "level": step.level.value,
        "late_days": max(0, days),
        "share": city.limits.warn_percent,
    }


def top(city: City) -> list[Rung]:
    """The city's level as its data names it: "inspector; head setda" is the inspectorate and the secretary."""
    codes = {unit.code: unit.id for unit in city.units.values()}
    found: list[Rung] = []
    for part in city.fact("escalation.city", Role.INSPECTOR.value).split(";"):
        role, _, code = part.strip().partition(" ")
        if role in {known.value for known in Role} and (not code or code in codes):
            found.append((Role(role), codes[code] if code else None))
    return found or [(Role.INSPECTOR, None)]


class Audience:
    """Who is told a step, looked up once for each role and unit; whoever is on leave is left out."""

    def __init__(self, session: AsyncSession, city: City, now: datetime) -> None:
        self._session = session
        self._today = city.today(now)
        self._top = top(city)
        self._holders: dict[Rung, list[int]] = {}
        self._officers: dict[int, list[int]] = {}

    async def learn(self, officer_ids: Sequence[int]) -> None:
        """Look up the officers of a batch: themselves unless on leave, and whoever acts for them."""
        today = self._today
        on_leave = select(Leave.employee_id).where(Leave.first_day <= today, Leave.last_day >= today)
        at_work = (Employee.id.not_in(on_leave), Employee.person_id.is_not(None), valid_on(Employee, today))
        themselves = select(Employee.id, Employee.person_id).where(Employee.id.in_(officer_ids), *at_work)
        acting = (
            select(ActingSuperior.employee_id, Employee.person_id)
            .join(Employee, Employee.id == ActingSuperior.acting_id)
            .where(
                ActingSuperior.employee_id.in_(officer_ids),
                ActingSuperior.valid_from <= today,
                ActingSuperior.valid_to >= today,
                *at_work,
            )
        )
        for officer_id, person_id in (await self._session.execute(themselves.union(acting))).all():
            if person_id is not None:
                self._officers.setdefault(officer_id, []).append(person_id)

    async def of(self, step: Step, complaint: Complaint) -> list[int]:
        """The persons to tell; where a level has nobody at work, the next one up."""
        restricted = complaint.record().restricted
        if restricted and (complaint.disposed_at is None or complaint.unit_id is None):
            return self._officers.get(complaint.officer_id or 0) or await self._first([(Role.INSPECTOR, None)])
        if step.level is Level.CITY:
            return await self._city(restricted=restricted)
        if step.promise is Promise.VERIFY or complaint.disposed_at is None:
            return await self._first([(Role.VERIFIER, None)]) or await self._city(restricted=restricted)
        if step.level in (Level.WARNING, Level.WORKER) and (officers := self._officers.get(complaint.officer_id or 0)):
            return officers
        unit = complaint.unit_id
        ladder: Sequence[Rung] = [(Role.OFFICER, unit), (Role.HEAD, unit)]
        return await self._first(ladder[step.level is Level.HEAD :]) or await self._city(restricted=restricted)

    async def _city(self, *, restricted: bool) -> list[int]:
        """Everybody of the city's level (`escalation.city`); a restricted report never leaves the inspectorate."""
        rungs = [(Role.INSPECTOR, None)] if restricted else self._top
        return sorted({person_id for rung in rungs for person_id in await self._first([rung])})

    async def _first(self, ladder: Sequence[Rung]) -> list[int]:
        for role, unit_id in ladder:
            if (role, unit_id) not in self._holders:
                found = await notices.holders(self._session, self._today, role, unit_id)
                self._holders[role, unit_id] = found
            if self._holders[role, unit_id]:
                return self._holders[role, unit_id]
        return []
