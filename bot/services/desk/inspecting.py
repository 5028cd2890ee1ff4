"""What goes to the inspectorate: reports made confidential, and those about a unit or a civil servant."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import notices
from bot.services.city import City
from models.complaint import Complaint, ComplaintEvent
from models.organisation import Unit
from models.rules.complaint_flow import AT_UNIT, Action

#: What makes a report tighter; nothing makes it looser (domain rule 15).
ANONYMOUS, CONFIDENTIAL, CONFLICT = TIGHTER = ("anonymous", "confidential", "conflict")


async def hand_over(
    session: AsyncSession, city: City, complaint: Complaint, what: str, event: ComplaintEvent, now: datetime
) -> None:
    """The report is confidential from now on. One about the unit that has it leaves that unit at once."""
    complaint.confidential = True
    if what == CONFLICT:
        accuse(city, complaint)
        if complaint.status in AT_UNIT:
            complaint.move(Action.TRANSFER, now, public=False, values={"reason": CONFLICT})
            complaint.disposed_at = now
    await session.flush()
    if complaint.unit_id is None or complaint.disposed_at is None:
        await notices.tell_inspectorate(session, city, complaint, "restricted_filed", now, event_id=event.id)


def accuse(city: City, complaint: Complaint) -> None:
    """It is about the unit it was meant for: that unit does not get it, and nothing counts it there."""
    unit_id = complaint.unit_id
    if unit_id is None and complaint.service_id is not None:
        unit_id = city.services[complaint.service_id].unit_id
    complaint.conflict = complaint.confidential = True
    complaint.conflict_unit_id = complaint.conflict_unit_id or unit_id
    complaint.unit_id = complaint.service_id = complaint.officer_id = None


def is_involved(city: City, complaint: Complaint, unit: Unit) -> bool:
    """Whether the report is about this unit, or about one that was merged into it."""
    accused = complaint.conflict_unit_id
    return accused is not None and unit.id in (accused, city.successor(accused).id)
