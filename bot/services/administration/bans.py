"""Keep somebody from sending for a while: by a report of theirs, without anybody seeing who it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import identity, outbox
from bot.services.city import City
from models.administration.ban import Ban, BanReason
from models.complaint import Complaint
from models.errors import Refusal
from models.rules.permissions import Desk, Presser, require_desk

#: For how many days one may be kept out.
DAYS = (7, 30, 90)
MOST_LISTED = 20


def _running(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (Ban.until > now, Ban.lifted_at.is_(None))


async def ban(
    session: AsyncSession,
    city: City,
    presser: Presser,
    complaint: Complaint,
    reason: BanReason,
    days: int,
    now: datetime,
) -> Ban:
    """Whoever sent this report sends nothing more for so many days, and is told so with reason, end and appeal.

    Refused with `nobody_to_ban` when the reporter is not known any more, `already_banned` while a ban runs.
    """
    require_desk(presser, Desk.BANS)
    reporter = await identity.reporter_of(session, complaint)
    if reporter is None or days not in DAYS:
        raise Refusal("nobody_to_ban")
    if await running(session, reporter.person_id, now) is not None:
        raise Refusal("already_banned")
    row = Ban(person_id=reporter.person_id, reason=reason, by_id=presser.employee_id, since=now)
    row.until = now + timedelta(days=days)
    session.add(row)
    await session.flush()
    await outbox.put(
        session,
        key=f"banned:{row.id}",
        person_id=reporter.person_id,
        kind="banned",
        values=values_of(city, row),
        now=now,
    )
    return row


def values_of(city: City, row: Ban) -> dict[str, str]:
    """What the person is told: why, until when, where to appeal."""
    return {"reason": row.reason.value, "until": row.until.isoformat(), "appeal": city.fact("office.address")}


async def running(session: AsyncSession, person_id: int, now: datetime) -> Ban | None:
    """The ban that runs now."""
    statement = select(Ban).where(Ban.person_id == person_id, *_running(now)).order_by(Ban.until.desc()).limit(1)
    return (await session.scalars(statement)).one_or_none()


async def require_free(session: AsyncSession, city: City, person_id: int, now: datetime) -> None:
    """Refused with `banned` (reason, until, appeal) while a ban runs."""
    row = await running(session, person_id, now)
    if row is not None:
        raise Refusal("banned", **values_of(city, row))


async def every(session: AsyncSession, now: datetime) -> Sequence[Ban]:
    """Bans that run, those that end first above."""
    statement = select(Ban).where(*_running(now)).order_by(Ban.until, Ban.id).limit(MOST_LISTED)
    return (await session.scalars(statement)).all()


async def lift(session: AsyncSession, presser: Presser, ban_id: int, now: datetime) -> Ban:
    """End it early; refused with `no_such_ban` when it does not run."""
    require_desk(presser, Desk.BANS)
    row = await session.get(Ban, ban_id)
    if row is None or row.lifted_at is not None or row.until <= now:
        raise Refusal("no_such_ban")
    row.lifted_at = now
    await outbox.put(session, key=f"lifted:{row.id}", person_id=row.person_id, kind="ban_lifted", now=now)
    return row
