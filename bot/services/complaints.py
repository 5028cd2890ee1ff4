"""A resident's side of a report: file it, find one's own, add to it, take it back, judge the outcome."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.services import identity, notices
from bot.services.administration import bans
from bot.services.city import City
from bot.services.desk import inspecting
from bot.sqlite import Fresh, Prepared
from models.attachment import Attachment, FileKind, FilePurpose
from models.complaint import Complaint, ReportClass, Source
from models.errors import Refusal
from models.person import Person
from models.rules import ticket_code
from models.rules.complaint_flow import Action, Status
from models.rules.deadlines import Due, due, extend
from models.rules.permissions import Presser, require

#: Which row of the table of limits a class of report is settled by.
SETTLEMENT = {
    ReportClass.COMPLAINT: "complaint",
    ReportClass.ASPIRATION: "aspiration",
    ReportClass.INFORMATION: "information",
}
CODE_TRIES = 5
#: Reports of one person within 24 hours, where the limit `reports_per_day` says nothing.
MOST_A_DAY = 20


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

    `conflict`: it is about the unit (or a civil servant of it), which therefore does not get it.

    `recorded_by_id` is the civil servant who wrote it down for somebody else: it has no reporter yet then.
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
    conflict: bool = False
    source: Source = Source.BOT
    source_link: str | None = None
    recorded_by_id: int | None = None
    message_id: int | None = None
    files: tuple[SentFile, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Words:
    """What a reporter adds: text, files, the message that carries the text; `edited` replaces an older version."""

    text: str = ""
    files: tuple[SentFile, ...] = ()
    message_id: int | None = None
    edited: bool = False


async def file(session: AsyncSession, city: City, person: Person, report: Report, now: datetime) -> Complaint:
    """Store the report with its tracking ID and promised dates, and tell the verifiers. Once per `report.key`."""
    key = identity.filing_key(session, report.key)
    for (number,) in await _FILED.rows(session, {"key": key}):
        return await session.get_one(Complaint, number)
    if report.recorded_by_id is None:
        await bans.require_free(session, city, person.id, now)
        await _limit(session, city, person, now)
    complaint = _complaint_of(city, person, report, key, now)
    if report.conflict:
        inspecting.accuse(city, complaint)
    await _number(session, city, complaint, now)
    if report.anonymous and report.recorded_by_id is None:
        await identity.seal(session, complaint, person.id)
    attach(session, complaint, report.files, FilePurpose.REPORT, now)
    await notices.complaint_filed(session, city, complaint, now)
    return complaint


def _complaint_of(city: City, person: Person, report: Report, key: str, now: datetime) -> Complaint:
    """The report as a row, with its promised dates; it has no number yet."""
    verify_by = due("verify", now, city.calendar, city.limits)
    settle_by = due(SETTLEMENT[report.report_class], now, city.calendar, city.limits)
    unit_id = report.unit_id or (city.services[report.service_id].unit_id if report.service_id is not None else None)
    return Complaint(
        filing_key=key,
        report_class=report.report_class,
        source=report.source,
        source_link=report.source_link,
        recorded_by_id=report.recorded_by_id,
        message_id=report.message_id,
        reporter_id=None if report.anonymous or report.recorded_by_id is not None else person.id,
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


_COMPLAINTS = Fresh(Complaint)
_FILED = Prepared(select(Complaint.id).where(Complaint.filing_key == bindparam("key")))
_TAKEN = Prepared(select(Complaint.id).where(Complaint.code == bindparam("code")))
_SENT_SINCE = select(func.count()).where(identity.MINE, Complaint.received_at > bindparam("since"))


async def _limit(session: AsyncSession, city: City, person: Person, now: datetime) -> None:
    """Refused with `too_many_reports` once a person sent as many within a day as the limits allow."""
    if not await identity.has_reported(session, person.id):
        return
    most = city.limits.working_days.get("reports_per_day", MOST_A_DAY)
    me = identity.me(session, person.id)
    sent = await session.scalar(_SENT_SINCE, {**me, "since": now - timedelta(days=1)})
    if (sent or 0) >= most:
        raise Refusal("too_many_reports", most=most, emergency=city.emergency_number)


async def _number(session: AsyncSession, city: City, complaint: Complaint, now: datetime) -> None:
    """Give it a code that is not taken. Drawn by two in the same moment, the second fails and is tried again whole."""
    randomness = random.SystemRandom()
    for _ in range(CODE_TRIES):
        code = ticket_code.make(city.fact("ticket.prefix", "GRD"), city.today(now), randomness)
        if not await _TAKEN.rows(session, {"code": code}):
            complaint.code = code
            await _COMPLAINTS.store(session, complaint)
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


async def add_information(
    session: AsyncSession,
    city: City,
    presser: Presser,
    complaint_id: int,
    words: Words,
    now: datetime,
) -> Complaint:
    """The reporter adds words or files: the clock runs again where it waited for them, auto-close starts anew."""
    complaint = await reach(session, presser, Action.ADD_INFORMATION, complaint_id)
    event = complaint.move(
        Action.ADD_INFORMATION,
        now,
        actor_id=identity.actor_of(complaint, presser.person_id),
        role="resident",
        text=words.text,
        message_id=identity.message_of(session, complaint, presser.person_id, words.message_id),
        values={"files": len(words.files), "edited": True} if words.edited else {"files": len(words.files)},
    )
    resume(complaint, city, now)
    if complaint.status is Status.FOLLOWED_UP and complaint.held_at is None:
        complaint.auto_close_at = auto_close_moment(city, now)
    await session.flush()
    attach(session, complaint, words.files, FilePurpose.ADDITION, now, event.id)
    await notices.information_added(session, city, complaint, event, now)
    return complaint


async def hide_name(session: AsyncSession, presser: Presser, complaint_id: int, now: datetime) -> Complaint:
    """The reporter's name is hidden from everybody from now on; it cannot be shown again."""
    complaint = await reach(session, presser, Action.HIDE_NAME, complaint_id)
    if not complaint.anonymous:
        complaint.anonymous = True
        complaint.move(Action.HIDE_NAME, now, role="resident")
        await identity.seal(session, complaint, presser.person_id)
    return complaint


