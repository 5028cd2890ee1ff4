"""Two reports of one thing become one: the duplicate is put away, its reporter follows the main report.

Undone while the main report is open. Every step is an event on both.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import complaints, followers, notices
from bot.services.desk.verifying import Acting
from models.complaint import Complaint
from models.errors import Refusal
from models.rules.complaint_flow import OPEN, Action, ArchiveReason

#: Which prepared text explains a merging to the reporter.
TEMPLATE = "duplicate"


async def merge(acting: Acting, complaint_id: int, main_id: int, text: str | None = None) -> Complaint:
    """Put a duplicate away; whoever reported or followed it follows `main_id` from now on (domain rule 19).

    A restricted one is never merged, nor are two of one named person.
    """
    await _lock(acting.session, complaint_id, main_id)
    complaint = await acting.reach(Action.MERGE, complaint_id)
    main = await acting.reach(Action.ABSORB, main_id)
    require_mergeable(complaint, main)
    complaint.archive_reason, complaint.merged_into_id = ArchiveReason.DUPLICATE, main.id
    complaint.officer_id = complaint.occurrence_id = None
    complaints.stop_clocks(complaint)
    values = {"reason": ArchiveReason.DUPLICATE.value, "main": main.code, "status_before": complaint.status.value}
    event = await acting.step(complaint, Action.MERGE, text=text or explanation(acting), values=values)
    await acting.step(main, Action.ABSORB, public=False, values={"code": complaint.code})
    moment = notices.sending_moment(acting.city, acting.now)
    await followers.tell(
        acting.session, complaint, "followed_merged", acting.now, moment, event_id=event.id, main=main.code
    )
    await followers.bring_along(acting.session, complaint, main.id, acting.now)
    await notices.tell_reporter(
        acting.session,
        acting.city,
        complaint,
        "report_merged",
        acting.now,
        event_id=event.id,
        main=main.code,
        main_id=main.id,
        text=event.text,
        ombudsman=acting.city.fact("ombudsman.contact"),
    )
    return complaint


async def unmerge(acting: Acting, complaint_id: int) -> Complaint:
    """Undo a mistake while the main report is open: the duplicate is the verifier's again, with its old promises."""
    merged = await acting.reach(Action.UNMERGE, complaint_id)
    if merged.merged_into_id is None:
        raise Refusal("not_in_this_state")
    await _lock(acting.session, complaint_id, merged.merged_into_id)
    complaint = await acting.reach(Action.UNMERGE, complaint_id)
    if complaint.merged_into_id is None:
        raise Refusal("not_in_this_state")
    main = await acting.reach(Action.ABSORB, complaint.merged_into_id)
    if main.status not in OPEN:
        raise Refusal("main_is_over")
    event = await acting.step(complaint, Action.UNMERGE, values={"main": main.code})
    complaint.archive_reason = complaint.merged_into_id = complaint.disposed_at = None
    complaint.due_at = complaint.verify_due_at
    await acting.step(main, Action.ABSORB, public=False, values={"code": complaint.code, "gone": True})
    await followers.take_back(acting.session, complaint.id, main.id)
    await notices.tell_reporter(
        acting.session, acting.city, complaint, "report_unmerged", acting.now, event_id=event.id, main=main.code
    )
    return complaint


async def main_of(session: AsyncSession, complaint: Complaint) -> Complaint | None:
    """The report that a duplicate was merged into."""
    return await session.get(Complaint, complaint.merged_into_id) if complaint.merged_into_id is not None else None


def explanation(acting: Acting) -> str | None:
    """The city's prepared words for a duplicate."""
    return next((row.text for row in acting.city.templates if row.code == TEMPLATE), None)


def require_mergeable(complaint: Complaint, main: Complaint) -> None:
    """Refused: `same_report`, `never_merged`, `main_is_over`."""
    if complaint.id == main.id:
        raise Refusal("same_report")
    if complaint.record().restricted or main.record().restricted:
        raise Refusal("never_merged")
    # Of an anonymous report it is not said whether the other one is by the same person.
    if complaint.reporter_id is not None and complaint.reporter_id == main.reporter_id:
        raise Refusal("never_merged")
    if main.status not in OPEN:
        raise Refusal("main_is_over")


async def _lock(session: AsyncSession, one: int, other: int) -> None:
    """Both rows, in one order, as they are now: neither can be merged away or end meanwhile."""
    statement = select(Complaint).where(Complaint.id.in_((one, other))).order_by(Complaint.id).with_for_update()
    await session.scalars(statement.execution_options(populate_existing=True))
