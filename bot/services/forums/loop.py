"""What came out of an event: reports that were written down at it, and how many of them are finished."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from bot.services.complaints import Report
from bot.services.desk import on_behalf
from bot.services.desk.on_behalf import Recorded
from bot.services.forums.desk import Gathering, find
from models.complaint import Complaint
from models.errors import Refusal
from models.forum import Forum, ForumReport, ForumStatus
from models.person import Person
from models.rules.complaint_flow import Status


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many reports came out of an event, and how many of them are finished. Restricted ones are not counted."""

    reports: int
    finished: int


async def outcome(by: Gathering, forum_id: int) -> Outcome:
    """One query; a duplicate is finished with its main report. Domain rule 13: nothing restricted shows."""
    main = aliased(Complaint)
    status = func.coalesce(main.status, Complaint.status)
    statement = (
        select(func.count(), func.count().filter(status == Status.CLOSED))
        .select_from(ForumReport)
        .join(Complaint, Complaint.id == ForumReport.complaint_id)
        .outerjoin(main, main.id == Complaint.merged_into_id)
        .where(ForumReport.forum_id == forum_id, ~Complaint.confidential, ~Complaint.conflict)
    )
    reports, finished = (await by.session.execute(statement)).one()
    return Outcome(reports, finished)


def may_come_out(forum: Forum, now: datetime) -> bool:
    """Whether reports can come out of it: once it has begun, unless it was cancelled."""
    begun = forum.status is ForumStatus.OPEN and forum.starts_at <= now
    return begun or forum.status in (ForumStatus.HELD, ForumStatus.REPORTED)


async def require_recordable(by: Gathering, forum_id: int) -> Forum:
    """An event at which the presser may write down reports now; refused with `not_your_forum`, `forum_not_now`."""
    forum = await find(by, forum_id)
    if not by.may_record(forum):
        raise Refusal("not_your_forum")
    if not may_come_out(forum, by.now):
        raise Refusal("forum_not_now")
    return forum


async def record(by: Gathering, forum_id: int, person: Person, report: Report) -> Recorded | None:
    """Write down a report that somebody made at the event. None when this talk was sent before."""
    await require_recordable(by, forum_id)
    recorded = await on_behalf.write_down(by.session, by.city, person, report, by.now)
    if recorded is not None:
        by.session.add(ForumReport(complaint_id=recorded.complaint.id, forum_id=forum_id, at=by.now))
        await by.session.flush()
    return recorded
