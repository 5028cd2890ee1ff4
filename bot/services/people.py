"""Persons: meeting one, knowing what they may do today, losing and finding the way to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, bindparam, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.config import LANGUAGES
from bot.services import identity
from bot.sqlite import Fresh, Prepared, take_in
from models.conversation import Conversation
from models.employee import ActingSuperior, Employee, RoleGrant
from models.errors import Refusal
from models.person import Person
from models.rules.permissions import Grant, Presser


@dataclass(slots=True)
class Standing:
    """Where a person's talk stands: the `conversation` row as plain values, written back once a turn."""

    person_id: int
    flow: str | None
    state: str | None
    draft: dict[str, Any]
    question: str | None
    message_id: int | None
    updated_at: datetime


async def meet(
    session: AsyncSession,
    telegram_id: int,
    name: str,
    language_code: str | None,
    now: datetime,
    default_language: str,
) -> tuple[Person, Standing, Presser]:
    """The person behind a Telegram account, where their talk stands and what they may do today.

    Somebody new is created. Whoever has not chosen a language speaks the account's, where we have it.
    Whoever writes is reachable.
    """
    today = now.date()
    rows = await _MEET.rows(session, {"telegram_id": telegram_id, "today": today})
    if not rows:
        return await _welcome(session, telegram_id, name, language_code, now, default_language)
    person = _known(session, rows[0])
    if not person.reachable:
        person.reachable = True
    if person.name != name:
        person.name = name
    account = _spoken(language_code)
    if account is not None and not person.language_chosen and person.language != account:
        person.language = account
    standing = Standing(person.id, *rows[0][len(_PERSON) + 3 :])
    return person, standing, await _presser(session, person.id, rows, today)


def _known(session: AsyncSession, row: Sequence[Any]) -> Person:
    """The person of a row of _MEET."""
    person = Person()
    take_in(session, person, dict(zip(_PERSON, row, strict=False)))
    return person


async def get(session: AsyncSession, person_id: int) -> Person:
    """One person by number."""
    return await session.get_one(Person, person_id)


async def presser_of(session: AsyncSession, person: Person, now: datetime) -> Presser:
    """What the person may do today, read anew: the roster changed within this turn."""
    today = now.date()
    rows = await _MEET.rows(session, {"telegram_id": person.telegram_id, "today": today})
    return await _presser(session, person.id, rows, today)


async def _presser(session: AsyncSession, person_id: int, rows: Sequence[Any], today: date) -> Presser:
    """From the rows of _MEET: the own grants and those of whom the person acts for."""
    roles = [row[len(_PERSON) : len(_PERSON) + 3] for row in rows]
    employee_id = roles[0][0]
    grants = tuple(Grant(role, unit_id) for _employee_id, role, unit_id in roles if role is not None)
    leads = False
    if employee_id is not None:
        lent = await _LENT.rows(session, {"employee": employee_id, "today": today})
        grants += tuple(Grant(role, unit_id) for role, unit_id in lent)
        leads = bool(await _LEADS.rows(session, {"employee": employee_id, "today": today}))
    return Presser(person_id, employee_id, grants, identity.marks_of(session, person_id), leads)


async def keep(session: AsyncSession, standing: Standing) -> None:
    """Write back where the talk stands."""
    values = {f"new_{field}": getattr(standing, field) for field in _KEPT}
    await _KEEP.change(session, {"whose": standing.person_id, **values})


def valid_on(table: type[Employee] | type[RoleGrant], day: date | ColumnElement[date]) -> ColumnElement[bool]:
    """The condition that a row is valid on that day."""
    begun = or_(table.valid_from.is_(None), table.valid_from <= day)
    return and_(begun, or_(table.valid_to.is_(None), table.valid_to >= day))


