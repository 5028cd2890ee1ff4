"""The unit's steps: take it, ask, note, answer with proof, propose that it is done, pass it on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import complaints, notices
from bot.services.city import City
from bot.services.complaints import SentFile
from bot.services.desk import colleagues, mentions
from bot.services.desk.mentions import Mentioned
from bot.services.desk.verifying import Acting, hand_over, tell_of_disposal
from bot.services.proofs import alarms
from models.attachment import Attachment, FilePurpose
from models.complaint import Complaint, ComplaintEvent
from models.rules.complaint_flow import Action
from models.rules.permissions import Presser, may

Files = Sequence[SentFile]


async def take(acting: Acting, complaint_id: int) -> Complaint:
    """The officer takes it in hand; the second of two is refused by the state or the row's version."""
    complaint = await acting.reach(Action.TAKE, complaint_id)
    before = complaint.officer_id
    complaint.officer_id = acting.presser.employee_id
    if complaint.disposed_at is None:  # the inspectorate keeps what is its own
        complaints.resume(complaint, acting.city, acting.now)
        complaint.disposed_at, complaint.due_at = acting.now, complaint.settle_due_at
    values = {"officer_before": before, "officer": complaint.officer_id}
    event = await acting.step(complaint, Action.TAKE, values=values)
    await acting.tell_reporter(complaint, "report_taken", event)
    if before is not None and before != complaint.officer_id:
        left = await colleagues.some(acting.session, acting.city, [before], acting.now)
        people = [one.person_id for one in left if one.works and one.person_id is not None]
        await notices.tell_staff(
            acting.session, acting.city, complaint, people, "report_taken_over", acting.now, event_id=event.id
        )
    return complaint


async def ask_resident(acting: Acting, complaint_id: int, text: str, files: Files) -> Complaint:
    """A question to the reporter: the clock waits for the answer, visibly."""
    complaint = await acting.reach(Action.ASK_RESIDENT, complaint_id)
    _answered(complaint, acting)
    complaint.paused_at = complaint.paused_at or acting.now
    event = await _said(acting, complaint, Action.ASK_RESIDENT, text, files, FilePurpose.PROOF)
    await acting.tell_reporter(complaint, "question_asked", event, text=text, files=shown(files))
    return complaint


async def note(
    acting: Acting, complaint_id: int, text: str, files: Files, picked: Sequence[int] = ()
) -> tuple[Complaint, Mentioned]:
    """A word among colleagues, never to the reporter; whoever is named in it and may see the report is told."""
    complaint = await acting.reach(Action.NOTE, complaint_id)
    named = await mentions.read(acting.session, acting.city, complaint, text, picked, acting.now)
    event = await _said(
        acting,
        complaint,
        Action.NOTE,
        text,
        files,
        FilePurpose.NOTE,
        public=False,
        mentions=[one.name for one in named.found],
    )
    people = {one.person_id for one in named.found if one.works and one.person_id is not None}
    words = None if complaint.record().restricted else text
    await notices.tell_staff(
        acting.session,
        acting.city,
        complaint,
        people - {acting.presser.person_id},
        "mentioned",
        acting.now,
        event_id=event.id,
        by=await colleagues.name_of(acting.session, acting.presser.employee_id),
        text=words,
    )
    return complaint, named


async def reply(acting: Acting, complaint_id: int, text: str, files: Files) -> Complaint:
    """A word to the reporter, with proof."""
    complaint = await acting.reach(Action.REPLY, complaint_id)
    _answered(complaint, acting)
    event = await _said(acting, complaint, Action.REPLY, text, files, FilePurpose.PROOF)
    await acting.tell_reporter(complaint, "unit_replied", event, text=text, files=shown(files))
    return complaint


