"""Reports that an officer writes down for somebody else: at a forum, from social media, by phone, at the counter."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import complaints, identity
from bot.services.city import City
from bot.services.complaints import Report
from models.claim import Claim
from models.complaint import Complaint
from models.errors import Refusal
from models.person import Person
from models.rules.complaint_flow import Action
from models.rules.permissions import Desk, Presser, require_desk

#: How long the link works where the city's table of limits says nothing.
CLAIM_DAYS = 90
#: Bytes of chance in a token: nobody guesses one.
CHANCE = 15


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was written down: the report, the token of its link, until when the link works."""

    complaint: Complaint
    token: str
    expires_at: datetime


async def record(
    session: AsyncSession, city: City, presser: Presser, person: Person, report: Report, now: datetime
) -> Recorded | None:
    """File the report without a reporter and make its link. None when this talk was sent before."""
    require_desk(presser, Desk.ON_BEHALF)
    return await write_down(session, city, person, report, now)


async def write_down(
    session: AsyncSession, city: City, person: Person, report: Report, now: datetime
) -> Recorded | None:
    """The same, for whoever has the right to it otherwise."""
    complaint = await complaints.file(session, city, person, report, now)
    if await session.get(Claim, complaint.id) is not None:
        return None
    token = secrets.token_urlsafe(CHANCE)
    expires_at = now + timedelta(days=city.limits.working_days.get("claim", CLAIM_DAYS))
    session.add(Claim(complaint_id=complaint.id, token_hash=_hashed(token), expires_at=expires_at))
    await session.flush()
    return Recorded(complaint, token, expires_at)


async def claim(session: AsyncSession, person: Person, token: str, now: datetime) -> Complaint:
    """The report is this person's from now on; refused with `claim_unknown`, `claim_used` or `claim_expired`."""
    found = await session.scalar(select(Claim).where(Claim.token_hash == _hashed(token)).with_for_update())
    if found is None:
        raise Refusal("claim_unknown")
    complaint = await complaints.get(session, found.complaint_id)
    mine = select(Complaint.id).where(Complaint.id == complaint.id, identity.is_of(session, person.id))
    if found.claimed_at is not None:
        if await session.scalar(mine) is None:
            raise Refusal("claim_used")
        return complaint
    if now > found.expires_at:
        raise Refusal("claim_expired")
    found.claimed_at = now
    complaint.reporter_id = person.id
    complaint.move(Action.CLAIM, now, role="resident", actor_id=None if complaint.anonymous else person.id)
    await session.flush()
    if complaint.anonymous:
        await identity.seal(session, complaint, person.id)
    return complaint


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
