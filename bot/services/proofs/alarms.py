"""Proofs that were used before, or are older than their report: the closing waits for the inspectorate.

A proof is compared with every file of other reports: by Telegram's id at once, and once it is fetched by its content,
its look and its camera's clock. Not found: screenshots and pictures of pictures that look different enough, pictures
without notes (Telegram takes them out of photos that are not sent as documents), changed dates, and scenes in videos.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import notices
from bot.services.city import City
from models.attachment import Attachment, FilePurpose
from models.complaint import Complaint
from models.proof import Finding, PictureBand, ProofAlarm, Suspicion
from models.rules.complaint_flow import Status
from models.rules.desk.looks import bands, is_alike

#: In how many of 128 bits two looks may differ, and how wrong a camera's clock may be, where the city's data is silent.
DISTANCE, CLOCK_MINUTES = 6, 60
#: Pictures that share a part of their look and are compared whole.
MOST_COMPARED = 500


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a proof is doubted, and the other report that has the same picture."""

    suspicion: Suspicion
    other_id: int | None = None
    taken_at: datetime | None = None


async def look_at_sent(session: AsyncSession, city: City, complaint: Complaint, event_id: int, now: datetime) -> bool:
    """Compare what was just sent as proof by Telegram's ids; whether the closing is held now."""
    statement = select(Attachment).where(Attachment.event_id == event_id).order_by(Attachment.id)
    for attachment in (await session.scalars(statement)).all():
        if (found := await _same_file(session, complaint, attachment)) is not None:
            await _doubt(session, city, complaint, attachment, [Doubt(Suspicion.SAME_FILE, found)], now)
    return complaint.held_at is not None


async def look_at_fetched(
    session: AsyncSession, city: City, attachment_id: int, taken_at: datetime | None, now: datetime
) -> bool:
    """Compare a proof that lies in our storage by now; whether it is doubted."""
    attachment = await session.get(Attachment, attachment_id)
    if attachment is None or attachment.purpose is not FilePurpose.PROOF or attachment.complaint_id is None:
        return False
    complaint = await session.get_one(Complaint, attachment.complaint_id)
    doubts: list[Doubt] = []
    if (found := await _same_file(session, complaint, attachment)) is not None:
        doubts.append(Doubt(Suspicion.SAME_FILE, found))
    elif (found := await _same_look(session, city, complaint, attachment)) is not None:
        doubts.append(Doubt(Suspicion.SAME_LOOK, found))
    if taken_at is not None and taken_at < complaint.received_at - _clock_fault(city):
        doubts.append(Doubt(Suspicion.TOO_OLD, taken_at=taken_at))
    await _doubt(session, city, complaint, attachment, doubts, now)
    return bool(doubts)


def _clock_fault(city: City) -> timedelta:
    return timedelta(minutes=city.limits.working_days.get("proof_clock_minutes", CLOCK_MINUTES))


async def _same_file(session: AsyncSession, complaint: Complaint, attachment: Attachment) -> int | None:
    same: ColumnElement[bool] = Attachment.file_unique_id == attachment.file_unique_id
    if attachment.digest is not None:
        same = or_(same, Attachment.digest == attachment.digest)
    statement = select(Attachment.complaint_id).where(same, _elsewhere(complaint)).order_by(Attachment.id).limit(1)
    return await session.scalar(statement)


async def _same_look(session: AsyncSession, city: City, complaint: Complaint, attachment: Attachment) -> int | None:
    if attachment.look is None:
        return None
    shares = or_(
        *(
            and_(PictureBand.position == position, PictureBand.value == value)
            for position, value in bands(attachment.look)
        )
    )
    alike = select(PictureBand.attachment_id).where(shares)
    statement = (
        select(Attachment.complaint_id, Attachment.look)
        .where(Attachment.id.in_(alike), _elsewhere(complaint))
        .order_by(Attachment.id.desc())
        .limit(MOST_COMPARED)
    )
    most = city.limits.working_days.get("proof_distance", DISTANCE)
    rows = (await session.execute(statement)).all()
    return next((number for number, look in rows if look is not None and is_alike(look, attachment.look, most)), None)


