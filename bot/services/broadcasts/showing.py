"""How far a broadcast is, for its author: one message that changes as the sending goes on."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import outbox
from bot.services.broadcasts import sending
from bot.services.city import City
from models.broadcasts.broadcast import Broadcast, BroadcastStatus, Repeat
from models.employee import Employee
from models.outbox import OutboxStatus
from models.rules.dates import months_after

PROGRESS = "broadcast_progress"
#: How often the author's message changes.
EVERY_SECONDS = 5


async def begin_if_due(session: AsyncSession, city: City, broadcast_id: int, now: datetime) -> bool:
    """Begin a scheduled broadcast whose time has come; another process may have been quicker."""
    broadcast = await session.get_one(Broadcast, broadcast_id, with_for_update=True)
    if broadcast.status is not BroadcastStatus.SCHEDULED or broadcast.send_at is None or broadcast.send_at > now:
        return False
    await sending.begin(session, city, broadcast, now)
    return True


async def follow(session: AsyncSession, city: City, broadcast_id: int, now: datetime) -> bool:
    """Show how far it is; end it when nothing is on the way any more, and set the next time of one that repeats."""
    broadcast = await session.get_one(Broadcast, broadcast_id, with_for_update=True)
    if broadcast.status is not BroadcastStatus.SENDING:
        return False
    present = await sending.progress(session, broadcast)
    is_through = present.on_the_way == 0
    if is_through:
        broadcast.move(BroadcastStatus.DONE, now)
        broadcast.finished_at = now
        repeat(city, broadcast, now)
    await show(session, broadcast, present, now)
    return is_through


async def show(session: AsyncSession, broadcast: Broadcast, present: sending.Progress, now: datetime) -> None:
    """Queue a change of the author's message, at most one in EVERY_SECONDS and one at the end."""
    author = await session.get_one(Employee, broadcast.author_id)
    if broadcast.progress_message_id is None or author.person_id is None:
        return
    ended = broadcast.status in (BroadcastStatus.DONE, BroadcastStatus.CANCELLED)
    moment = broadcast.status.value if ended else str(int(now.timestamp()) // EVERY_SECONDS)
    await outbox.put(
        session,
        key=f"{PROGRESS}:{broadcast.id}:{broadcast.run}:{moment}",
        person_id=author.person_id,
        kind=PROGRESS,
        now=now,
        values=told(broadcast, present, now),
        edits=broadcast.progress_message_id,
    )


def told(broadcast: Broadcast, present: sending.Progress, now: datetime) -> dict[str, object]:
    """How far it is as plain values."""
    unreachable, failed = (OutboxStatus.UNREACHABLE,), (OutboxStatus.REFUSED, OutboxStatus.UNKNOWN)
    sent, left = present.of(OutboxStatus.SENT), present.on_the_way
    begun = broadcast.started_at or now
    spent = (now - begun).total_seconds()
    ended = present.total - left
    return {
        "broadcast_id": broadcast.id,
        "title": broadcast.title,
        "status": broadcast.status.value,
        "total": present.total,
        "sent": sent,
        "unreachable": present.of(*unreachable),
        "failed": present.of(*failed),
        "cancelled": present.of(OutboxStatus.CANCELLED),
        "left": left,
        "seconds_left": round(spent / ended * left) if ended and left else 0,
    }


def repeat(city: City, broadcast: Broadcast, now: datetime) -> None:
    """A broadcast that repeats waits for its next time: the same hour a week or a month after the last time set."""
    if broadcast.repeat is Repeat.NEVER or broadcast.send_at is None:
        return
    following = broadcast.send_at
    while following <= now:
        following = _next(city, following, broadcast.repeat)
    broadcast.send_at = following
    broadcast.move(BroadcastStatus.SCHEDULED, now)


def _next(city: City, moment: datetime, how: Repeat) -> datetime:
    if how is Repeat.WEEKLY:
        return moment + timedelta(days=7)
    local = moment.astimezone(city.calendar.zone)
    return local.combine(months_after(local.date(), 1), local.timetz())
