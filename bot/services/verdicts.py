"""The reporter's verdict: solved with a score, not solved, or back after the closing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import identity, notices
from bot.services.city import City
from bot.services.complaints import Words, attach, reach, stop_clocks
from models.attachment import FilePurpose
from models.complaint import Complaint, ComplaintEvent
from models.errors import Refusal
from models.rules.complaint_flow import Action, Status, Verdict
from models.rules.deadlines import due
from models.rules.permissions import Presser


async def confirm(
    session: AsyncSession, city: City, presser: Presser, complaint_id: int, score: int, now: datetime
) -> Complaint:
    """The verdict "solved" with a score 1-4: it closes the complaint."""
    complaint = await reach(session, presser, Action.CONFIRM, complaint_id)
    if not 1 <= score <= 4:
        raise Refusal("score_out_of_range")
    actor_id = identity.actor_of(complaint, presser.person_id)
    event = complaint.move(Action.CONFIRM, now, actor_id=actor_id, role="resident", values={"score": score})
    complaint.verdict, complaint.score = Verdict.SOLVED, score
    stop_clocks(complaint)
    await session.flush()
    await notices.judged(session, city, complaint, event, now)
    return complaint


async def dispute(
    session: AsyncSession, city: City, presser: Presser, complaint_id: int, words: Words, now: datetime
) -> Complaint:
    """The verdict "not solved": reopened once with an escalated clock, the second time closed as not solved."""
    complaint = await reach(session, presser, Action.DISPUTE, complaint_id)
    event = complaint.dispute(now, **_said(session, complaint, presser, words))
    await _again(session, city, complaint, now)
    await notices.judged(session, city, complaint, event, now)
    return complaint


async def reopen(
    session: AsyncSession, city: City, presser: Presser, complaint_id: int, words: Words, now: datetime
) -> Complaint:
    """Back after the closing: once, within the limit `reopen` of working days."""
    complaint = await reach(session, presser, Action.REOPEN, complaint_id)
    closed = complaint.closed_at or now
    last = due("reopen", closed, city.calendar, city.limits).at
    event = complaint.reopen(now, last, **_said(session, complaint, presser, words))
    await _again(session, city, complaint, now)
    attach(session, complaint, words.files, FilePurpose.ADDITION, now, event.id)
    await notices.judged(session, city, complaint, event, now)
    return complaint


def _said(session: AsyncSession, complaint: Complaint, presser: Presser, words: Words) -> dict[str, Any]:
    return {
        "actor_id": identity.actor_of(complaint, presser.person_id),
        "role": "resident",
        "text": words.text or None,
        "message_id": identity.message_of(session, complaint, presser.person_id, words.message_id),
        "values": {"files": len(words.files)},
    }


async def _again(session: AsyncSession, city: City, complaint: Complaint, now: datetime) -> None:
    """A reopened complaint starts a shorter clock, one step up the ladder; a closed one has none."""
    stop_clocks(complaint)
    if complaint.status is Status.REOPENED:
        promise = due("reopened", now, city.calendar, city.limits)
        complaint.settle_due_at = complaint.due_at = promise.at
        complaint.escalation = max(complaint.escalation, 1)
    await session.flush()


async def explain(
    session: AsyncSession, city: City, presser: Presser, complaint_id: int, text: str, now: datetime
) -> None:
    """Why the verdict got a low score: written to its event once, and told to who worked on it."""
    complaint = await reach(session, presser, Action.CONFIRM, complaint_id)
    event = await session.scalar(
        select(ComplaintEvent)
        .where(
            ComplaintEvent.complaint_id == complaint_id,
            ComplaintEvent.action == Action.CONFIRM,
            ComplaintEvent.role == "resident",
        )
        .order_by(ComplaintEvent.id.desc())
        .limit(1)
    )
    if event is None or event.text is not None:
        raise Refusal("not_in_this_state")
    event.text = text
    await notices.information_added(session, city, complaint, event, now)
