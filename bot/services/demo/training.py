"""The demo's trainings: two that are over, with attendance; open ones with seats, full, selected by human resources.

Of the older one superiors said what became of it at work; about Dewi her head is still to say it. It was declared
done lately: there are certificates, five have rated it, and Dewi can still. The later one has a quiz that was taken
before and after it (`bot.services.demo.quizzes`); its room has a point, and four said how far from it they were.

Dewi has a seat in one and waits for another; a request waits for the head. Everything goes by the services.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from bot.services.demo.people import PERSONAS
from bot.services.demo.quizzes import tell_quizzes
from bot.services.training import arranging, effects, ledger, nearness, registering
from bot.services.training.desk import Doing
from bot.services.training.forms import CourseForm, Meeting
from bot.services.training.outcome import ratings
from models.employee import Employee
from models.outbox import OutboxMessage, OutboxStatus
from models.person import Person
from models.rules.audience import Audience
from models.rules.coordinates import Point
from models.rules.permissions import Role
from models.training.course import Course, CourseKind, CoursePath, CourseStatus, Selection
from models.training.effect import Effect, EffectCheck
from models.training.hours import TrainingHours
from models.training.rating import RatedPart
from models.training.registration import Attendance, AttendanceWay, Registration, RegistrationStatus

KINDS = (
    *("registration_asked", "registration_seated", "registration_waiting", "registration_approved"),
    *("registration_cancelled", "seat_offered", "effect_asked", "hours_counted", "course_rating_asked"),
)
PLACE = "Aula lantai 2, Kantor Wali Kota"
#: What they are about, so that a need finds them.
TOPICS = {
    "Pelayanan Prima untuk Petugas Loket": ("layanan", "petugas", "pelayanan prima", "santun"),
    "Mengelola Pengaduan Warga": ("pengaduan", "komunikasi"),
    "Menyampaikan Informasi Publik": ("informasi publik", "komunikasi"),
    "Dasar Pengolahan Data": ("kinerja", "aplikasi"),
    "Literasi Digital": ("aplikasi",),
    "Menata Arsip Digital": ("arsip",),
}
MOST = 12
OLDER, LATER, TODAY = "Melayani dengan Aplikasi", "Menjawab Warga dengan Santun", "Menata Arsip Digital"
#: What superiors said of the older one.
SAID = (Effect.APPLIED, Effect.PARTLY, Effect.APPLIED, Effect.NOT_YET)
#: How participants rated it, part by part, and what they wrote.
RATED = (
    ((4, 4, 3, 4), "Contohnya dari loket sendiri, langsung bisa dipakai."),
    ((3, 4, 2, 4), "Ruangannya panas sesudah siang."),
    ((3, 3, 3, 3), None),
    ((4, 3, 3, 4), "Mohon bahannya dikirim sebelum pelatihan."),
    ((3, 4, 3, 3), None),
)
#: So many days ago it was declared done.
DONE_BEFORE = 6
#: Metres from the room as participants said them, in the order of their seats; one said nothing, one was far.
METRES = (20, None, 40, 860, 10)
NOTE = "Berkas warga sekarang dicatat di aplikasi pada hari yang sama."


async def tell_trainings(session: AsyncSession, city: City, now: datetime) -> None:
    """Insert them. Nobody is told: what the demo invents sends no notices."""
    hr, head, dewi = [await _persona(session, role) for role in (Role.HR, Role.HEAD, Role.OFFICER)]
    statement = select(Employee).where(Employee.id.not_in([hr.id, head.id, dewi.id])).order_by(Employee.id).limit(MOST)
    others = list(await session.scalars(statement))
    team = list(await session.scalars(select(Employee).where(Employee.supervisor_id == head.id).order_by(Employee.id)))
    older = await _course(session, city, hr, now, OLDER, -95, 20)
    await _over(session, city, now, older, [dewi, *others[2:8]])
    later = await _course(session, city, hr, now, LATER, -21, 20)
    await _over(session, city, now, later, [dewi, *others[:5]])
    await _stood_there(Doing(session, city, now), later)
    await _said_of_it(Doing(session, city, now), head)
    await _done(Doing(session, city, now - timedelta(days=DONE_BEFORE)), older, dewi)
    open_one = await _course(session, city, hr, now, "Pelayanan Prima untuk Petugas Loket", 7, 20)
    await _come(session, city, open_one, [dewi, *others[:3]], now)
    await tell_quizzes(Doing(session, city, now), hr.id, later, open_one)
    today = await _course(session, city, hr, now, TODAY, 0, 20)
    await _come(session, city, today, [dewi, *others[4:9]], now)
    await arranging.move(Doing(session, city, now), today.id, CourseStatus.CLOSED)
    full = await _course(session, city, hr, now, "Mengelola Pengaduan Warga", 14, 3)
    await _come(session, city, full, [*others[3:6], dewi, *others[6:8]], now)
    chosen = await _course(
        session, city, hr, now, "Kepemimpinan Pengawas", 21, 5, kind=CourseKind.MANAGERIAL, selection=Selection.SELECTED
    )
    await _come(session, city, chosen, others[:6], now)
    asked = await _course(session, city, hr, now, "Dasar Pengolahan Data", 10, 15, needs_approval=True)
    await _come(session, city, asked, [one for one in team if one.id != dewi.id][:1], now)
    await _course(session, city, hr, now, "Menyampaikan Informasi Publik", 16, 30)
    await _course(session, city, hr, now, "Literasi Digital", 30, 25, status=CourseStatus.DRAFT, path=CoursePath.OTHER)
    await session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.kind.in_(KINDS), OutboxMessage.status == OutboxStatus.QUEUED)
        .values(status=OutboxStatus.SENT, sent_at=OutboxMessage.created_at)
        .execution_options(synchronize_session=False)
    )


async def _persona(session: AsyncSession, role: Role) -> Employee:
    number = next(one.telegram_id for one in PERSONAS if one.role is role)
    statement = select(Employee).join(Person, Person.id == Employee.person_id).where(Person.telegram_id == number)
    return (await session.scalars(statement)).one()


async def _course(
    session: AsyncSession, city: City, hr: Employee, now: datetime, title: str, days: int, quota: int, **more: object
) -> Course:
    """A course so many days from now; registration ends two days before."""
    status = more.pop("status", CourseStatus.OPEN)
    begin = _begin(city, now, days)
    values: dict[str, object] = {
        "kind": CourseKind.TECHNICAL,
        "path": CoursePath.CLASSROOM,
        "needs_approval": False,
        **more,
    }
    form = CourseForm(
        title=title,
        hours=5,
        quota=quota,
        closes_at=begin - timedelta(days=2),
        sessions=(Meeting(begin, begin + timedelta(hours=4)),),
        place=PLACE,
        form="bimtek",
        audience=Audience(),
        topics=TOPICS.get(title, ("kepemimpinan",)),
        **values,  # type: ignore[arg-type]
    )
    by = Doing(session, city, min(now, form.closes_at - timedelta(days=7)))
    course = await arranging.add(by, hr.id, form, demo=True)
    if status is CourseStatus.OPEN:
        await arranging.move(by, course.id, CourseStatus.OPEN)
    return course


def _begin(city: City, now: datetime, days: int) -> datetime:
    """08.00 of a working day, the nearest on that side; today it began at the last hour, so that its doors are open."""
    if days == 0:
        return now.replace(minute=0, second=0, microsecond=0)
    day, step = city.today(now) + timedelta(days=days), timedelta(days=1 if days > 0 else -1)
    while not city.calendar.is_working_day(day):
        day += step
    return datetime.combine(day, time(8), city.calendar.zone)


async def _come(session: AsyncSession, city: City, course: Course, people: Sequence[Employee], now: datetime) -> None:
    """They register one after another, an hour apart."""
    for number, one in enumerate(people):
        at = min(now, course.closes_at - timedelta(days=1)) - timedelta(hours=len(people) - number)
        await registering.register(Doing(session, city, at, one.person_id), course.id, one)


async def _said_of_it(by: Doing, head: Employee) -> None:
    """The superiors were asked, and all but the head have answered."""
    await effects.ask_due(by)
    statement = (
        select(EffectCheck.id, Employee.supervisor_id)
        .join(Registration, Registration.id == EffectCheck.registration_id)
        .join(Employee, Employee.id == Registration.employee_id)
        .where(Employee.supervisor_id != head.id)
        .order_by(EffectCheck.id)
    )
    for number, (check_id, superior_id) in enumerate((await by.session.execute(statement)).all()):
        await effects.answer(by, superior_id, check_id, SAID[number % len(SAID)])
        if number == 0:
            await effects.note(by, superior_id, check_id, NOTE)


async def _done(by: Doing, course: Course, dewi: Employee) -> None:
    """Hours are counted and certificates given; all but Dewi have rated it."""
    await arranging.move(by, course.id, CourseStatus.DONE)
    await ledger.credit_done(by)
    statement = select(TrainingHours.employee_id).where(
        TrainingHours.course_id == course.id, TrainingHours.employee_id != dewi.id
    )
    for employee_id, (scores, words) in zip(await by.session.scalars(statement), RATED, strict=False):
        given = {part.value: score for part, score in zip(RatedPart, scores, strict=True)}
        await ratings.rate(by, course.id, employee_id, given)
        if words is not None:
            await ratings.comment(by, course.id, employee_id, words)


async def _over(session: AsyncSession, city: City, now: datetime, course: Course, people: Sequence[Employee]) -> None:
    """It took place; all but the last were there."""
    await _come(session, city, course, people, now)
    await arranging.move(Doing(session, city, now), course.id, CourseStatus.CLOSED)
    found = await arranging.look(Doing(session, city, now), course.id)
    statement = select(Registration.id).where(
        Registration.course_id == course.id, Registration.status == RegistrationStatus.SEATED
    )
    seated = list(await session.scalars(statement.order_by(Registration.seat)))
    for registration_id in seated[:-1]:
        for one in found.sessions:
            session.add(
                Attendance(session_id=one.id, registration_id=registration_id, way=AttendanceWay.CODE, at=one.starts_at)
            )
    await session.flush()


async def _stood_there(by: Doing, course: Course) -> None:
    """The room stands in the middle of a kelurahan."""
    area = next(iter(by.city.areas.values()))
    (one,) = (await arranging.look(by, course.id)).sessions
    await nearness.put(by, one.id, Point(area.latitude, area.longitude))
    there = select(Attendance).where(Attendance.session_id == one.id).order_by(Attendance.id)
    for row, metres in zip(await by.session.scalars(there), METRES, strict=False):
        row.distance_m = metres
    await by.session.flush()
