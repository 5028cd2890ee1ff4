"""A person's own data: consent with its version and time, the export, and being forgotten (UU 27/2022)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import followers, identity, outbox
from bot.services.administration import bans
from bot.services.broadcasts import reacting
from bot.services.forums import own_data as forum_data
from bot.services.performance import own_reports
from bot.services.performance.evaluation import own_data as evaluation_data
from bot.services.performance.plans import own_data as plan_data
from bot.services.satisfaction import own_data
from bot.services.training import own_data as training_data
from models.administration.ban import Ban
from models.attachment import Attachment
from models.broadcasts.broadcast import Broadcast, BroadcastKind
from models.complaint import Complaint, ComplaintEvent
from models.conversation import Conversation
from models.employee import Employee, InvitationAttempt
from models.inbox import InboxStatus, InboxUpdate
from models.outbox import Lane, OutboxMessage, OutboxStatus
from models.person import Consent, Person, Purpose
from models.rules import nip
from models.survey import Pulse

#: The version of the notice (`bot.views.privacy`); it changes with every change of what is promised there.
NOTICE_VERSION = "2026-11-25.1"

#: What the export says of each table; everything else of a row is our bookkeeping.
PERSON = ("telegram_id", "name", "language", "reachable", "created_at")
CONSENT = ("purpose", "version", "given_at", "withdrawn_at")
REPORT = (
    "code",
    "report_class",
    "text",
    "status",
    "anonymous",
    "confidential",
    "latitude",
    "longitude",
    "landmark",
    "received_at",
    "settle_due_at",
    "closed_at",
    "verdict",
    "score",
)
EVENT = ("at", "role", "action", "status_after", "text")
FILE = ("kind", "purpose", "caption", "size", "created_at")
RATING = ("day", "score", "comment", "channel", "created_at")
SURVEY = ("period", "day", *own_data.DESCRIBING, "channel", "created_at", "replaced_at")
MICRO_ANSWER = ("day", "element", "score", "channel", "created_at")
NOTICE = ("kind", "created_at", "sent_at")
BAN = ("id", "reason", "since", "until", "lifted_at")


async def consents(session: AsyncSession, person: Person) -> dict[Purpose, Consent]:
    """The consents in force, one a purpose."""
    statement = (
        select(Consent).where(Consent.person_id == person.id, Consent.withdrawn_at.is_(None)).order_by(Consent.given_at)
    )
    return {consent.purpose: consent for consent in await session.scalars(statement)}


async def consent(session: AsyncSession, person: Person, purpose: Purpose, now: datetime) -> None:
    """A yes to the present notice; one to this very version stays as it is, one to an earlier version ends."""
    held = (await consents(session, person)).get(purpose)
    if held is None or held.version != NOTICE_VERSION:
        if held is not None:
            held.withdrawn_at = now
        session.add(Consent(person_id=person.id, purpose=purpose, version=NOTICE_VERSION, given_at=now))
        await session.flush()


async def withdraw(session: AsyncSession, person: Person, purposes: Sequence[Purpose], now: datetime) -> list[Purpose]:
    """A no: recorded, and broadcasts that still wait are not sent; which purposes had been consented to."""
    held = await consents(session, person)
    taken = [purpose for purpose in purposes if purpose in held]
    for purpose in taken:
        held[purpose].withdrawn_at = now
    if Purpose.BROADCASTS in purposes:
        await session.execute(
            update(OutboxMessage)
            .where(
                OutboxMessage.person_id == person.id,
                OutboxMessage.lane == Lane.MASS,
                OutboxMessage.status.in_((OutboxStatus.QUEUED, OutboxStatus.PAUSED)),
                OutboxMessage.broadcast_id.is_(None) | OutboxMessage.broadcast_id.not_in(_orders()),
            )
            .values(status=OutboxStatus.REFUSED, fault="consent withdrawn")
            .execution_options(synchronize_session=False)
        )
    if Purpose.SURVEY_PROFILE in purposes:
        await own_data.forget_profiles(session, person)
    await session.flush()
    return taken


def _orders() -> Select[Any]:
    """Orders to staff: no consent stands behind them."""
    return select(Broadcast.id).where(Broadcast.kind == BroadcastKind.ORDER)


async def export(session: AsyncSession, person: Person, now: datetime) -> dict[str, Any]:
    """Everything stored about the person, ready for JSON; of others only what was said to the person."""
    reports = (
        await session.scalars(
            select(Complaint).where(identity.is_of(session, person.id)).order_by(Complaint.received_at, Complaint.id)
        )
    ).all()
    ratings = (await session.scalars(select(Pulse).where(Pulse.person_id == person.id).order_by(Pulse.id))).all()
    talk = await session.get(Conversation, person.id)
    return {
        "exported_at": _plain(now),
        "notice_version": NOTICE_VERSION,
        "person": _fields(person, PERSON),
        "staff": await _staff(session, person),
        "consents": await _rows(session, Consent, CONSENT, Consent.person_id == person.id),
        "reports": await _reports(session, reports),
        "follows": [
            {"report": code, "since": _plain(since)} for code, since in await followers.of_person(session, person)
        ],
        "bans": await _rows(session, Ban, BAN, bans.whose(session, person)),
        "ratings": await _ratings(session, ratings),
        "surveys": [
            _fields(row, SURVEY) | {"service": code, "answers": {key.value: score for key, score in row.scores.items()}}
            for row, code in await own_data.responses_of(session, person)
        ],
        "micro_answers": [
            _fields(row, MICRO_ANSWER) | {"service": code}
            for row, code in await own_data.micro_answers_of(session, person)
        ],
        "forums": await forum_data.exported(session, person),
        "news": {"area_id": person.area_id, **await reacting.exported(session, person)},
        "notices": await _notices(session, person),
        "open_talk": {"name": talk.flow, "draft": talk.draft} if talk is not None and talk.flow else None,
    }


async def _staff(session: AsyncSession, person: Person) -> dict[str, Any] | None:
    employee = await session.scalar(select(Employee).where(Employee.person_id == person.id))
    if employee is None:
        return None
    return {
        "name": employee.name,
        "nip": nip.short(employee.nip),
        "position": employee.position,
        "work_plans": await plan_data.exported(session, employee.id),
        "weekly_reports": await own_reports.exported(session, employee.id),
        **await evaluation_data.exported(session, employee.id),
        **await training_data.exported(session, employee.id),
    }


async def _reports(session: AsyncSession, reports: Sequence[Complaint]) -> list[dict[str, Any]]:
    ids = [report.id for report in reports]
    events = await _grouped(
        session,
        select(ComplaintEvent)
        .where(ComplaintEvent.complaint_id.in_(ids), ComplaintEvent.public)
        .order_by(ComplaintEvent.id),
        "complaint_id",
        EVENT,
    )
    public = select(ComplaintEvent.id).where(ComplaintEvent.complaint_id.in_(ids), ComplaintEvent.public)
    files = await _grouped(
        session,
        select(Attachment)
        .where(Attachment.complaint_id.in_(ids), or_(Attachment.event_id.is_(None), Attachment.event_id.in_(public)))
        .order_by(Attachment.id),
        "complaint_id",
        FILE,
    )
    return [
        _fields(report, REPORT) | {"events": events.get(report.id, []), "files": files.get(report.id, [])}
        for report in reports
    ]


async def _ratings(session: AsyncSession, ratings: Sequence[Pulse]) -> list[dict[str, Any]]:
    ids = [rating.id for rating in ratings]
    files = await _grouped(
        session, select(Attachment).where(Attachment.pulse_id.in_(ids)).order_by(Attachment.id), "pulse_id", FILE
    )
    return [
        _fields(rating, RATING) | {"service": rating.service_id, "files": files.get(rating.id, [])}
        for rating in ratings
    ]


async def _rows(session: AsyncSession, table: Any, names: Sequence[str], condition: Any) -> list[dict[str, Any]]:
    rows = await session.scalars(select(table).where(condition).order_by(table.id))
    return [_fields(row, names) for row in rows]


async def _notices(session: AsyncSession, person: Person) -> list[dict[str, Any]]:
    rows = select(OutboxMessage).where(OutboxMessage.person_id == person.id).order_by(OutboxMessage.id)
    found = []
    for row in await session.scalars(rows):
        fields = _fields(row, NOTICE)
        if row.kind == outbox.SEALED:
            fields["kind"] = outbox.opened(identity.keyring(session), row.values)["kind"]
        found.append(fields)
    return found


async def _grouped(
    session: AsyncSession, statement: Any, owner: str, names: Sequence[str]
) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in await session.scalars(statement):
        found.setdefault(getattr(row, owner), []).append(_fields(row, names))
    return found


def _fields(row: object, names: Sequence[str]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


async def erase(session: AsyncSession, person: Person, update_id: int, now: datetime) -> None:
    """Forget who this was. Reports and ratings stay without anybody behind them; all else is gone. A ban runs on.

    `update_id` is the update at hand: updates that wait behind it are somebody new's and are left alone.
    """
    for employee in await session.scalars(select(Employee).where(Employee.person_id == person.id)):
        employee.person_id = None
    waiting = (identity.is_of(session, person.id), Complaint.paused_at.is_not(None))
    for statement in (
        # Nobody is left to answer the officer's question: the clock runs again.
        update(Complaint).where(*waiting).values(paused_at=None, due_at=Complaint.settle_due_at),
        update(Complaint).where(Complaint.reporter_id == person.id).values(reporter_id=None, anonymous=True),
        update(Pulse).where(Pulse.person_id == person.id).values(person_id=None),
        update(ComplaintEvent).where(ComplaintEvent.actor_id == person.id).values(actor_id=None),
        delete(Consent).where(Consent.person_id == person.id),
        delete(InvitationAttempt).where(InvitationAttempt.person_id == person.id),
        delete(OutboxMessage).where(OutboxMessage.person_id == person.id),
        delete(Conversation).where(Conversation.person_id == person.id),
        update(InboxUpdate).where(InboxUpdate.update_id == update_id).values(lane=None),
        update(InboxUpdate)
        .where(InboxUpdate.lane == person.telegram_id, InboxUpdate.status != InboxStatus.PENDING)
        .values(lane=None, payload=None, answers=None, status=InboxStatus.DONE),
    ):
        await session.execute(statement.execution_options(synchronize_session=False))
    await own_data.let_go(session, person)
    await reacting.forget(session, person)
    await forum_data.forget(session, person)
    for room in (own_reports, plan_data, training_data):
        await room.let_go(session, person.id)
    await followers.forget(session, person)
    await bans.hold(session, person, now)
    await identity.forget(session, person.id)
    person.erase(now)
    await session.flush()
