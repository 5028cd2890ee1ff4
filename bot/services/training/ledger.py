"""The ledger of training hours (JP): what a course was worth, certificates from elsewhere, where somebody stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from bot.services import duties
from bot.services.complaints import SentFile
from bot.services.training.desk import Doing, tell, tell_hr
from bot.services.training.outcome import certificates
from models.employee import Employee
from models.errors import Refusal
from models.rules.nip import Kind
from models.rules.redaction import mask_numbers
from models.training.course import Course, CourseSession, CourseStatus
from models.training.hours import HoursStatus, TrainingHours
from models.training.registration import Attendance, Registration, RegistrationStatus

DUTY = "training hours"
LONGEST, LONGEST_REASON, MOST_HOURS = 200, 1000, 999
PAGE = 8


@dataclass(frozen=True, slots=True)
class Balance:
    """Where somebody stands in a year: `limit` is a minimum, or (`is_maximum`) what may be counted at most."""

    year: int
    counted: int
    pending: int
    limit: int
    is_maximum: bool
    entries: Sequence[TrainingHours]


@dataclass(frozen=True, slots=True)
class Sent:
    """A certificate from elsewhere; `balance` is its owner's in the year of the certificate."""

    row: TrainingHours
    name: str
    balance: Balance


@dataclass(frozen=True, slots=True)
class External:
    """What somebody says of a certificate from elsewhere."""

    title: str
    provider: str
    ended_on: date
    hours: int


async def credit_done(by: Doing) -> int:
    """Hours of every course that is over, each course once; how many entries were written."""
    statement = select(Course.id).where(Course.status == CourseStatus.DONE).order_by(Course.id)
    written = 0
    for course_id in await by.session.scalars(statement):
        if await duties.claim(by.session, DUTY, str(course_id), by.now):
            written += await credit(by, course_id)
    return written


async def credit(by: Doing, course_id: int) -> int:
    """Its hours to everybody with a seat who was there often enough, once; how many (domain rule 38).

    With them comes the certificate, and the question how the course was.
    """
    course = await by.session.get_one(Course, course_id, with_for_update=True)
    meetings = select(func.count(), func.max(CourseSession.ends_at)).where(CourseSession.course_id == course_id)
    count, last = (await by.session.execute(meetings)).one()
    if not count:
        return 0
    had = set(await by.session.scalars(select(TrainingHours.employee_id).where(TrainingHours.course_id == course_id)))
    present = (
        select(Registration.employee_id, func.count())
        .join(Attendance, Attendance.registration_id == Registration.id)
        .where(Registration.course_id == course_id, Registration.status == RegistrationStatus.SEATED)
        .group_by(Registration.employee_id)
        .order_by(Registration.employee_id)
    )
    share, ended = _fact(by, "attendance_percent"), by.city.today(last)
    able = [one for one, times in await by.session.execute(present) if times * 100 >= share * count and one not in had]
    for employee_id in able:
        by.session.add(
            TrainingHours(
                employee_id=employee_id,
                year=ended.year,
                hours=course.hours,
                title=course.title,
                provider=by.city.fact("city.government"),
                ended_on=ended,
                course_id=course_id,
                status=HoursStatus.COUNTED,
                created_at=by.now,
                demo=course.demo,
            )
        )
    await by.session.flush()
    await certificates.issue(by, course, able)
    await _tell_counted(by, course, able)
    return len(able)


async def _tell_counted(by: Doing, course: Course, able: Sequence[int]) -> None:
    told = {"title": course.title, "course_id": course.id}
    await tell(by, able, "hours_counted", f"course:{course.id}", hours=course.hours, **told)
    await tell(by, able, "course_rating_asked", str(course.id), **told)


async def balance(by: Doing, employee: Employee, year: int) -> Balance:
    """What was counted and what waits, the newest first: one query."""
    statement = select(TrainingHours).where(TrainingHours.employee_id == employee.id, TrainingHours.year == year)
    rows = (await by.session.scalars(statement.order_by(TrainingHours.ended_on.desc(), TrainingHours.id.desc()))).all()
    is_maximum = employee.kind == Kind.PPPK
    return Balance(
        year=year,
        counted=sum(row.hours for row in rows if row.status is HoursStatus.COUNTED),
        pending=sum(row.hours for row in rows if row.status is HoursStatus.PENDING),
        limit=_fact(by, "pppk_maximum" if is_maximum else "pns_minimum"),
        is_maximum=is_maximum,
        entries=rows,
    )


