"""The verifier's steps: is it complete, is it ours, whose is it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import complaints, finding, identity, notices, staff
from bot.services.city import City
from bot.services.desk import groups, inspecting, sharing
from bot.services.desk.hushing import hush, withhold
from models.complaint import Complaint, ComplaintEvent, ReportClass
from models.employee import Employee
from models.errors import Refusal
from models.organisation import Addressee, Unit
from models.rules.complaint_flow import AT_UNIT, Action, ArchiveReason, Status
from models.rules.deadlines import Due, due, extend
from models.rules.matching import Candidate, Index
from models.rules.permissions import Presser, Role, role_for

#: For how many days junk can come back, where the city's limits say nothing.
RESTORE_DAYS = 30


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts on which complaint when: the first argument of every step of the desk."""

    session: AsyncSession
    city: City
    presser: Presser
    now: datetime

    async def reach(self, action: Action, complaint_id: int) -> Complaint:
        """The complaint, if this person may do this to it."""
        return await complaints.reach(self.session, self.presser, action, complaint_id)

    async def step(self, complaint: Complaint, action: Action, **event: Any) -> ComplaintEvent:
        """Do it: the status moves, the event says who and by which role."""
        role = role_for(self.presser, action, complaint.record())
        row = complaint.move(
            action, self.now, actor_id=self.presser.person_id, role=role.value if role else "system", **event
        )
        await self.session.flush()
        return row

    async def tell_reporter(self, complaint: Complaint, kind: str, event: ComplaintEvent, **values: Any) -> None:
        """A notice to the reporter about this step."""
        await notices.reporter(self.session, self.city, complaint, kind, self.now, event, **values)


async def verify(acting: Acting, complaint_id: int, report_class: ReportClass, needs_inspection: bool) -> Complaint:
    """Complete and ours; the class as the verifier sees it decides the promised date anew."""
    complaint = await acting.reach(Action.VERIFY, complaint_id)
    before = complaint.report_class
    complaints.resume(complaint, acting.city, acting.now)
    complaint.report_class = report_class
    complaint.needs_inspection = needs_inspection and report_class is ReportClass.COMPLAINT
    limit = "complaint_inspection" if complaint.needs_inspection else complaints.SETTLEMENT[report_class]
    complaint.settle_due_at = _with_pauses(acting.city, complaint, limit)
    values = {
        "class_before": before.value,
        "class": report_class.value,
        "needs_inspection": complaint.needs_inspection,
    }
    event = await acting.step(complaint, Action.VERIFY, values=values)
    complaint.due_at = complaints.running_promise(complaint)
    await acting.tell_reporter(complaint, "report_verified", event, due_at=complaint.settle_due_at.isoformat())
    return complaint


def _with_pauses(city: City, complaint: Complaint, limit: str) -> datetime:
    """The promise by this limit, with the working days that the verifier's clock was given back by now."""
    fresh = due(limit, complaint.received_at, city.calendar, city.limits)
    unpaused = due("verify", complaint.received_at, city.calendar, city.limits).at
    return extend(fresh, unpaused, complaint.verify_due_at, city.calendar).at


def _from_now_on(acting: Acting, complaint: Complaint, limit: str) -> datetime:
    """The promise by this limit that begins now; the statute's last day stays what it was."""
    fresh = due(limit, acting.now, acting.city.calendar, acting.city.limits).at
    return extend(Due(fresh, complaint.statutory_due_on), acting.now, acting.now, acting.city.calendar).at


async def ask_completion(acting: Acting, complaint_id: int, text: str) -> Complaint:
    """Something is missing: the reporter is asked, the verifier's clock waits."""
    complaint = await acting.reach(Action.ASK_COMPLETION, complaint_id)
    complaint.paused_at = acting.now
    event = await acting.step(complaint, Action.ASK_COMPLETION, text=text)
    await acting.tell_reporter(complaint, "completion_asked", event, text=text)
    return complaint


async def declare_not_ours(acting: Acting, complaint_id: int, addressee_id: int, text: str) -> Complaint:
    """Not the city's to decide: the reporter learns why and who is competent (domain rule 16)."""
    complaint = await acting.reach(Action.DECLARE_NOT_OURS, complaint_id)
    addressee = acting.city.addressees.get(addressee_id)
    if addressee is None:
        raise Refusal("no_such_addressee")
    complaint.addressee_id = addressee.id
    complaints.stop_clocks(complaint)
    event = await acting.step(complaint, Action.DECLARE_NOT_OURS, text=text, values={"addressee": addressee.name})
    await acting.tell_reporter(
        complaint, "report_not_ours", event, text=text, addressee=addressee.name, contact=addressee.contact
    )
    return complaint


