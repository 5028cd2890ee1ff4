"""What waits to be sent about a report that was just restricted no longer says what the report is about."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.complaint import Complaint
from models.outbox import OutboxMessage, OutboxStatus

#: A notice that names several reports.
DIGEST = "reports_shared"
#: Why a notice is not sent.
WITHHELD = "the report is about its reader"
#: A notice that carries a colleague's words.
MENTION = "mentioned"


async def hush(session: AsyncSession, complaint: Complaint) -> None:
    """Take class, service, first words and a note's words out of the queued notices to staff (domain rule 13)."""
    queued = await session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.status == OutboxStatus.QUEUED,
            or_(OutboxMessage.complaint_id == complaint.id, OutboxMessage.kind == DIGEST),
        )
        .order_by(OutboxMessage.id)
    )
    for message in queued:
        if message.kind == DIGEST:
            message.values = {
                **message.values,
                "reports": [_without(one, complaint) for one in message.values["reports"]],
            }
        elif "about" in message.values:
            words = {"text": None} if message.kind == MENTION else {}
            message.values = {**message.values, "about": None, **words}


async def withhold(session: AsyncSession, complaint: Complaint, person_id: int | None) -> None:
    """What waits to be sent to somebody about this report is not sent; of a list of several it is taken out."""
    if person_id is None:
        return
    queued = await session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.status == OutboxStatus.QUEUED,
            OutboxMessage.person_id == person_id,
            or_(OutboxMessage.complaint_id == complaint.id, OutboxMessage.kind == DIGEST),
        )
        .order_by(OutboxMessage.id)
    )
    for message in queued:
        if message.kind != DIGEST:
            message.status, message.fault = OutboxStatus.REFUSED, WITHHELD
            continue
        left = [one for one in message.values["reports"] if one["code"] != complaint.code]
        message.values = {**message.values, "reports": left, "number": len(left)}
        if not left:
            message.status, message.fault = OutboxStatus.REFUSED, WITHHELD


def _without(named: dict[str, Any], complaint: Complaint) -> dict[str, Any]:
    return {**named, "about": None} if named["code"] == complaint.code else named
