"""The minutes of an event: published to whoever registered, and read on its card."""

from __future__ import annotations

from bot.services.forums.desk import Gathering, find, hosted, tell, visitors
from models.errors import Refusal
from models.forum import Forum, ForumStatus
from models.rules.redaction import mask_numbers

LONGEST = 3000
#: From the count of who came on.
WRITABLE = (ForumStatus.HELD, ForumStatus.REPORTED)


async def require_writable(by: Gathering, forum_id: int, *, lock: bool = False) -> Forum:
    """An event of the presser's that was held; refused with `forum_not_now` as well."""
    forum = await hosted(by, forum_id, lock=lock)
    if forum.status not in WRITABLE:
        raise Refusal("forum_not_now")
    return forum


async def publish(by: Gathering, forum_id: int, text: str, file: list[str]) -> int:
    """The minutes as words, a file (kind, file_id) or both; how many were told: everybody registered, the first time.

    Published again they are corrected, and nobody is told. Refused with `words_do_not_fit`.
    """
    forum = await require_writable(by, forum_id, lock=True)
    text = mask_numbers(text.strip())[0]
    if len(text) > LONGEST or not (text or file):
        raise Refusal("words_do_not_fit", most=LONGEST)
    forum.minutes, forum.minutes_file = text or None, list(file)
    is_first = forum.status is ForumStatus.HELD
    if is_first:
        forum.move(ForumStatus.REPORTED, by.now, actor_id=by.presser.person_id)
    await by.session.flush()
    if not is_first:
        return 0
    people, title = await visitors(by, forum_id), forum.title
    return await tell(
        by, people, "forum_minutes", str(forum.id), forum_id=forum.id, title=title, minutes=text, file=list(file)
    )


async def read(by: Gathering, forum_id: int) -> Forum:
    """An event with its minutes; refused with `no_such_choice` where there are none."""
    forum = await find(by, forum_id)
    if forum.status is not ForumStatus.REPORTED:
        raise Refusal("no_such_choice")
    return forum
