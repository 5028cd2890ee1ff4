"""What the demo's officer has in hand when somebody looks, and that the colleagues have a little more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import complaints
from bot.services.city import City
from bot.services.complaints import Report
from bot.services.desk import colleagues
from models.complaint import Complaint, ReportClass
from models.employee import Employee
from models.person import Person
from models.rules.complaint_flow import Action, Status

UNIT = "perkim"
#: How the officer's own reports stand; only the first counts as load.
OWN = (Status.IN_PROGRESS, Status.FOLLOWED_UP)
#: So many open reports each colleague has at least: new work comes to the officer with the phone.
LEAST = 2
DAYS_AGO = 2


async def tell_own_work(
    session: AsyncSession,
    city: City,
    words: dict[str, Any],
    residents: Sequence[Person],
    officers: dict[int, list[Employee]],
    now: datetime,
) -> None:
    """Add them, as they were filed, handed on, taken and answered two days ago."""
    unit_id = next(unit.id for unit in city.units.values() if unit.code == UNIT)
    mine, *others = officers[unit_id]
    loads = await colleagues.loads(session, [one.id for one in others])
    wanted = [(mine, end) for end in OWN]
    wanted += [(one, Status.IN_PROGRESS) for one in others for _ in range(LEAST - loads[one.id])]
    texts: Iterator[dict[str, str]] = cycle(words["own_work"])
    for number, ((officer, end), kind) in enumerate(zip(wanted, texts, strict=False)):
        at = _morning(city, now) + timedelta(minutes=7 * number)
        report = _report(city, kind, number)
        complaint = await complaints.file(session, city, residents[number % len(residents)], report, at)
        _live(city, complaint, officer, end, at, words)
        await session.flush()


def _morning(city: City, now: datetime) -> datetime:
    calendar = city.calendar
    day = calendar.last_working_day(calendar.local_day(now - timedelta(days=DAYS_AGO)))
    return calendar.opens(day) + timedelta(minutes=20)


def _report(city: City, kind: dict[str, str], number: int) -> Report:
    service = next(one for one in city.services.values() if one.code == kind["service"])
    area = next((one for one in city.areas.values() if one.kelurahan == kind["kelurahan"]), None)
    return Report(
        key=f"demo:own:{number}",
        report_class=ReportClass.COMPLAINT,
        text=kind["text"],
        service_id=service.id,
        area_id=area.id if area is not None else None,
        landmark=kind["landmark"],
    )


def _live(
    city: City, complaint: Complaint, officer: Employee, end: Status, at: datetime, words: dict[str, Any]
) -> None:
    """Hand it on, take it, answer it, and perhaps propose that it is done; an hour each."""
    hour = timedelta(hours=1)
    doer = {"role": "officer", "actor_id": officer.person_id}
    values = {"unit": city.units[complaint.unit_id or 0].short_name}
    complaint.move(Action.DISPOSE, at + hour, role="verifier", values=values)
    complaint.disposed_at, complaint.due_at = at + hour, complaint.settle_due_at
    complaint.officer_id = officer.id
    complaint.move(Action.TAKE, at + 2 * hour, **doer)
    complaint.move(Action.REPLY, at + 3 * hour, text=words["replies"][0], **doer)
    complaint.first_response_at = at + 3 * hour
    if end is Status.FOLLOWED_UP:
        complaint.move(Action.PROPOSE_DONE, at + 5 * hour, text=words["results"][0], **doer)
        complaint.followed_up_at, complaint.due_at = at + 5 * hour, None
        complaint.auto_close_at = complaints.auto_close_moment(city, at + 5 * hour)
