"""Applications at a counter: taken in two taps, finished in one, undone within the day. Nobody's name, ever.

The clock runs in working time from the complete file; whether the standard of the service was kept is written when it
is finished.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from bot.services import audit
from bot.services.acting import Acting
from bot.services.city import City
from bot.services.satisfaction.reach import family
from models.errors import Refusal
from models.organisation import Service
from models.performance.service_record import RecordSource, ServiceRecord
from models.rules.performance.applications import clean_number, next_number, require_past
from models.rules.performance.durations import is_on_time, standard_minutes, working_minutes
from models.rules.permissions import Desk, Role, require_desk

SUBJECT = "service_record"
PAGE = 6
#: How often a number that another counter took meanwhile is drawn anew.
TRIES = 5
#: So many of the highest numbers are looked at: among them may be typed ones that look alike.
LOOKED_AT = 50
_HOUR = 60
#: Two taps of one hand.
MOMENT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Serving(Acting):
    """Who stands at the counter, and when."""

    @property
    def units(self) -> frozenset[int]:
        """The units whose applications this person records, with those merged into them."""
        require_desk(self.presser, Desk.SERVICE_RECORDS)
        own = self.presser.units(Role.OFFICER, Role.HEAD)
        return frozenset().union(*(family(self.city, unit) for unit in own)) if own else frozenset()

    def service(self, service_id: int) -> Service:
        """A service of the own units; refused with `not_your_service`."""
        service = self.city.services.get(service_id)
        if service is None or service.unit_id not in self.units:
            raise Refusal("not_your_service")
        return service


async def services(by: Serving) -> list[Service]:
    """The services of the own units that are offered today: the last used first, the others by name."""
    offered = [one for one in by.city.active_services(by.today) if one.unit_id in by.units]
    newest = func.max(ServiceRecord.id)
    statement = (
        select(ServiceRecord.service_id, newest)
        .where(
            ServiceRecord.recorded_by_id == by.presser.employee_id,
            ServiceRecord.service_id.in_([one.id for one in offered]),
        )
        .group_by(ServiceRecord.service_id)
    )
    used = {service: latest for service, latest in await by.session.execute(statement)}
    return sorted(offered, key=lambda one: -used.get(one.id, 0))


async def receive(
    by: Serving, service_id: int, *, complete: bool, number: str | None = None, at: datetime | None = None
) -> ServiceRecord:
    """An application has come, its file complete or not yet.

    Without a `number` the next of the service and year is given. Refused with `not_your_service`,
    `number_is_personal`, `no_record_number`, `number_is_taken`, `moment_not_past`.
    """
    service = by.service(service_id)
    moment = by.now if at is None else require_past(at, by.now)
    if number is not None:
        return await _add(by, service, clean_number(number), moment, complete=complete)
    for _ in range(TRIES):
        try:
            return await _add(by, service, await _next(by, service, moment), moment, complete=complete)
        except Refusal:
            continue
    raise Refusal("number_is_taken")


async def _next(by: Serving, service: Service, at: datetime) -> str:
    prefix, year = service.code.upper(), by.city.today(at).year
    statement = (
        select(ServiceRecord.number)
        .where(
            ServiceRecord.service_id == service.id,
            ServiceRecord.number.like(f"{prefix}-{year}-_____"),
        )
        .order_by(ServiceRecord.number.desc())
        .limit(LOOKED_AT)
    )
    given = (one for one in await by.session.scalars(statement) if one[-5:].isdecimal())
    return next_number(prefix, year, next(given, None))


async def _add(by: Serving, service: Service, number: str, at: datetime, *, complete: bool) -> ServiceRecord:
    row = ServiceRecord(
        service_id=service.id,
        unit_id=by.city.successor(service.unit_id).id,
        number=number,
        received_at=at,
        complete_at=at if complete else None,
        source=RecordSource.COUNTER,
        touched_at=by.now,
        recorded_by_id=by.presser.employee_id,
    )
    try:
        async with by.session.begin_nested():
            by.session.add(row)
    except IntegrityError:
        raise Refusal("number_is_taken") from None
    return row


async def just_recorded(by: Serving) -> ServiceRecord | None:
    """What this person recorded a moment ago, for the second of two taps."""
    statement = (
        select(ServiceRecord)
        .where(
            ServiceRecord.recorded_by_id == by.presser.employee_id,
            ServiceRecord.source == RecordSource.COUNTER,
            ServiceRecord.touched_at > by.now - MOMENT,
        )
        .order_by(ServiceRecord.id.desc())
        .limit(1)
    )
    return (await by.session.scalars(statement)).one_or_none()


async def get(by: Serving, record_id: int) -> ServiceRecord:
    """A record of the own units; refused with `no_such_record`."""
    row = await by.session.get(ServiceRecord, record_id)
    if row is None or row.unit_id not in by.units:
        raise Refusal("no_such_record")
    return row


async def complete(by: Serving, record_id: int, at: datetime | None = None) -> ServiceRecord:
    """The file is complete now, or was at that moment; one that is complete already stays as it is."""
    row = await get(by, record_id)
    if row.complete_at is not None:
        return row
    moment = by.now if at is None else require_past(at, by.now)
    if moment < row.received_at:
        raise Refusal("moments_disordered")
    row.complete_at, row.touched_at = moment, by.now
    await by.session.flush()
    return row


async def finish(by: Serving, record_id: int, at: datetime | None = None) -> ServiceRecord:
    """Done now, or at that moment; one that is done already stays as it is. Refused with `record_incomplete`."""
    row = await get(by, record_id)
    if row.finished_at is not None:
        return row
    if row.complete_at is None:
        raise Refusal("record_incomplete")
    moment = by.now if at is None else require_past(at, by.now)
    if moment < row.complete_at:
        raise Refusal("moments_disordered")
    row.finished_at, row.touched_at = moment, by.now
    measure(by.city, row)
    await by.session.flush()
    return row


def measure(city: City, row: ServiceRecord) -> None:
    """Write how long it took and whether that kept the standard; nothing while it is not finished."""
    if row.finished_at is None or row.complete_at is None:
        row.finished_on, row.minutes, row.on_time = None, None, None
        return
    row.finished_on = city.today(row.finished_at)
    row.minutes = working_minutes(row.complete_at, row.finished_at, city.calendar)
    row.on_time = is_on_time(row.minutes, standard(city, row.service_id, row.complete_at))


def standard(city: City, service_id: int, complete_at: datetime) -> int | None:
    """The working minutes that the service's standard allows; None without one."""
    service = city.services[service_id]
    if service.standard_value is None:
        return None
    if service.standard_unit == "hours":
        return service.standard_value * _HOUR
    return standard_minutes(city.calendar, complete_at, service.standard_value)


