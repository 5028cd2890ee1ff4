"""Who presses, as the services of broadcasts want it; words with their formatting out of a message."""

from __future__ import annotations

from telegram import Message

from bot.services.broadcasts.composing import CAPTIONED, Words
from bot.services.broadcasts.desk import Announcing
from bot.services.city import know
from bot.turn import Turn
from handlers.media import sent_file
from models.errors import Refusal
from models.rules.formatting import Span, html_of
from models.rules.permissions import Desk, require_desk


async def announcing(turn: Turn, *, anybody: bool = False) -> Announcing:
    """Whoever may announce (`anybody`: an approver of another role, too); refused with `not_your_role`."""
    if not anybody:
        require_desk(turn.presser, Desk.BROADCASTS)
    return Announcing(turn.session, await know(turn.session, turn.now), turn.presser, turn.now)


def words_of(message: Message) -> Words:
    """Its text or caption with the formatting that is kept, and its one file."""
    text = message.text or message.caption or ""
    spans = [
        Span(one.type, one.offset, one.length, one.url or "") for one in (*message.entities, *message.caption_entities)
    ]
    found = sent_file(message)
    if found is None:
        return Words(text, html_of(text, spans))
    if found.kind.value not in CAPTIONED or message.media_group_id is not None:
        raise Refusal("one_file_only")
    return Words(text, html_of(text, spans), (found.kind.value, found.file_id))