async def propose_done(acting: Acting, complaint_id: int, text: str, files: Files) -> Complaint:
    """The unit thinks it is done: the reporter is asked for the verdict, silence closes it later."""
    complaint = await acting.reach(Action.PROPOSE_DONE, complaint_id)
    _answered(complaint, acting)
    complaints.resume(complaint, acting.city, acting.now)
    complaint.followed_up_at, complaint.due_at = acting.now, None
    complaint.auto_close_at = complaints.auto_close_moment(acting.city, acting.now)
    event = await _said(acting, complaint, Action.PROPOSE_DONE, text, files, FilePurpose.PROOF)
    if complaint.auto_close_at is None:  # a proof is doubted: the reporter is asked once the inspectorate has looked
        return complaint
    await acting.tell_reporter(
        complaint,
        "done_proposed",
        event,
        text=text,
        files=shown(files),
        until=complaint.auto_close_at.isoformat(),
    )
    return complaint


async def transfer(acting: Acting, complaint_id: int, target: str, reason: str) -> Complaint:
    """Another unit has to do it; the reason is for the colleagues, the reporter learns the new unit."""
    complaint = await acting.reach(Action.TRANSFER, complaint_id)
    complaints.resume(complaint, acting.city, acting.now)
    left = await notices.workers(acting.session, acting.city, complaint, acting.now)
    await _said(acting, complaint, Action.NOTE, reason, (), FilePurpose.NOTE, public=False)
    event = await hand_over(acting, complaint, Action.TRANSFER, target)
    await tell_of_disposal(acting, complaint, event)
    others = [person_id for person_id in left if person_id != acting.presser.person_id]
    await notices.tell_staff(
        acting.session, acting.city, complaint, others, "report_moved_on", acting.now, event_id=event.id
    )
    return complaint


async def join_album(
    session: AsyncSession, city: City, presser: Presser, file: SentFile, now: datetime
) -> Complaint | None:
    """A picture of an album that arrived after its first ones were sent joins them, and goes where they went."""
    if file.group is None:
        return None
    statement = (
        select(Complaint, ComplaintEvent, Attachment.purpose)
        .join(Attachment, Attachment.complaint_id == Complaint.id)
        .join(ComplaintEvent, ComplaintEvent.id == Attachment.event_id)
        .where(
            Attachment.media_group == file.group,
            Attachment.purpose.in_((FilePurpose.PROOF, FilePurpose.NOTE)),
            ComplaintEvent.actor_id == presser.person_id,
        )
        .order_by(Attachment.id)
        .limit(1)
    )
    row = (await session.execute(statement)).one_or_none()
    if row is None or not may(presser, Action.NOTE, row[0].record()):
        return None
    complaint, event, purpose = row
    complaints.attach(session, complaint, [file], purpose, now, event.id)
    await session.flush()
    if purpose is FilePurpose.PROOF:
        await alarms.look_at_sent(session, city, complaint, event.id, now)
    if event.public and complaint.held_at is None:
        await notices.tell_reporter(
            session,
            city,
            complaint,
            "proof_added",
            now,
            event_id=event.id,
            part=file.unique_id[-40:],
            files=shown([file]),
        )
    return complaint


def _answered(complaint: Complaint, acting: Acting) -> None:
    complaint.first_response_at = complaint.first_response_at or acting.now


async def _said(
    acting: Acting,
    complaint: Complaint,
    action: Action,
    text: str,
    files: Files,
    purpose: FilePurpose,
    *,
    public: bool = True,
    **values: Any,
) -> ComplaintEvent:
    values = {"files": len(files), **{name: value for name, value in values.items() if value}}
    event = await acting.step(complaint, action, text=text, public=public, values=values)
    complaints.attach(acting.session, complaint, files, purpose, acting.now, event.id)
    if purpose is FilePurpose.PROOF and files:
        await acting.session.flush()
        await alarms.look_at_sent(acting.session, acting.city, complaint, event.id, acting.now)
    return event


def shown(files: Files) -> list[list[str]]:
    """Files as a notice carries them: kind and id."""
    return [[file.kind.value, file.file_id] for file in files]
