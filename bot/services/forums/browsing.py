"""Events as everybody sees them: the coming ones, one's own, those that are over, one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from bot.services.forums import loop
from bot.services.forums.desk import Gathering, find
from bot.services.forums.loop import Outcome
from models.errors import Refusal
from models.forum import Forum, ForumQuestion, ForumStatus, ForumVisit, QuestionGroup

PAGE = 6
#: Questions of one person at one event, where the city's data says nothing.
MOST_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """An event in a list, and whether the reader registered."""

    forum: Forum
    registered: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list, of `pages`."""

    lines: Sequence[Line]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Card:
    """One event: who hosts it, how its seats stand, the reader's part in it, and what came out of it.

    `left` is None where seats are not counted; `asks_left`: so many questions the reader may still send.
    """

    forum: Forum
    unit: str
    visitors: int
    registered: bool
    asked: int
    asks_left: int
    answers: int
    outcome: Outcome
    hosts: bool
    records: bool
    now: datetime

    @property
    def left(self) -> int | None:
        """Free seats."""
        return None if self.forum.seats is None else max(self.forum.seats - self.visitors, 0)

    @property
    def taking(self) -> bool:
        """Whether one can register now, if there is a seat."""
        return is_taking(self.forum, self.now)

    @property
    def hearing(self) -> bool:
        """Whether questions can be sent ahead now."""
        return self.forum.status is ForumStatus.OPEN and self.now < self.forum.starts_at


def is_taking(forum: Forum, now: datetime) -> bool:
    """Whether the event takes registrations at `now`."""
    return forum.status is ForumStatus.OPEN and now < forum.closes_at


def most_questions(by: Gathering) -> int:
    """So many questions one person may send ahead of one event."""
    return by.city.limits.working_days.get("forum_questions", MOST_QUESTIONS)


async def upcoming(by: Gathering, number: int) -> Page:
    """Those to come: two queries, however many there are."""
    return await _page(by, and_(Forum.status == ForumStatus.OPEN, Forum.ends_at >= by.now), number, newest=False)


async def own(by: Gathering, number: int) -> Page:
    """Where the reader registered, the newest first."""
    return await _page(by, ForumVisit.id.is_not(None), number, newest=True)


async def past(by: Gathering, number: int) -> Page:
    """Those that were held, the newest first."""
    held = Forum.status.in_((ForumStatus.HELD, ForumStatus.REPORTED))
    return await _page(by, held, number, newest=True)


async def by_code(by: Gathering, code: str) -> int:
    """The id behind a link; refused with `no_such_forum`."""
    found = await by.session.scalar(select(Forum.id).where(Forum.code == code))
    if found is None:
        raise Refusal("no_such_forum")
    return found


async def card(by: Gathering, forum_id: int) -> Card:
    """One event; refused with `no_such_forum`."""
    forum = await find(by, forum_id)
    me = by.presser.person_id
    counted = select(
        _count(ForumVisit, ForumVisit.forum_id == forum_id),
        _count(ForumVisit, ForumVisit.forum_id == forum_id, ForumVisit.person_id == me),
        _count(ForumQuestion, ForumQuestion.forum_id == forum_id, ForumQuestion.person_id == me),
        _count(QuestionGroup, QuestionGroup.forum_id == forum_id, QuestionGroup.answered_at.is_not(None)),
    )
    visitors, mine, asked, answers = (await by.session.execute(counted)).one()
    return Card(
        forum=forum,
        unit=by.city.units[forum.unit_id].name,
        visitors=visitors,
        registered=bool(mine),
        asked=asked,
        asks_left=max(most_questions(by) - asked, 0),
        answers=answers,
        outcome=await loop.outcome(by, forum_id),
        hosts=by.may_host(forum),
        records=by.may_record(forum) and loop.may_come_out(forum, by.now),
        now=by.now,
    )


def _count(table: Any, *conditions: Any) -> Any:
    return select(func.count()).select_from(table).where(*conditions).scalar_subquery()


async def _page(by: Gathering, condition: ColumnElement[bool], number: int, *, newest: bool) -> Page:
    mine = and_(ForumVisit.forum_id == Forum.id, ForumVisit.person_id == by.presser.person_id)
    asked = select(Forum, ForumVisit.id).outerjoin(ForumVisit, mine)
    asked = asked.where(condition, Forum.status != ForumStatus.DRAFT)
    total = await by.session.scalar(select(func.count()).select_from(asked.with_only_columns(Forum.id).subquery())) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(number, 0), pages - 1)
    order = (Forum.starts_at.desc(), Forum.id.desc()) if newest else (Forum.starts_at, Forum.id)
    rows = await by.session.execute(asked.order_by(*order).limit(PAGE).offset(PAGE * page))
    return Page([Line(forum, visit is not None) for forum, visit in rows], page, pages)


def told(by: Gathering, forum: Forum) -> dict[str, Any]:
    """What a calendar file needs, as JSON."""
    return {
        "zone": by.city.calendar.zone.key,
        "now": by.now.isoformat(),
        "events": [
            {
                "uid": f"forum-{forum.id}@gurindam",
                "title": forum.title,
                "place": forum.place,
                "about": forum.link or "",
                "starts_at": forum.starts_at.isoformat(),
                "ends_at": forum.ends_at.isoformat(),
            }
        ],
    }
