"""The audit: every act of staff or the clock as a row in the act's own transaction, chained a little later.

Rows are collected from what a session writes, so no service can forget one; `record` adds acts that change no row.
They are chained by one duty under the leader: two transactions never wait for each other, and the chain never forks.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, event, func, insert, inspect, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from models.administration.audit import AuditRow
from models.administration.revision import Revision
from models.base import Base
from models.complaint import ComplaintEvent
from models.employee import ActingSuperior, Employee, Invitation, RoleGrant
from models.group import StaffGroup
from models.rules.chain import BEGINNING, hash_of

BATCH = 500
PAGE = 8
#: What of an event's values may be kept: facts, never anybody's words.
FACTS = frozenset(
    {"unit", "score", "reason", "level", "anonymous", "confidential", "conflict", "main", "needs_inspection"}
)
#: Table → the attributes whose change is an act, and the name of the act.
WATCHED: dict[type[Base], tuple[str, tuple[str, ...]]] = {
    RoleGrant: ("role", ("employee_id", "role", "unit_id", "valid_from", "valid_to")),
    ActingSuperior: ("acting", ("employee_id", "acting_id", "valid_from", "valid_to")),
    Employee: ("binding", ("person_id",)),
    Invitation: ("invitation", ("employee_id", "expires_at", "used_at")),
    StaffGroup: ("group", ("unit_id", "ended_at")),
    Revision: ("revision", ("status",)),
}


@dataclass(frozen=True, slots=True)
class Broken:
    """The first row that does not fit: its position, its id (None: it is missing), what is wrong."""

    position: int
    row_id: int | None
    fault: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a walk over the chain found: rows, the last hash, rows that wait to be chained, the first fault."""

    rows: int
    head: str
    waiting: int
    broken: Broken | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """One row as people read it; `name` is a civil servant's, never a reporter's."""

    row: AuditRow
    name: str | None


def record(
    session: AsyncSession,
    *,
    actor_id: int | None,
    role: str,
    action: str,
    subject: str,
    subject_id: int,
    now: datetime,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
) -> None:
    """Write down an act that changes no watched row, in the session's transaction."""
    row = AuditRow(at=now, actor_id=actor_id, role=role, action=action, subject=subject, subject_id=subject_id)
    row.old, row.new = old or {}, new or {}
    session.add(row)


# --- collecting ---


def _collect(session: Session, _context: Any) -> None:
    rows = [*_steps(session), *_changes(session)]
    if rows:
        session.connection().execute(insert(AuditRow), rows)


def _steps(session: Session) -> Iterator[dict[str, Any]]:
    """A row for every step of a report."""
    for step in session.new:
        if isinstance(step, ComplaintEvent):
            facts = {name: _plain(value) for name, value in (step.values or {}).items() if name in FACTS}
            yield {
                "at": step.at,
                # The reporter is never named here: a row that cannot change could not be sealed later.
                "actor_id": None if step.role == "resident" else step.actor_id,
                "role": step.role or "system",
                "action": step.action.value,
                "subject": "complaint",
                "subject_id": step.complaint_id,
                "old": {"status": _plain(step.status_before)},
                "new": {"status": _plain(step.status_after), **facts},
            }


def _changes(session: Session) -> Iterator[dict[str, Any]]:
    """A row for every watched row that came or changed; who did it is what `doing` was told."""
    who = session.info.get("doing", {"actor_id": None, "role": "system"})
    now = session.info.get("now") or datetime.now(UTC)
    for row in (*session.new, *session.dirty):
        name, attributes = WATCHED.get(type(row), ("", ()))
        old, new = _difference(row, attributes)
        if new:
            action = "added" if row in session.new else "changed"
            found = {"subject": name, "subject_id": row.id, "old": old, "new": new}
            yield {"at": now, **who, "action": action, **found}