def _elsewhere(complaint: Complaint) -> ColumnElement[bool]:
    """A file of another report: not of one about the same thing, nor one that the inspectorate found in order."""
    fine = select(ProofAlarm.other_id).where(
        ProofAlarm.complaint_id == complaint.id,
        ProofAlarm.finding == Finding.RELEASED,
        ProofAlarm.other_id.is_not(None),
    )
    same_thing = select(Complaint.id).where(_about_the_same(complaint))
    return and_(
        Attachment.complaint_id.is_not(None),
        Attachment.complaint_id != complaint.id,
        Attachment.complaint_id.not_in(fine),
        Attachment.complaint_id.not_in(same_thing),
    )


def _about_the_same(complaint: Complaint) -> ColumnElement[bool]:
    """Duplicates and their main report, and reports of one occurrence: one proof answers them all."""
    ways = [Complaint.merged_into_id == complaint.id]
    if complaint.merged_into_id is not None:
        main = complaint.merged_into_id
        ways += [Complaint.id == main, Complaint.merged_into_id == main]
    if complaint.occurrence_id is not None:
        ways.append(Complaint.occurrence_id == complaint.occurrence_id)
    return or_(*ways)


async def _doubt(
    session: AsyncSession,
    city: City,
    complaint: Complaint,
    attachment: Attachment,
    doubts: Sequence[Doubt],
    now: datetime,
) -> None:
    """Hold the closing, once for each reason; the inspectorate and whoever sent the proof are told."""
    known = set(await session.scalars(select(ProofAlarm.suspicion).where(ProofAlarm.attachment_id == attachment.id)))
    for doubt in doubts:
        if doubt.suspicion in known:
            continue
        code = await session.scalar(select(Complaint.code).where(Complaint.id == doubt.other_id))
        values = {"suspicion": doubt.suspicion.value, "other": code, "taken_at": _plain(doubt.taken_at)}
        session.add(
            ProofAlarm(
                complaint_id=complaint.id,
                attachment_id=attachment.id,
                other_id=doubt.other_id,
                suspicion=doubt.suspicion,
                taken_at=doubt.taken_at,
                at=now,
            )
        )
        event = complaint.hold(now, values=values)
        complaint.auto_close_at = None
        await session.flush()
        await notices.tell_inspectorate(session, city, complaint, "proof_doubted", now, event_id=event.id, **values)
        people = await notices.workers(session, city, complaint, now)
        why = doubt.suspicion.value
        await notices.tell(session, city, complaint, people, "closing_held", now, event_id=event.id, suspicion=why)


@dataclass(frozen=True, slots=True)
class OpenDoubt:
    """A doubt that the inspectorate has not settled; `code` is the other report's, `taken_at` a moment as text."""

    suspicion: str
    code: str | None
    taken_at: str | None


async def open_doubts(session: AsyncSession, complaint_id: int) -> list[OpenDoubt]:
    """What is doubted about the proofs of a complaint now."""
    rows = await session.execute(
        select(ProofAlarm.suspicion, Complaint.code, ProofAlarm.taken_at)
        .outerjoin(Complaint, Complaint.id == ProofAlarm.other_id)
        .where(ProofAlarm.complaint_id == complaint_id, ProofAlarm.finding.is_(None))
        .order_by(ProofAlarm.id)
    )
    return [OpenDoubt(suspicion.value, code, _plain(taken_at)) for suspicion, code, taken_at in rows]


def _plain(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


async def settle(
    session: AsyncSession, complaint: Complaint, finding: Finding, employee_id: int | None, reason: str, now: datetime
) -> None:
    """What the inspectorate found, for every open doubt of the complaint; nothing is held any more."""
    await session.execute(
        update(ProofAlarm)
        .where(ProofAlarm.complaint_id == complaint.id, ProofAlarm.finding.is_(None))
        .values(finding=finding, found_at=now, employee_id=employee_id, reason=reason)
        .execution_options(synchronize_session=False)
    )
    complaint.held_at = None
    if finding is Finding.RETURNED and complaint.status is Status.IN_PROGRESS:
        complaint.followed_up_at = None
