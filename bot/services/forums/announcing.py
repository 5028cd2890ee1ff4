"""The announcement of an event: a broadcast to residents who agreed to news, with a button to register."""

from __future__ import annotations

from bot.services.broadcasts import composing
from bot.services.broadcasts.desk import Announcing
from bot.services.forums.desk import Gathering, hosted, tell
from bot.services.notices import holders
from models.broadcasts.broadcast import Broadcast, BroadcastKind, BroadcastStatus
from models.errors import Refusal
from models.forum import Forum, ForumStatus
from models.rules.audience import Audience, Circle
from models.rules.permissions import Role


def announces(by: Gathering) -> bool:
    """Whether the desk of broadcasts is open to whoever presses."""
    return Announcing(by.session, by.city, by.presser, by.now).announces


async def announce(
    by: Gathering, forum_id: int, contents: dict[str, str], button: tuple[dict[str, str], str]
) -> Broadcast:
    """A draft at the desk of broadcasts, where it is looked at, approved and sent; once per event.

    `contents` are the words by language, `button` its label by language and what it does. Refused with `forum_not_now`
    for an event that is not open, and `announced_forum`.
    """
    forum = await _open_one(by, forum_id)
    desk = Announcing(by.session, by.city, by.presser, by.now)
    row = await composing.begin(desk, BroadcastKind.EVENT)
    row.title = composing.title_of(forum.title)
    row.contents = contents
    row.files = [list(forum.poster)] if forum.poster else []
    label, data = button
    row.buttons = [[{"label": label, "data": data}]]
    await composing.aim(desk, row.id, Audience(circle=Circle.RESIDENTS))
    forum.broadcast_id = row.id
    await by.session.flush()
    return row


async def ask_for_it(by: Gathering, forum_id: int) -> int:
    """A head asks human resources to announce the event, once; how many were asked."""
    forum = await _open_one(by, forum_id)
    people = await holders(by.session, by.today, Role.HR)
    unit = by.city.units[forum.unit_id].short_name
    key = str(forum.id)
    await tell(by, people, "forum_announcement_asked", key, forum_id=forum.id, title=forum.title, unit=unit)
    return len(people)


async def _open_one(by: Gathering, forum_id: int) -> Forum:
    forum = await hosted(by, forum_id, lock=True)
    if forum.status is not ForumStatus.OPEN:
        raise Refusal("forum_not_now")
    if forum.broadcast_id is not None:
        before = await by.session.get(Broadcast, forum.broadcast_id)
        if before is not None and before.status is not BroadcastStatus.CANCELLED:
            raise Refusal("announced_forum")
    return forum
