"""What is forgotten after a while; every period is the city's data, in days.

Source: domain section 7 (drafts 7 days, logs 180 days, files 1 year after the closing); the periods are our design.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from models.administration.revision import Revision, RevisionStatus
from models.attachment import Attachment
from models.complaint import Complaint, ComplaintEvent
from models.conversation import Conversation
from models.follower import Follower
from models.inbox import VISIBLE_FAULTS, InboxUpdate
from models.outbox import OutboxMessage, OutboxStatus
from models.performance.plan_sheet import PlanSheet
from models.performance.record_file import RecordFile
from models.rules.complaint_flow import OPEN
from models.sealing import SealedIdentity
from models.training.course_sheet import CourseSheet

#: Days, where the city's data says nothing. Telegram may deliver an update again for a day.
DEFAULT_DAYS = {
    "keep_drafts": 7,
    "keep_updates": 7,
    "keep_faults": 30,
    "keep_notices": 180,
    "keep_duties": 180,
    "keep_files": 365,
    "keep_reporters": 90,
    "keep_uploads": 30,
    "keep_forums": 90,
    "keep_distances": 90,
}
#: Reports a night; the rest the next night.
MOST_PARTED = 500
#: Workbooks that civil servants sent: what was in them stands where it was applied.
UPLOADS: tuple[Any, ...] = (RecordFile, PlanSheet, CourseSheet)
#: The history of the city's data, which is shown and can be taken back.
HISTORY = (RevisionStatus.APPLIED, RevisionStatus.TAKEN_BACK)
UNSENT = (OutboxStatus.QUEUED, OutboxStatus.CLAIMED)


def days_kept(city: City, what: str) -> int:
    """For how many days `what` (a key of DEFAULT_DAYS) is kept."""
    return city.limits.working_days.get(what, DEFAULT_DAYS[what])


def oldest_kept(city: City, what: str, now: datetime) -> datetime:
    """Whatever of `what` is older than this goes."""
    return now - timedelta(days=days_kept(city, what))


async def close_drafts(session: AsyncSession, before: datetime) -> int:
    """End talks that nobody went on with; how many. Their persons are told nothing."""
    result: Any = await session.execute(
        update(Conversation)
        .where(Conversation.flow.is_not(None), Conversation.updated_at < before)
        .values(flow=None, state=None, draft={}, question=None, message_id=None)
        .execution_options(synchronize_session=False)
    )
    return int(result.rowcount)


async def forget_notices(session: AsyncSession, before: datetime) -> int:
    """Drop notices that were sent or could not be; how many."""
    result: Any = await session.execute(
        delete(OutboxMessage)
        .where(OutboxMessage.status.not_in(UNSENT), OutboxMessage.created_at < before)
        .execution_options(synchronize_session=False)
    )
    return int(result.rowcount)


async def forget_faults(session: AsyncSession, before: datetime) -> int:
    """Drop updates that failed for good or could not be read: they hold somebody's words; how many."""
    result: Any = await session.execute(
        delete(InboxUpdate)
        .where(InboxUpdate.status.in_(VISIBLE_FAULTS), InboxUpdate.received_at < before)
        .execution_options(synchronize_session=False)
    )
    return int(result.rowcount)


async def forget_uploads(session: AsyncSession, before: datetime) -> int:
    """Drop workbooks that were decided, or that nobody decided, before; how many. Of the city's data, what was applied
    stays, without the file.
    """
    gone = 0
    for table in (*UPLOADS, Revision):
        old = func.coalesce(table.decided_at, table.received_at) < before
        over = old if table is not Revision else old & Revision.status.not_in(HISTORY)
        result: Any = await session.execute(delete(table).where(over).execution_options(synchronize_session=False))
        gone += int(result.rowcount)
    parted = update(Revision).where(Revision.decided_at < before, Revision.file_id != "").values(file_id="")
    await session.execute(parted.execution_options(synchronize_session=False))
    return gone


async def part_from_reporters(session: AsyncSession, before: datetime) -> int:
    """Cut the tie between reports that are over and whoever sent or followed them; how many reports."""
    touched = exists().where(ComplaintEvent.complaint_id == Complaint.id, ComplaintEvent.at >= before)
    known = or_(Complaint.reporter_id.is_not(None), Complaint.reporter_mark.is_not(None))
    over = select(Complaint.id).where(Complaint.status.not_in(OPEN), Complaint.received_at < before, ~touched, known)
    ids = (await session.scalars(over.limit(MOST_PARTED))).all()
    for statement in (
        update(ComplaintEvent)
        .where(ComplaintEvent.complaint_id.in_(ids), ComplaintEvent.role == "resident")
        .values(actor_id=None, message_id=None),
        delete(SealedIdentity).where(SealedIdentity.complaint_id.in_(ids)),
        delete(Follower).where(Follower.complaint_id.in_(ids)),
        update(OutboxMessage).where(OutboxMessage.complaint_id.in_(ids)).values(complaint_id=None),
        update(Complaint).where(Complaint.id.in_(ids)).values(reporter_id=None, reporter_mark=None, message_id=None),
    ):
        await session.execute(statement.execution_options(synchronize_session=False))
    return len(ids)


async def old_files(session: AsyncSession, before: datetime, limit: int) -> Sequence[tuple[int, str | None]]:
    """Id and stored path of files of reports that are over and at which nothing happened since."""
    touched = exists().where(ComplaintEvent.complaint_id == Complaint.id, ComplaintEvent.at >= before)
    rows = await session.execute(
        select(Attachment.id, Attachment.stored)
        .join(Complaint, Complaint.id == Attachment.complaint_id)
        .where(Attachment.created_at < before, Complaint.status.not_in(OPEN), ~touched)
        .order_by(Attachment.id)
        .limit(limit)
    )
    return [(row.id, row.stored) for row in rows]


async def forget_files(session: AsyncSession, attachment_ids: Sequence[int]) -> None:
    """Drop the rows too: with Telegram's id a file could be shown again."""
    await session.execute(
        delete(Attachment).where(Attachment.id.in_(attachment_ids)).execution_options(synchronize_session=False)
    )
