"""What a resident's silence leads to: a followed-up report closes itself, an incomplete one is deemed withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import complaints, notices
from bot.services.city import City
from models.complaint import Complaint, ComplaintEvent
from models.rules.complaint_flow import Action, Status, Verdict
from models.rules.deadlines import due

BATCH = 50
#: UU 25/2009, Pasal 44 (unconfirmed): days to complete a report, where the city's data says nothing.
COMPLETION_DAYS = 30


async def close_silent(session: AsyncSession, city: City, now: datetime) -> int:
    """Close followed-up reports whose time is over, counted apart from confirmed ones (domain rule 12); how many."""
    rows = await session.scalars(
        select(Complaint)
        .where(
            Complaint.status == Status.FOLLOWED_UP,
            Complaint.followed_up_at.is_not(None),
            Complaint.held_at.is_(None),
            Complaint.auto_close_at <= now,
        )
        .order_by(Complaint.auto_close_at, Complaint.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    found = rows.all()
    until = due("reopen", now, city.calendar, city.limits).at
    last = await _last_words(session, [complaint.id for complaint in found])
    for complaint in found:
        since = last.get(complaint.id) or complaint.followed_up_at or now
        days = city.calendar.working_days_between(city.today(since), city.today(now))
        reason = {"reason": "silence", "days": days, "since": since.isoformat()}
        event = complaint.move(Action.AUTO_CLOSE, now, values=reason)
        complaint.verdict = Verdict.WITHOUT_CONFIRMATION
        complaints.stop_clocks(complaint)
        await session.flush()
        kind = "closed_for_good" if complaint.reopened else "closed_without_confirmation"
        await notices.reporter(
            session,
            city,
            complaint,
            kind,
            now,
            event,
            until=until.isoformat(),
            ombudsman=city.fact("ombudsman.contact"),
        )
    return len(found)


async def _last_words(session: AsyncSession, complaint_ids: Sequence[int]) -> dict[int, datetime]:
    """When somebody last said something: since then the count runs."""
    said = (Action.PROPOSE_DONE, Action.ADD_INFORMATION, Action.INFORM)
    statement = (
        select(ComplaintEvent.complaint_id, func.max(ComplaintEvent.at))
        .where(ComplaintEvent.complaint_id.in_(complaint_ids), ComplaintEvent.action.in_(said))
        .group_by(ComplaintEvent.complaint_id)
    )
    return {complaint_id: at for complaint_id, at in await session.execute(statement)}


async def lapse_incomplete(session: AsyncSession, city: City, now: datetime) -> int:
    """Reports that were not completed within the limit count as withdrawn by their reporters; how many."""
    days = timedelta(days=city.limits.working_days.get("complete", COMPLETION_DAYS))
    before = datetime.combine(city.today(now) - days, time.min, city.calendar.zone)
    rows = await session.scalars(
        select(Complaint)
        .where(Complaint.status == Status.INCOMPLETE, Complaint.paused_at < before)
        .order_by(Complaint.paused_at, Complaint.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    found = rows.all()
    for complaint in found:
        event = complaint.move(Action.WITHDRAW, now, values={"reason": "not_completed", "days": days.days})
        complaints.stop_clocks(complaint)
        await session.flush()
        await notices.reporter(session, city, complaint, "report_lapsed", now, event, days=days.days)
    return len(found)
