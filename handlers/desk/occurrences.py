"""Occurrences: many reports of one thing, answered together.

| step  | asks                                   | answered by                       |
|-------|----------------------------------------|-----------------------------------|
| which | which occurrence the report belongs to | one that exists, a new one        |
| title | what it is called                      | words, or the suggestion          |
| text  | the words for everybody                | words                             |
| check | is it right so                         | send; other words                 |

A report joins by `which` and `title`; an update for all begins at `text`. Nothing leaves before the last press.
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.callbacks import Open, Resume, Ticket
from bot.conversation import Handler, Question, Step, Talk, begin, choice, chosen, finish, go, present
from bot.i18n import Markup
from bot.services import complaints
from bot.services.desk import incidents, reading, similar
from bot.turn import Context, Turn
from bot.views.desk import card as desk_card
from bot.views.desk import occurrences as view
from bot.views.screen import Screen
from handlers.desk import cards
from handlers.guards import a_fresh_start
from handlers.report_draft import message_of
from handlers.tickets import ticket_of
from models.errors import Refusal
from models.rules.complaint_flow import Action
from models.rules.permissions import Desk, require_desk

FLOW = view.FLOW
SHORTEST, LONGEST, LONGEST_TITLE = 4, 2000, 80
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start_group, pattern=f"^{Ticket.tag}:{Action.GROUP}:\\d+:$"),
            CallbackQueryHandler(start_update, pattern=f"^{Open.tag}:({view.TELL}|{view.DONE}):"),
            CallbackQueryHandler(start_again, pattern=f"^{Resume.tag}:anew:{FLOW}\\."),
        ],
        steps=[
            Step("which", show_which, [choice(take_which, FLOW, "which")]),
            Step("title", show_title, [choice(take_suggestion, FLOW, "title"), MessageHandler(PLAIN, take_title)]),
            Step("text", show_text, [MessageHandler(PLAIN, take_text)]),
            Step("check", show_check, [choice(take_check, FLOW, "check"), MessageHandler(PLAIN, take_text)]),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


def handlers() -> list[Handler]:
    """The list, one of them, and the steps of one press."""
    return [
        CommandHandler("kejadian", show_list, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(show_list, pattern=f"^{Open.tag}:{Desk.OCCURRENCES}:"),
        CallbackQueryHandler(show_one, pattern=f"^{Open.tag}:{view.ONE}:"),
        CallbackQueryHandler(show_more, pattern=f"^{Open.tag}:{view.SIMILAR}:"),
        CallbackQueryHandler(join, pattern=f"^{Ticket.tag}:{Action.GROUP}:\\d+:."),
        CallbackQueryHandler(leave, pattern=f"^{Ticket.tag}:{Action.UNGROUP}:"),
    ]


# --- looking ---


async def show_list(update: Update, context: Context) -> Any:
    """/kejadian, the button, or another page."""
    turn = context.turn
    require_desk(turn.presser, Desk.OCCURRENCES)
    turn.show(view.listing(await incidents.listed(await cards.acting(turn), _number(update))))


async def show_one(update: Update, context: Context) -> Any:
    """One occurrence with its reports."""
    context.turn.show(await _one(context.turn, _number(update)))


async def _one(turn: Turn, occurrence_id: int, headline: Markup | None = None) -> Screen:
    acting = await cards.acting(turn)
    what = await incidents.whole(acting, occurrence_id)
    unit = acting.city.units.get(what.occurrence.unit_id or 0)
    return view.whole(what, unit.name if unit is not None else None, headline)


async def show_more(update: Update, context: Context) -> Any:
    """Reports that perhaps belong to it as well."""
    acting = await cards.acting(context.turn)
    what = await incidents.whole(acting, _number(update))
    found = await similar.to_report(acting, what.members[0])
    context.turn.show(view.more(what.occurrence, [one for one in found if one.complaint.occurrence_id is None]))


def _number(update: Update) -> int:
    query = update.callback_query
    payload = Open.decode(query.data) if query is not None and query.data else None
    return payload.page if payload is not None else 0


# --- one press ---


async def join(update: Update, context: Context) -> Any:
    """Put this report into the occurrence that the button names."""
    turn, ticket = context.turn, ticket_of(update)
    complaint = await complaints.reach(turn.session, turn.presser, Action.GROUP, ticket.complaint_id)
    if not reading.is_possible(Action.GROUP, complaint):
        turn.show(await cards.too_late(turn, complaint))
        return
    number = int(ticket.extra) if ticket.extra.isdigit() else 0
    occurrence = await incidents.join(await cards.acting(turn), complaint.id, number)
    turn.show(await _one(turn, occurrence.id, view.grouped(occurrence)))


async def leave(update: Update, context: Context) -> Any:
    """Take this report out of its occurrence."""
    turn, ticket = context.turn, ticket_of(update)
    complaint = await complaints.reach(turn.session, turn.presser, Action.UNGROUP, ticket.complaint_id)
    if complaint.occurrence_id is None:
        turn.show(await cards.too_late(turn, complaint))
        return
    await incidents.leave(await cards.acting(turn), complaint.id)
    turn.show(await cards.card_of(turn, complaint, desk_card.done(Action.UNGROUP)))


# --- a report joins ---


async def start_group(update: Update, context: Context) -> Any:
    """From the card: which occurrence?"""
    return await _start_group(update, context.turn, ticket_of(update).complaint_id)


async def _start_group(update: Update, turn: Turn, complaint_id: int) -> Any:
    complaint = await complaints.reach(turn.session, turn.presser, Action.GROUP, complaint_id)
    if not reading.is_possible(Action.GROUP, complaint):
        turn.show(await cards.too_late(turn, complaint))
        return None
    if not a_fresh_start(update, turn, f"{FLOW}.group.{complaint_id}"):
        return None
    return await begin(turn, FLOW, "which", light=True, id=complaint.id)


async def start_again(update: Update, context: Context) -> Any:
    """The same after the question whether to drop another draft."""
    resume = Resume.decode(update.callback_query.data or "") if update.callback_query else None
    parts = resume.flow.split(".") if resume is not None else []
    if len(parts) != 3 or not parts[2].isdigit():
        raise Refusal("no_such_occurrence")
    if parts[1] == "group":
        return await _start_group(update, context.turn, int(parts[2]))
    return await _start_update(update, context.turn, parts[1], int(parts[2]))


async def show_which(turn: Turn) -> Question:
    """An occurrence near by, or a new one."""
    complaint = await complaints.reach(turn.session, turn.presser, Action.GROUP, turn.draft["id"])
    found = await incidents.choices(await cards.acting(turn), complaint)
    present_one = (await reading.company(turn.session, complaint)).occurrence
    others = [row for row in found if row.code != present_one]
    return Question(view.ask_which(turn.draft["nonce"], complaint, others, present_one), view.question("which"))


async def take_which(update: Update, context: Context) -> Any:
    """Into this one, or on to the name of a new one."""
    turn = context.turn
    value = chosen(update, turn)
    if value == view.NEW:
        return await go(turn, "title")
    if value is None or not value.isdigit():
        return await present(turn)
    occurrence = await incidents.join(await cards.acting(turn), turn.draft["id"], int(value))
    return finish(turn, await _one(turn, occurrence.id, view.grouped(occurrence)))


async def _suggestion(turn: Turn) -> str:
    complaint = await complaints.get(turn.session, turn.draft["id"])
    service = complaint.service.name if complaint.service is not None else None
    return view.suggested_title(service, complaint.area.kelurahan if complaint.area is not None else None)


async def show_title(turn: Turn) -> Question:
    """What it is called."""
    return Question(view.ask_title(turn.draft["nonce"], await _suggestion(turn)), view.question("title"))


async def take_suggestion(update: Update, context: Context) -> Any:
    """The suggested name."""
    turn = context.turn
    return await _open(turn, await _suggestion(turn)) if chosen(update, turn) == view.NEW else await present(turn)


async def take_title(update: Update, context: Context) -> Any:
    """A name in words."""
    turn, text = context.turn, " ".join((message_of(update).text or "").split())
    if len(text) < SHORTEST:
        turn.show(view.too_short())
        return await present(turn)
    return await _open(turn, text[:LONGEST_TITLE])


async def _open(turn: Turn, title: str) -> Any:
    occurrence = await incidents.open_new(await cards.acting(turn), turn.draft["id"], title)
    return finish(turn, await _one(turn, occurrence.id, view.grouped(occurrence)))


# --- an update for all ---


async def start_update(update: Update, context: Context) -> Any:
    """News for everybody, or "it is done"."""
    query = update.callback_query
    payload = Open.decode(query.data) if query is not None and query.data else None
    if payload is None:
        raise Refusal("no_such_occurrence")
    return await _start_update(update, context.turn, payload.what, payload.page)


async def _start_update(update: Update, turn: Turn, what: str, occurrence_id: int) -> Any:
    known = await incidents.whole(await cards.acting(turn), occurrence_id)
    if (Action.PROPOSE_DONE if what == view.DONE else Action.INFORM) not in known.can:
        raise Refusal("nothing_to_tell")
    if not a_fresh_start(update, turn, f"{FLOW}.{what}.{occurrence_id}"):
        return None
    return await begin(turn, FLOW, "text", what=what, occurrence=occurrence_id, title=known.occurrence.title)


async def show_text(turn: Turn) -> Question:
    """What to tell."""
    screen = view.ask_text(turn.draft["nonce"], turn.draft["title"], done=turn.draft["what"] == view.DONE)
    return Question(screen, view.question("text"))


async def take_text(update: Update, context: Context) -> Any:
    """The words; at the check they replace the former ones."""
    turn, text = context.turn, (message_of(update).text or "").strip()
    if len(text) < SHORTEST:
        turn.show(view.too_short())
        return await present(turn)
    if len(text) > LONGEST:
        raise Refusal("text_too_long", most=LONGEST)
    turn.keep(text=text)
    return await present(turn) if turn.conversation.state == "check" else await go(turn, "check")


async def show_check(turn: Turn) -> Question:
    """How it will arrive."""
    screen = view.check(turn.draft["nonce"], turn.draft["title"], turn.draft["text"])
    return Question(screen, view.question("check"))


async def take_check(update: Update, context: Context) -> Any:
    """Send it to everybody."""
    turn = context.turn
    if chosen(update, turn) != view.SEND:
        return await present(turn)
    done, acting = turn.draft["what"] == view.DONE, await cards.acting(turn)
    send = incidents.propose_all_done if done else incidents.tell_all
    reach = await send(acting, turn.draft["occurrence"], turn.draft["text"])
    return finish(turn, await _one(turn, turn.draft["occurrence"], view.sent(reach, done=done)))
