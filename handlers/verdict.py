"""The resident's verdict on a follow-up, and coming back after the closing.

| step   | asks                                      | answered by      |
|--------|-------------------------------------------|------------------|
| why    | what is still wrong (not solved, reopen)  | words, skip      |
| reason | why the score is low, after it is stored  | words, skip      |

"Solved" itself needs two presses and no talk, so that it works in the middle of another one.
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Resume, Ticket
from bot.conversation import Handler, Question, Step, Talk, begin, choice, chosen, finish, present
from bot.services import following, verdicts
from bot.services.city import City, know
from bot.services.complaints import Words
from bot.services.satisfaction import offers
from bot.services.surveys import LOW
from bot.turn import Context, Turn
from bot.views import verdict as view
from bot.views.satisfaction.survey import offer
from bot.views.screen import Rows
from handlers.guards import a_fresh_start
from handlers.my_reports import still
from handlers.report_draft import message_of
from handlers.tickets import ticket_of
from handlers.words import SKIPS
from models.complaint import Complaint
from models.errors import Refusal
from models.rules.complaint_flow import Action
from models.survey import Channel

FLOW = view.FLOW
#: Verb of a button → what it does to the report once the words are there.
VERBS = {"not_solved": Action.DISPUTE, "reopen": Action.REOPEN}
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
LONGEST = 3000


def handlers() -> list[Handler]:
    """Solved, and the score."""
    return [
        CallbackQueryHandler(ask_score, pattern=f"^{Ticket.tag}:solved:"),
        CallbackQueryHandler(take_score, pattern=f"^{Ticket.tag}:score:[0-9]+:[1-4]$"),
    ]


def talk() -> Talk:
    """The table of the conversation."""
    verbs = "|".join(VERBS)
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Ticket.tag}:({verbs}):"),
            CallbackQueryHandler(start_anew, pattern=f"^{Resume.tag}:anew:{FLOW}-"),
            CallbackQueryHandler(start_reason, pattern=f"^{Ticket.tag}:low:"),
        ],
        steps=[
            Step("why", show_why, [choice(skip_why, FLOW, "why"), MessageHandler(PLAIN, take_why)]),
            Step("reason", show_reason, [choice(skip_reason, FLOW, "reason"), MessageHandler(PLAIN, take_reason)]),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


# --- solved ---


async def ask_score(update: Update, context: Context) -> Any:
    """ "Solved": how good was it?"""
    turn = context.turn
    complaint = await still(turn, Action.CONFIRM, ticket_of(update).complaint_id)
    if complaint is not None:
        turn.show(view.ask_score(complaint))


async def take_score(update: Update, context: Context) -> Any:
    """The score closes the report; a low one may say why and may come back."""
    turn, ticket = context.turn, ticket_of(update)
    complaint = await still(turn, Action.CONFIRM, ticket.complaint_id)
    if complaint is None:
        return
    city = await know(turn.session, turn.now)
    score = int(ticket.extra)
    await verdicts.confirm(turn.session, city, turn.presser, complaint.id, score, turn.now)
    turn.show(view.thanks(complaint, is_low=score in LOW, survey=await _survey(turn, city, complaint)))


async def _survey(turn: Turn, city: City, complaint: Complaint) -> Rows:
    """The offer of the nine questions about the report's service."""
    service_id = complaint.service_id or 0
    if not await offers.can_offer(turn.session, city, turn.person, service_id, turn.now):
        return ()
    return (offer(service_id, Channel.TICKET.value, complaint.id),)


# --- not solved, and back after the closing ---


async def start(update: Update, context: Context) -> Any:
    """ "Not solved" or "reopen": what is still wrong?"""
    ticket = ticket_of(update)
    return await _start(update, context.turn, ticket.verb, ticket.complaint_id)


async def start_anew(update: Update, context: Context) -> Any:
    """The same after "start anew" instead of the draft that was open."""
    payload = Resume.decode(update.callback_query.data or "") if update.callback_query else None
    _flow, verb, number = (payload.flow if payload else "").split("-")
    if verb not in (*VERBS, "low"):
        raise Refusal("no_such_report")
    return await _start(update, context.turn, verb, int(number))


async def start_reason(update: Update, context: Context) -> Any:
    """Why the score is low."""
    return await _start(update, context.turn, "low", ticket_of(update).complaint_id)


async def _start(update: Update, turn: Turn, verb: str, complaint_id: int) -> Any:
    if _is_open(turn, verb, complaint_id):
        return await present(turn)
    complaint = await following.own(turn.session, turn.presser, complaint_id)
    if verb in VERBS and await still(turn, VERBS[verb], complaint_id) is None:
        return None
    if not a_fresh_start(update, turn, f"{FLOW}-{verb}-{complaint_id}"):
        return None
    step = "why" if verb in VERBS else "reason"
    return await begin(turn, FLOW, step, verb=verb, complaint_id=complaint_id, code=complaint.code)


def _is_open(turn: Turn, verb: str, complaint_id: int) -> bool:
    draft = turn.draft
    return turn.conversation.flow == FLOW and (draft["verb"], draft["complaint_id"]) == (verb, complaint_id)


async def show_why(turn: Turn) -> Question:
    """What is still wrong."""
    draft = turn.draft
    return Question(view.ask_why(draft["nonce"], draft["code"]), view.why())


async def skip_why(update: Update, context: Context) -> Any:
    """Without words."""
    turn = context.turn
    return await present(turn) if chosen(update, turn) is None else await _judge(turn, Words())


async def take_why(update: Update, context: Context) -> Any:
    """In the resident's words."""
    text = (message_of(update).text or "").strip()[:LONGEST]
    said = "" if text.casefold() in SKIPS else text
    return await _judge(context.turn, Words(said, message_id=message_of(update).message_id))


async def _judge(turn: Turn, words: Words) -> Any:
    draft, city = turn.draft, await know(turn.session, turn.now)
    judge = verdicts.dispute if VERBS[draft["verb"]] is Action.DISPUTE else verdicts.reopen
    complaint = await judge(turn.session, city, turn.presser, draft["complaint_id"], words, turn.now)
    return finish(turn, view.judged(complaint, city.fact("ombudsman.contact")))


# --- why the score is low ---


async def show_reason(turn: Turn) -> Question:
    """Why the score is low."""
    return Question(view.ask_reason(turn.draft["nonce"]), view.what_lacked())


async def skip_reason(update: Update, context: Context) -> Any:
    """Without words."""
    turn = context.turn
    return await present(turn) if chosen(update, turn) is None else finish(turn, view.reason_skipped())


async def take_reason(update: Update, context: Context) -> Any:
    """In the resident's words."""
    turn, text = context.turn, (message_of(update).text or "").strip()[:LONGEST]
    if text.casefold() in SKIPS:
        return finish(turn, view.reason_skipped())
    city = await know(turn.session, turn.now)
    await verdicts.explain(turn.session, city, turn.presser, turn.draft["complaint_id"], text, turn.now)
    return finish(turn, view.reason_taken())
