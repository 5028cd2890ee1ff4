"""Coming to an event: a seat for whoever registers first, never the same one twice."""

from __future__ import annotations

from sqlalchemy import delete, select

from bot.services.forums.browsing import is_taking
from bot.services.forums.desk import Gathering, find
from models.errors import Refusal
from models.forum import Forum, ForumStatus, ForumVisit


async def register(by: Gathering, forum_id: int) -> ForumVisit:
    """The presser will come; a second press finds the first. Refused with `forum_closed` and `forum_full`.

    Whoever registers holds the row of the event, so that nobody runs into the constraint of the seats.
    """
    forum = await find(by, forum_id, lock=True)
    held = await own(by, forum_id)
    if held is not None:
        return held
    if not is_taking(forum, by.now):
        raise Refusal("forum_closed")
    row = ForumVisit(forum_id=forum.id, person_id=by.presser.person_id, seat=await _seat(by, forum), at=by.now)
    by.session.add(row)
    await by.session.flush()
    return row


async def give_up(by: Gathering, forum_id: int) -> Forum:
    """The presser will not come after all; a second press changes nothing. Refused with `forum_not_now`."""
    forum = await find(by, forum_id, lock=True)
    if forum.status is not ForumStatus.OPEN:
        raise Refusal("forum_not_now")
    mine = (ForumVisit.forum_id == forum_id, ForumVisit.person_id == by.presser.person_id)
    await by.session.execute(delete(ForumVisit).where(*mine))
    return forum


async def own(by: Gathering, forum_id: int) -> ForumVisit | None:
    """The presser's registration."""
    statement = select(ForumVisit).where(ForumVisit.forum_id == forum_id, ForumVisit.person_id == by.presser.person_id)
    return await by.session.scalar(statement.execution_options(populate_existing=True))


async def _seat(by: Gathering, forum: Forum) -> int | None:
    """The lowest free number; None where seats are not counted."""
    if forum.seats is None:
        return None
    taken = list(await by.session.scalars(select(ForumVisit.seat).where(ForumVisit.forum_id == forum.id)))
    if len(taken) >= forum.seats:
        raise Refusal("forum_full")
    return next(number for number in range(1, len(taken) + 2) if number not in taken)
