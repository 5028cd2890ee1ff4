"""A resident's side of a report: file it, find one's own, add to it, take it back, judge the outcome."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.services import notices
from bot.services.city import City
from models.attachment import Attachment, FileKind, FilePurpose
from models.complaint import Complaint, ReportClass, Source
from models.errors import Refusal
from models.person import Person
from models.rules import ticket_code
from models.rules.complaint_flow import OPEN, Action, Status, Verdict
from models.rules.deadlines import Due, due, extend
from models.rules.permissions import Presser, require

#: Which row of the table of limits a class of report is settled by.
SETTLEMENT = {
    ReportClass.COMPLAINT: "complaint",
    ReportClass.ASPIRATION: "aspiration",
    ReportClass.INFORMATION: "information",
}
CODE_TRIES = 5
PAGE = 5


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file a person sent, by Telegram's ids; `group` is the album it came in."""

    kind: FileKind
    file_id: str
    unique_id: str
    group: str | None = None
    caption: str | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a resident tells: the words, who should hear them, where, and how public it is.

    `key` is unique per talk: sending the same talk twice files one complaint.
    """

    key: str
    report_class: ReportClass
    text: str
    service_id: int | None = None
    unit_id: int | None = None
    area_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    landmark: str | None = None
    anonymous: bool = False
    confidential: bool = False
    source: Source = Source.BOT
    files: tuple[SentFile, ...] = field(default=())


async def file(session: AsyncSession, city: City, person: Person, report: Report, now: datetime) -> Complaint:
    """Store the report with its tracking ID and promised dates, and tell the verifiers. Once per `report.key`."""
    filed = await session.scalar(select(Complaint).where(Complaint.filing_key == report.key))
    if filed is not None:
        return filed
    verify_by = due("verify", now, city.calendar, city.limits)
    settle_by = due(SETTLEMENT[report.report_class], now, city.calendar, city.limits)
    unit_id = report.unit_id
    if unit_id is None and report.service_id is not None:
        unit_id = city.services[report.service_id].unit_id
    complaint = Complaint(
        filing_key=report.key,
        report_class=report.report_class,
        source=report.source,
        reporter_id=person.id,
        service_id=report.service_id,
        unit_id=city.successor(unit_id).id if unit_id is not None else None,
        text=report.text,
        area_id=report.area_id,
        latitude=report.latitude,
        longitude=report.longitude,
        landmark=report.landmark,
        anonymous=report.anonymous,
        confidential=report.confidential,
        demo=person.demo,
        received_at=now,
        verify_due_at=verify_by.at,
        settle_due_at=settle_by.at,
        statutory_due_on=settle_by.statutory_on,
        due_at=verify_by.at,
    )
    await _number(session, city, complaint, now)
    attach(session, complaint, report.files, FilePurpose.REPORT, now)
    await notices.complaint_filed(session, city, complaint, now)
    return complaint


async def _number(session: AsyncSession, city: City, complaint: Complaint, now: datetime) -> None:
    """Give it a code; the unique constraint decides, a taken one is drawn again."""
    randomness = random.SystemRandom()
    for _ in range(CODE_TRIES):
        complaint.code = ticket_code.make(city.fact("ticket.prefix", "GRD"), city.today(now), randomness)
        try:
            async with session.begin_nested():
                session.add(complaint)
        except IntegrityError:
            session.expunge(complaint)
            continue
        return
    raise RuntimeError("no free ticket code")


def attach(
    session: AsyncSession,
    complaint: Complaint,
    files: Sequence[SentFile],
    purpose: FilePurpose,
    now: datetime,
    event_id: int | None = None,
) -> None:
    """Hang files on a complaint (or one event of it); they are fetched to our storage afterwards."""
    session.add_all(
        Attachment(
            complaint_id=complaint.id,
            event_id=event_id,
            kind=file.kind,
            purpose=purpose,
            file_id=file.file_id,
            file_unique_id=file.unique_id,
            media_group=file.group,
            caption=file.caption,
            size=file.size,
            created_at=now,
            next_try_at=now,
        )
        for file in files
    )


async def get(session: AsyncSession, complaint_id: int) -> Complaint:
    """One complaint with its service, unit and area; refused with `no_such_report` when there is none."""
    complaint = await session.scalar(
        select(Complaint)
        .where(Complaint.id == complaint_id)
        .options(joinedload(Complaint.service), joinedload(Complaint.unit), joinedload(Complaint.area))
    )
    if complaint is None:
        raise Refusal("no_such_report")
    return complaint


async def reach(session: AsyncSession, presser: Presser, action: Action, complaint_id: int) -> Complaint:
    """The complaint, if this person may do this to it."""
    complaint = await get(session, complaint_id)
    require(presser, action, complaint.record())
    return complaint


async def mine(session: AsyncSession, person: Person, page: int) -> tuple[Sequence[Complaint], int]:
    """A page of the person's reports, the newest first, and how many there are in all."""
    total = await session.scalar(select(func.count()).where(Complaint.reporter_id == person.id)) or 0
    statement = (
        select(Complaint)
        .where(Complaint.reporter_id == person.id)
        .order_by(Complaint.received_at.desc(), Complaint.id.desc())
        .offset(page * PAGE)
        .limit(PAGE)
    )
    return (await session.scalars(statement)).all(), total


