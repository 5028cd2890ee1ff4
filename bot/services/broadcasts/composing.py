"""Writing a broadcast: the draft is a row of its own, so nothing is lost when the talk is left half-way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.callbacks import React
from bot.config import LANGUAGES
from bot.i18n import SOURCE_LANGUAGE
from bot.services.broadcasts.desk import Announcing, own_draft
from models.broadcasts.broadcast import Broadcast, BroadcastKind, BroadcastStatus, Repeat
from models.errors import Refusal
from models.rules.audience import Audience, Circle
from models.rules.formatting import units
from models.training.course import Course, CourseStatus

#: Telegram's longest message, and its longest text below a file. Our tags count here, which is on the safe side.
LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024
LONGEST_TITLE, LONGEST_LABEL, MOST_BUTTONS = 60, 40, 8
MOST_COURSES = 40
#: The kinds of files that carry a text.
CAPTIONED = ("photo", "video", "document")
_LINK = re.compile(r"https?://[^\s.]+\.\S+")
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Words:
    """What was written: plain, as HTML, and the one file it came with (kind, file_id)."""

    plain: str
    html: str
    file: tuple[str, str] | None = None


async def begin(by: Announcing, kind: BroadcastKind) -> Broadcast:
    """A new draft."""
    if not by.announces:
        raise Refusal("not_your_role")
    row = Broadcast(
        kind=kind, title="", audience=Audience().stored(), author_id=by.employee_id, created_at=by.now, contents={}
    )
    by.session.add(row)
    await by.session.flush()
    return row


async def rename(by: Announcing, broadcast_id: int, kind: BroadcastKind) -> Broadcast:
    """The draft is about something else; residents are no audience of an order."""
    row = await own_draft(by, broadcast_id)
    row.kind = kind
    if kind is BroadcastKind.ORDER and Audience.read(row.audience).circle is Circle.RESIDENTS:
        row.audience = Audience().stored()
    await by.session.flush()
    return row


async def write(by: Announcing, broadcast_id: int, words: Words) -> Broadcast:
    """Its text in the city's own language, with its file. Other languages stay as they are."""
    row = await own_draft(by, broadcast_id)
    files = [list(words.file)] if words.file is not None else []
    require_fitting(words, has_file=bool(files))
    row.title = title_of(words.plain)
    row.contents = {**row.contents, SOURCE_LANGUAGE: words.html}
    row.files = files
    for text in row.contents.values():
        _require_size(text, bool(files))
    await by.session.flush()
    return row


async def translate(by: Announcing, broadcast_id: int, language: str, words: Words) -> Broadcast:
    """Its text in one more language, below the same file."""
    row = await own_draft(by, broadcast_id)
    if language not in LANGUAGES or language == SOURCE_LANGUAGE:
        raise Refusal("no_such_language")
    require_fitting(words, has_file=bool(row.files))
    row.contents = {**row.contents, language: words.html}
    await by.session.flush()
    return row


def require_fitting(words: Words, *, has_file: bool) -> None:
    """Refused with `no_words` or `text_too_long`."""
    if not words.plain.strip():
        raise Refusal("no_words")
    _require_size(words.html, has_file)


def _require_size(html: str, has_file: bool) -> None:
    most = LONGEST_CAPTION if has_file else LONGEST_TEXT
    if units(html) > most:
        raise Refusal("text_too_long", most=most)


def title_of(plain: str) -> str:
    """The first line, for the list."""
    first = next((line.strip() for line in plain.splitlines() if line.strip()), "")
    return first if len(first) <= LONGEST_TITLE else first[: LONGEST_TITLE - 1].rstrip() + "…"


async def add_buttons(by: Announcing, broadcast_id: int, lines: Sequence[str]) -> Broadcast:
    """A button for each line: "Label | https://…" opens a link, anything else is an answer."""
    row = await own_draft(by, broadcast_id)
    made = [_button(row, line.strip(), number) for number, line in enumerate(lines, len(row.buttons)) if line.strip()]
    if not made or len(row.buttons) + len(made) > MOST_BUTTONS:
        raise Refusal("too_many_buttons" if made else "no_words", most=MOST_BUTTONS)
    row.buttons = [*row.buttons, *([one] for one in made)]
    await by.session.flush()
    return row


async def clear_buttons(by: Announcing, broadcast_id: int) -> Broadcast:
    """None of them."""
    row = await own_draft(by, broadcast_id)
    row.buttons = []
    await by.session.flush()
    return row


def _button(row: Broadcast, line: str, number: int) -> dict[str, Any]:
    label, bar, link = (part.strip() for part in line.partition("|"))
    if not label or len(label) > LONGEST_LABEL:
        raise Refusal("button_label", most=LONGEST_LABEL)
    if bar:
        if not _LINK.fullmatch(link):
            raise Refusal("button_link")
        return {"label": label, "url": link}
    return {"label": label, "data": React(row.id, f"b{number}").encode()}


def asks(row: Broadcast) -> bool:
    """Whether one of its buttons is an answer."""
    return bool(labels(row))


def labels(row: Broadcast) -> dict[str, str]:
    """Its answers: the button's own name → what it says."""
    found = {}
    for line in row.buttons:
        for one in line:
            payload = React.decode(one.get("data") or "")
            if payload is not None:
                found[payload.button] = one["label"]
    return found


async def aim(by: Announcing, broadcast_id: int, audience: Audience) -> Broadcast:
    """For whom it is. Residents who agreed to news get no orders; whoever is listed was listed."""
    row = await own_draft(by, broadcast_id)
    if audience.circle is Circle.RESIDENTS and row.kind is BroadcastKind.ORDER:
        raise Refusal("orders_are_for_staff")
    row.audience = audience.stored()
    await by.session.flush()
    return row


async def set_time(by: Announcing, broadcast_id: int, at: datetime | None, repeat: Repeat) -> Broadcast:
    """When it goes out (None: at once) and how often; refused with `moment_is_over`."""
    row = await own_draft(by, broadcast_id)
    if at is not None and at <= by.now:
        raise Refusal("moment_is_over")
    row.send_at, row.repeat = at, repeat
    await by.session.flush()
    return row


async def set_reminder(by: Announcing, broadcast_id: int, days: int | None) -> Broadcast:
    """After how many days whoever did not answer is reminded."""
    row = await own_draft(by, broadcast_id)
    row.remind_after_days = days
    await by.session.flush()
    return row


async def discard(by: Announcing, broadcast_id: int) -> Broadcast:
    """Throw the draft away."""
    row = await own_draft(by, broadcast_id)
    row.move(BroadcastStatus.CANCELLED, by.now, actor_id=by.presser.person_id)
    await by.session.flush()
    return row


async def courses(session: AsyncSession) -> dict[int, str]:
    """Courses by which an audience can be found, the newest first."""
    statement = (
        select(Course.id, Course.title)
        .where(Course.status != CourseStatus.DRAFT)
        .order_by(Course.id.desc())
        .limit(MOST_COURSES)
    )
    return {course_id: title for course_id, title in await session.execute(statement)}


def toggled(audience: Audience, field: str, value: Any) -> Audience:
    """The filter with this value of a field added, or taken out."""
    held = getattr(audience, field)
    changed: dict[str, Any] = {field: tuple(v for v in held if v != value) if value in held else (*held, value)}
    return replace(audience, **changed)