#: Statements of every turn: building one costs more than running it.
_TODAY = bindparam("today", type_=Date())
_PERSON = [column.key for column in Person.__table__.c]
_MEET = Prepared(
    select(
        *Person.__table__.c,
        Employee.id,
        RoleGrant.role,
        RoleGrant.unit_id,
        Conversation.flow,
        Conversation.state,
        Conversation.draft,
        Conversation.question,
        Conversation.message_id,
        Conversation.updated_at,
    )
    .join(Conversation, Conversation.person_id == Person.id)
    .outerjoin(Employee, and_(Employee.person_id == Person.id, valid_on(Employee, _TODAY)))
    .outerjoin(RoleGrant, and_(RoleGrant.employee_id == Employee.id, valid_on(RoleGrant, _TODAY)))
    .where(Person.telegram_id == bindparam("telegram_id"))
    .order_by(RoleGrant.id)
)
#: The grants of those for whom the employee acts today (Plt./Plh.).
_LENT = Prepared(
    select(RoleGrant.role, RoleGrant.unit_id)
    .join(ActingSuperior, ActingSuperior.employee_id == RoleGrant.employee_id)
    .where(
        ActingSuperior.acting_id == bindparam("employee"),
        ActingSuperior.valid_from <= _TODAY,
        ActingSuperior.valid_to >= _TODAY,
        valid_on(RoleGrant, _TODAY),
    )
    .order_by(RoleGrant.id)
)
#: Somebody who reports today to the employee, or to one for whom the employee acts.
_LEADS = Prepared(
    select(Employee.id)
    .where(
        or_(
            Employee.supervisor_id == bindparam("employee"),
            Employee.supervisor_id.in_(
                select(ActingSuperior.employee_id).where(
                    ActingSuperior.acting_id == bindparam("employee"),
                    ActingSuperior.valid_from <= _TODAY,
                    ActingSuperior.valid_to >= _TODAY,
                )
            ),
        ),
        valid_on(Employee, _TODAY),
    )
    .limit(1)
)
_KEPT = ("flow", "state", "draft", "question", "message_id", "updated_at")
_TABLE = Conversation.__table__.c
_KEEP = Prepared(
    update(Conversation.__table__)  # type: ignore[arg-type]
    .where(_TABLE.person_id == bindparam("whose"))
    .values({field: bindparam(f"new_{field}", type_=_TABLE[field].type) for field in _KEPT})
)
_PEOPLE = Fresh(Person)
_BEGIN = Prepared(
    insert(Conversation.__table__).values(  # type: ignore[arg-type]
        person_id=bindparam("whose"), draft={}, updated_at=bindparam("now", type_=_TABLE.updated_at.type)
    )
)


async def lose(session: AsyncSession, telegram_ids: Iterable[int]) -> None:
    """Telegram says these people blocked the bot or are gone: stop writing to them."""
    await session.execute(
        update(Person)
        .where(Person.telegram_id.in_(list(telegram_ids)))
        .values(reachable=False)
        .execution_options(synchronize_session=False)
    )


def choose_language(person: Person, language: str) -> None:
    """The person chose a language; the account's own no longer matters. Refused for one we do not speak."""
    if language not in LANGUAGES:
        raise Refusal("no_such_language")
    person.language = language
    person.language_chosen = True


def _spoken(language_code: str | None) -> str | None:
    """The account's language, None for one we do not speak."""
    language = (language_code or "").split("-")[0].lower()
    return language if language in LANGUAGES else None


async def _welcome(
    session: AsyncSession, telegram_id: int, name: str, language_code: str | None, now: datetime, default: str
) -> tuple[Person, Standing, Presser]:
    person = Person(
        telegram_id=telegram_id,
        name=name,
        language=_spoken(language_code) or default,
        created_at=now.replace(hour=0, minute=0, second=0, microsecond=0),
    )
    await _PEOPLE.store(session, person)
    await _BEGIN.change(session, {"whose": person.id, "now": now})
    presser = Presser(person.id, marks=identity.marks_of(session, person.id))
    return person, Standing(person.id, None, None, {}, None, None, now), presser