async def send(by: Doing, employee: Employee, told: External, file: SentFile) -> TrainingHours:
    """A certificate from elsewhere waits for human resources; refused with `certificate_sent_before`."""
    require_day(by, told.ended_on)
    require_hours(str(told.hours))
    statement = select(TrainingHours.id).where(
        TrainingHours.employee_id == employee.id,
        TrainingHours.file_unique_id == file.unique_id,
        TrainingHours.status != HoursStatus.REFUSED,
    )
    if await by.session.scalar(statement.limit(1)) is not None:
        raise Refusal("certificate_sent_before")
    row = TrainingHours(
        employee_id=employee.id,
        year=told.ended_on.year,
        hours=told.hours,
        title=words_of(told.title),
        provider=words_of(told.provider),
        ended_on=told.ended_on,
        status=HoursStatus.PENDING,
        file_kind=file.kind.value,
        file_id=file.file_id,
        file_unique_id=file.unique_id,
        created_at=by.now,
    )
    by.session.add(row)
    await by.session.flush()
    await tell_hr(by, "certificate_sent", str(row.id), hours_id=row.id, name=employee.name, title=row.title)
    return row


async def waiting(by: Doing) -> Sequence[tuple[TrainingHours, str]]:
    """The oldest certificates that wait for human resources, with whose they are: one query."""
    statement = (
        select(TrainingHours, Employee.name)
        .join(Employee, Employee.id == TrainingHours.employee_id)
        .where(TrainingHours.status == HoursStatus.PENDING)
        .order_by(TrainingHours.id)
        .limit(PAGE)
    )
    return [(row, name) for row, name in await by.session.execute(statement)]


async def sent(by: Doing, hours_id: int) -> Sent:
    """One certificate from elsewhere; refused with `no_such_hours`."""
    row = await by.session.get(TrainingHours, hours_id, populate_existing=True)
    if row is None or row.course_id is not None:
        raise Refusal("no_such_hours")
    owner = await by.session.get_one(Employee, row.employee_id)
    return Sent(row, owner.name, await balance(by, owner, row.year))


async def decide(by: Doing, hours_id: int, hr_id: int, reason: str | None = None) -> Sent:
    """Human resources count it, or (with a reason) do not; its owner is told.

    Refused with `hours_decided` the second time, `own_hours` and `reason_missing`.
    """
    found = await sent(by, hours_id)
    row, words = found.row, None if reason is None else mask_numbers(reason.strip())[0][:LONGEST_REASON]
    if row.employee_id == hr_id:
        raise Refusal("own_hours")
    if words == "":
        raise Refusal("reason_missing")
    row.decide(HoursStatus.COUNTED if words is None else HoursStatus.REFUSED, hr_id, by.now, words)
    await by.session.flush()
    kind = "hours_counted" if words is None else "hours_refused"
    await tell(by, [row.employee_id], kind, f"sent:{row.id}", title=row.title, hours=row.hours, reason=words or "")
    return await sent(by, hours_id)


def words_of(said: str) -> str:
    """A title or a provider; refused with `words_missing` and `text_too_long`."""
    words = mask_numbers(" ".join(said.split()))[0]
    if not words:
        raise Refusal("words_missing")
    if len(words) > LONGEST:
        raise Refusal("text_too_long", most=LONGEST)
    return words


def require_hours(said: str) -> int:
    """JP as a whole number; refused with `hours_number`."""
    digits = said.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(MOST_HOURS)) and int(digits)):
        raise Refusal("hours_number")
    return int(digits)


def require_day(by: Doing, day: date | None) -> date:
    """A day that is over; refused with `hours_day`."""
    if day is None or day > by.today:
        raise Refusal("hours_day")
    return day


def _fact(by: Doing, name: str) -> int:
    return int(by.city.fact(f"training.{name}", DEFAULTS[name]))


#: Where the city's data says nothing.
DEFAULTS = {"attendance_percent": "80", "pns_minimum": "20", "pppk_maximum": "24"}