async def archive(acting: Acting, complaint_id: int, reason: ArchiveReason, text: str) -> Complaint:
    """Put away: spam, or a duplicate of a report that is not known (a known one takes it in: `desk.merging`)."""
    complaint = await acting.reach(Action.ARCHIVE, complaint_id)
    complaint.archive_reason = reason
    complaints.stop_clocks(complaint)
    event = await acting.step(complaint, Action.ARCHIVE, text=text, values={"reason": reason.value})
    await acting.tell_reporter(
        complaint,
        "report_archived",
        event,
        text=text,
        reason=reason.value,
        ombudsman=acting.city.fact("ombudsman.contact"),
    )
    return complaint


async def restore(acting: Acting, complaint_id: int) -> Complaint:
    """Out of the junk again: it waits to be checked, its promises run from now on, within the statute's days.

    Refused with `restoring_is_over` once it has lain there for more days than the limit `restore` allows.
    """
    complaint = await acting.reach(Action.RESTORE, complaint_id)
    if complaint.archive_reason is not ArchiveReason.SPAM or complaint.merged_into_id is not None:
        raise Refusal("not_in_this_state")
    days = acting.city.limits.working_days.get("restore", RESTORE_DAYS)
    if acting.now - await _archived_at(acting.session, complaint) > timedelta(days=days):
        raise Refusal("restoring_is_over", days=days)
    event = await acting.step(complaint, Action.RESTORE)
    complaint.archive_reason = None
    complaint.verify_due_at = complaint.due_at = _from_now_on(acting, complaint, "verify")
    complaint.settle_due_at = _from_now_on(acting, complaint, complaints.SETTLEMENT[complaint.report_class])
    await acting.tell_reporter(complaint, "report_restored", event)
    return complaint


async def _archived_at(session: AsyncSession, complaint: Complaint) -> datetime:
    """When it was last put away."""
    moved = (ComplaintEvent.complaint_id == complaint.id, ComplaintEvent.action == Action.ARCHIVE)
    return await session.scalar(select(func.max(ComplaintEvent.at)).where(*moved)) or complaint.received_at


async def dispose(acting: Acting, complaint_id: int, target: str) -> Complaint:
    """On to a unit ("u3") or the unit of a service ("s12"); a report not yet verified is verified in passing."""
    complaint = await acting.reach(Action.DISPOSE, complaint_id)
    if complaint.status is Status.RECEIVED:
        await acting.step(complaint, Action.VERIFY, values={"class": complaint.report_class.value})
    event = await hand_over(acting, complaint, Action.DISPOSE, target)
    await tell_of_disposal(acting, complaint, event)
    return complaint


async def hand_over(acting: Acting, complaint: Complaint, action: Action, target: str) -> ComplaintEvent:
    """The unit changes; the event keeps the old and the new one. The settlement clock runs."""
    service_id, unit_id = finding.ids_of(target)
    unit = unit_of(acting.city, target, acting.now)
    if inspecting.is_involved(acting.city, complaint, unit):
        raise Refusal("unit_is_involved")
    values = {
        "unit": unit.short_name,
        "unit_before": complaint.unit.short_name if complaint.unit is not None else None,
    }
    event = await acting.step(complaint, action, values=values)
    if service_id is not None:
        complaint.service_id = service_id
    elif complaint.service is not None and acting.city.successor(complaint.service.unit_id).id != unit_id:
        complaint.service_id = None
    complaint.unit_id = unit.id
    complaint.officer_id = None
    complaint.disposed_at = acting.now
    complaint.paused_at = None
    complaint.due_at = complaint.settle_due_at
    await acting.session.flush()
    return event


def unit_of(city: City, target: str, now: datetime) -> Unit:
    """The unit that answers for a target today; refused with `no_such_unit`."""
    unit = answering(city, target, now)
    if unit is None:
        raise Refusal("no_such_unit")
    return unit


def answering(city: City, target: str, now: datetime) -> Unit | None:
    """The unit that answers for a target today, None when there is none."""
    service_id, unit_id = finding.ids_of(target)
    if service_id in city.services:
        unit_id = city.services[service_id].unit_id
    if unit_id not in city.units:
        return None
    unit = city.successor(unit_id)
    return unit if unit.is_active(city.today(now)) else None


