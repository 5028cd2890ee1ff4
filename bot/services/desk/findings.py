"""What the inspectorate finds about a doubted proof: it is in order, or the unit has to do it again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.services import complaints, followers, notices
from bot.services.desk.verifying import Acting
from bot.services.proofs import alarms
from models.attachment import Attachment
from models.complaint import Complaint, ComplaintEvent
from models.proof import Finding
from models.rules.complaint_flow import Action, Status


async def release(acting: Acting, complaint_id: int, reason: str) -> Complaint:
    """The proof is in order: what waited goes on, and the reporter is asked for the verdict."""
    complaint = await acting.reach(Action.RELEASE, complaint_id)
    event = await acting.step(complaint, Action.RELEASE, text=reason, public=False)
    await alarms.settle(acting.session, complaint, Finding.RELEASED, acting.presser.employee_id, reason, acting.now)
    await _tell_unit(acting, complaint, "proof_released", event, reason)
    if complaint.status is Status.FOLLOWED_UP:
        complaint.auto_close_at = complaints.auto_close_moment(acting.city, acting.now)
        proposal, said = await _proposed(acting, complaint)
        await acting.tell_reporter(complaint, "done_proposed", event, **said, until=complaint.auto_close_at.isoformat())
        moment = notices.sending_moment(acting.city, acting.now)
        await followers.tell_step(acting.session, complaint, proposal, acting.now, moment)
    return complaint


async def send_back(acting: Acting, complaint_id: int, reason: str) -> Complaint:
    """The proof does not hold: the unit does it again, its clock runs as if nothing had been proposed."""
    complaint = await acting.reach(Action.RETURN, complaint_id)
    was_proposed = complaint.status is Status.FOLLOWED_UP
    event = await acting.step(complaint, Action.RETURN, text=reason, public=False)
    await alarms.settle(acting.session, complaint, Finding.RETURNED, acting.presser.employee_id, reason, acting.now)
    await _tell_unit(acting, complaint, "proof_returned", event, reason)
    if was_proposed:
        complaint.due_at = complaint.settle_due_at
        await acting.tell_reporter(complaint, "done_taken_back", event)
    return complaint


async def _tell_unit(acting: Acting, complaint: Complaint, kind: str, event: ComplaintEvent, reason: str) -> None:
    people = await notices.workers(acting.session, acting.city, complaint, acting.now)
    await notices.tell(
        acting.session, acting.city, complaint, people, kind, acting.now, event_id=event.id, reason=reason
    )


async def _proposed(acting: Acting, complaint: Complaint) -> tuple[ComplaintEvent, dict[str, Any]]:
    """The step in which the unit last proposed that it is done, with its words and files."""
    last = (
        select(ComplaintEvent)
        .where(ComplaintEvent.complaint_id == complaint.id, ComplaintEvent.action == Action.PROPOSE_DONE)
        .order_by(ComplaintEvent.id.desc())
        .limit(1)
    )
    proposal = (await acting.session.scalars(last)).one()
    files = await acting.session.execute(
        select(Attachment.kind, Attachment.file_id).where(Attachment.event_id == proposal.id).order_by(Attachment.id)
    )
    return proposal, {"text": proposal.text or "", "files": [[kind.value, file_id] for kind, file_id in files]}
