"""What is decided about a broadcast: sending, a second person's yes or no, holding, changing, taking it back."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import SOURCE_LANGUAGE
from bot.services import audit, notices, outbox
from bot.services.broadcasts import audiences, reminding, sending, showing
from bot.services.broadcasts.composing import LONGEST_CAPTION, LONGEST_TEXT, Words, asks, require_fitting, title_of
from bot.services.broadcasts.desk import Announcing, approval_above, approves, own_draft, reach, ways
from models.broadcasts.broadcast import NEXT, Broadcast, BroadcastStatus, Repeat
from models.employee import Employee
from models.errors import Refusal
from models.outbox import Deed
from models.rules.redaction import mask_numbers

SUBJECT = "broadcast"
LONGEST_REASON = 500


async def send(by: Announcing, broadcast_id: int, chat_id: int, message_id: int | None) -> Broadcast:
    """Off it goes: at once, at its time, or first to whoever approves. The pressed message shows how far it is."""
    row = await own_draft(by, broadcast_id)
    if not row.contents.get(SOURCE_LANGUAGE):
        raise Refusal("no_words")
    found = await audiences.reach(by.session, by.city, row, by.today)
    if found.people == 0:
        raise Refusal("nobody_in_audience")
    if row.send_at is not None and row.send_at <= by.now:
        raise Refusal("moment_is_over")
    row.progress_chat_id, row.progress_message_id, row.people = chat_id, message_id, found.people
    row.send_at = row.send_at or by.now
    must_wait = found.people > approval_above(by.city)
    row.move(BroadcastStatus.WAITING if must_wait else BroadcastStatus.SCHEDULED, by.now, actor_id=by.presser.person_id)
    _note(by, row, "broadcast_sent", people=found.people, kind=row.kind.value)
    await by.session.flush()
    if must_wait:
        await _ask_approvers(by, row)
    else:
        await _begin_now(by, row)
    return row


async def _begin_now(by: Announcing, row: Broadcast) -> None:
    await showing.begin_if_due(by.session, by.city, row.id, by.now)


async def _ask_approvers(by: Announcing, row: Broadcast) -> None:
    """Everybody who may approve is asked, but never the author."""
    codes = {unit.code: unit.id for unit in by.city.units.values()}
    people: set[int] = set()
    for role, code in ways(by):
        people |= set(await notices.holders(by.session, by.today, role, codes.get(code) if code else None))
    author = await by.session.get_one(Employee, row.author_id)
    people.discard(author.person_id or 0)
    if not people:
        raise Refusal("nobody_approves")
    for person_id in sorted(people):
        await outbox.put(
            by.session,
            key=f"broadcast_waits:{row.id}:{row.version}:{person_id}",
            person_id=person_id,
            kind="broadcast_waits",
            now=by.now,
            values={
                "waiting_id": row.id,
                "title": row.title,
                "author": author.name,
                "people": row.people,
                "kind": row.kind.value,
            },
        )


async def approve(by: Announcing, broadcast_id: int) -> Broadcast:
    """A second person's yes; refused for the author and for whoever comes second (`broadcast_not_now`)."""
    row = await _for_approval(by, broadcast_id)
    row.approver_id = by.employee_id
    row.move(BroadcastStatus.SCHEDULED, by.now, actor_id=by.presser.person_id)
    _note(by, row, "broadcast_approved")
    await by.session.flush()
    await _tell_author(by, row, "broadcast_approved")
    await _begin_now(by, row)
    return row


async def give_back(by: Announcing, broadcast_id: int, reason: str) -> Broadcast:
    """A second person's no: the draft is its author's again, with the reason."""
    row = await _for_approval(by, broadcast_id)
    why = mask_numbers(reason.strip())[0][:LONGEST_REASON]
    if not why:
        raise Refusal("reason_missing")
    row.move(BroadcastStatus.DRAFT, by.now, actor_id=by.presser.person_id, text=why)
    if row.send_at is not None and row.send_at <= by.now and row.repeat is Repeat.NEVER:
        row.send_at = None
    _note(by, row, "broadcast_returned")
    await by.session.flush()
    await _tell_author(by, row, "broadcast_returned", reason=why)
    return row


async def require_approver(by: Announcing, broadcast_id: int) -> Broadcast:
    """Whoever presses may decide about it now."""
    return await _for_approval(by, broadcast_id)


