"""Keep somebody from sending for a while: by a report of theirs, without anybody seeing who it is.

A ban is known by its number. Which report led to it is kept as a keyed mark only: with the report at hand its ban is
found, never the other way round. Whoever is forgotten while a ban runs leaves a keyed mark of the account, so that it
still holds; both marks go when it is over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import identity, outbox
from bot.services.city import City
from bot.sqlite import Prepared
from models.administration.ban import Ban, BanReason
from models.complaint import Complaint
from models.errors import Refusal
from models.person import Person
from models.rules.permissions import Desk, Presser, Role, require_desk, serves
from models.rules.respondents import listed

#: For how many days one may be kept out, where the city's data (`ban.days`) says nothing.
DAYS = "7; 30; 90"
PAGE = 10
NO_MARK = ""


def days_of(city: City) -> list[int]:
    """For how many days one may be kept out."""
    return [int(days) for days in listed(city.fact("ban.days") or DAYS)]


def require_may_ban(presser: Presser, complaint: Complaint) -> None:
    """Whoever serves the report; an administrator without seeing it, unless it is restricted."""
    require_desk(presser, Desk.BANS)
    record = complaint.record()
    if serves(presser, record):
        return
    if record.restricted:
        raise Refusal("inspectorate_only")
    if Role.ADMIN not in presser.roles():
        raise Refusal("not_your_record")


async def ban(
    session: AsyncSession,
    city: City,
    presser: Presser,
    complaint: Complaint,
    reason: BanReason,
    days: int,
    now: datetime,
) -> Ban:
    """Whoever sent this report sends nothing more for so many days, and is told so with number, reason, end, appeal.

    Refused with `nobody_to_ban` when the reporter is not known any more, `already_banned` while a ban runs that this
    report may show (another one is not to be noticed: it would tell whose anonymous report led to it).
    """
    require_may_ban(presser, complaint)
    reporter = await identity.reporter_of(session, complaint)
    if reporter is None or days not in days_of(city):
        raise Refusal("nobody_to_ban")
    held = await of_report(session, complaint, now)
    if held is not None:
        raise Refusal("already_banned", number=held.id)
    row = Ban(
        person_id=reporter.person_id,
        reason=reason,
        by_id=presser.employee_id,
        since=now,
        until=now + timedelta(days=days),
        hidden=reporter.sealed,
        report_mark=identity.keyring(session).mark(_report(complaint)),
    )
    session.add(row)
    await session.flush()
    values = values_of(city, row)
    await outbox.put(
        session, key=f"banned:{row.id}", person_id=reporter.person_id, kind="banned", values=values, now=now
    )
    return row


def values_of(city: City, row: Ban) -> dict[str, str]:
    """What the person is told: its number, why, until when, where to appeal."""
    return {
        "number": str(row.id),
        "reason": row.reason.value,
        "until": row.until.isoformat(),
        "appeal": city.fact("ban.appeal") or city.fact("office.address"),
    }


# --- which one runs ---


def _running(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (Ban.until > now, Ban.lifted_at.is_(None))


def whose(session: AsyncSession, person: Person) -> ColumnElement[bool]:
    """The condition that a ban is this person's, known again or not."""
    if person.telegram_id is None:
        return Ban.person_id == person.id
    return or_(Ban.person_id == person.id, Ban.account_mark.in_(identity.keyring(session).marks(_account(person))))


async def running(session: AsyncSession, person_id: int, now: datetime) -> Ban | None:
    """The ban of a person that runs now, the longest."""
    person = await session.get_one(Person, person_id)
    known = person.telegram_id is not None
    marks = identity.keyring(session).marks(_account(person)) if known else frozenset({NO_MARK})
    await session.flush()
    asked = [{"whose": person_id, "mark": mark, "now": now} for mark in marks]
    found = [row for values in asked for row in await _LONGEST.rows(session, values)]
    if not found:
        return None
    number, _until = max(found, key=lambda row: (row[1], -row[0]))
    return await session.get_one(Ban, number)


