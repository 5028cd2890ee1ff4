"""The audit: every act of staff or the clock as a row in the act's own transaction, chained a little later.

Rows are collected from what a session writes (`watching`), so no service can forget one; `record` adds acts that
change no row. They are chained by one duty under the leader: two transactions never wait for each other, and the
chain never forks.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.administration.watching import COMPLAINT, RESIDENT, doer
from models.administration.audit import AuditRow
from models.employee import Employee
from models.rules.chain import BEGINNING, hash_of

BATCH = 500
PAGE = 8


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


@dataclass(frozen=True, slots=True)
class Trail:
    """A page of acts (of `pages`), with the names of the officers (by id) that they speak of."""

    acts: Sequence[Act]
    officers: Mapping[int, str]
    page: int
    pages: int


def record(
    session: AsyncSession,
    action: str,
    subject: str,
    subject_id: int,
    now: datetime,
    *,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
) -> None:
    """Write down an act that changes no watched row, in the session's transaction, by whoever acts in it.

    `old` and `new` are plain facts: never a resident's words or name.
    """
    who = doer(session.info)
    row = AuditRow(at=now, actor_id=who.actor_id, role=who.role, action=action, subject=subject, subject_id=subject_id)
    row.old, row.new = dict(old or {}), dict(new or {})
    session.add(row)


# --- chaining ---


async def chain(session: AsyncSession) -> int:
    """Chain the rows that wait, in the order of their ids; how many. Under the leader only, a batch at a time."""
    last = await _last(session)
    position, head = (last.position or 0, last.hash or BEGINNING) if last is not None else (0, BEGINNING)
    waiting = select(AuditRow).where(AuditRow.hash.is_(None)).order_by(AuditRow.id).limit(BATCH)
    links = []
    for row in await session.scalars(waiting):
        position += 1
        previous, head = head, hash_of(head, position, content_of(row))
        links.append({"row": row.id, "at_position": position, "after": previous, "with_hash": head})
    if links:
        await session.execute(_LINK, links)
    return len(links)


_TABLE = cast(Table, AuditRow.__table__)
#: Chains one row, once.
_LINK = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("row"), _TABLE.c.hash.is_(None))
    .values(position=bindparam("at_position"), previous=bindparam("after"), hash=bindparam("with_hash"))
)


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


async def verify(session: AsyncSession, on_row: Callable[[], object] = lambda: None) -> Verified:
    """Walk the whole chain in constant memory; the first row that does not fit is named."""
    expected, previous = 0, BEGINNING
    async for row in _chained(session):
        expected += 1
        fault = _fault_of(row, expected, previous)
        if fault is not None:
            return Verified(expected - 1, previous, await _waiting(session), fault)
        previous = row.hash or ""
        on_row()
    return Verified(expected, previous, await _waiting(session), await _beside(session))


def _fault_of(row: AuditRow, expected: int, previous: str) -> Broken | None:
    if row.position != expected:
        return Broken(expected, None, "missing")
    if row.previous != previous:
        return Broken(expected, row.id, "not the row that followed the one before")
    if row.hash != hash_of(previous, expected, content_of(row)):
        return Broken(expected, row.id, "changed")
    return None


async def _beside(session: AsyncSession) -> Broken | None:
    """A row that pretends to be chained and is not: it would be shown, and the walk would not come by."""
    half = or_(AuditRow.position < 1, AuditRow.hash.is_(None) != AuditRow.position.is_(None))
    row = await session.scalar(select(AuditRow).where(half).order_by(AuditRow.id).limit(1))
    return Broken(row.position or 0, row.id, "beside the chain") if row is not None else None


async def _chained(session: AsyncSession) -> AsyncIterator[AuditRow]:
    last = 0
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


async def of_complaint(session: AsyncSession, complaint_id: int, page: int) -> Trail:
    """A page of a report's acts, the newest first; the last page for a number beyond."""
    mine = (AuditRow.subject == COMPLAINT, AuditRow.subject_id == complaint_id)
    total = await session.scalar(select(func.count()).select_from(AuditRow).where(*mine)) or 0
    pages = max(1, -(-total // PAGE))
    page = min(page, pages - 1)
    found = await session.execute(
        select(AuditRow, Employee.name)
        .outerjoin(Employee, and_(Employee.person_id == AuditRow.actor_id, AuditRow.role != RESIDENT))
        .where(*mine)
        .order_by(AuditRow.id.desc())
        .offset(page * PAGE)
        .limit(PAGE)
    )
    acts = [Act(row, name) for row, name in found]
    return Trail(acts, await _names(session, _officers(acts)), page, pages)


def _officers(acts: Sequence[Act]) -> set[int]:
    sides = [side for act in acts for side in (act.row.old, act.row.new)]
    facts = (side.get(name) for side in sides for name in ("officer", "accused"))
    return {number for number in facts if isinstance(number, int)}


async def _names(session: AsyncSession, employee_ids: Collection[int]) -> dict[int, str]:
    rows = await session.execute(select(Employee.id, Employee.name).where(Employee.id.in_(employee_ids)))
    return {number: name for number, name in rows}
