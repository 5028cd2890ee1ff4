"""The inbox table: store what arrived, find what is unfinished, record how each update ended."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, and_, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.sqlite import Prepared
from models.conversation import Conversation
from models.inbox import UNFINISHED, VISIBLE_FAULTS, InboxStatus, InboxUpdate
from models.rules.redaction import mask_update


@dataclass(slots=True)
class Arrival:
    """An update in the process: its raw form, whose lane it takes, how often it was tried.

    `answers` are those of an update whose effects are committed but whose answer was not sent yet.
    """

    update_id: int
    lane: int
    raw: dict[str, Any]
    received_at: datetime
    tries: int = 0
    answers: list[Any] | None = None


def lane_of(raw: dict[str, Any]) -> int:
    """Whose lane the update takes: the person's Telegram id, else the chat's, else 0."""
    for part in raw.values():
        if not isinstance(part, dict):
            continue
        for owner in (part.get("from"), part.get("user"), part.get("chat")):
            if isinstance(owner, dict) and isinstance(owner.get("id"), int):
                return int(owner["id"])
    return 0


_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _shorten(raw: dict[str, Any]) -> None:
    """Of a pressed message only where it is (to Telegram: inaccessible); what it says is our own words."""
    query = raw.get("callback_query")
    if isinstance(query, dict) and isinstance(pressed := query.get("message"), dict):
        query["message"] = {"chat": pressed.get("chat"), "message_id": pressed.get("message_id"), "date": 0}


async def add(session: AsyncSession, updates: Iterable[dict[str, Any]], now: datetime) -> list[Arrival]:
    """Store raw updates, numbers masked; only those not seen before come back, in order of their id."""
    arrivals = {}
    for raw in updates:
        _shorten(raw)
        mask_update(raw)
        arrivals[int(raw["update_id"])] = Arrival(int(raw["update_id"]), lane_of(raw), raw, now)
    if not arrivals:
        return []
    rows = [
        {
            "update_id": a.update_id,
            "lane": a.lane,
            "payload": _compact(a.raw),
            "status": InboxStatus.PENDING,
            "received_at": now,
            "tries": 0,
        }
        for a in arrivals.values()
    ]
    insert = _INSERT_NEW[session.get_bind().dialect.name]
    fresh = set((await session.execute(insert, rows)).scalars())
    return [arrivals[update_id] for update_id in sorted(fresh)]


async def unfinished(session: AsyncSession, before: datetime | None = None) -> list[Arrival]:
    """What was left (received `before` a moment): updates still pending, and answers committed but not sent."""
    left = InboxUpdate.status.in_(UNFINISHED)
    rows = await session.execute(
        select(
            InboxUpdate.update_id,
            InboxUpdate.lane,
            InboxUpdate.payload,
            InboxUpdate.received_at,
            InboxUpdate.tries,
            InboxUpdate.status,
            InboxUpdate.answers,
        )
        .where(left if before is None else and_(left, InboxUpdate.received_at < before))
        .order_by(InboxUpdate.update_id)
    )
    return [
        Arrival(
            row.update_id,
            row.lane or 0,
            json.loads(row.payload or "{}"),
            row.received_at,
            row.tries,
            row.answers if row.status is InboxStatus.ANSWERING else None,
        )
        for row in rows
    ]


async def finish(session: AsyncSession, update_id: int, lane: int, answers: list[Any], now: datetime) -> bool:
    """Mark the effects as committed; false when another process did so first (then roll back).

    Whose update it was is forgotten with the last answer: nobody reads from the inbox who wrote at which minute.
    """
    values = {
        "which": update_id,
        "new_status": InboxStatus.ANSWERING if answers else InboxStatus.DONE,
        "new_answers": answers or None,
        "now": now,
        "new_lane": lane if answers else None,
    }
    return await _FINISH.change(session, values) == 1


#: Statements of every turn are built once: building one costs more than running it.
_TABLE: Any = InboxUpdate.__table__
_INBOX = _TABLE.c
_INSERT_NEW: dict[str, Any] = {
    name: dialect.insert(_TABLE).on_conflict_do_nothing().returning(_INBOX.update_id)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
_FINISH = Prepared(
    update(_TABLE)
    .where(_INBOX.update_id == bindparam("which"), _INBOX.status == InboxStatus.PENDING)
    .values(
        status=bindparam("new_status", type_=_INBOX.status.type),
        answers=bindparam("new_answers", type_=_INBOX.answers.type),
        payload=None,
        lane=bindparam("new_lane", type_=_INBOX.lane.type),
        done_at=bindparam("now", type_=_INBOX.done_at.type),
    )
)


async def settle(session: AsyncSession, answered: Sequence[int], shown: dict[int, int]) -> None:
    """Answers are sent: those updates are done; `shown` maps persons to the message with their open question."""
    await session.execute(_SETTLE, {"answered": answered})
    if shown:
        await session.execute(_REMEMBER, [{"whose": whose, "shown": message} for whose, message in shown.items()])


_SETTLE = (
    update(_TABLE)
    .where(_INBOX.update_id.in_(bindparam("answered", expanding=True)))
    .values(status=InboxStatus.DONE, answers=None, lane=None)
)
_TALK: Any = Conversation.__table__
_REMEMBER = (
    update(_TALK)
    .where(_TALK.c.person_id == bindparam("whose"), _TALK.c.question.is_not(None))
    .values(message_id=bindparam("shown"))
)


async def abandon(session: AsyncSession, before: datetime) -> int:
    """Answers to updates older than that come too late for anybody: they are not sent any more; how many."""
    result = await session.execute(
        update(InboxUpdate)
        .where(InboxUpdate.status == InboxStatus.ANSWERING, InboxUpdate.received_at < before)
        .values(status=InboxStatus.DONE, answers=None, lane=None, fault="answer not sent")
        .execution_options(synchronize_session=False)
    )
    return _count(result)


async def record_try(session: AsyncSession, update_id: int, tries: int, next_try_at: datetime, fault: str) -> None:
    """A try failed; the next one comes later."""
    await _set(session, update_id, tries=tries, next_try_at=next_try_at, fault=fault)


async def bury(session: AsyncSession, update_id: int, status: InboxStatus, fault: str, incident: str) -> None:
    """The last try failed (dead) or the update cannot be read (quarantined): it stays, visible to operators."""
    await _set(session, update_id, status=status, fault=fault, incident=incident)


async def _set(session: AsyncSession, update_id: int, **values: Any) -> None:
    await session.execute(
        update(InboxUpdate)
        .where(InboxUpdate.update_id == update_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


async def faults(session: AsyncSession, limit: int = 100) -> Sequence[InboxUpdate]:
    """Dead and quarantined updates, the oldest first."""
    statement = select(InboxUpdate).where(InboxUpdate.status.in_(VISIBLE_FAULTS)).order_by(InboxUpdate.update_id)
    return (await session.scalars(statement.limit(limit))).all()


async def revive(session: AsyncSession, update_ids: Sequence[int] | None) -> int:
    """Give dead or quarantined updates (all of them: None) a fresh set of tries; how many there were."""
    statement = update(InboxUpdate).where(InboxUpdate.status.in_(VISIBLE_FAULTS))
    if update_ids is not None:
        statement = statement.where(InboxUpdate.update_id.in_(update_ids))
    result = await session.execute(
        statement.values(
            status=InboxStatus.PENDING, tries=0, next_try_at=None, fault=None, incident=None
        ).execution_options(synchronize_session=False)
    )
    return _count(result)


async def purge(session: AsyncSession, before: datetime) -> int:
    """Drop done rows older than Telegram could deliver again; how many."""
    result = await session.execute(
        delete(InboxUpdate).where(InboxUpdate.status == InboxStatus.DONE, InboxUpdate.received_at < before)
    )
    return _count(result)


def _count(result: Any) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0