async def tell_of_disposal(acting: Acting, complaint: Complaint, event: ComplaintEvent) -> None:
    """The reporter learns which unit has it; the officer it is given to, else the unit's officers or its head too."""
    unit = acting.city.units[complaint.unit_id or 0]
    await acting.tell_reporter(
        complaint, "report_disposed", event, unit=unit.name, due_at=complaint.settle_due_at.isoformat()
    )
    officer = await sharing.share(acting.session, acting.city, complaint, acting.now)
    if officer is not None and officer.person_id is not None:
        people, kind = [officer.person_id], "report_shared"
    else:
        people, kind = await notices.receivers(acting.session, acting.city, unit.id, acting.now), "report_for_unit"
    await notices.tell_staff(acting.session, acting.city, complaint, people, kind, acting.now, event_id=event.id)
    await groups.tell(acting.session, acting.city, complaint, event, acting.now)


async def tighten(acting: Acting, complaint_id: int, what: str) -> Complaint:
    """Hide the reporter (`anonymous`), the report (`confidential`), or keep it from the unit that it is about
    (`conflict`); nothing here shows it again (domain rule 15).
    """
    complaint = await acting.reach(Action.TIGHTEN, complaint_id)
    if what not in inspecting.TIGHTER:
        raise Refusal("only_tighter")
    if getattr(complaint, what):
        return complaint
    event = await acting.step(complaint, Action.TIGHTEN, public=what != inspecting.CONFLICT, values={what: True})
    if what != inspecting.ANONYMOUS:
        await hush(acting.session, complaint)
        await inspecting.hand_over(acting.session, acting.city, complaint, what, event, acting.now)
        return complaint
    complaint.anonymous = True
    if complaint.reporter_id is not None:
        await identity.seal(acting.session, complaint, complaint.reporter_id)
    return complaint


async def accuse(acting: Acting, complaint_id: int, employee_id: int) -> Complaint:
    """Name the civil servant whom it is about, once: this person never gets it, and the inspectorate has it.

    Refused with `accused_already`, `no_such_employee`, `employee_left`.
    """
    complaint = await acting.reach(Action.ACCUSE, complaint_id)
    if complaint.conflict_employee_id is not None:
        raise Refusal("accused_already")
    employee = await staff.at_work(acting.session, employee_id, acting.city.today(acting.now))
    event = await acting.step(complaint, Action.ACCUSE, public=False, values={"conflict": True, "accused": employee.id})
    complaint.conflict_employee_id = employee.id
    await hush(acting.session, complaint)
    await withhold(acting.session, complaint, employee.person_id)
    if not complaint.conflict:
        await inspecting.hand_over(acting.session, acting.city, complaint, inspecting.CONFLICT, event, acting.now)
    elif complaint.officer_id == employee.id:
        await _release_from(acting, complaint, employee)
    return complaint


async def _release_from(acting: Acting, complaint: Complaint, employee: Employee) -> None:
    """Whoever is accused works on it no more; the head of the unit that has it learns that nobody does."""
    complaint.officer_id = None
    if complaint.status not in AT_UNIT or complaint.unit_id is None:
        return
    values = {"officer_before": employee.id, "officer_name": employee.name}
    event = complaint.move(Action.UNASSIGN, acting.now, public=False, values=values)
    await acting.session.flush()
    heads = await notices.holders(acting.session, acting.city.today(acting.now), Role.HEAD, complaint.unit_id)
    await notices.tell_staff(
        acting.session,
        acting.city,
        complaint,
        heads,
        "report_released",
        acting.now,
        event_id=event.id,
        officer=employee.name,
    )


def addressees_for(city: City, text: str) -> list[Addressee]:
    """Everybody else who may be competent, those that the words mean first."""
    index = Index([Candidate(row.id, (row.name,), (), tuple(row.keywords)) for row in city.addressees.values()])
    ranked = [city.addressees[match.key] for match in index.rank(text, 5)]
    return [*ranked, *(row for row in city.addressees.values() if row not in ranked)]


def suggested(city: City, complaint: Complaint, now: datetime) -> tuple[str, Unit] | None:
    """Where the report most likely belongs, as (target, unit): what the reporter chose, else the best guess."""
    chosen = f"s{complaint.service_id}" if complaint.service_id is not None else None
    if chosen is None and complaint.unit_id is not None:
        chosen = f"u{complaint.unit_id}"
    targets = [chosen] if chosen is not None else [match.value for match in finding.suggest(city, complaint.text, 1)]
    found = ((target, answering(city, target, now)) for target in targets)
    free = ((target, unit) for target, unit in found if unit and not inspecting.is_involved(city, complaint, unit))
    return next(free, None)