async def withdraw(session: AsyncSession, city: City, presser: Presser, complaint_id: int, now: datetime) -> Complaint:
    """The reporter takes the report back; whoever works on it is told."""
    complaint = await reach(session, presser, Action.WITHDRAW, complaint_id)
    actor_id = identity.actor_of(complaint, presser.person_id)
    event = complaint.move(Action.WITHDRAW, now, actor_id=actor_id, role="resident")
    stop_clocks(complaint)
    await session.flush()
    await notices.taken_back(session, city, complaint, event, now)
    return complaint


def resume(complaint: Complaint, city: City, now: datetime) -> None:
    """The clock that waited for the resident runs again; the working days of the pause are given back."""
    if complaint.paused_at is None:
        return
    paused = complaint.paused_at
    statutory = date.max if complaint.reopened else complaint.statutory_due_on  # that was for the first answer
    complaint.settle_due_at = extend(Due(complaint.settle_due_at, statutory), paused, now, city.calendar).at
    if complaint.disposed_at is None:
        complaint.verify_due_at = extend(Due(complaint.verify_due_at, statutory), paused, now, city.calendar).at
    complaint.paused_at = None
    complaint.due_at = running_promise(complaint)


def running_promise(complaint: Complaint) -> datetime:
    """The promise that counts now: verification until a unit has it, then settlement."""
    return complaint.verify_due_at if complaint.disposed_at is None else complaint.settle_due_at


def stop_clocks(complaint: Complaint) -> None:
    """Nothing is promised any more."""
    complaint.due_at = complaint.paused_at = complaint.auto_close_at = None


def auto_close_moment(city: City, now: datetime) -> datetime:
    """When a followed-up complaint closes itself if the reporter stays silent."""
    return due("auto_close", now, city.calendar, city.limits).at


def is_late(complaint: Complaint, now: datetime) -> bool:
    """Overdue: the running promise is over and the clock is not paused."""
    return complaint.due_at is not None and complaint.paused_at is None and complaint.due_at < now


def values_of(complaint: Complaint) -> dict[str, Any]:
    """What a notice needs to name the complaint."""
    return {"complaint_id": complaint.id, "code": complaint.code}
