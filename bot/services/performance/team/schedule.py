"""Whose digest is due now, what the last one said, and that each is made once a day, by whichever process."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import outbox
from bot.services.city import City
from models.outbox import Promise
from models.performance.progress import DigestChoice, TeamDigest
from models.rules.performance.digests import DigestKind, Wish, is_due, is_told, require_hour

KIND = "team_digest"
#: At which hour it comes, where neither the superior nor the city says (`performance.digest_hour`).
HOUR = "8"
#: How long it is kept what digests said.
KEPT = timedelta(days=90)
#: Rows of one statement.
BATCH = 500


@dataclass(frozen=True, slots=True)
class Due:
    """A digest that is due: of which kind, and what the last one said on which day (None: there was none)."""

    employee_id: int
    kind: DigestKind
    since: date | None = None
    before: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ready:
    """A digest that was computed: to whom, what it says, and what to send."""

    due: Due
    person_id: int
    keys: list[str]
    empty: bool
    values: dict[str, Any]


def city_hour(city: City) -> int:
    """The city's hour for digests."""
    return int(city.fact("performance.digest_hour", HOUR).partition(".")[0])


def wish_of(city: City, choice: DigestChoice | None) -> Wish:
    """What somebody wants; without a choice both, at the city's hour."""
    usual = city_hour(city)
    if choice is None:
        return Wish(hour=usual)
    return Wish(choice.daily, choice.weekly, usual if choice.hour is None else choice.hour)


async def wish(session: AsyncSession, city: City, employee_id: int) -> Wish:
    """What one superior wants."""
    return wish_of(city, await session.get(DigestChoice, employee_id))


async def choose(session: AsyncSession, city: City, employee_id: int, now: datetime, **changed: Any) -> Wish:
    """Change `daily`, `weekly` or `hour`; an hour outside of the office's is refused with `no_such_choice`."""
    if (hour := changed.get("hour")) is not None:
        require_hour(hour, city.calendar, city.today(now))
    choice = await session.get(DigestChoice, employee_id)
    if choice is None:
        choice = DigestChoice(employee_id=employee_id, daily=True, weekly=True)
        session.add(choice)
    for name, value in changed.items():
        setattr(choice, name, value)
    await session.flush()
    return wish_of(city, choice)


def is_open(city: City, now: datetime) -> bool:
    """Whether a digest can be due at all now: a working day, in office hours unless the city keeps none."""
    if not city.calendar.is_working_day(city.today(now)):
        return False
    return city.fact("notices.quiet_hours", "on") == "off" or city.calendar.next_office_moment(now) <= now


async def due(session: AsyncSession, city: City, now: datetime, leaders: Collection[int]) -> list[Due]:
    """Whose digest is due and not yet made today, of these leaders at work: three queries."""
    today, quiet = city.today(now), city.fact("notices.quiet_hours", "on") != "off"
    choices = {row.employee_id: row for row in await session.scalars(select(DigestChoice))}
    kinds = {one: is_due(now, city.calendar, wish_of(city, choices.get(one)), quiet=quiet) for one in leaders}
    wanted = {one: kind for one, kind in kinds.items() if kind is not None}
    if not wanted:
        return []
    last = await last_days(session)
    open_ones = {one: kind for one, kind in wanted.items() if last.get(one) != today}
    if not open_ones:
        return []
    said = await _said(session)
    return [Due(one, kind, last.get(one), said.get(one, frozenset())) for one, kind in open_ones.items()]


async def last_days(session: AsyncSession) -> dict[int, date]:
    """The day of everybody's last digest."""
    statement = select(TeamDigest.employee_id, func.max(TeamDigest.day)).group_by(TeamDigest.employee_id)
    return {employee: day for employee, day in await session.execute(statement)}


async def _said(session: AsyncSession) -> dict[int, frozenset[str]]:
    newest = (
        select(TeamDigest.employee_id, func.max(TeamDigest.day).label("day"))
        .group_by(TeamDigest.employee_id)
        .subquery()
    )
    same = (TeamDigest.employee_id == newest.c.employee_id) & (TeamDigest.day == newest.c.day)
    rows = await session.execute(select(TeamDigest.employee_id, TeamDigest.keys).join(newest, same))
    return {employee: frozenset(keys) for employee, keys in rows}


async def put(session: AsyncSession, ready: Collection[Ready], day: date, now: datetime) -> int:
    """Write down that these were made, and queue those with news; how many. One made already is left alone."""
    fresh = await _claim(session, {one.due.employee_id: one for one in ready}, day, now)
    told = 0
    for one in ready:
        if one.due.employee_id not in fresh or not _worth(one):
            continue
        told += await outbox.put(
            session,
            key=f"{KIND}:{one.due.employee_id}:{day}",
            person_id=one.person_id,
            kind=KIND,
            now=now,
            values=one.values,
            promise=Promise.AT_MOST_ONCE,
        )
    return told


def _worth(one: Ready) -> bool:
    return not one.empty and is_told(one.due.kind, one.keys, one.due.before)


async def _claim(session: AsyncSession, ready: Mapping[int, Ready], day: date, now: datetime) -> set[int]:
    """Whose digest of the day is ours to send: those whose row was not there."""
    rows = [
        {"employee_id": employee, "day": day, "at": now, "told": _worth(one), "keys": one.keys}
        for employee, one in sorted(ready.items())
    ]
    dialect: Any = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    insert = dialect.insert(TeamDigest).on_conflict_do_nothing(index_elements=[TeamDigest.employee_id, TeamDigest.day])
    fresh: set[int] = set()
    for start in range(0, len(rows), BATCH):
        made = await session.scalars(insert.values(rows[start : start + BATCH]).returning(TeamDigest.employee_id))
        fresh.update(made)
    return fresh


async def forget(session: AsyncSession, day: date) -> None:
    """Drop what digests of long ago said."""
    await session.execute(delete(TeamDigest).where(TeamDigest.day < day - KEPT))