async def add_information(
    session: AsyncSession,
    city: City,
    presser: Presser,
    complaint_id: int,
    text: str,
    files: Sequence[SentFile],
    now: datetime,
) -> Complaint:
    """The reporter adds words or files: the clock runs again where it waited for them, auto-close starts anew."""
    complaint = await reach(session, presser, Action.ADD_INFORMATION, complaint_id)
    event = complaint.move(
        Action.ADD_INFORMATION,
        now,
        actor_id=presser.person_id,
        role="resident",
        text=text,
        values={"files": len(files)},
    )
    resume(complaint, city, now)
    if complaint.status is Status.FOLLOWED_UP:
        complaint.auto_close_at = auto_close_moment(city, now)
    await session.flush()
    attach(session, complaint, files, FilePurpose.ADDITION, now, event.id)
    await notices.information_added(session, city, complaint, event, now)
    return complaint


async def hide_name(session: AsyncSession, presser: Presser, complaint_id: int, now: datetime) -> Complaint:
    """The reporter's name is hidden from the officers from now on; it cannot be shown again."""
    complaint = await reach(session, presser, Action.HIDE_NAME, complaint_id)
    if not complaint.anonymous:
        complaint.anonymous = True
        complaint.move(Action.HIDE_NAME, now, actor_id=presser.person_id, role="resident")
    return complaint


async def withdraw(session: AsyncSession, city: City, presser: Presser, complaint_id: int, now: datetime) -> Complaint:
    """The reporter takes the report back; whoever works on it is told."""
    complaint = await reach(session, presser, Action.WITHDRAW, complaint_id)
    event = complaint.move(Action.WITHDRAW, now, actor_id=presser.person_id, role="resident")
    stop_clocks(complaint)
    await session.flush()
    await notices.taken_back(session, city, complaint, event, now)
    return complaint


async def confirm(
    session: AsyncSession, city: City, presser: Presser, complaint_id: int, score: int, now: datetime
) -> Complaint:
    """The verdict "solved" with a score 1-4: it closes the complaint."""
    complaint = await reach(session, presser, Action.CONFIRM, complaint_id)
    if not 1 <= score <= 4:
        raise Refusal("score_out_of_range")
    event = complaint.move(Action.CONFIRM, now, actor_id=presser.person_id, role="resident", values={"score": score})
    complaint.verdict, complaint.score = Verdict.SOLVED, score
    stop_clocks(complaint)
    await session.flush()
    await notices.judged(session, city, complaint, event, now)
    return complaint


async def dispute(
    session: AsyncSession, city: City, presser: Presser, complaint_id: int, reason: str, now: datetime
) -> Complaint:
    """The verdict "not solved": reopened once with an escalated clock, the second time closed as not solved."""
    complaint = await reach(session, presser, Action.DISPUTE, complaint_id)
    event = complaint.dispute(now, actor_id=presser.person_id, role="resident", text=reason)
    await _again(session, city, complaint, now)
    await notices.judged(session, city, complaint, event, now)
    return complaint


async def reopen(
    session: AsyncSession, city: City, presser: Presser, complaint_id: int, reason: str, now: datetime
) -> Complaint:
    """Back after the closing: once, within the limit `reopen` of working days."""
    complaint = await reach(session, presser, Action.REOPEN, complaint_id)
    closed = complaint.closed_at or now
    last = due("reopen", closed, city.calendar, city.limits).at
    event = complaint.reopen(now, last, actor_id=presser.person_id, role="resident", text=reason)
    await _again(session, city, complaint, now)
    await notices.judged(session, city, complaint, event, now)
    return complaint


async def _again(session: AsyncSession, city: City, complaint: Complaint, now: datetime) -> None:
    """A reopened complaint starts a shorter clock, one step up the ladder; a closed one has none."""
    stop_clocks(complaint)
    if complaint.status is Status.REOPENED:
        promise = due("reopened", now, city.calendar, city.limits)
        complaint.settle_due_at = complaint.due_at = promise.at
        complaint.escalation = max(complaint.escalation, 1)
    await session.flush()


def resume(complaint: Complaint, city: City, now: datetime) -> None:
    """The clock that waited for the resident runs again; the working days of the pause are given back."""
    if complaint.paused_at is None:
        return
    promise = Due(complaint.settle_due_at, complaint.statutory_due_on)
    complaint.settle_due_at = extend(promise, complaint.paused_at, now, city.calendar).at
    complaint.paused_at = None
    complaint.due_at = complaint.settle_due_at


def stop_clocks(complaint: Complaint) -> None:
    """Nothing is promised any more."""
    complaint.due_at = complaint.paused_at = complaint.auto_close_at = None


def auto_close_moment(city: City, now: datetime) -> datetime:
    """When a followed-up complaint closes itself if the reporter stays silent."""
    return due("auto_close", now, city.calendar, city.limits).at


async def join_album(session: AsyncSession, person: Person, file: SentFile, now: datetime) -> Complaint | None:
    """A picture of an album that arrived after the report was sent still joins it."""
    if file.group is None:
        return None
    complaint = await session.scalar(
        select(Complaint)
        .join(Attachment, Attachment.complaint_id == Complaint.id)
        .where(
            Complaint.reporter_id == person.id,
            Attachment.media_group == file.group,
            Complaint.status.in_(OPEN),
        )
        .limit(1)
    )
    if complaint is not None:
        attach(session, complaint, [file], FilePurpose.REPORT, now)
    return complaint


def is_late(complaint: Complaint, now: datetime) -> bool:
    """Overdue: the running promise is over and the clock is not paused."""
    return complaint.due_at is not None and complaint.paused_at is None and complaint.due_at < now


def values_of(complaint: Complaint) -> dict[str, Any]:
    """What a notice needs to name the complaint."""
    return {"complaint_id": complaint.id, "code": complaint.code}
