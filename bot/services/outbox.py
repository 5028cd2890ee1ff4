"""Notices to other people: put with the effects, claimed and recorded by the sender."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, func, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot import keys
from bot.db import database_of
from bot.keys import Keyring, UnknownKeyError
from models.broadcasts.broadcast import Broadcast
from models.conversation import Conversation
from models.group import StaffGroup
from models.outbox import Deed, Lane, OutboxMessage, OutboxStatus, Promise
from models.person import Person

#: The kind of a notice about somebody's anonymous report: what it says, and of which report, only the key opens.
SEALED = "sealed"
#: Longer than the limiter may hold a message back.
LEASE = timedelta(minutes=10)
TRIES = 8
#: Notices of one statement.
BATCH = 500
_MOMENT = OutboxMessage.__table__.c.sent_at.type


@dataclass(frozen=True, slots=True)
class Claim:
    """A message to send now, with what is needed to render it for its reader."""

    id: int
    person_id: int | None
    chat_id: int | None
    reachable: bool
    language: str
    question: str | None
    kind: str
    values: dict[str, Any]
    lane: Lane
    promise: Promise
    tries: int
    deed: Deed = Deed.SEND
    target_message_id: int | None = None


async def put(
    session: AsyncSession,
    *,
    key: str,
    person_id: int | None,
    kind: str,
    now: datetime,
    values: dict[str, Any] | None = None,
    lane: Lane = Lane.NOTICE,
    promise: Promise = Promise.AT_LEAST_ONCE,
    complaint_id: int | None = None,
    not_before: datetime | None = None,
    ring: Keyring | None = None,
    group_id: int | None = None,
    edits: int | None = None,
) -> bool:
    """Queue a notice; false when one with this key exists already. With a `ring` it is sealed.

    The message `edits` of the reader's chat turns into it, where one is named.
    """
    created_at = now
    if ring is not None:
        key, kind, values = ring.mark(key), SEALED, _sealed(ring, kind, values or {}, complaint_id)
        complaint_id, created_at = None, _day_of(now)
    row = {
        "key": key,
        "person_id": person_id,
        "group_id": group_id,
        "kind": kind,
        "values": values or {},
        "lane": lane,
        "promise": promise,
        "complaint_id": complaint_id,
        "created_at": created_at,
        "not_before": not_before or now,
        "deed": Deed.SEND if edits is None else Deed.EDIT,
        "target_message_id": edits,
    }
    return await _insert(session, row)


async def put_many(session: AsyncSession, notices: Sequence[dict[str, Any]], now: datetime) -> int:
    """Queue many notices, each with key, person_id, kind, values, lane, promise and not_before; how many were fresh.

    Those whose key exists already are left alone.
    """
    fresh = 0
    for start in range(0, len(notices), BATCH):
        batch = notices[start : start + BATCH]
        keys = select(OutboxMessage.key).where(OutboxMessage.key.in_([one["key"] for one in batch]))
        there = set(await session.scalars(keys))
        rows = [
            {**one, "status": OutboxStatus.QUEUED, "tries": 0, "created_at": now}
            for one in batch
            if one["key"] not in there
        ]
        if rows:
            dialect: Any = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
            insert = dialect.insert(OutboxMessage).on_conflict_do_nothing(index_elements=[OutboxMessage.key])
            fresh += len((await session.scalars(insert.values(rows).returning(OutboxMessage.id))).all())
    if fresh:
        session.info["news"] = True
    return fresh


async def _insert(session: AsyncSession, row: dict[str, Any]) -> bool:
    """Whether no message with this key existed."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = (
        dialect.insert(OutboxMessage)
        .values(**row, status=OutboxStatus.QUEUED, tries=0)
        .on_conflict_do_nothing(index_elements=[OutboxMessage.key])
        .returning(OutboxMessage.id)
    )
    fresh = (await session.execute(statement)).scalar_one_or_none() is not None
    if fresh:
        session.info["news"] = True
    return fresh


def seal(message: OutboxMessage, ring: Keyring) -> None:
    """Make a notice that named its report one that does not; the times that would tell are kept to the day."""
    message.values = _sealed(ring, message.kind, message.values, message.complaint_id)
    message.key, message.kind, message.complaint_id = ring.mark(message.key), SEALED, None
    message.created_at = _day_of(message.created_at)
    if message.sent_at is not None:
        message.sent_at = message.not_before = _day_of(message.sent_at)


def _sealed(ring: Keyring, kind: str, values: dict[str, Any], complaint_id: int | None) -> dict[str, Any]:
    content = {"kind": kind, "values": values, "complaint_id": complaint_id}
    return {SEALED: ring.seal(json.dumps(content, ensure_ascii=False))}


def opened(ring: Keyring, values: dict[str, Any]) -> dict[str, Any]:
    """What a sealed notice holds: kind, values, complaint_id. UnknownKeyError where no key fits."""
    content: dict[str, Any] = json.loads(ring.open(values[SEALED]))
    return content


