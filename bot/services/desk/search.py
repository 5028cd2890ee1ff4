"""Reports found by their number, whole or in part, or by words: only those that the person may see."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.desk.queues import Page, page_of
from bot.services.desk.visibility import visible_to
from models.complaint import Complaint
from models.organisation import Area, Service, Unit
from models.rules import ticket_code
from models.rules.permissions import Presser

#: More words than this make a sentence, not a search.
MOST_WORDS = 8
#: Fewer letters of a number would find half the city.
SHORTEST_CODE = 4


async def search(session: AsyncSession, presser: Presser, words: str, page: int) -> Page:
    """A page of what is found, the most urgent first; two queries however much there is."""
    condition = and_(visible_to(presser), _matches(words))
    total = await session.scalar(select(func.count()).select_from(Complaint).where(condition)) or 0
    return await page_of(session, condition, total, page)


def _matches(words: str) -> ColumnElement[bool]:
    """The number stands in the words, or every word stands somewhere in the report."""
    plain = "".join(character for character in words.upper() if character.isalnum())
    ways = [and_(*(_has(word) for word in _words(words)))] if _words(words) else []
    is_one_word = len(_words(words)) == 1
    if len(plain) >= SHORTEST_CODE and (is_one_word or any(character.isdigit() for character in plain)):
        ways.append(func.replace(Complaint.code, "-", "").contains(plain, autoescape=True))
    if codes := ticket_code.find(words):
        ways.append(Complaint.code.in_(codes))
    return or_(*ways) if ways else Complaint.id.is_(None)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)[:MOST_WORDS]


def _has(word: str) -> ColumnElement[bool]:
    """The word stands in the text, the landmark, or the name of the service, the unit or the kelurahan."""
    return or_(
        Complaint.text.icontains(word, autoescape=True),
        Complaint.landmark.icontains(word, autoescape=True),
        Complaint.service_id.in_(select(Service.id).where(Service.name.icontains(word, autoescape=True))),
        Complaint.unit_id.in_(
            select(Unit.id).where(
                or_(Unit.name.icontains(word, autoescape=True), Unit.short_name.icontains(word, autoescape=True))
            )
        ),
        Complaint.area_id.in_(select(Area.id).where(Area.kelurahan.icontains(word, autoescape=True))),
    )
