"""Reminders to those who got a broadcast and pressed none of its answers: one message each, once a run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, cast, exists, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import notices
from bot.services.broadcasts import sending
from bot.services.broadcasts.composing import asks
from bot.services.city import City
from models.base import Json
from models.broadcasts.broadcast import Broadcast, BroadcastKind, BroadcastStatus, OptOut, Reaction
from models.outbox import Deed, Lane, OutboxMessage, OutboxStatus, Promise

KIND = "broadcast_reminder"
#: A run that may be reminded of: begun, and not called off.
_BEGUN = (BroadcastStatus.SENDING, BroadcastStatus.DONE, BroadcastStatus.SCHEDULED)
_TABLE = OutboxMessage.__table__.c
_COLUMNS = ("key", "person_id", "kind", "values", "lane", "promise", "status", "broadcast_id", "deed")
_MOMENTS = ("created_at", "not_before", "tries")


async def due(session: AsyncSession, city: City, now: datetime) -> Sequence[int]:
    """Broadcasts whose readers are to be reminded now: the days are over, and the office is open."""
    if notices.sending_moment(city, now) > now:
        return []
    statement = (
        select(Broadcast)
        .where(
            Broadcast.remind_after_days.is_not(None),
            Broadcast.run > Broadcast.reminded_run,
            Broadcast.status.in_(_BEGUN),
            Broadcast.started_at <= now,
        )
        .order_by(Broadcast.id)
    )
    return [row.id for row in await session.scalars(statement) if _is_time(row, now)]


async def remind_if_due(session: AsyncSession, broadcast_id: int, now: datetime) -> int:
    """The timed reminder; another process, or a press, may have been quicker."""
    row = await session.get_one(Broadcast, broadcast_id, with_for_update=True)
    if row.reminded_run >= row.run or not _is_time(row, now):
        return 0
    return await remind(session, row, now)


def _is_time(row: Broadcast, now: datetime) -> bool:
    if row.started_at is None or row.remind_after_days is None or row.status not in _BEGUN:
        return False
    return row.started_at + timedelta(days=row.remind_after_days) <= now


async def remind(session: AsyncSession, row: Broadcast, now: datetime) -> int:
    """Queue it for everybody who got the present run and did not answer; how many."""
    row.reminded_run = row.run
    if not asks(row):
        return 0
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(OutboxMessage).from_select((*_COLUMNS, *_MOMENTS), _silent(row, now))
    statement = statement.on_conflict_do_nothing(index_elements=[OutboxMessage.key])
    result: Any = await session.execute(statement, execution_options={"preserve_rowcount": True})
    session.info["news"] = True
    await session.flush()
    return int(result.rowcount)


def _silent(row: Broadcast, now: datetime) -> Any:
    moment = _TABLE.created_at.type
    answered = exists().where(Reaction.broadcast_id == row.id, Reaction.person_id == _TABLE.person_id)
    statement = select(
        literal(f"{KIND}:{row.id}:{row.run}:", String).concat(cast(_TABLE.person_id, String)),
        _TABLE.person_id,
        literal(KIND),
        literal({}, Json),
        literal(Lane.MASS, _TABLE.lane.type),
        literal(Promise.AT_MOST_ONCE, _TABLE.promise.type),
        literal(OutboxStatus.QUEUED, _TABLE.status.type),
        literal(row.id, _TABLE.broadcast_id.type),
        literal(Deed.SEND, _TABLE.deed.type),
        literal(now, moment),
        literal(now, moment),
        literal(0),
    ).where(sending.got(row), ~answered)
    if row.kind is not BroadcastKind.ORDER:
        statement = statement.where(~exists().where(OptOut.person_id == _TABLE.person_id, OptOut.kind == row.kind))
    return statement
