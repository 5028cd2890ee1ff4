"""The demo's public events: one to come with questions, one that was held, with answers, minutes and its reports.

Siti registered for both and asked at the earlier one. Everything goes by the services; nobody is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from bot.services.demo.people import PERSONAS
from bot.services.forums import arranging, asking, minutes, questions, visiting
from bot.services.forums.desk import Gathering
from bot.services.forums.forms import ForumForm
from models.complaint import Complaint, Source
from models.employee import Employee, RoleGrant
from models.forum import Forum, ForumReport
from models.outbox import OutboxMessage, OutboxStatus
from models.person import Person
from models.rules.complaint_flow import Status
from models.rules.permissions import Grant, Presser, Role

KINDS = ("forum_answered", "forum_minutes", "forum_question_hidden")
TITLE = "Sembang Berbenah"
#: Heading and its questions; those of the last heading are in no group yet.
AHEAD = (
    ("Lampu jalan", ("Kapan lampu jalan di gang kami dinyalakan?", "Apakah lampu di tepi laut ditambah?")),
    ("", ("Bagaimana cara mengusulkan perbaikan rumah tidak layak huni?", "Apakah taman dekat pasar akan dirapikan?")),
)
BEFORE = (
    ("Parit dan banjir", ("Kapan parit di dekat sekolah dibersihkan?", "Mengapa parit di belakang pasar mampet?")),
    ("Jalan lingkungan", ("Apakah jalan setapak ke pelantar diperbaiki tahun ini?",)),
)
ANSWERS = (
    "Parit dibersihkan bergiliran setiap Senin. Titik yang mampet dilaporkan saja lewat bot supaya masuk jadwal.",
    "Jalan setapak ke pelantar masuk rencana tahun ini dan dikerjakan sesudah musim hujan.",
)
MINUTES = (
    "Hadir 46 warga. Dibahas parit, jalan lingkungan, dan lampu jalan. Tujuh laporan dicatat di tempat dan "
    "diteruskan kepada unit masing-masing. Pertemuan berikutnya diumumkan lewat bot."
)
CAME, FINISHED, STILL_OPEN = 46, 5, 2
VISITORS = 24


async def tell_forums(session: AsyncSession, city: City, residents: Sequence[Person], now: datetime) -> None:
    """Insert them; the first of the residents has a phone on the page."""
    head = next(one for one in PERSONAS if one.role is Role.HEAD)
    statement = (
        select(Person.id, Employee.id, RoleGrant.unit_id)
        .join(Employee, Employee.person_id == Person.id)
        .join(RoleGrant, RoleGrant.employee_id == Employee.id)
        .where(Person.telegram_id == head.telegram_id, RoleGrant.role == Role.HEAD, RoleGrant.unit_id.is_not(None))
    )
    person_id, employee_id, led = (await session.execute(statement)).one()
    unit_id = led or 0
    host = Presser(person_id, employee_id, (Grant(Role.HEAD, unit_id),))
    guests = residents[: VISITORS + 1]
    coming = await _invited(Gathering(session, city, host, now - timedelta(days=3)), unit_id, now, 10, "Kampung Bugis")
    await _asked(session, city, host, coming, guests[1:], now - timedelta(days=1), AHEAD)
    await _come(session, city, coming, guests, now - timedelta(days=1))
    held = await _invited(Gathering(session, city, host, now - timedelta(days=40)), unit_id, now, -16, "Sei Jang")
    await _asked(session, city, host, held, guests, now - timedelta(days=20), BEFORE)
    await _come(session, city, held, guests, now - timedelta(days=19))
    await _ended(Gathering(session, city, host, held.ends_at + timedelta(hours=1)), held)
    await session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.kind.in_(KINDS), OutboxMessage.status == OutboxStatus.QUEUED)
        .values(status=OutboxStatus.SENT, sent_at=OutboxMessage.created_at)
        .execution_options(synchronize_session=False)
    )


async def _invited(by: Gathering, unit_id: int, now: datetime, days: int, where: str) -> Forum:
    """An open event so many days from now, 09.00 to 12.00; registration ends the evening before."""
    begin = datetime.combine(by.city.today(now) + timedelta(days=days), time(9), by.city.calendar.zone)
    form = ForumForm(
        title=f"{TITLE} {where}",
        about="Bicara langsung tentang jalan, parit, lampu, dan rumah. Bawa foto kalau ada; semua usul dicatat.",
        unit_id=unit_id,
        starts_at=begin,
        ends_at=begin + timedelta(hours=3),
        closes_at=begin - timedelta(hours=12),
        place=f"Balai warga {where}",
        seats=80,
    )
    forum = await arranging.add(by, form, demo=True)
    return await arranging.open_up(by, forum.id)


async def _come(session: AsyncSession, city: City, forum: Forum, people: Sequence[Person], at: datetime) -> None:
    for number, person in enumerate(people):
        when = at + timedelta(minutes=7 * number)
        await visiting.register(Gathering(session, city, Presser(person.id), when), forum.id)


async def _asked(
    session: AsyncSession,
    city: City,
    host: Presser,
    forum: Forum,
    people: Sequence[Person],
    at: datetime,
    told: Sequence[tuple[str, Sequence[str]]],
) -> None:
    """Each question by another resident, the second of a heading with the name; grouped where there is a heading."""
    askers = iter(people)
    for heading, words in told:
        group_id = 0
        for number, text in enumerate(words):
            by = Gathering(session, city, Presser(next(askers).id), at)
            row = await asking.ask(by, forum.id, text, named=number == 1)
            hosting = Gathering(session, city, host, at + timedelta(hours=2))
            if heading and not group_id:
                group_id = (await questions.make_group(hosting, row.id, heading)).id
            elif heading:
                await questions.put(hosting, row.id, group_id)


async def _ended(by: Gathering, forum: Forum) -> None:
    """It was held: counted, answered, written up, and seven reports came out of it, five of them finished."""
    await arranging.hold(by, forum.id, CAME)
    found = await questions.groups(by, forum.id, 0)
    for (group, _count), text in zip(found.lines, ANSWERS, strict=True):
        await questions.answer(by, group.id, text)
    await minutes.publish(by, forum.id, MINUTES, [])
    for closed, most in ((True, FINISHED), (False, STILL_OPEN)):
        state = Complaint.status == Status.CLOSED
        statement = (
            select(Complaint)
            .where(
                state if closed else Complaint.status.in_((Status.DISPOSED, Status.IN_PROGRESS)),
                Complaint.source == Source.BOT,
                Complaint.received_at >= forum.starts_at,
                ~Complaint.confidential,
                ~Complaint.conflict,
                Complaint.merged_into_id.is_(None),
            )
            .order_by(Complaint.received_at, Complaint.id)
            .limit(most)
        )
        for complaint in await by.session.scalars(statement):
            complaint.source = Source.FORUM
            by.session.add(ForumReport(complaint_id=complaint.id, forum_id=forum.id, at=complaint.received_at))
    await by.session.flush()
