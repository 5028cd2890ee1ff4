"""Whose chat offers other commands than the person's roles of today call for.

Roles come and go by an import, a workbook, the command line, or because a day has come. What a chat was given is kept
as a mark; where it no longer fits, a timed duty gives the chat its commands anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.people import valid_on
from models.employee import ActingSuperior, Employee, RoleGrant
from models.person import Person
from models.rules.permissions import DESKS, Desk, Role

MARK_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Menu:
    """What a chat should offer; `desks` is None for somebody who is no civil servant (any more): the common list."""

    person_id: int
    chat_id: int
    language: str
    desks: tuple[Desk, ...] | None

    @property
    def mark(self) -> str | None:
        """What stands for this list, None for the common one."""
        if self.desks is None:
            return None
        words = " ".join([self.language, *self.desks])
        return hashlib.sha256(words.encode()).hexdigest()[:MARK_LENGTH]


async def stale(session: AsyncSession, today: date, most: int) -> list[Menu]:
    """The chats whose list is another one than it should be, at most so many: two queries."""
    granted = await _roles(session, today)
    rows = await session.execute(
        select(Person.id, Person.telegram_id, Person.language, Person.menu, Employee.id)
        .outerjoin(Employee, and_(Employee.person_id == Person.id, valid_on(Employee, today)))
        .where(Person.telegram_id.is_not(None), or_(Employee.id.is_not(None), Person.menu.is_not(None)))
        .order_by(Person.id)
    )
    found: list[Menu] = []
    for person_id, chat_id, language, mark, employee_id in rows:
        if chat_id is None:
            continue
        desks = _desks(granted.get(employee_id, ())) if employee_id is not None else None
        menu = Menu(person_id, chat_id, language, desks)
        if menu.mark != mark:
            found.append(menu)
    return found[:most]


async def given(session: AsyncSession, menus: Iterable[Menu]) -> None:
    """Write down what these chats offer now."""
    for menu in menus:
        statement = update(Person).where(Person.id == menu.person_id).values(menu=menu.mark)
        await session.execute(statement.execution_options(synchronize_session=False))


def _desks(roles: Iterable[Role]) -> tuple[Desk, ...]:
    held = {Role.RESIDENT, *roles}
    return tuple(desk for desk, allowed in DESKS.items() if held & set(allowed))


async def _roles(session: AsyncSession, today: date) -> dict[int, set[Role]]:
    """The roles of today by employee, those of whom somebody acts for included."""
    own = select(RoleGrant.employee_id, RoleGrant.role).where(valid_on(RoleGrant, today))
    lent: Any = (
        select(ActingSuperior.acting_id, RoleGrant.role)
        .join(RoleGrant, RoleGrant.employee_id == ActingSuperior.employee_id)
        .where(ActingSuperior.valid_from <= today, ActingSuperior.valid_to >= today, valid_on(RoleGrant, today))
    )
    found: dict[int, set[Role]] = {}
    for employee_id, role in await session.execute(own.union(lent)):
        found.setdefault(employee_id, set()).add(Role(role))
    return found
