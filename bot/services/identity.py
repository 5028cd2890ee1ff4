"""Who is behind an anonymous report: sealed in a table of its own, and only ever opened here.

A complaint by somebody anonymous has no `reporter_id` but a keyed mark of the person: enough to answer "is it mine?",
useless without the key. Nothing that is written down about the person names the report, and the other way round.
Opened is the seal by whoever puts a notice for the reporter into the outbox, and for nobody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import keys
from bot.db import database_of
from bot.keys import Keyring, UnknownKeyError
from bot.services import outbox
from bot.sqlite import Prepared
from models.complaint import Complaint, ComplaintEvent
from models.outbox import OutboxMessage
from models.person import Person
from models.sealing import SealedIdentity
from models.survey import Pulse, SurveyResponse

BATCH = 200


@dataclass(frozen=True, slots=True)
class Reporter:
    """The person to tell, and whether nothing may show that it is this person's report."""

    person_id: int
    sealed: bool


def keyring(session: AsyncSession) -> Keyring:
    """The keys of the session's database."""
    return keys.of(database_of(session))


def marks_of(session: AsyncSession, person_id: int) -> frozenset[str]:
    """By which the person's anonymous reports are known."""
    return _marks(keyring(session), person_id)


@lru_cache(maxsize=256)
def _marks(ring: Keyring, person_id: int) -> frozenset[str]:
    """Kept for those who are talking: they are asked for at each of their updates."""
    return ring.marks(_name(person_id))


#: `is_of` for statements that are built once; `me` has its values.
MINE = or_(Complaint.reporter_id == bindparam("whose"), Complaint.reporter_mark.in_(bindparam("marks", expanding=True)))


def me(session: AsyncSession, person_id: int) -> dict[str, Any]:
    """The values of `MINE`."""
    return {"whose": person_id, "marks": list(marks_of(session, person_id))}


_NAMED = Prepared(select(Complaint.id).where(Complaint.reporter_id == bindparam("whose")).limit(1))
_MARKED = Prepared(select(Complaint.id).where(Complaint.reporter_mark == bindparam("mark")).limit(1))


async def has_reported(session: AsyncSession, person_id: int) -> bool:
    """Whether the person has any report, anonymous or not: most who write have none, and need not be asked more."""
    if await _NAMED.rows(session, {"whose": person_id}):
        return True
    return any([await _MARKED.rows(session, {"mark": mark}) for mark in marks_of(session, person_id)])


def is_of(session: AsyncSession, person_id: int) -> ColumnElement[bool]:
    """The condition that a complaint is this person's, anonymous or not."""
    return or_(Complaint.reporter_id == person_id, Complaint.reporter_mark.in_(marks_of(session, person_id)))


def filing_key(session: AsyncSession, key: str) -> str:
    """What makes a talk file once; whose talk it was cannot be read from it."""
    return keyring(session).mark(f"filing: {key}")[:40]


def said_in(session: AsyncSession, person_id: int, message_id: int, column: Any) -> ColumnElement[bool]:
    """The condition that a column names this message of the person, plainly or sealed."""
    return or_(column == message_id, column.in_(_messages(session, person_id, message_id)))


def message_of(session: AsyncSession, complaint: Complaint, person_id: int, message_id: int | None) -> int | None:
    """The number of a reporter's message as the complaint may keep it."""
    if message_id is None or complaint.reporter_mark is None:
        return message_id
    return _messages(session, person_id, message_id)[0]


def actor_of(complaint: Complaint, person_id: int) -> int | None:
    """Who did a step of the reporter's: not said of an anonymous one."""
    return None if complaint.reporter_mark is not None else person_id


async def seal(session: AsyncSession, complaint: Complaint, person_id: int) -> None:
    """From now on nothing stored shows that this stored complaint is this person's."""
    ring = keyring(session)
    complaint.reporter_id, complaint.reporter_mark = None, ring.mark(_name(person_id))
    complaint.message_id = message_of(session, complaint, person_id, complaint.message_id)
    await session.flush()  # of two who hide the name at once the second one fails here, by the row's version
    session.add(SealedIdentity(complaint_id=complaint.id, sealed=ring.seal(str(person_id))))
    await session.flush()
    await _cut_links(session, complaint, person_id)


async def _cut_links(session: AsyncSession, complaint: Complaint, person_id: int) -> None:
    """What was written while the name was known: own steps, notices, the rating it came from."""
    events = await session.execute(
        select(ComplaintEvent.id, ComplaintEvent.message_id).where(
            ComplaintEvent.complaint_id == complaint.id,
            or_(ComplaintEvent.actor_id == person_id, ComplaintEvent.role == "resident"),
        )
    )
    for event_id, message_id in events.all():
        values = {"actor_id": None, "message_id": message_of(session, complaint, person_id, message_id)}
        statement = update(ComplaintEvent).where(ComplaintEvent.id == event_id).values(**values)
        await session.execute(statement.execution_options(synchronize_session=False))
    for table in (Pulse, SurveyResponse):
        linked = and_(table.complaint_id == complaint.id, table.person_id == person_id)
        await session.execute(
            update(table).where(linked).values(complaint_id=None).execution_options(synchronize_session=False)
        )
    told = OutboxMessage.complaint_id == complaint.id, OutboxMessage.person_id == person_id
    for message in (await session.scalars(select(OutboxMessage).where(*told))).all():
        outbox.seal(message, keyring(session))
    await session.flush()


