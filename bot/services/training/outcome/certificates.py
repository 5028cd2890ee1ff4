"""Certificates: given with the hours of a course (or asked for later), numbered in order, withdrawn with a reason."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.services import audit
from bot.services.training import seats
from bot.services.training.desk import Doing, tell
from bot.services.training.outcome import signing
from models.employee import Employee
from models.errors import Refusal
from models.rules import nip
from models.rules.redaction import mask_numbers
from models.rules.training.certificate_number import FORM, written
from models.training.certificate import Certificate, CertificateSeries
from models.training.course import Course, CourseSession
from models.training.hours import TrainingHours
from models.training.registration import Registration

PAGE = 8
LONGEST = 1000
SUBJECT = "training_certificate"


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate and what it says; `nip` is only its last digits."""

    row: Certificate
    course_id: int
    employee_id: int
    name: str
    nip: str
    title: str
    hours: int
    began: datetime
    ended_on: date


@dataclass(frozen=True, slots=True)
class Issues:
    """A page of a course's certificates, of `pages`."""

    lines: Sequence[Issued]
    page: int
    pages: int
    total: int


async def issue(by: Doing, course: Course, employee_ids: Sequence[int]) -> int:
    """One to each registration of these that has none; how many. The course must be held."""
    statement = (
        select(Registration.id)
        .outerjoin(Certificate, Certificate.registration_id == Registration.id)
        .where(
            Registration.course_id == course.id, Registration.employee_id.in_(employee_ids), Certificate.id.is_(None)
        )
        .order_by(Registration.id)
    )
    lacking = (await by.session.scalars(statement)).all()
    if not lacking:
        return 0
    signer, words = await signing.signer(by), _words(by, course)
    form = by.city.fact("training.certificate_number", FORM)
    first = await _numbers(by, len(lacking)) - len(lacking) + 1
    for serial, registration_id in enumerate(lacking, start=first):
        row = Certificate(
            registration_id=registration_id,
            year=by.today.year,
            serial=serial,
            previous=serial - 1 or None,
            number=written(form, serial, by.today, words),
            code=secrets.token_urlsafe(16),
            signer=signer,
            issued_at=by.now,
            demo=course.demo,
        )
        by.session.add(row)
    await by.session.flush()
    return len(lacking)


def _words(by: Doing, course: Course) -> dict[str, str]:
    kind = by.city.fact(f"training.certificate_kind_{course.kind.value}", course.kind.value.upper())
    return {"kind": kind, "unit": by.city.fact("training.certificate_unit", signing.UNIT).upper()}


async def _numbers(by: Doing, many: int) -> int:
    """The last of so many new numbers of this year; whoever comes meanwhile waits for this transaction's end."""
    dialect: Any = sqlite if by.session.get_bind().dialect.name == "sqlite" else postgresql
    statement = (
        dialect.insert(CertificateSeries)
        .values(year=by.today.year, last=many)
        .on_conflict_do_update(index_elements=[CertificateSeries.year], set_={"last": CertificateSeries.last + many})
        .returning(CertificateSeries.last)
        .execution_options(populate_existing=True)
    )
    return int((await by.session.execute(statement)).scalar_one())


async def own(by: Doing, course_id: int, employee_id: int | None) -> Issued:
    """One's own of a course, given now where there is none yet.

    Refused with `no_certificate` for whoever was not there often enough, and `certificate_withdrawn`.
    """
    entry = select(TrainingHours.id).where(
        TrainingHours.course_id == course_id, TrainingHours.employee_id == (employee_id or 0)
    )
    if employee_id is None or await by.session.scalar(entry) is None:
        raise Refusal("no_certificate")
    mine = (Registration.course_id == course_id, Registration.employee_id == employee_id)
    found = await _one(by, *mine)
    if found is None:
        await issue(by, await seats.hold(by.session, course_id), [employee_id])
        found = await _one(by, *mine)
    if found is None:
        raise Refusal("no_certificate")
    return _valid(found)


def _valid(found: Issued) -> Issued:
    if found.row.withdrawn_at is not None:
        raise Refusal("certificate_withdrawn")
    return found


async def look(by: Doing, certificate_id: int) -> Issued:
    """One by its id, for human resources and whoever made sure of the right; refused with `no_certificate`."""
    found = await _one(by, Certificate.id == certificate_id)
    if found is None:
        raise Refusal("no_certificate")
    return found


async def to_print(by: Doing, certificate_id: int, employee_id: int | None, *, arranges: bool) -> Issued:
    """One's own, or (`arranges`) anybody's for human resources; refused as if there were none."""
    found = await look(by, certificate_id)
    if not arranges and found.employee_id != employee_id:
        raise Refusal("no_certificate")
    return _valid(found)


async def of_course(by: Doing, course_id: int, number: int) -> Issues:
    """Those of a course by their numbers: two queries."""
    counted = select(func.count()).select_from(_issued().where(Registration.course_id == course_id).subquery())
    total = await by.session.scalar(counted) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(number, 0), pages - 1)
    statement = _issued().where(Registration.course_id == course_id).order_by(Certificate.year, Certificate.serial)
    found = await by.session.execute(statement.limit(PAGE).offset(PAGE * page))
    return Issues([read(row) for row in found], page, pages, total)


async def withdraw(by: Doing, certificate_id: int, hr_id: int, reason: str) -> Issued:
    """Human resources take it back; its owner is told why. The hours stay as they were counted.

    Refused with `certificate_withdrawn` the second time, `reason_missing` and `text_too_long`.
    """
    await by.session.get(Certificate, certificate_id, with_for_update=True, populate_existing=True)
    found = await look(by, certificate_id)
    words = mask_numbers(reason.strip())[0]
    if not words:
        raise Refusal("reason_missing")
    if len(words) > LONGEST:
        raise Refusal("text_too_long", most=LONGEST)
    row = found.row
    row.withdraw(hr_id, by.now, words)
    audit.record(
        by.session, "withdrawn", SUBJECT, row.id, by.now, new={"number": row.number, "course": found.course_id}
    )
    await by.session.flush()
    values = {"title": found.title, "number": row.number, "reason": words}
    await tell(by, [found.employee_id], "certificate_withdrawn", str(row.id), **values)
    return found


async def _one(by: Doing, *conditions: Any) -> Issued | None:
    row = (await by.session.execute(_issued().where(*conditions))).one_or_none()
    return read(row) if row is not None else None


def by_code(code: str) -> Select[Any]:
    """The certificate of a code, as `read` understands it."""
    return _issued().where(Certificate.code == code)


def _issued() -> Select[Any]:
    began = select(func.min(CourseSession.starts_at)).where(CourseSession.course_id == Registration.course_id)
    hours = and_(
        TrainingHours.course_id == Registration.course_id, TrainingHours.employee_id == Registration.employee_id
    )
    columns: list[Any] = [
        *(Certificate, Registration.course_id, Registration.employee_id, Employee.name, Employee.nip),
        *(TrainingHours.title, TrainingHours.hours, began.scalar_subquery(), TrainingHours.ended_on),
    ]
    return (
        select(*columns)
        .join(Registration, Registration.id == Certificate.registration_id)
        .join(Employee, Employee.id == Registration.employee_id)
        .join(TrainingHours, hours)
        .execution_options(populate_existing=True)
    )


def read(row: Any) -> Issued:
    """A row of the selection."""
    certificate, course_id, employee_id, name, number, title, hours, began, ended_on = row
    return Issued(certificate, course_id, employee_id, name, nip.short(number), title, hours, began, ended_on)