#: Of everybody who sends a report it is asked whether they may: the statement is built once.
_LONGEST = Prepared(
    select(Ban.id, Ban.until)
    .where(
        or_(Ban.person_id == bindparam("whose"), Ban.account_mark == bindparam("mark")),
        Ban.until > bindparam("now", type_=Ban.until.type),
        Ban.lifted_at.is_(None),
    )
    .order_by(Ban.until.desc(), Ban.id)
    .limit(1)
)


async def of_report(session: AsyncSession, complaint: Complaint, now: datetime) -> Ban | None:
    """The ban that runs because of this report; of a named one also the reporter's other one that is not hidden."""
    mine: ColumnElement[bool] = Ban.report_mark.in_(identity.keyring(session).marks(_report(complaint)))
    if complaint.reporter_id is not None:
        mine = or_(mine, (Ban.person_id == complaint.reporter_id) & Ban.hidden.is_(False))
    statement = select(Ban).where(mine, *_running(now)).order_by(Ban.until.desc(), Ban.id).limit(1)
    return (await session.scalars(statement)).one_or_none()


async def require_free(session: AsyncSession, city: City, person_id: int, now: datetime) -> None:
    """Refused with `banned` (number, reason, until, appeal) while a ban runs."""
    row = await running(session, person_id, now)
    if row is not None:
        raise Refusal("banned", **values_of(city, row))


async def every(session: AsyncSession, now: datetime, page: int) -> tuple[Sequence[Ban], int]:
    """A page of the bans that run, those that end first above, and how many pages there are."""
    total = await session.scalar(select(func.count()).select_from(Ban).where(*_running(now))) or 0
    pages = max(1, -(-total // PAGE))
    statement = select(Ban).where(*_running(now)).order_by(Ban.until, Ban.id)
    rows = await session.scalars(statement.offset(min(page, pages - 1) * PAGE).limit(PAGE))
    return rows.all(), pages


async def get(session: AsyncSession, presser: Presser, ban_id: int, now: datetime) -> Ban:
    """One that runs, by its number; refused with `no_such_ban`."""
    require_desk(presser, Desk.BANS)
    row = await session.get(Ban, ban_id)
    if row is None or row.lifted_at is not None or row.until <= now:
        raise Refusal("no_such_ban")
    return row


async def lift(session: AsyncSession, presser: Presser, ban_id: int, now: datetime) -> Ban:
    """End it early; refused with `no_such_ban` when it does not run. Nobody is left to tell of a forgotten person."""
    row = await get(session, presser, ban_id, now)
    row.lifted_at = now
    if row.account_mark is None:
        await outbox.put(session, key=f"lifted:{row.id}", person_id=row.person_id, kind="ban_lifted", now=now)
    row.account_mark = row.report_mark = None
    return row


# --- being forgotten ---


async def hold(session: AsyncSession, person: Person, now: datetime) -> None:
    """The person is about to be forgotten: what runs against the account goes on against its mark."""
    if person.telegram_id is None:
        return
    mark = identity.keyring(session).mark(_account(person))
    statement = update(Ban).where(Ban.person_id == person.id, *_running(now)).values(account_mark=mark)
    await session.execute(statement.execution_options(synchronize_session=False))


async def let_go(session: AsyncSession, now: datetime) -> int:
    """Drop the marks of bans that are over; how many bans had one."""
    over = or_(Ban.until <= now, Ban.lifted_at.is_not(None))
    marked = or_(Ban.account_mark.is_not(None), Ban.report_mark.is_not(None))
    statement = update(Ban).where(over, marked).values(account_mark=None, report_mark=None)
    result: Any = await session.execute(statement.execution_options(synchronize_session=False))
    return int(result.rowcount)


def _account(person: Person) -> str:
    return f"account: {person.telegram_id}"


def _report(complaint: Complaint) -> str:
    return f"banned by report: {complaint.id}"
