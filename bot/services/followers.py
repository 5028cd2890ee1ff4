"""Who follows somebody else's report, and what they are told of it.

A follower is sealed whoever it is: nothing that is stored says in plain words who follows what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.services import identity, outbox
from models.complaint import Complaint, ComplaintEvent
from models.errors import Refusal
from models.follower import Follower
from models.person import Person
from models.rules.complaint_flow import OPEN, Action

PAGE = 5
#: By this value of a note an earlier release knew a duplicate.
NOTED = "follower_id"
#: Steps whose words a follower reads: what the office says to everybody.
SPOKEN = frozenset({Action.REPLY, Action.PROPOSE_DONE, Action.INFORM})
#: Steps that a follower sees in the story of a report.
SEEN = SPOKEN | {
    Action.VERIFY,
    Action.DISPOSE,
    Action.TRANSFER,
    Action.TAKE,
    Action.CONFIRM,
    Action.DISPUTE,
    Action.REOPEN,
    Action.AUTO_CLOSE,
    Action.WITHDRAW,
    Action.DECLARE_NOT_OURS,
    Action.ARCHIVE,
    Action.MERGE,
}


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the reports that somebody follows."""

    rows: Sequence[Complaint]
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Followed:
    """A report as whoever follows it may see it; of a restricted one only where it stands."""

    complaint: Complaint
    steps: Sequence[ComplaintEvent]
    restricted: bool


async def follow(session: AsyncSession, person: Person, complaint_id: int, now: datetime) -> Complaint:
    """Be told of what becomes of an open report that everybody may see; twice is once."""
    complaint = await session.get(Complaint, complaint_id)
    if complaint is None or complaint.record().restricted or complaint.status not in OPEN:
        raise Refusal("not_followable")
    await add(session, complaint_id, person.id, now)
    return complaint


async def add(
    session: AsyncSession, complaint_id: int, person_id: int, now: datetime, *, via_id: int | None = None
) -> bool:
    """Put somebody among the followers; false when they are there already."""
    if await is_following(session, person_id, complaint_id):
        return False
    mark, sealed = identity.sealed_name(session, person_id)
    return await _insert(session, complaint_id, mark, sealed, now, via_id)


async def _insert(
    session: AsyncSession, complaint_id: int, mark: str, sealed: str, now: datetime, via_id: int | None
) -> bool:
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)  # next to a step of theirs the minute would tell who
    statement = (
        dialect.insert(Follower)
        .values(complaint_id=complaint_id, mark=mark, sealed=sealed, via_id=via_id, since=day)
        .on_conflict_do_nothing(index_elements=[Follower.complaint_id, Follower.mark])
        .returning(Follower.id)
    )
    return (await session.execute(statement)).scalar_one_or_none() is not None


async def bring_along(session: AsyncSession, complaint: Complaint, main_id: int, now: datetime) -> None:
    """The reporter and the followers of a duplicate follow its main report."""
    reporter = await identity.reporter_of(session, complaint)
    if reporter is not None:
        await add(session, main_id, reporter.person_id, now, via_id=complaint.id)
    for person_id in await _persons(session, complaint.id):
        await add(session, main_id, person_id, now, via_id=complaint.id)


async def take_back(session: AsyncSession, complaint_id: int, main_id: int) -> None:
    """Whoever came with a duplicate goes with it."""
    gone = (Follower.complaint_id == main_id, Follower.via_id == complaint_id)
    await session.execute(delete(Follower).where(*gone).execution_options(synchronize_session=False))


async def stop(session: AsyncSession, person: Person, complaint_id: int) -> bool:
    """Be told no more; false when it was not followed."""
    mine = (Follower.complaint_id == complaint_id, Follower.mark.in_(identity.marks_of(session, person.id)))
    statement = delete(Follower).where(*mine).returning(Follower.id).execution_options(synchronize_session=False)
    return bool((await session.execute(statement)).all())


async def is_following(session: AsyncSession, person_id: int, complaint_id: int) -> bool:
    """Whether this person follows this report."""
    marks = identity.marks_of(session, person_id)
    statement = select(Follower.id).where(Follower.complaint_id == complaint_id, Follower.mark.in_(marks)).limit(1)
    return await session.scalar(statement) is not None


async def count(session: AsyncSession, complaint_id: int) -> int:
    """How many follow it: all that the desk learns of them."""
    return await session.scalar(select(func.count()).where(Follower.complaint_id == complaint_id)) or 0


async def number_followed(session: AsyncSession, person: Person) -> int:
    """How many reports this person follows."""
    marks = identity.marks_of(session, person.id)
    return await session.scalar(select(func.count()).where(Follower.mark.in_(marks))) or 0


