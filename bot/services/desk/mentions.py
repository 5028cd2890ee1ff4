"""Colleagues named in an internal note: by `@name` in the words, or picked from a list. Only who may see the report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from bot.services.desk import colleagues
from bot.services.desk.colleagues import Colleague
from bot.services.people import valid_on
from models.complaint import Complaint
from models.employee import Employee

_NAMED = re.compile(r"(?<![\w@])@([^\W\d_][\w.'-]*)")
MOST_MENTIONS = 10


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Who is meant. `several` and `unknown` are words of the note, `blind` names of who may not see the report."""

    found: tuple[Colleague, ...] = ()
    several: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()


async def read(
    session: AsyncSession, city: City, complaint: Complaint, text: str, picked: Sequence[int], now: datetime
) -> Mentioned:
    """Whom the words and the picks mean; no query for a note that names nobody, two for one that does."""
    words = list(dict.fromkeys(word.strip(".'-").casefold() for word in _NAMED.findall(text)))[:MOST_MENTIONS]
    if not words and not picked:
        return Mentioned()
    readers = await colleagues.readers(session, city, complaint, now)
    found = {one.employee_id: one for one in readers if one.employee_id in picked}
    several: list[str] = []
    missing: list[str] = []
    for word in words:
        meant = [one for one in readers if _is_called(one.name, word)]
        if len(meant) == 1:
            found[meant[0].employee_id] = meant[0]
        elif not any(one.employee_id in found for one in meant):
            (several if meant else missing).append(word)
    others = await _elsewhere(session, city, missing, now) if missing else []
    blind = [name for name in others if any(_is_called(name, word) for word in missing)]
    unknown = [word for word in missing if not any(_is_called(name, word) for name in blind)]
    return Mentioned(tuple(found.values()), tuple(several), tuple(unknown), tuple(blind))


async def _elsewhere(session: AsyncSession, city: City, words: Sequence[str], now: datetime) -> list[str]:
    """Names of civil servants of today that may be meant."""
    condition = Employee.name.icontains(words[0], autoescape=True)
    for word in words[1:]:
        condition |= Employee.name.icontains(word, autoescape=True)
    statement = select(Employee.name).where(condition, valid_on(Employee, city.today(now)))
    return list((await session.scalars(statement.order_by(Employee.name).limit(MOST_MENTIONS))).all())


def _is_called(name: str, word: str) -> bool:
    """One of the name's words begins so."""
    return any(part.startswith(word) for part in name.casefold().split())
