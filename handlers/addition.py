"""Adding to an own report: more words and files, or the answer to an officer's question.

| step  | asks              | answered by                       |
|-------|-------------------|-----------------------------------|
| words | what to add       | words, files, albums; send        |

Nothing is added before "send".
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Resume, Ticket
from bot.conversation import END, Question, Step, Talk, begin, choice, chosen, finish, present
from bot.services import complaints
from bot.services.city import know
from bot.services.complaints import Words
from bot.turn import Context, Turn
from bot.views import addition as view
from bot.views import filing, tickets
from handlers.guards import a_fresh_start
from handlers.media import FILES, sent_file
from handlers.my_reports import still
from handlers.report_draft import add_file, append, files_of, first_message, message_of
from handlers.tickets import ticket_of
from models.errors import Refusal
from models.rules.complaint_flow import Action
from models.rules.redaction import is_masked

FLOW = view.FLOW
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Ticket.tag}:answer:"),
            CallbackQueryHandler(start_anew, pattern=f"^{Resume.tag}:anew:{FLOW}-[0-9]+$"),
        ],
        steps=[
            Step(
                "words",
                show_words,
                [choice(send, FLOW, "words"), MessageHandler(PLAIN, take_words), MessageHandler(FILES, take_file)],
            )
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def start(update: Update, context: Context) -> Any:
    """ "Add" under a report, or "answer" under an officer's question."""
    return await _start(update, context.turn, ticket_of(update).complaint_id)


async def start_anew(update: Update, context: Context) -> Any:
    """The same after "start anew" instead of the draft that was open."""
    payload = Resume.decode(update.callback_query.data or "") if update.callback_query else None
    if payload is None:
        raise Refusal("no_such_report")
    return await _start(update, context.turn, int(payload.flow.split("-")[1]))


async def _start(update: Update, turn: Turn, complaint_id: int) -> Any:
    if turn.conversation.flow == FLOW and turn.draft["complaint_id"] == complaint_id:
        return await present(turn)
    complaint = await still(turn, Action.ADD_INFORMATION, complaint_id)
    if complaint is None or not a_fresh_start(update, turn, f"{FLOW}-{complaint_id}"):
        return None
    return await begin(turn, FLOW, "words", complaint_id=complaint_id, code=complaint.code)


async def show_words(turn: Turn) -> Question:
    """What to add, and what is there so far."""
    draft = turn.draft
    screen = view.ask_words(draft["nonce"], draft["code"], draft.get("text", ""), len(draft.get("files", [])))
    return Question(screen, view.question(draft["code"]))


async def take_words(update: Update, context: Context) -> Any:
    """Words join what is there."""
    turn, message = context.turn, message_of(update)
    text = (message.text or "").strip()
    if is_masked(text):
        turn.show(filing.masked())
    append(turn, text, message.message_id)
    return await present(turn)


async def take_file(update: Update, context: Context) -> Any:
    """A file, its caption as words; further pictures of an album come through `routing`."""
    turn, message = context.turn, message_of(update)
    file = sent_file(message)
    if file is None:
        return None
    add_file(turn, file)
    if message.caption:
        append(turn, message.caption.strip(), message.message_id)
    return await present(turn)


async def send(update: Update, context: Context) -> Any:
    """All of it becomes one step of the report."""
    turn, draft = context.turn, context.turn.draft
    words = Words(draft.get("text", ""), files_of(draft), first_message(draft))
    if chosen(update, turn) != view.SEND or not (words.text or words.files):
        return await present(turn)
    if await still(turn, Action.ADD_INFORMATION, draft["complaint_id"]) is None:
        return END
    city = await know(turn.session, turn.now)
    complaint = await complaints.add_information(
        turn.session, city, turn.presser, draft["complaint_id"], words, turn.now
    )
    return finish(turn, tickets.added(complaint))
