"""Binding Telegram accounts to the roster by one-time codes; an NIP alone never does (domain rule 34)."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import know
from bot.services.people import valid_on
from models.employee import Employee, Invitation, InvitationAttempt
from models.errors import Refusal
from models.person import Person
from models.rules import nip

#: No vowels, nothing that looks like something else: 12 of 27 letters and digits are 57 bits.
ALPHABET = "23456789BCDFGHJKMNPQRTVWXYZ"
LENGTH = 12
#: What somebody types who has a code on paper.
CODE = rf"(?i)^\s*{'[ -]?'.join([f'[{ALPHABET}]{{4}}'] * 3)}\s*$"
#: Days a code is valid where the table of limits names no `invitation`.
VALID_DAYS = 7
#: This many wrong codes within the time shut the door for as long.
MOST_WRONG = 5
SHUT = timedelta(hours=1)
FOUND = 8


@dataclass(frozen=True, slots=True)
class Invited:
    """A fresh code (`XXXX-XXXX-XXXX`, kept nowhere), whom it binds, until when."""

    code: str
    employee: Employee
    expires_at: datetime


async def invite(session: AsyncSession, employee: Employee, now: datetime) -> Invited:
    """A one-time code for this employee; earlier unused ones stop working.

    Refused with `employee_left` and `employee_already_bound`.
    """
    city = await know(session, now)
    if not _is_valid(employee, city.today(now)):
        raise Refusal("employee_left")
    if employee.person_id is not None:
        raise Refusal("employee_already_bound")
    unused = (Invitation.employee_id == employee.id, Invitation.used_at.is_(None), Invitation.expires_at > now)
    for earlier in await session.scalars(select(Invitation).where(*unused)):
        earlier.expires_at = now
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    expires_at = now + timedelta(days=city.limits.working_days.get("invitation", VALID_DAYS))
    session.add(Invitation(employee_id=employee.id, code_hash=_hash(code), created_at=now, expires_at=expires_at))
    await session.flush()
    return Invited("-".join(re.findall(".{4}", code)), employee, expires_at)


async def invite_by_nip(session: AsyncSession, text: str, now: datetime) -> Invited:
    """A code for the employee with this NIP; refused with `no_such_employee` as well."""
    digits = re.sub(r"\D", "", text)
    employee = await session.scalar(select(Employee).where(Employee.nip == digits))
    if employee is None:
        raise Refusal("no_such_employee")
    return await invite(session, employee, now)


async def get(session: AsyncSession, employee_id: int) -> Employee:
    """One employee of the roster; refused with `no_such_employee`."""
    employee = await session.get(Employee, employee_id)
    if employee is None:
        raise Refusal("no_such_employee")
    return employee


async def at_work(session: AsyncSession, employee_id: int, today: date) -> Employee:
    """One employee who is on the roster today; refused with `no_such_employee`, `employee_left`."""
    employee = await get(session, employee_id)
    if not _is_valid(employee, today):
        raise Refusal("employee_left")
    return employee


async def several(session: AsyncSession, employee_ids: Sequence[int]) -> Sequence[Employee]:
    """These employees, by name."""
    statement = select(Employee).where(Employee.id.in_(employee_ids)).order_by(Employee.name, Employee.id)
    return (await session.scalars(statement)).all()


async def find(session: AsyncSession, words: str, today: date) -> Sequence[Employee]:
    """Employees of today whose NIP this is or whose name has all these words, at most FOUND."""
    number = nip.read(words, today)
    if isinstance(number, nip.Nip):
        condition = Employee.nip == number.digits
    else:
        parts = [part for part in re.split(r"[^\w']+", words) if part]
        if not parts:
            return []
        condition = Employee.name.icontains(parts[0], autoescape=True)
        for part in parts[1:]:
            condition &= Employee.name.icontains(part, autoescape=True)
    statement = select(Employee).where(condition, valid_on(Employee, today)).order_by(Employee.name, Employee.id)
    return (await session.scalars(statement.limit(FOUND))).all()


async def bind(session: AsyncSession, person: Person, code: str, now: datetime) -> Employee | Refusal:
    """Bind the account to the employee whom the code invites.

    A wrong code comes back as a refusal instead of being raised: the attempt is counted and must be kept.
    """
    if await _is_shut(session, person, now):
        return Refusal("too_many_codes")
    if await session.scalar(select(Employee.id).where(Employee.person_id == person.id)) is not None:
        return Refusal("account_already_bound")
    invitation = await session.scalar(select(Invitation).where(Invitation.code_hash == _hash(code)).with_for_update())
    refusal = "code_unknown" if invitation is None else _fault_of(invitation, now)
    if invitation is None or refusal is not None:
        session.add(InvitationAttempt(person_id=person.id, at=now))
        await session.flush()
        return Refusal(refusal or "code_unknown")
    employee = await session.scalar(select(Employee).where(Employee.id == invitation.employee_id).with_for_update())
    city = await know(session, now)
    if employee is None or not _is_valid(employee, city.today(now)):
        return Refusal("employee_left")
    if employee.person_id is not None:
        return Refusal("employee_already_bound")
    invitation.used_at = now
    employee.person_id = person.id
    await session.flush()
    return employee


async def own(session: AsyncSession, person: Person) -> Employee | None:
    """The roster row that this account is bound to."""
    return await session.scalar(select(Employee).where(Employee.person_id == person.id))


def normalise(code: str) -> str:
    """The code as it is compared: capitals without spaces and dashes."""
    return re.sub(r"[^0-9A-Z]", "", code.upper())


def _fault_of(invitation: Invitation, now: datetime) -> str | None:
    if invitation.used_at is not None:
        return "code_used"
    return "code_expired" if invitation.expires_at <= now else None


def _is_valid(employee: Employee, day: date) -> bool:
    begun = employee.valid_from is None or employee.valid_from <= day
    return begun and (employee.valid_to is None or day <= employee.valid_to)


async def _is_shut(session: AsyncSession, person: Person, now: datetime) -> bool:
    """Whether the last MOST_WRONG wrong codes came within SHUT, and the last of them within SHUT of now."""
    statement = (
        select(InvitationAttempt.at)
        .where(InvitationAttempt.person_id == person.id)
        .order_by(InvitationAttempt.at.desc(), InvitationAttempt.id.desc())
        .limit(MOST_WRONG)
    )
    moments = (await session.scalars(statement)).all()
    return len(moments) == MOST_WRONG and moments[0] - moments[-1] < SHUT and now - moments[0] < SHUT


def _hash(code: str) -> str:
    return hashlib.sha256(normalise(code).encode()).hexdigest()