async def followed(session: AsyncSession, person: Person, page: int) -> Page:
    """A page of what this person follows, the newest first; two queries however many."""
    total = await number_followed(session, person)
    pages = max(1, -(-total // PAGE))
    number = min(max(page, 0), pages - 1)
    statement = (
        select(Complaint)
        .join(Follower, Follower.complaint_id == Complaint.id)
        .where(Follower.mark.in_(identity.marks_of(session, person.id)))
        .order_by(Follower.id.desc())
        .offset(number * PAGE)
        .limit(PAGE)
        .options(joinedload(Complaint.service), joinedload(Complaint.area))
    )
    return Page((await session.scalars(statement)).all(), number, pages)


async def story(session: AsyncSession, person: Person, complaint_id: int) -> Followed:
    """A followed report; refused with `not_your_record` to whoever does not follow it."""
    if not await is_following(session, person.id, complaint_id):
        raise Refusal("not_your_record")
    loaded = (joinedload(Complaint.service), joinedload(Complaint.unit), joinedload(Complaint.area))
    complaint = (await session.scalars(select(Complaint).where(Complaint.id == complaint_id).options(*loaded))).one()
    restricted = complaint.record().restricted
    if restricted:
        return Followed(complaint, (), restricted)
    steps = await session.scalars(
        select(ComplaintEvent)
        .where(
            ComplaintEvent.complaint_id == complaint_id,
            ComplaintEvent.public,
            ComplaintEvent.action.in_(SEEN),
        )
        .order_by(ComplaintEvent.id)
    )
    return Followed(complaint, steps.all(), restricted)


async def tell_step(
    session: AsyncSession, complaint: Complaint, event: ComplaintEvent, now: datetime, not_before: datetime
) -> None:
    """Each change of status (domain rule 19) and each word of the office to everybody, once each follower."""
    moved = event.status_before is not event.status_after
    spoken = event.public and event.action in SPOKEN and not complaint.record().restricted
    if moved or spoken:
        text = event.text if spoken else None
        values = {"status": event.status_after.value, "moved": moved, "text": text}
        await tell(session, complaint, "followed_moved", now, not_before, event_id=event.id, **values)


async def tell(
    session: AsyncSession,
    complaint: Complaint,
    kind: str,
    now: datetime,
    not_before: datetime,
    *,
    event_id: int = 0,
    **values: Any,
) -> None:
    """One notice to each follower; whoever reported it is told as its reporter."""
    persons = await _persons(session, complaint.id)
    if not persons:
        return
    reporter = await identity.reporter_of(session, complaint)
    for person_id in sorted(set(persons) - ({reporter.person_id} if reporter is not None else set())):
        await outbox.put(
            session,
            key=f"{kind}:{complaint.id}:{event_id}:{person_id}",
            person_id=person_id,
            kind=kind,
            now=now,
            values={"complaint_id": complaint.id, "code": complaint.code, **values},
            complaint_id=complaint.id,
            not_before=not_before,
            ring=identity.keyring(session),
        )


async def _persons(session: AsyncSession, complaint_id: int) -> list[int]:
    ring = identity.keyring(session)
    sealed = select(Follower.sealed).where(Follower.complaint_id == complaint_id).order_by(Follower.id)
    return [int(ring.open(token)) for token in await session.scalars(sealed)]


async def of_all(session: AsyncSession, complaints: Sequence[Complaint]) -> list[tuple[Complaint, int]]:
    """The followers of several reports, each with the report; one query. For the outbox only."""
    ring = identity.keyring(session)
    by_id = {complaint.id: complaint for complaint in complaints}
    statement = select(Follower.complaint_id, Follower.sealed).where(Follower.complaint_id.in_(by_id))
    rows = await session.execute(statement.order_by(Follower.id))
    return [(by_id[complaint_id], int(ring.open(token))) for complaint_id, token in rows]


async def adopt(session: AsyncSession) -> int:
    """Make followers of what an earlier release wrote into notes, while there are none at all; how many duplicates."""
    if await session.scalar(select(Follower.id).limit(1)) is not None:
        return 0
    notes = select(ComplaintEvent.complaint_id, ComplaintEvent.at, ComplaintEvent.values)
    rows = await session.execute(notes.where(ComplaintEvent.action == Action.NOTE).order_by(ComplaintEvent.id))
    noted = [(main_id, at, values[NOTED]) for main_id, at, values in rows if NOTED in values]
    for main_id, at, number in noted:
        duplicate = await session.get(Complaint, number)
        if duplicate is not None:
            duplicate.merged_into_id = main_id
            await bring_along(session, duplicate, main_id, at)
    await session.flush()
    return len(noted)


async def of_person(session: AsyncSession, person: Person) -> list[tuple[str, datetime]]:
    """What this person follows, for the export: the report's code, since when."""
    marks = identity.marks_of(session, person.id)
    statement = (
        select(Complaint.code, Follower.since)
        .join(Complaint, Complaint.id == Follower.complaint_id)
        .where(Follower.mark.in_(marks))
        .order_by(Follower.id)
    )
    return [(code, since) for code, since in await session.execute(statement)]


async def forget(session: AsyncSession, person: Person) -> None:
    """The person is erased: nobody follows in their name."""
    gone = Follower.mark.in_(identity.marks_of(session, person.id))
    await session.execute(delete(Follower).where(gone).execution_options(synchronize_session=False))


async def rotate(session: AsyncSession, after: int, most: int) -> Sequence[int]:
    """Seal and mark a batch of followers (with an id beyond `after`) with the newest key; their ids."""
    ring = identity.keyring(session)
    rows = (await session.scalars(select(Follower).where(Follower.id > after).order_by(Follower.id).limit(most))).all()
    for row in rows:
        row.mark, row.sealed = identity.sealed_name(session, int(ring.open(row.sealed)))
    await session.flush()
    return [row.id for row in rows]
