"""Sending a broadcast through the outbox: queueing it in one statement, holding it, changing what was sent."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, String, cast, func, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.broadcasts.audiences import people
from bot.services.city import City
from models.base import Json
from models.broadcasts.broadcast import Broadcast, BroadcastStatus
from models.employee import Employee
from models.errors import Refusal
from models.organisation import Unit
from models.outbox import Deed, Lane, OutboxMessage, OutboxStatus, Promise

#: The kind of every message of a broadcast; what it says is read when it is sent.
KIND = "broadcast"
#: Telegram lets a bot take a message back so long.
DELETABLE = timedelta(hours=48)
#: What has not ended yet.
ON_THE_WAY = (OutboxStatus.QUEUED, OutboxStatus.CLAIMED, OutboxStatus.PAUSED)
_TABLE = OutboxMessage.__table__.c
_COLUMNS = (
    "key",
    "person_id",
    "kind",
    "values",
    "lane",
    "promise",
    "status",
    "broadcast_id",
    "deed",
    "target_message_id",
    "created_at",
    "not_before",
    "tries",
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many messages of the present run ended how."""

    counts: dict[OutboxStatus, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @property
    def on_the_way(self) -> int:
        """Those that have not ended yet."""
        return sum(self.counts.get(status, 0) for status in ON_THE_WAY)

    def of(self, *statuses: OutboxStatus) -> int:
        """How many ended like this."""
        return sum(self.counts.get(status, 0) for status in statuses)


async def begin(session: AsyncSession, city: City, broadcast: Broadcast, now: datetime) -> int:
    """Queue one message for each person of the audience; how many. Nobody gets the same run twice."""
    broadcast.move(BroadcastStatus.SENDING, now)
    broadcast.run += 1
    broadcast.started_at, broadcast.finished_at = now, None
    found = people(city, broadcast, city.today(now)).subquery()
    queued = await _queue(session, broadcast, select(found.c.id), Deed.SEND, _run_key(broadcast), now)
    broadcast.people = queued
    await session.flush()
    return queued


async def change(session: AsyncSession, broadcast: Broadcast, now: datetime) -> int:
    """Whoever got the last run gets its new words in place of the old; how many. Those not sent yet get them anyway."""
    broadcast.edition += 1
    key = f"{_run_key(broadcast)}:edit:{broadcast.edition}"
    return await _queue_deeds(session, broadcast, Deed.EDIT, key, now)


async def take_back(session: AsyncSession, broadcast: Broadcast, now: datetime) -> int:
    """Delete the last run's messages where Telegram still lets us; how many. Refused with `too_old_to_delete`."""
    if broadcast.started_at is None or now - broadcast.started_at > DELETABLE:
        raise Refusal("too_old_to_delete")
    return await _queue_deeds(session, broadcast, Deed.DELETE, f"{_run_key(broadcast)}:delete", now)


async def pause(session: AsyncSession, broadcast: Broadcast, now: datetime, **event: Any) -> None:
    """Hold what is not sent yet."""
    broadcast.move(BroadcastStatus.PAUSED, now, **event)
    await _restate(session, broadcast, (OutboxStatus.QUEUED,), OutboxStatus.PAUSED)


async def resume(session: AsyncSession, broadcast: Broadcast, now: datetime, **event: Any) -> None:
    """Go on."""
    broadcast.move(BroadcastStatus.SENDING, now, **event)
    await _restate(session, broadcast, (OutboxStatus.PAUSED,), OutboxStatus.QUEUED)
    session.info["news"] = True


async def cancel(session: AsyncSession, broadcast: Broadcast, now: datetime, **event: Any) -> None:
    """Send no more of it; what arrived stays."""
    broadcast.move(BroadcastStatus.CANCELLED, now, **event)
    broadcast.finished_at = now
    await _restate(session, broadcast, (OutboxStatus.QUEUED, OutboxStatus.PAUSED), OutboxStatus.CANCELLED)


async def progress(session: AsyncSession, broadcast: Broadcast, deed: Deed = Deed.SEND) -> Progress:
    """How far the present run is: one query."""
    statement = select(_TABLE.status, func.count()).where(_of(broadcast, deed)).group_by(_TABLE.status)
    return Progress({status: count for status, count in await session.execute(statement)})


async def results(session: AsyncSession, broadcast: Broadcast) -> AsyncIterator[Sequence[Any]]:
    """For each recipient of the present run: name, unit, NIP, how it ended, why, when; streamed, by name."""
    statement = (
        select(Employee.name, Unit.short_name, Employee.nip, _TABLE.status, _TABLE.fault, _TABLE.sent_at)
        .select_from(OutboxMessage)
        .outerjoin(Employee, Employee.person_id == _TABLE.person_id)
        .outerjoin(Unit, Unit.id == Employee.unit_id)
        .where(_of(broadcast, Deed.SEND))
        .order_by(Employee.name, _TABLE.id)
        .execution_options(yield_per=1000)
    )
    async for row in await session.stream(statement):
        yield row


async def due(session: AsyncSession, now: datetime) -> Sequence[int]:
    """Broadcasts whose time has come."""
    statement = (
        select(Broadcast.id)
        .where(Broadcast.status == BroadcastStatus.SCHEDULED, Broadcast.send_at <= now)
        .order_by(Broadcast.send_at, Broadcast.id)
    )
    return (await session.scalars(statement)).all()


async def under_way(session: AsyncSession) -> Sequence[Broadcast]:
    """Broadcasts being sent."""
    statement = select(Broadcast).where(Broadcast.status == BroadcastStatus.SENDING).order_by(Broadcast.id)
    return (await session.scalars(statement)).all()


def _run_key(broadcast: Broadcast) -> str:
    return f"{KIND}:{broadcast.id}:{broadcast.run}"


def _of(broadcast: Broadcast, deed: Deed) -> Any:
    """The rows of the present run; its key begins each of theirs."""
    same = _TABLE.key.startswith(f"{_run_key(broadcast)}:", autoescape=True)
    return (_TABLE.broadcast_id == broadcast.id) & (_TABLE.deed == deed) & same


def got(broadcast: Broadcast) -> Any:
    """The rows of those whom the present run reached."""
    return _of(broadcast, Deed.SEND) & (_TABLE.status == OutboxStatus.SENT)


async def _restate(
    session: AsyncSession, broadcast: Broadcast, before: Sequence[OutboxStatus], after: OutboxStatus
) -> None:
    await session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.broadcast_id == broadcast.id, OutboxMessage.status.in_(before))
        .values(status=after)
        .execution_options(synchronize_session=False)
    )
    await session.flush()