def _difference(row: object, attributes: Sequence[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    for name in attributes:
        history = inspect(row).attrs[name].history
        if history.has_changes():
            old[name] = _plain(history.deleted[0]) if history.deleted else None
            new[name] = _plain(history.added[0]) if history.added else None
    return old, new


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if hasattr(value, "isoformat") else value


def doing(session: AsyncSession, actor_id: int | None, role: str, now: datetime) -> None:
    """Who changes watched rows in this session from now on."""
    session.info["doing"] = {"actor_id": actor_id, "role": role}
    session.info["now"] = now


event.listen(Session, "after_flush", _collect)


# --- chaining ---


async def chain(session: AsyncSession) -> int:
    """Chain the rows that wait, in the order of their ids; how many. Under the leader only, a batch at a time."""
    last = await _last(session)
    position, head = (last.position or 0, last.hash or BEGINNING) if last is not None else (0, BEGINNING)
    waiting = select(AuditRow).where(AuditRow.hash.is_(None)).order_by(AuditRow.id).limit(BATCH)
    rows = (await session.scalars(waiting)).all()
    for row in rows:
        position += 1
        previous, head = head, hash_of(head, position, content_of(row))
        await session.execute(
            update(AuditRow)
            .where(AuditRow.id == row.id, AuditRow.hash.is_(None))
            .values(position=position, previous=previous, hash=head)
            .execution_options(synchronize_session=False)
        )
    return len(rows)


async def _last(session: AsyncSession) -> AuditRow | None:
    statement = select(AuditRow).where(AuditRow.position.is_not(None)).order_by(AuditRow.position.desc()).limit(1)
    return await session.scalar(statement)


def content_of(row: AuditRow) -> dict[str, Any]:
    """What the hash covers."""
    return {
        "id": row.id,
        "at": row.at.astimezone(UTC).isoformat(),
        "actor_id": row.actor_id,
        "role": row.role,
        "action": row.action,
        "subject": row.subject,
        "subject_id": row.subject_id,
        "old": row.old,
        "new": row.new,
    }


async def head(session: AsyncSession) -> tuple[int, str]:
    """Position and hash of the newest chained row."""
    last = await _last(session)
    return (last.position or 0, last.hash or BEGINNING) if last is not None else (0, BEGINNING)


async def verify(session: AsyncSession, on_row: Any = None) -> Verified:
    """Walk the whole chain in constant memory; the first row that does not fit is named."""
    expected, previous = 0, BEGINNING
    async for row in _chained(session):
        expected += 1
        fault = _fault_of(row, expected, previous)
        if fault is not None:
            return Verified(expected - 1, previous, await _waiting(session), fault)
        previous = row.hash or ""
        if on_row is not None:
            on_row()
    return Verified(expected, previous, await _waiting(session))


def _fault_of(row: AuditRow, expected: int, previous: str) -> Broken | None:
    if row.position != expected:
        return Broken(expected, None, "missing")
    if row.previous != previous:
        return Broken(expected, row.id, "not the row that followed the one before")
    if row.hash != hash_of(previous, expected, content_of(row)):
        return Broken(expected, row.id, "changed")
    return None


async def _chained(session: AsyncSession) -> AsyncIterator[AuditRow]:
    last = -1
    while True:
        statement = select(AuditRow).where(AuditRow.position > last).order_by(AuditRow.position).limit(BATCH)
        rows = (await session.scalars(statement)).all()
        if not rows:
            return
        for row in rows:
            yield row
            last = row.position or 0
            session.expunge(row)


async def _waiting(session: AsyncSession) -> int:
    return await session.scalar(select(func.count()).select_from(AuditRow).where(AuditRow.hash.is_(None))) or 0


async def count(session: AsyncSession) -> int:
    """How many rows are chained, for a progress bar."""
    return await session.scalar(select(func.count()).select_from(AuditRow).where(AuditRow.hash.is_not(None))) or 0


async def has(session: AsyncSession, kept: str) -> bool:
    """Whether a head that somebody kept is still in the chain."""
    return await session.scalar(select(AuditRow.id).where(AuditRow.hash == kept)) is not None


async def of_complaint(session: AsyncSession, complaint_id: int, page: int) -> tuple[Sequence[Act], int]:
    """A page of a report's acts, the newest first, and how many pages there are."""
    mine = (AuditRow.subject == "complaint", AuditRow.subject_id == complaint_id)
    total = await session.scalar(select(func.count()).select_from(AuditRow).where(*mine)) or 0
    rows = await session.execute(
        select(AuditRow, Employee.name)
        .outerjoin(Employee, and_(Employee.person_id == AuditRow.actor_id, AuditRow.role != "resident"))
        .where(*mine)
        .order_by(AuditRow.id.desc())
        .offset(page * PAGE)
        .limit(PAGE)
    )
    return [Act(row, name) for row, name in rows], max(1, -(-total // PAGE))
