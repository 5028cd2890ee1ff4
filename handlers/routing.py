"""What belongs to a report although nobody pressed anything, looked at before every talk.

Late pictures of an album, the rest of a text that the client split, replies to a notice, typed tracking IDs and
edited messages go where they belong; everything else goes on to the talks.
"""

from __future__ import annotations

from typing import Any

from telegram import Message, Update
from telegram.ext import ApplicationHandlerStop, MessageHandler, filters

from bot.conversation import Handler, present, refresh
from bot.services import complaints, following
from bot.services.city import know
from bot.services.complaints import Words
from bot.services.desk import working
from bot.turn import Context, Turn
from bot.views import addition, filing, tickets
from bot.views.desk import talks as desk_talks
from handlers.desk import cards
from handlers.media import sent_file
from handlers.my_reports import show_own
from handlers.performance.weekly.first_line import takes_first_line
from handlers.report_draft import SHORTEST, add_file, append, goes_on, is_same_album, message_of, rewrite, warn
from handlers.words import move_words
from models.attachment import FilePurpose
from models.rules import ticket_code
from models.rules.complaint_flow import Action
from models.rules.permissions import may, serves
from models.rules.redaction import is_masked

#: Talks whose draft grows by itself.
GROWING = frozenset({filing.FLOW, addition.FLOW})
PRIVATE = filters.ChatType.PRIVATE
DEEP_LINK = "/start t_"
#: Before the talks: a handler group of its own, left by ApplicationHandlerStop when the message found its place.
GROUP = -1


def handlers() -> list[Handler]:
    """New messages and edited ones."""
    return [
        MessageHandler(PRIVATE & filters.UpdateType.MESSAGE, route),
        MessageHandler(PRIVATE & filters.UpdateType.EDITED_MESSAGE, take_edit),
    ]


async def route(update: Update, context: Context) -> Any:
    """The first that the message belongs to takes it."""
    for takes in (late_picture, rest_of_a_text, answer_to_a_notice, typed_code, takes_first_line):
        if await takes(context.turn, message_of(update)):
            raise ApplicationHandlerStop


async def late_picture(turn: Turn, message: Message) -> bool:
    """A picture of an album whose first ones are in the draft, or in a report that was sent already."""
    file = sent_file(message) if message.media_group_id else None
    if file is None:
        return False
    if turn.conversation.flow in GROWING and is_same_album(turn, file):
        add_file(turn, file)
        await refresh(turn)
        return True
    city = await know(turn.session, turn.now)
    answered = await working.join_album(turn.session, city, turn.presser, file, turn.now)
    if answered is not None:
        turn.show(desk_talks.late_picture(answered.code))
        await _back_to_the_question(turn)
        return True
    joined = await following.join_album(turn.session, turn.person, file, turn.now)
    if joined is not None and joined[1] is FilePurpose.REPORT:
        turn.show(filing.late_picture(joined[0].code))
        await _back_to_the_question(turn)
    return joined is not None


async def rest_of_a_text(turn: Turn, message: Message) -> bool:
    """The next piece of a long text, whatever is being asked by now."""
    text = (message.text or "").strip()
    if turn.conversation.flow not in GROWING or not text or text.casefold() in move_words() or not goes_on(turn):
        return False
    append(turn, text, message.message_id)
    await refresh(turn)
    return True


async def answer_to_a_notice(turn: Turn, message: Message) -> bool:
    """A reply to what the bot said about an own report is added to it (one that is over is asked about)."""
    reply, file = message.reply_to_message, sent_file(message)
    text = (message.text or message.caption or "").strip()
    if reply is None or reply.message_id == turn.conversation.message_id or text.startswith("/"):
        return False
    if not (text or file):
        return False
    complaint = await following.replied_to(
        turn.session, turn.person, reply.message_id, reply.text or reply.caption or ""
    )
    city = await know(turn.session, turn.now)
    if complaint is None:
        return False
    if not following.can_still(complaint, Action.ADD_INFORMATION, city, turn.now):
        return False
    if is_masked(text):
        turn.show(filing.masked())
    warn(turn, city, text)
    words = Words(text, (file,) if file else (), message.message_id)
    await complaints.add_information(turn.session, city, turn.presser, complaint.id, words, turn.now)
    turn.show(tickets.added(complaint))
    await _back_to_the_question(turn)
    return True


async def typed_code(turn: Turn, message: Message) -> bool:
    """A tracking ID alone, or a link with one: whoever may see the report sees it, nobody else learns anything."""
    text = (message.text or "").strip()
    linked = text.startswith(DEEP_LINK)
    codes = ticket_code.find(text.removeprefix(DEEP_LINK))
    is_alone = len(codes) == 1 and len(text) < len(codes[0]) + SHORTEST
    if not linked and (turn.conversation.flow is not None or not is_alone or text.startswith("/")):
        return False
    complaint = await following.by_code(turn.session, codes[0]) if codes else None
    if complaint is None or not may(turn.presser, Action.VIEW, complaint.record()):
        turn.show(tickets.unknown_code())
    elif serves(turn.presser, complaint.record()):
        await cards.show_card(turn, complaint.id)
    else:
        await show_own(turn, complaint.id)
    await _back_to_the_question(turn)
    return True


async def take_edit(update: Update, context: Context) -> Any:
    """An edited message replaces its words in the draft; of a sent report the old ones stay and the new are added."""
    turn, message = context.turn, message_of(update)
    text = (message.text or message.caption or "").strip()
    if turn.conversation.flow in GROWING and rewrite(turn, text, message.message_id):
        await refresh(turn)
        return
    found = await following.rewritten(turn.session, turn.person, message.message_id)
    if found is None or not text or found[1] == text:
        return
    complaint, city = found[0], await know(turn.session, turn.now)
    if following.can_still(complaint, Action.ADD_INFORMATION, city, turn.now):
        words = Words(text, message_id=message.message_id, edited=True)
        await complaints.add_information(turn.session, city, turn.presser, complaint.id, words, turn.now)
        turn.show(tickets.changed(complaint))
    else:
        turn.show(tickets.too_late_to_change(complaint))
    await _back_to_the_question(turn)


async def _back_to_the_question(turn: Turn) -> None:
    """Whatever came in between, the open question is asked again."""
    if turn.conversation.flow is not None:
        await present(turn)
