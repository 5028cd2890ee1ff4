"""Whether the product lives: the age of the last poll, how far the inbox and the outbox lag."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.db import Database
from models.inbox import VISIBLE_FAULTS, InboxStatus, InboxUpdate
from models.outbox import OutboxMessage, OutboxStatus

#: A long poll is held 30 s; twice that without an answer means that nothing arrives any more.
OLDEST_POLL = 75.0
LONGEST_LAG = 120.0


@dataclass(frozen=True, slots=True)
class Health:
    """Seconds and counts; None: not known yet (no poll so far) or not asked for (webhook)."""

    database: bool
    polling: bool
    poll_age: float | None
    inbox_lag: float
    inbox_waiting: int
    inbox_faults: int
    outbox_lag: float
    outbox_waiting: int

    def is_well(self) -> bool:
        """Whether somebody should be woken."""
        polls = not self.polling or (self.poll_age is not None and self.poll_age < OLDEST_POLL)
        return self.database and polls and self.inbox_lag < LONGEST_LAG and self.outbox_lag < LONGEST_LAG

    def facts(self) -> dict[str, object]:
        """The figures by name."""
        return {**asdict(self), "well": self.is_well()}


async def examine(db: Database, now: datetime, poll_age: float | None, *, polling: bool) -> Health:
    """Ask the database; a database that does not answer is the finding."""
    waiting = (InboxUpdate.status == InboxStatus.PENDING, InboxUpdate.received_at)
    due = ((OutboxMessage.status == OutboxStatus.QUEUED) & (OutboxMessage.not_before <= now), OutboxMessage.not_before)
    try:
        async with db.read() as session:
            inbox_waiting, oldest = (
                await session.execute(select(func.count(), func.min(waiting[1])).where(waiting[0]))
            ).one()
            outbox_waiting, due_since = (
                await session.execute(select(func.count(), func.min(due[1])).where(due[0]))
            ).one()
            faults = await session.scalar(select(func.count()).where(InboxUpdate.status.in_(VISIBLE_FAULTS)))
    except (SQLAlchemyError, OSError):
        return Health(False, polling, poll_age, 0.0, 0, 0, 0.0, 0)
    return Health(
        database=True,
        polling=polling,
        poll_age=poll_age,
        inbox_lag=(now - oldest).total_seconds() if oldest is not None else 0.0,
        inbox_waiting=inbox_waiting,
        inbox_faults=faults or 0,
        outbox_lag=(now - due_since).total_seconds() if due_since is not None else 0.0,
        outbox_waiting=outbox_waiting,
    )