async def _for_approval(by: Announcing, broadcast_id: int) -> Broadcast:
    row = await reach(by, broadcast_id, lock=True)
    if not approves(by, row):
        raise Refusal("not_your_own_broadcast" if row.author_id == by.presser.employee_id else "not_your_role")
    if row.status is not BroadcastStatus.WAITING:
        raise Refusal("broadcast_not_now")
    return row


async def _tell_author(by: Announcing, row: Broadcast, kind: str, **values: object) -> None:
    author = await by.session.get_one(Employee, row.author_id)
    if author.person_id is None:
        return
    await outbox.put(
        by.session,
        key=f"{kind}:{row.id}:{row.version}",
        person_id=author.person_id,
        kind=kind,
        now=by.now,
        values={"told_id": row.id, "title": row.title, **values},
    )


async def pause(by: Announcing, broadcast_id: int) -> Broadcast:
    """Hold what is not sent yet."""
    row = await steered(by, broadcast_id)
    await sending.pause(by.session, row, by.now, actor_id=by.presser.person_id)
    _note(by, row, "broadcast_paused")
    return row


async def resume(by: Announcing, broadcast_id: int) -> Broadcast:
    """Go on."""
    row = await steered(by, broadcast_id)
    await sending.resume(by.session, row, by.now, actor_id=by.presser.person_id)
    _note(by, row, "broadcast_resumed")
    return row


async def cancel(by: Announcing, broadcast_id: int) -> Broadcast:
    """Send no more of it."""
    row = await steered(by, broadcast_id)
    await sending.cancel(by.session, row, by.now, actor_id=by.presser.person_id)
    _note(by, row, "broadcast_cancelled")
    return row


async def change(by: Announcing, broadcast_id: int, texts: Mapping[str, Words]) -> int:
    """Other words in place of those that were sent, in each of its languages; how many messages change."""
    row = await changeable(by, broadcast_id)
    for language, words in texts.items():
        require_fitting(words, has_file=bool(row.files))
        row.contents = {**row.contents, language: words.html}
    if SOURCE_LANGUAGE in texts:
        row.title = title_of(texts[SOURCE_LANGUAGE].plain)
    _note(by, row, "broadcast_changed")
    return await sending.change(by.session, row, by.now)


async def changeable(by: Announcing, broadcast_id: int) -> Broadcast:
    """One that was sent, so that its words can be changed; refused with `broadcast_not_now`."""
    row = await steered(by, broadcast_id)
    if row.run == 0 or await _is_taken_back(by, row):
        raise Refusal("broadcast_not_now")
    return row


async def take_back(by: Announcing, broadcast_id: int) -> int:
    """Delete it in the readers' chats, where Telegram still lets us; how many. What waits is not sent any more."""
    row = await steered(by, broadcast_id)
    if row.run == 0:
        raise Refusal("broadcast_not_now")
    if BroadcastStatus.CANCELLED in NEXT[row.status]:
        await sending.cancel(by.session, row, by.now, actor_id=by.presser.person_id)
    taken = await sending.take_back(by.session, row, by.now)
    _note(by, row, "broadcast_taken_back", people=taken)
    return taken


async def remind(by: Announcing, broadcast_id: int) -> int:
    """Remind those who got it and did not answer, once a run; refused with `reminded_already` or `asks_nothing`."""
    row = await steered(by, broadcast_id)
    if row.run == 0 or row.status is BroadcastStatus.CANCELLED:
        raise Refusal("broadcast_not_now")
    if not asks(row):
        raise Refusal("asks_nothing")
    if row.reminded_run >= row.run:
        raise Refusal("reminded_already")
    reminded = await reminding.remind(by.session, row, by.now)
    _note(by, row, "broadcast_reminded", people=reminded)
    return reminded


async def steered(by: Announcing, broadcast_id: int) -> Broadcast:
    """One that whoever presses may hold, change or end."""
    row = await reach(by, broadcast_id, lock=True)
    if not by.announces:
        raise Refusal("not_your_role")
    return row


async def _is_taken_back(by: Announcing, row: Broadcast) -> bool:
    return (await sending.progress(by.session, row, Deed.DELETE)).total > 0


def longest(row: Broadcast) -> int:
    """How long its text may be."""
    return LONGEST_CAPTION if row.files else LONGEST_TEXT


def _note(by: Announcing, row: Broadcast, action: str, **facts: object) -> None:
    audit.record(by.session, action, SUBJECT, row.id, by.now, new=facts)
