"""What hosts do with an event: write it, change it, open it, cancel it, say how many came."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.services.forums import browsing, forms
from bot.services.forums.desk import Gathering, hosted, tell, visitors
from bot.services.forums.forms import ForumForm
from models.errors import Refusal
from models.forum import Forum, ForumQuestion, ForumStatus, ForumVisit
from models.rules.permissions import Role
from models.rules.redaction import mask_numbers

PAGE = 6
CODE_WORDS = 24
MOST_VISITORS = 100_000
#: The content can be changed until it was held.
CHANGEABLE = (ForumStatus.DRAFT, ForumStatus.OPEN)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of the events that are the presser's, the newest first, each with how many registered."""

    lines: Sequence[tuple[Forum, int]]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Hosted:
    """An event as its hosts see it: its numbers, and questions that are in no group yet."""

    card: browsing.Card
    questions: int
    loose: int


async def shelf(by: Gathering, number: int) -> Shelf:
    """The events of the own units (or all): two queries. Refused with `not_your_role`."""
    if not by.hosts:
        raise Refusal("not_your_role")
    led = by.presser.units(Role.HEAD)
    mine = [unit_id for unit_id in by.city.units if by.hosts_all or by.city.successor(unit_id).id in led]
    visits = select(func.count()).where(ForumVisit.forum_id == Forum.id).scalar_subquery()
    asked = select(Forum, visits).where(Forum.unit_id.in_(mine))
    total = await by.session.scalar(select(func.count()).select_from(Forum).where(Forum.unit_id.in_(mine))) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(number, 0), pages - 1)
    rows = await by.session.execute(asked.order_by(Forum.id.desc()).limit(PAGE).offset(PAGE * page))
    return Shelf([(forum, count) for forum, count in rows], page, pages)


async def look(by: Gathering, forum_id: int) -> Hosted:
    """One event of the own; refused as `hosted` does."""
    await hosted(by, forum_id)
    shown = (ForumQuestion.forum_id == forum_id, ForumQuestion.hidden_at.is_(None))
    statement = select(func.count(), func.count().filter(ForumQuestion.group_id.is_(None))).where(*shown)
    questions, loose = (await by.session.execute(statement)).one()
    return Hosted(await browsing.card(by, forum_id), questions, loose)


async def add(by: Gathering, form: ForumForm, *, demo: bool = False) -> Forum:
    """A new event, not yet open; refused with `not_your_role`, `not_your_unit`."""
    form = form.clean()
    _require(by, form)
    forum = Forum(
        code=await _code(by, form),
        created_by_id=by.presser.employee_id,
        created_at=by.now,
        demo=demo,
        minutes_file=[],
        **form.facts(),
    )
    by.session.add(forum)
    await by.session.flush()
    return forum


async def change(by: Gathering, forum_id: int, form: ForumForm) -> Forum:
    """Another content; whoever registered is told of another time or place.

    Refused with `forum_not_now` once it was held, `forum_has_visitors` when fewer seats would be left than given.
    """
    forum = await hosted(by, forum_id, lock=True)
    form = form.clean()
    _require(by, form)
    if forum.status not in CHANGEABLE:
        raise Refusal("forum_not_now")
    people = await visitors(by, forum_id)
    if form.seats is not None and form.seats < len(people):
        raise Refusal("forum_has_visitors", seats=len(people))
    before = _where_and_when(forum)
    for name, value in form.facts().items():
        setattr(forum, name, value)
    await by.session.flush()
    if forum.status is ForumStatus.OPEN and before != _where_and_when(forum):
        key = f"{forum.id}:{by.now.isoformat()}"
        told = browsing.told(by, forum)
        await tell(by, people, "forum_changed", key, forum_id=forum.id, title=forum.title, calendar=told)
    return forum


def _require(by: Gathering, form: ForumForm) -> None:
    if not by.hosts:
        raise Refusal("not_your_role")
    if form.unit_id not in dict(by.units()):
        raise Refusal("not_your_unit")
    forms.require_valid(form)


def _where_and_when(forum: Forum) -> tuple[object, ...]:
    return forum.starts_at, forum.ends_at, forum.place, forum.link


async def open_up(by: Gathering, forum_id: int) -> Forum:
    """Residents see it and register from now on; a second press changes nothing. Refused with `forum_is_past`."""
    forum = await hosted(by, forum_id, lock=True)
    if forum.status is ForumStatus.OPEN:
        return forum
    if forum.closes_at <= by.now:
        raise Refusal("forum_is_past")
    forum.move(ForumStatus.OPEN, by.now, actor_id=by.presser.person_id)
    await by.session.flush()
    return forum


async def cancel(by: Gathering, forum_id: int, reason: str) -> Forum:
    """It does not take place; whoever registered is told why. Refused with `reason_missing`, `forum_not_now`."""
    forum = await hosted(by, forum_id, lock=True)
    reason = mask_numbers(reason.strip())[0]
    if not reason:
        raise Refusal("reason_missing")
    was_open = forum.status is ForumStatus.OPEN
    forum.move(ForumStatus.CANCELLED, by.now, actor_id=by.presser.person_id, text=reason)
    await by.session.flush()
    if was_open:
        people = await visitors(by, forum_id)
        await tell(
            by,
            people,
            "forum_cancelled",
            str(forum.id),
            at_once=True,
            forum_id=forum.id,
            title=forum.title,
            reason=reason,
        )
    return forum


async def hold(by: Gathering, forum_id: int, attended: int) -> Forum:
    """It took place, and so many came; a later count replaces the earlier one until the minutes are there.

    Refused with `forum_not_begun`, `forum_number`, `forum_not_now`.
    """
    forum = await hosted(by, forum_id, lock=True)
    if not 0 <= attended <= MOST_VISITORS:
        raise Refusal("forum_number")
    require_begun(forum, by.now)
    if forum.status is not ForumStatus.HELD:
        forum.move(ForumStatus.HELD, by.now, actor_id=by.presser.person_id)
    forum.attended = attended
    await by.session.flush()
    return forum


def require_begun(forum: Forum, now: datetime) -> None:
    """Refused with `forum_not_begun`, and `forum_not_now` unless it is about to be, or was, held."""
    if forum.status not in (ForumStatus.OPEN, ForumStatus.HELD):
        raise Refusal("forum_not_now")
    if forum.starts_at > now:
        raise Refusal("forum_not_begun")


async def _code(by: Gathering, form: ForumForm) -> str:
    """A code that nobody has: the first words of the title and the day."""
    words = re.sub(r"[^a-z0-9]+", "-", form.title.casefold()).strip("-")[:CODE_WORDS].strip("-")
    day = form.starts_at.astimezone(by.city.calendar.zone)
    base = f"{words or 'acara'}-{day:%y%m%d}"
    taken = set(await by.session.scalars(select(Forum.code).where(Forum.code.startswith(base, autoescape=True))))
    number = 1
    while (code := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return code
