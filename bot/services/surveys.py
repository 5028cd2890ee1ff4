"""One-tap ratings: one per person, service and day; a second one replaces it after a question."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.administration import bans
from bot.services.city import City
from bot.services.complaints import SentFile
from models.attachment import Attachment, FilePurpose
from models.complaint import Complaint
from models.errors import Refusal
from models.organisation import Service
from models.person import Person
from models.survey import Pulse

#: Scores that offer to become a report.
LOW = (1, 2)
HIGHEST = 4
#: Where a rating comes from: the bot's menu, or the code at a counter.
MENU, QR = "menu", "qr"
CHANNELS = (MENU, QR)
LONGEST_COMMENT = 4000
MOST_FILES = 10


async def rated_today(
    session: AsyncSession, city: City, person: Person, service_id: int, now: datetime
) -> Pulse | None:
    """The person's rating of this service today, if there is one."""
    statement = select(Pulse).where(
        Pulse.person_id == person.id, Pulse.service_id == service_id, Pulse.day == city.today(now)
    )
    return (await session.scalars(statement)).one_or_none()


async def rate(
    session: AsyncSession,
    city: City,
    person: Person,
    service_id: int,
    score: int,
    channel: str,
    now: datetime,
) -> Pulse:
    """Store the day's rating, or change its score; refused for an unknown service or a score out of 1-4."""
    _require(city, service_id, score, now)
    await bans.require_free(session, city, person.id, now)
    pulse = await rated_today(session, city, person, service_id, now)
    if pulse is None:
        pulse = Pulse(person_id=person.id, service_id=service_id, day=city.today(now), created_at=now)
        session.add(pulse)
    pulse.score = score
    pulse.channel = channel if channel in CHANNELS else MENU
    await session.flush()
    return pulse


async def to_replace(
    session: AsyncSession, city: City, person: Person, service_id: int, score: int, now: datetime
) -> Pulse | None:
    """Today's rating that this score would change, None when there is nothing to ask. Refused like `rate`."""
    _require(city, service_id, score, now)
    pulse = await rated_today(session, city, person, service_id, now)
    return pulse if pulse is not None and pulse.score != score else None


def _require(city: City, service_id: int, score: int, now: datetime) -> None:
    require_service(city, service_id, now)
    if not 1 <= score <= HIGHEST:
        raise Refusal("score_out_of_range")


def require_service(city: City, service_id: int, now: datetime) -> Service:
    """A service that is offered today; refused with `no_such_service` otherwise."""
    service = city.services.get(service_id)
    if service is None or (service.valid_to is not None and service.valid_to < city.today(now)):
        raise Refusal("no_such_service")
    return service


def service_of_code(city: City, code: str, now: datetime) -> Service:
    """The service whose counter shows this code; refused with `no_such_service` when there is none."""
    found = next((row.id for row in city.services.values() if row.code == code), 0)
    return require_service(city, found, now)


async def comment(session: AsyncSession, person: Person, pulse_id: int, text: str) -> Pulse:
    """Add words to a rating of this person; what was said before stays."""
    pulse = await own_pulse(session, person, pulse_id)
    pulse.comment = "\n".join(part for part in (pulse.comment, text) if part)[:LONGEST_COMMENT]
    await session.flush()
    return pulse


async def attach(session: AsyncSession, person: Person, pulse_id: int, file: SentFile, now: datetime) -> Pulse:
    """Hang a file on a rating of this person; its caption is a comment."""
    pulse = await own_pulse(session, person, pulse_id)
    if await count_files(session, pulse) >= MOST_FILES:
        raise Refusal("too_many_files", most=MOST_FILES)
    session.add(
        Attachment(
            pulse_id=pulse.id,
            kind=file.kind,
            purpose=FilePurpose.RATING,
            file_id=file.file_id,
            file_unique_id=file.unique_id,
            media_group=file.group,
            caption=file.caption,
            size=file.size,
            created_at=now,
            next_try_at=now,
        )
    )
    return await comment(session, person, pulse_id, (file.caption or "").strip())


async def count_files(session: AsyncSession, pulse: Pulse) -> int:
    """How many files hang on a rating."""
    return await session.scalar(select(func.count()).where(Attachment.pulse_id == pulse.id)) or 0


async def own_pulse(session: AsyncSession, person: Person, pulse_id: int) -> Pulse:
    """A rating of this very person; refused with `not_your_record` otherwise."""
    pulse = await session.get(Pulse, pulse_id)
    if pulse is None or pulse.person_id != person.id:
        raise Refusal("not_your_record")
    return pulse


async def link(session: AsyncSession, person: Person, pulse_id: int, complaint_id: int) -> None:
    """The rating became this report; a rating names its person, so it names no anonymous report."""
    pulse, complaint = await own_pulse(session, person, pulse_id), await session.get_one(Complaint, complaint_id)
    if not complaint.anonymous:
        pulse.complaint_id = complaint_id