async def undo(by: Serving, record_id: int) -> ServiceRecord | None:
    """Take back the last thing recorded today: the finish, the complete file, or the whole (None then).

    Refused with `undo_is_late` on a later day, and for what came with a file.
    """
    row = await get(by, record_id)
    if by.city.today(row.touched_at) != by.today or row.source is not RecordSource.COUNTER:
        raise Refusal("undo_is_late")
    audit.record(by.session, "undone", SUBJECT, row.id, by.now, old={"finished": row.finished_at is not None})
    if row.finished_at is not None:
        row.finished_at = None
        measure(by.city, row)
    elif row.complete_at is not None and row.complete_at != row.received_at:
        row.complete_at = None
    else:
        await by.session.delete(row)
        await by.session.flush()
        return None
    row.touched_at = by.now
    await by.session.flush()
    return row


async def unfinished(by: Serving, page: int) -> tuple[Sequence[ServiceRecord], int]:
    """A page of what is not finished, the oldest first, and how many there are."""
    which = ServiceRecord.unit_id.in_(by.units), ServiceRecord.finished_at.is_(None)
    total = await by.session.scalar(select(func.count()).select_from(ServiceRecord).where(*which)) or 0
    page = min(page, max(0, (total - 1) // PAGE))
    statement = (
        select(ServiceRecord)
        .where(*which)
        .order_by(ServiceRecord.received_at, ServiceRecord.id)
        .offset(page * PAGE)
        .limit(PAGE)
    )
    return (await by.session.scalars(statement)).all(), total