async def _queue_deeds(session: AsyncSession, broadcast: Broadcast, deed: Deed, key: str, now: datetime) -> int:
    sent = select(_TABLE.person_id.label("id"), _TABLE.message_id).where(
        _of(broadcast, Deed.SEND), _TABLE.status == OutboxStatus.SENT, _TABLE.message_id.is_not(None)
    )
    found = sent.subquery()
    return await _queue(session, broadcast, select(found.c.id, found.c.message_id), deed, key, now)


async def _queue(session: AsyncSession, broadcast: Broadcast, whose: Any, deed: Deed, key: str, now: datetime) -> int:
    """One INSERT … SELECT: `whose` gives persons, for a deed also the message it is about."""
    columns = list(whose.selected_columns)
    moment = _TABLE.created_at.type
    target = columns[1] if len(columns) > 1 else cast(literal(None), Integer)
    chosen = whose.with_only_columns(
        literal(f"{key}:", String).concat(cast(columns[0], String)),
        columns[0],
        literal(KIND),
        literal({}, Json),
        literal(Lane.MASS, _TABLE.lane.type),
        literal(Promise.AT_LEAST_ONCE, _TABLE.promise.type),
        literal(OutboxStatus.QUEUED, _TABLE.status.type),
        literal(broadcast.id, _TABLE.broadcast_id.type),
        literal(deed, _TABLE.deed.type),
        target,
        literal(now, moment),
        literal(now, moment),
        literal(0),
    ).where(columns[0].is_not(None))
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(OutboxMessage).from_select(_COLUMNS, chosen)
    statement = statement.on_conflict_do_nothing(index_elements=[OutboxMessage.key])
    result: Any = await session.execute(statement, execution_options={"preserve_rowcount": True})
    session.info["news"] = True
    return int(result.rowcount)