def sealed_name(session: AsyncSession, person_id: int) -> tuple[str, str]:
    """A person's mark and sealed id, by the newest key: how somebody is written down who is not to be named."""
    ring = keyring(session)
    return ring.mark(_name(person_id)), ring.seal(str(person_id))


async def reporter_of(session: AsyncSession, complaint: Complaint) -> Reporter | None:
    """Whom to tell about the complaint; None once the person is forgotten. For the outbox only."""
    if complaint.reporter_id is not None:
        return Reporter(complaint.reporter_id, sealed=False)
    if complaint.reporter_mark is None:
        return None
    statement = select(SealedIdentity.sealed).where(SealedIdentity.complaint_id == complaint.id)
    token = await session.scalar(statement)
    return Reporter(int(keyring(session).open(token)), sealed=True) if token is not None else None


async def is_reachable(session: AsyncSession, complaint: Complaint) -> bool:
    """Whether answers arrive: all that the desk learns of an anonymous reporter."""
    reporter = await reporter_of(session, complaint)
    if reporter is None:
        return False
    return bool(await session.scalar(select(Person.reachable).where(Person.id == reporter.person_id)))


async def forget(session: AsyncSession, person_id: int) -> None:
    """The person is erased: the own anonymous reports stay, with nobody behind them."""
    mine = Complaint.reporter_mark.in_(marks_of(session, person_id))
    ids = select(Complaint.id).where(mine)
    for statement in (
        delete(SealedIdentity).where(SealedIdentity.complaint_id.in_(ids)),
        update(Complaint).where(mine).values(reporter_mark=None, message_id=None),
    ):
        await session.execute(statement.execution_options(synchronize_session=False))


async def opens_all(session: AsyncSession) -> bool:
    """Whether the keys at hand open the newest and the oldest seal (there may be none)."""
    ring = keyring(session)
    for order in (SealedIdentity.complaint_id.asc(), SealedIdentity.complaint_id.desc()):
        token = await session.scalar(select(SealedIdentity.sealed).order_by(order).limit(1))
        try:
            _ = ring.open(token) if token is not None else None
        except UnknownKeyError:
            return False
    return True


async def is_any_open(session: AsyncSession) -> bool:
    """Whether an anonymous report of an earlier release still names its reporter."""
    statement = select(Complaint.id).where(Complaint.anonymous, Complaint.reporter_id.is_not(None)).limit(1)
    return await session.scalar(statement) is not None


async def seal_left_open(session: AsyncSession) -> int:
    """Seal a batch of anonymous reports of earlier releases, which still name their reporter; how many."""
    statement = select(Complaint).where(Complaint.anonymous, Complaint.reporter_id.is_not(None)).order_by(Complaint.id)
    found = (await session.scalars(statement.limit(BATCH))).all()
    for complaint in found:
        assert complaint.reporter_id is not None  # noqa: S101 - the query says so
        complaint.filing_key = filing_key(session, complaint.filing_key)
        await seal(session, complaint, complaint.reporter_id)
    return len(found)


async def rotate(session: AsyncSession, after: int) -> Sequence[int]:
    """Seal and mark a batch of reports (with an id beyond `after`) with the newest key; their ids."""
    ring = keyring(session)
    statement = (
        select(SealedIdentity, Complaint)
        .join(Complaint, Complaint.id == SealedIdentity.complaint_id)
        .where(SealedIdentity.complaint_id > after)
        .order_by(SealedIdentity.complaint_id)
        .limit(BATCH)
    )
    rows = (await session.execute(statement)).all()
    for identity, complaint in rows:
        person_id = ring.open(identity.sealed)
        identity.sealed = ring.seal(person_id)
        complaint.reporter_mark = ring.mark(_name(int(person_id)))
    await session.flush()
    return [complaint.id for _, complaint in rows]


async def rotate_notices(session: AsyncSession) -> int:
    """Seal the notices about anonymous reports with the newest key; how many."""
    ring = keyring(session)
    rows = await session.execute(
        select(OutboxMessage.id, OutboxMessage.values).where(OutboxMessage.kind == outbox.SEALED)
    )
    found = rows.all()
    for message_id, values in found:
        fresh = {outbox.SEALED: ring.seal(ring.open(values[outbox.SEALED]))}
        statement = update(OutboxMessage).where(OutboxMessage.id == message_id).values(values=fresh)
        await session.execute(statement.execution_options(synchronize_session=False))
    return len(found)


def _name(person_id: int) -> str:
    return f"person: {person_id}"


def _messages(session: AsyncSession, person_id: int, message_id: int) -> tuple[int, ...]:
    return keyring(session).numbers(f"message: {person_id}: {message_id}")
