"""How a resident follows the own reports: the list, one report's story, and which report a message belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import complaints, identity, outbox
from bot.services.city import City
from bot.services.complaints import SentFile
from models.attachment import Attachment, FilePurpose
from models.complaint import Complaint, ComplaintEvent
from models.errors import Refusal
from models.outbox import OutboxMessage
from models.person import Person
from models.rules import ticket_code
from models.rules.complaint_flow import OPEN, Action, Status, possible
from models.rules.deadlines import due
from models.rules.permissions import Presser, owns

PAGE = 5
#: How many reports are offered when a message may belong to one of them.
OFFERED = 3
#: What a reporter does from the own view, in the order of the buttons.
ACTIONS = (
    Action.CONFIRM,
    Action.DISPUTE,
    Action.ADD_INFORMATION,
    Action.REOPEN,
    Action.HIDE_NAME,
    Action.WITHDRAW,
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the own reports, its number, how many pages there are."""

    rows: Sequence[Complaint]
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Story:
    """One report as its reporter sees it: the public steps, the oldest first; the proofs of the answers."""

    complaint: Complaint
    steps: Sequence[ComplaintEvent]
    proofs: Sequence[Attachment]
    can: frozenset[Action]
    is_late: bool


async def mine(session: AsyncSession, person: Person, page: int) -> Page:
    """A page of the person's reports, the newest first; two queries however many there are."""
    total = await session.scalar(select(func.count()).where(identity.is_of(session, person.id))) or 0
    pages = max(1, -(-total // PAGE))
    number = min(max(page, 0), pages - 1)
    statement = (
        select(Complaint)
        .where(identity.is_of(session, person.id))
        .order_by(Complaint.received_at.desc(), Complaint.id.desc())
        .offset(number * PAGE)
        .limit(PAGE)
    )
    return Page((await session.scalars(statement)).all(), number, pages)


async def own(session: AsyncSession, presser: Presser, complaint_id: int) -> Complaint:
    """The person's own report; refused with `not_your_record` where it is somebody else's."""
    complaint = await complaints.reach(session, presser, Action.VIEW, complaint_id)
    if not owns(presser, complaint.record()):
        raise Refusal("not_your_record")
    return complaint


async def story(session: AsyncSession, city: City, presser: Presser, complaint_id: int, now: datetime) -> Story:
    """The report with everything that its reporter may read of it."""
    complaint = await own(session, presser, complaint_id)
    steps = await session.scalars(
        select(ComplaintEvent)
        .where(ComplaintEvent.complaint_id == complaint_id, ComplaintEvent.public)
        .order_by(ComplaintEvent.id)
    )
    proofs = await session.scalars(
        select(Attachment)
        .join(ComplaintEvent, ComplaintEvent.id == Attachment.event_id)
        .where(
            Attachment.complaint_id == complaint_id,
            Attachment.purpose == FilePurpose.PROOF,
            ComplaintEvent.public,
        )
        .order_by(Attachment.id)
    )
    can = frozenset(action for action in ACTIONS if can_still(complaint, action, city, now))
    return Story(complaint, steps.all(), proofs.all(), can, complaints.is_late(complaint, now))


def can_still(complaint: Complaint, action: Action, city: City, now: datetime) -> bool:
    """Whether the reporter can do it to the report as it is now."""
    if action is Action.HIDE_NAME and complaint.anonymous:
        return False
    closes = action is Action.CONFIRM or (action is Action.DISPUTE and complaint.reopened > 0)
    if closes and complaint.held_at is not None:
        return False
    if action is Action.REOPEN and not _may_come_back(complaint, city, now):
        return False
    return possible(action, complaint.status)


def _may_come_back(complaint: Complaint, city: City, now: datetime) -> bool:
    if complaint.status is not Status.CLOSED or complaint.reopened or complaint.closed_at is None:
        return False
    return now <= due("reopen", complaint.closed_at, city.calendar, city.limits).at


async def candidates(session: AsyncSession, city: City, person: Person, text: str, now: datetime) -> list[Complaint]:
    """The reports that a first message may add to or reopen: one named by its code first, then the latest."""
    if not await identity.has_reported(session, person.id):
        return []
    values = {**identity.me(session, person.id), "named": ticket_code.find(text)[:OFFERED]}
    found = [
        complaint
        for complaint in await session.scalars(_CANDIDATES, values)
        if can_still(complaint, Action.ADD_INFORMATION, city, now) or can_still(complaint, Action.REOPEN, city, now)
    ]
    return found[:OFFERED]


#: Asked at every first message, therefore built once.
_CANDIDATES = (
    select(Complaint)
    .where(
        identity.MINE,
        or_(Complaint.status.in_(OPEN), and_(Complaint.status == Status.CLOSED, Complaint.reopened == 0)),
    )
    .order_by(
        Complaint.code.in_(bindparam("named", expanding=True)).desc(),
        Complaint.received_at.desc(),
        Complaint.id.desc(),
    )
    .limit(OFFERED * 2)
)


async def by_code(session: AsyncSession, code: str) -> Complaint | None:
    """The report with this (normalised) tracking ID."""
    return (await session.scalars(select(Complaint).where(Complaint.code == code))).one_or_none()


async def replied_to(session: AsyncSession, person: Person, message_id: int, text: str) -> Complaint | None:
    """The own report that a message of the bot was about: a notice of ours, or a text that names its code."""
    told = await _told(session, person, message_id)
    found = select(Complaint).where(
        identity.is_of(session, person.id),
        or_(Complaint.id.in_(told), Complaint.code.in_(ticket_code.find(text))),
    )
    return (await session.scalars(found.order_by(Complaint.id.desc()).limit(1))).first()


async def _told(session: AsyncSession, person: Person, message_id: int) -> list[int]:
    """The complaints that a message of the bot was a notice about."""
    notices = select(OutboxMessage.kind, OutboxMessage.values, OutboxMessage.complaint_id).where(
        OutboxMessage.person_id == person.id, OutboxMessage.message_id == message_id
    )
    found: list[int | None] = []
    for kind, values, complaint_id in await session.execute(notices):
        sealed = kind == outbox.SEALED
        found.append(outbox.opened(identity.keyring(session), values)["complaint_id"] if sealed else complaint_id)
    return [number for number in found if number is not None]


async def join_album(
    session: AsyncSession, person: Person, file: SentFile, now: datetime
) -> tuple[Complaint, FilePurpose] | None:
    """A picture of an album that arrived after its first ones were sent joins them, where they are."""
    if file.group is None:
        return None
    statement = (
        select(Complaint, Attachment.purpose, Attachment.event_id)
        .join(Attachment, Attachment.complaint_id == Complaint.id)
        .where(
            identity.is_of(session, person.id),
            Attachment.media_group == file.group,
            Attachment.purpose.in_((FilePurpose.REPORT, FilePurpose.ADDITION)),
            Complaint.status.in_(OPEN),
        )
        .order_by(Attachment.id)
        .limit(1)
    )
    row = (await session.execute(statement)).one_or_none()
    if row is None:
        return None
    complaint, purpose, event_id = row
    complaints.attach(session, complaint, [file], purpose, now, event_id)
    return complaint, purpose


async def rewritten(session: AsyncSession, person: Person, message_id: int) -> tuple[Complaint, str | None] | None:
    """The own report that a message of the person went into, and what that message said there."""
    filed = await session.scalar(
        select(Complaint).where(
            identity.is_of(session, person.id), identity.said_in(session, person.id, message_id, Complaint.message_id)
        )
    )
    added = (
        await session.execute(
            select(Complaint, ComplaintEvent.text)
            .join(ComplaintEvent, ComplaintEvent.complaint_id == Complaint.id)
            .where(
                identity.is_of(session, person.id),
                ComplaintEvent.role == "resident",
                identity.said_in(session, person.id, message_id, ComplaintEvent.message_id),
            )
            .order_by(ComplaintEvent.id.desc())
            .limit(1)
        )
    ).one_or_none()
    if added is not None:
        return added[0], added[1]
    return (filed, filed.text) if filed is not None else None