def _day_of(moment: datetime) -> datetime:
    """Next to each other, the minute of a notice and of a step would tell whose report it is."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def has_news(session: AsyncSession) -> bool:
    """Whether something was put in this session (the sender is then nudged after the commit)."""
    return bool(session.info.get("news"))


async def claim(session: AsyncSession, now: datetime, limit: int) -> list[Claim]:
    """Claim due messages, answers before notices before mass messages, for LEASE from `now`.

    A claim whose lease ran out (its process died) is taken again when the message promises at-least-once, and
    recorded as unknown when it promises at-most-once.
    """
    await session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.status == OutboxStatus.CLAIMED,
            OutboxMessage.lease_until < now,
            OutboxMessage.promise == Promise.AT_MOST_ONCE,
        )
        .values(status=OutboxStatus.UNKNOWN, fault="lease ran out")
        .execution_options(synchronize_session=False)
    )
    order = case((OutboxMessage.lane == Lane.ANSWER, 0), (OutboxMessage.lane == Lane.NOTICE, 1), else_=2)
    lapsed = and_(OutboxMessage.status == OutboxStatus.CLAIMED, OutboxMessage.lease_until < now)
    queued = and_(OutboxMessage.status == OutboxStatus.QUEUED, OutboxMessage.not_before <= now)
    chosen = (
        select(OutboxMessage.id)
        .where(or_(queued, lapsed))
        .order_by(order, OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = (await session.scalars(chosen)).all()
    if not ids:
        return []
    await session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(ids))
        .values(status=OutboxStatus.CLAIMED, lease_until=now + LEASE, tries=OutboxMessage.tries + 1)
        .execution_options(synchronize_session=False)
    )
    return await _claims(session, ids)


async def _claims(session: AsyncSession, ids: Sequence[int]) -> list[Claim]:
    order = case((OutboxMessage.lane == Lane.ANSWER, 0), (OutboxMessage.lane == Lane.NOTICE, 1), else_=2)
    rows = await session.execute(
        select(
            OutboxMessage,
            func.coalesce(StaffGroup.chat_id, Person.telegram_id),
            func.coalesce(Person.reachable, StaffGroup.ended_at.is_(None)),
            func.coalesce(StaffGroup.language, Person.language),
            Conversation.question,
        )
        .outerjoin(Person, Person.id == OutboxMessage.person_id)
        .outerjoin(StaffGroup, StaffGroup.id == OutboxMessage.group_id)
        .outerjoin(Conversation, Conversation.person_id == Person.id)
        .where(OutboxMessage.id.in_(ids))
        .order_by(order, OutboxMessage.id)
    )
    found = rows.all()
    said = await _broadcasts(session, {m.broadcast_id for m, *_ in found if m.broadcast_id is not None})
    claims: list[Claim] = []
    for m, chat_id, reachable, language, question in found:
        kind, values = m.kind, m.values | said.get(m.broadcast_id, {})
        if m.broadcast_id is not None or m.deed is not Deed.SEND:
            question = None  # exactly as its author saw it; and what is changed in place hides no question
        if kind == SEALED:
            try:
                content = opened(keys.of(database_of(session)), values)
            except UnknownKeyError:
                await record(session, m.id, OutboxStatus.REFUSED, m.created_at, fault="sealed with an unknown key")
                continue
            kind, values = content["kind"], content["values"]
        whom = (m.id, m.person_id, chat_id, reachable, language, question)
        claims.append(Claim(*whom, kind, values, m.lane, m.promise, m.tries, m.deed, m.target_message_id))
    return claims


async def _broadcasts(session: AsyncSession, ids: set[int]) -> dict[int | None, dict[str, Any]]:
    """What these broadcasts say: it stands in them once, not in each of their messages."""
    if not ids:
        return {}
    rows = await session.scalars(select(Broadcast).where(Broadcast.id.in_(ids)))
    return {
        one.id: {
            "broadcast_id": one.id,
            "kind": one.kind.value,
            "title": one.title,
            "contents": one.contents,
            "files": one.files,
            "buttons": one.buttons,
        }
        for one in rows
    }


async def free_claims(session: AsyncSession) -> None:
    """A process that begins to lead frees what its predecessor had claimed: nobody else is sending."""
    claimed = OutboxMessage.status == OutboxStatus.CLAIMED
    ends = ((Promise.AT_LEAST_ONCE, OutboxStatus.QUEUED), (Promise.AT_MOST_ONCE, OutboxStatus.UNKNOWN))
    for promise, status in ends:
        await session.execute(
            update(OutboxMessage)
            .where(claimed, OutboxMessage.promise == promise)
            .values(status=status, lease_until=None)
            .execution_options(synchronize_session=False)
        )


async def record(
    session: AsyncSession,
    message_id: int,
    status: OutboxStatus,
    now: datetime,
    *,
    sent_message_id: int | None = None,
    fault: str | None = None,
    not_before: datetime | None = None,
) -> None:
    """Write down how one send ended; `not_before` with status QUEUED means: try again then."""
    values: dict[str, Any] = {"status": status, "lease_until": None, "fault": fault}
    if status is OutboxStatus.SENT:
        day, moment = literal(_day_of(now), _MOMENT), literal(now, _MOMENT)
        values |= {
            "sent_at": case((OutboxMessage.kind == SEALED, day), else_=moment),
            "not_before": case((OutboxMessage.kind == SEALED, day), else_=OutboxMessage.not_before),
            "message_id": sent_message_id,
        }
    if not_before is not None:
        values["not_before"] = not_before
    await session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == message_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


async def is_due(session: AsyncSession, now: datetime) -> bool:
    """Whether there is anything to claim (a look that takes no write lock)."""
    queued = and_(OutboxMessage.status == OutboxStatus.QUEUED, OutboxMessage.not_before <= now)
    lapsed = and_(OutboxMessage.status == OutboxStatus.CLAIMED, OutboxMessage.lease_until < now)
    return (await session.scalars(select(OutboxMessage.id).where(or_(queued, lapsed)).limit(1))).first() is not None
