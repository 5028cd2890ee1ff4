"""The code of a room on the screen of human resources: one message whose picture is renewed until it is stopped.

The message is a notice that is made when it is sent; each renewal is a change of it with a key of its own. What is
shown is a row, so that it goes on after a restart, and ends by itself (`training.code_minutes`, or with the meeting).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import outbox
from bot.services.training import attending
from bot.services.training.attending import Meeting
from bot.services.training.desk import Doing
from models.errors import Refusal
from models.outbox import Deed, Lane, OutboxMessage, OutboxStatus, Promise
from models.rules.training.attendance_code import doors_open, step_of
from models.training.code_show import CodeShow
from models.training.course import CourseSession

#: The message itself, and what is said when it is over.
ROOM, ENDED = "room_code", "room_code_ended"
#: For so long, where the city's data says nothing.
MINUTES = "30"
#: Two presses of one hand.
MOMENT = timedelta(seconds=5)
#: These messages are not there, or not any more.
LOST = (OutboxStatus.REFUSED, OutboxStatus.UNREACHABLE, OutboxStatus.UNKNOWN)


async def start(by: Doing, session_id: int, person_id: int) -> tuple[Meeting, bool]:
    """Show the code of a meeting to this person, in place of the one shown before; whether the doors are open."""
    found = await attending.meeting(by, session_id)
    if not doors_open(found.session.starts_at, found.session.ends_at, by.now):
        return found, False
    mine = (CodeShow.session_id == session_id, CodeShow.person_id == person_id, CodeShow.ended_at.is_(None))
    for former in await by.session.scalars(select(CodeShow).where(*mine).order_by(CodeShow.id)):
        if former.started_at > by.now - MOMENT:
            return found, True
        await _end(by, former)
    minutes = int(by.city.fact("training.code_minutes", MINUTES))
    until = min(found.session.ends_at, by.now + timedelta(minutes=minutes))
    row = CodeShow(session_id=session_id, person_id=person_id, started_at=by.now, until=until, step=step_of(by.now))
    by.session.add(row)
    await by.session.flush()
    await _put(by, row, Deed.SEND, row.step)
    return found, True


async def stop(by: Doing, show_id: int, person_id: int) -> None:
    """Take it away; one that is gone is left alone. Only one's own."""
    row = await by.session.get(CodeShow, show_id, with_for_update=True, populate_existing=True)
    if row is not None and row.person_id != person_id:
        raise Refusal("no_such_session")
    if row is not None and row.ended_at is None:
        await _end(by, row)


async def is_any(session: AsyncSession) -> bool:
    """Whether any code is on show (a look that takes no write lock)."""
    return await session.scalar(select(CodeShow.id).limit(1)) is not None


async def renew(by: Doing) -> dict[str, int]:
    """Put the code of now into every message that shows an older one, and end those whose time is over."""
    statement = select(CodeShow, CourseSession.ends_at).join(CourseSession, CourseSession.id == CodeShow.session_id)
    shown = (await by.session.execute(statement.order_by(CodeShow.id).with_for_update(of=CodeShow))).all()
    sent = await _sent(by, [row for row, _ in shown])
    counts = {"renewed": 0, "ended": 0}
    for row, ends_at in shown:
        status, message_id = sent.get(_key(row, row.step), (OutboxStatus.REFUSED, None))
        row.message_id = row.message_id or message_id
        if status in LOST:
            await by.session.delete(row)
            counts["ended"] += 1
        elif row.ended_at is not None:
            await _end(by, row)
        elif by.now >= min(row.until, ends_at):
            await _end(by, row)
            await _tell_ended(by, row)
            counts["ended"] += 1
        elif row.message_id is not None and row.step != step_of(by.now):
            row.step = step_of(by.now)
            await _put(by, row, Deed.EDIT, row.step)
            counts["renewed"] += 1
    await by.session.flush()
    return counts


async def _end(by: Doing, row: CodeShow) -> None:
    """Take the message away, at once if it is known which one it is, else when that is known."""
    row.ended_at = row.ended_at or by.now
    if row.message_id is None:
        _, row.message_id = (await _sent(by, [row])).get(_key(row, row.step), (None, None))
    if row.message_id is None:
        return
    await _put(by, row, Deed.DELETE, 0)
    await by.session.delete(row)
    await by.session.flush()


async def _sent(by: Doing, rows: Sequence[CodeShow]) -> dict[str, tuple[OutboxStatus, int | None]]:
    """What became of the message of each row that was put last: one query."""
    statement = select(OutboxMessage.key, OutboxMessage.status, OutboxMessage.message_id)
    found = await by.session.execute(statement.where(OutboxMessage.key.in_([_key(row, row.step) for row in rows])))
    return {key: (status, message_id) for key, status, message_id in found}


def _key(row: CodeShow, step: int) -> str:
    return f"{ROOM}:{row.id}:{row.session_id}:{row.person_id}:{step}"


async def _put(by: Doing, row: CodeShow, deed: Deed, step: int) -> None:
    message = {
        "key": _key(row, step),
        "person_id": row.person_id,
        "kind": ROOM,
        "values": {"show": row.id, "session": row.session_id, "person": row.person_id, "until": row.until.isoformat()},
        "lane": Lane.ANSWER,
        "promise": Promise.AT_LEAST_ONCE,
        "not_before": by.now,
        "deed": deed,
        "target_message_id": None if deed is Deed.SEND else row.message_id,
    }
    await outbox.put_many(by.session, [message], by.now)


async def _tell_ended(by: Doing, row: CodeShow) -> None:
    found = await attending.meeting(by, row.session_id)
    await outbox.put(
        by.session,
        key=f"{ENDED}:{row.id}:{row.session_id}:{row.person_id}",
        person_id=row.person_id,
        kind=ENDED,
        now=by.now,
        values={"session": row.session_id, "course": found.course.id, "title": found.course.title},
        lane=Lane.ANSWER,
    )
