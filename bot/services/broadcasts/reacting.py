"""What a reader does with a broadcast: an answer, no more of this kind, and news of the city agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.broadcasts.composing import labels
from bot.services.city import City
from models.broadcasts.broadcast import Broadcast, BroadcastKind, OptOut, Reaction
from models.errors import Refusal
from models.outbox import OutboxMessage, OutboxStatus
from models.person import Person

OPTED_OUT = "opted out"


async def react(session: AsyncSession, person: Person, broadcast_id: int, button: str, now: datetime) -> str:
    """Record the answer, in place of an earlier one; what it says. Refused with `not_your_broadcast`."""
    row = await received(session, person, broadcast_id)
    said = labels(row).get(button)
    if said is None:
        raise Refusal("not_your_broadcast")
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(Reaction).values(broadcast_id=row.id, person_id=person.id, button=button, at=now)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[Reaction.broadcast_id, Reaction.person_id], set_={"button": button, "at": now}
        )
    )
    return said


async def received(session: AsyncSession, person: Person, broadcast_id: int) -> Broadcast:
    """A broadcast that was sent to this person; refused with `not_your_broadcast` for any other."""
    theirs = select(OutboxMessage.id).where(
        OutboxMessage.broadcast_id == broadcast_id, OutboxMessage.person_id == person.id
    )
    row = await session.get(Broadcast, broadcast_id)
    if row is None or (await session.scalars(theirs.limit(1))).first() is None:
        raise Refusal("not_your_broadcast")
    return row


async def opt_out(session: AsyncSession, person: Person, broadcast_id: int, now: datetime) -> BroadcastKind:
    """No more of this kind, from now on. Refused with `orders_cannot_stop`."""
    kind = (await received(session, person, broadcast_id)).kind
    await refuse(session, person, kind, now)
    return kind


async def refuse(session: AsyncSession, person: Person, kind: BroadcastKind, now: datetime) -> None:
    """No more of this kind; what still waits of it is not sent."""
    if kind is BroadcastKind.ORDER:
        raise Refusal("orders_cannot_stop")
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(OptOut).values(person_id=person.id, kind=kind, at=now)
    await session.execute(statement.on_conflict_do_nothing(index_elements=[OptOut.person_id, OptOut.kind]))
    await session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.person_id == person.id,
            OutboxMessage.status.in_((OutboxStatus.QUEUED, OutboxStatus.PAUSED)),
            OutboxMessage.broadcast_id.in_(select(Broadcast.id).where(Broadcast.kind == kind)),
        )
        .values(status=OutboxStatus.REFUSED, fault=OPTED_OUT)
        .execution_options(synchronize_session=False)
    )


async def opt_in(session: AsyncSession, person: Person, kind: BroadcastKind) -> None:
    """This kind is welcome again."""
    await session.execute(delete(OptOut).where(OptOut.person_id == person.id, OptOut.kind == kind))


async def refused(session: AsyncSession, person: Person) -> Sequence[BroadcastKind]:
    """The kinds that the person does not want."""
    statement = select(OptOut.kind).where(OptOut.person_id == person.id).order_by(OptOut.kind)
    return (await session.scalars(statement)).all()


async def live_in(session: AsyncSession, city: City, person: Person, area_id: int) -> None:
    """From which kelurahan somebody wants news; 0: from the whole city."""
    if area_id and area_id not in city.areas:
        raise Refusal("no_such_choice")
    person.area_id = area_id or None
    await session.flush()


# --- the own data (UU 27/2022) ---


async def exported(session: AsyncSession, person: Person) -> dict[str, Any]:
    """Kinds that were refused, and what was answered to which broadcast."""
    refusals = select(OptOut.kind, OptOut.at).where(OptOut.person_id == person.id).order_by(OptOut.id)
    answers = (
        select(Broadcast, Reaction)
        .join(Reaction, Reaction.broadcast_id == Broadcast.id)
        .where(Reaction.person_id == person.id)
        .order_by(Reaction.id)
    )
    return {
        "refused_kinds": [{"kind": kind.value, "at": at.isoformat()} for kind, at in await session.execute(refusals)],
        "reactions": [
            {"broadcast": row.title, "answer": labels(row).get(one.button, one.button), "at": one.at.isoformat()}
            for row, one in await session.execute(answers)
        ],
    }


async def forget(session: AsyncSession, person: Person) -> None:
    """Nothing of it is kept."""
    await session.execute(delete(OptOut).where(OptOut.person_id == person.id))
    await session.execute(delete(Reaction).where(Reaction.person_id == person.id))
