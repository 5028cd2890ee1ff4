"""The desk of broadcasts: who may do what with which one, the list, one card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.acting import Acting
from bot.services.broadcasts import sending
from bot.services.broadcasts.sending import Progress
from bot.services.city import City
from models.broadcasts.broadcast import Broadcast, BroadcastEvent, BroadcastStatus, Reaction
from models.employee import Employee
from models.errors import Refusal
from models.outbox import Deed, OutboxMessage, OutboxStatus
from models.rules.permissions import DESKS, Desk, Role

PAGE = 6
#: Above so many people somebody else approves, where the city's data says nothing.
APPROVAL_ABOVE = 200
#: Who approves, where the city's data says nothing: whoever may announce, too.
APPROVER = "hr; admin"


@dataclass(frozen=True, slots=True)
class Announcing(Acting):
    """The session, the city, who presses, and now."""

    @property
    def announces(self) -> bool:
        """Whether the desk is open to whoever presses."""
        return bool(self.presser.roles() & set(DESKS[Desk.BROADCASTS])) and self.presser.employee_id is not None


@dataclass(frozen=True, slots=True)
class Line:
    """One broadcast in the list, with how many it reached."""

    row: Broadcast
    sent: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list, of `pages`."""

    lines: Sequence[Line]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Card:
    """One broadcast: who wrote it and who approved it, how far it is, what was answered, why it came back."""

    row: Broadcast
    author: str
    approver: str | None
    progress: Progress
    answers: dict[str, int]
    returned: str | None
    is_author: bool
    may_approve: bool
    may_steer: bool


def ways(by: Announcing) -> list[tuple[Role, str]]:
    """Who approves by the city's data: roles, each for the whole city or for the unit with this code."""
    found = []
    for part in by.city.fact("broadcast.approver", APPROVER).split(";"):
        role, _, unit = part.strip().partition(" ")
        if role in set(Role):
            found.append((Role(role), unit.strip()))
    return found


def approves(by: Announcing, row: Broadcast) -> bool:
    """Whether whoever presses may approve it: one of the approvers, never its author."""
    if by.presser.employee_id is None or by.presser.employee_id == row.author_id:
        return False
    codes = {unit.id: unit.code for unit in by.city.units.values()}
    held = {(grant.role, codes.get(grant.unit_id or 0, "")) for grant in by.presser.grants}
    return any(way in held for way in ways(by))


def approval_above(city: City) -> int:
    """More people than this need a second pair of eyes."""
    written = city.fact("broadcast.approval_above", "").strip()
    return int(written) if written.isdigit() else APPROVAL_ABOVE


async def reach(by: Announcing, broadcast_id: int, *, lock: bool = False) -> Broadcast:
    """A broadcast that whoever presses may see; refused with `no_such_broadcast`."""
    row = await by.session.get(Broadcast, broadcast_id, with_for_update=lock, populate_existing=lock)
    if row is None:
        raise Refusal("no_such_broadcast")
    waits = row.status is not BroadcastStatus.DRAFT and approves(by, row)
    if not (by.announces or waits) or (row.status is BroadcastStatus.DRAFT and row.author_id != by.employee_id):
        raise Refusal("no_such_broadcast")
    return row


async def own_draft(by: Announcing, broadcast_id: int) -> Broadcast:
    """The presser's own draft, to be written on; refused with `no_such_broadcast` or `broadcast_not_now`."""
    row = await reach(by, broadcast_id, lock=True)
    if row.author_id != by.employee_id or not by.announces:
        raise Refusal("no_such_broadcast")
    if row.status is not BroadcastStatus.DRAFT:
        raise Refusal("broadcast_not_now")
    return row


async def page(by: Announcing, number: int) -> Page:
    """The list, the newest first: three queries. Drafts only of one's own."""
    seen = (Broadcast.status != BroadcastStatus.DRAFT) | (Broadcast.author_id == by.employee_id)
    total = await by.session.scalar(select(func.count()).select_from(Broadcast).where(seen)) or 0
    pages = max(1, -(-total // PAGE))
    number = min(max(number, 0), pages - 1)
    statement = select(Broadcast).where(seen).order_by(Broadcast.id.desc()).limit(PAGE).offset(PAGE * number)
    rows = (await by.session.scalars(statement)).all()
    counted = (
        select(OutboxMessage.broadcast_id, func.count())
        .where(
            OutboxMessage.broadcast_id.in_([row.id for row in rows]),
            OutboxMessage.kind == sending.KIND,
            OutboxMessage.deed == Deed.SEND,
            OutboxMessage.status == OutboxStatus.SENT,
        )
        .group_by(OutboxMessage.broadcast_id)
    )
    sent = {broadcast_id: count for broadcast_id, count in await by.session.execute(counted)}
    return Page([Line(row, sent.get(row.id, 0)) for row in rows], number, pages)


async def card(by: Announcing, broadcast_id: int) -> Card:
    """One broadcast with its numbers."""
    row = await reach(by, broadcast_id)
    people = [row.author_id, *([row.approver_id] if row.approver_id is not None else [])]
    statement = select(Employee.id, Employee.name).where(Employee.id.in_(people))
    names = {employee_id: name for employee_id, name in await by.session.execute(statement)}
    return Card(
        row,
        names.get(row.author_id, "-"),
        names.get(row.approver_id or 0),
        await sending.progress(by.session, row),
        await _answers(by.session, row),
        await _returned(by.session, row),
        is_author=row.author_id == by.presser.employee_id,
        may_approve=row.status is BroadcastStatus.WAITING and approves(by, row),
        may_steer=by.announces,
    )


async def _answers(session: AsyncSession, row: Broadcast) -> dict[str, int]:
    counted = select(Reaction.button, func.count()).where(Reaction.broadcast_id == row.id).group_by(Reaction.button)
    return {button: count for button, count in await session.execute(counted)}


async def _returned(session: AsyncSession, row: Broadcast) -> str | None:
    """Why the draft came back."""
    if row.status is not BroadcastStatus.DRAFT:
        return None
    last = (
        select(BroadcastEvent.text)
        .where(BroadcastEvent.broadcast_id == row.id, BroadcastEvent.status_after == BroadcastStatus.DRAFT)
        .order_by(BroadcastEvent.id.desc())
        .limit(1)
    )
    return await session.scalar(last)
