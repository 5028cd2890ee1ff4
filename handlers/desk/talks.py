"""The desk's talk: every step that needs words or a choice.

| step      | asks                               | answered by                                   |
|-----------|------------------------------------|-----------------------------------------------|
| class     | what kind of report it really is   | button                                        |
| addressee | who is competent                   | button                                        |
| reason    | duplicate or spam                  | button                                        |
| main      | the same as which report           | button, its number, unknown                   |
| unit      | which unit                         | suggestion, words to search by                |
| text      | the words                          | words, a template, files with or without them |
| check     | is it right so                     | send; other words; more files                 |

Which of them are asked depends on the action (`PATHS`). Nothing leaves before the last press.
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Resume, Ticket
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, go, present
from bot.services import complaints, finding
from bot.services.city import know
from bot.services.desk import reading, similar, verifying
from bot.turn import CURRENT, Context, Turn
from bot.views.desk import card as desk_card
from bot.views.desk import talks as view
from bot.views.screen import Screen
from handlers.desk import cards as desks
from handlers.desk import words as desk_words
from handlers.desk.deeds import DEEDS, complaint_of
from handlers.guards import a_fresh_start
from handlers.report_draft import message_of
from models.errors import Refusal
from models.rules.complaint_flow import Action, ArchiveReason

FLOW = view.FLOW
#: Action → the questions it needs.
PATHS: dict[Action, tuple[str, ...]] = {
    Action.VERIFY: ("class",),
    Action.DISPOSE: ("unit",),
    Action.ASK_COMPLETION: ("text", "check"),
    Action.DECLARE_NOT_OURS: ("addressee", "text", "check"),
    Action.ARCHIVE: ("reason", "main", "text", "check"),
    Action.TRANSFER: ("unit", "text", "check"),
    Action.ASK_RESIDENT: ("text", "check"),
    Action.NOTE: ("text", "check"),
    Action.REPLY: ("text", "check"),
    Action.PROPOSE_DONE: ("text", "check"),
    Action.RELEASE: ("text", "check"),
    Action.RETURN: ("text", "check"),
}
SUGGESTIONS = 6
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def talk() -> Talk:
    """The table of the conversation."""
    verbs = "|".join(action.value for action in PATHS)
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Ticket.tag}:({verbs}):\\d+:$"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.({verbs})\\.\\d+$"),
        ],
        steps=[
            Step("class", show_class, [choice(take_class, FLOW, "class")]),
            Step("addressee", show_addressee, [choice(take_addressee, FLOW, "addressee")]),
            Step("reason", show_reason, [choice(take_reason, FLOW, "reason")]),
            Step("main", show_main, [choice(take_main, FLOW, "main"), MessageHandler(PLAIN, find_main)]),
            Step("unit", show_unit, [choice(take_unit, FLOW, "unit"), MessageHandler(PLAIN, search_unit)]),
            *desk_words.steps(FLOW, _onward),
        ],
        cancelled=cancelled,
        help=view.help_text,
    )


def cancelled() -> Screen:
    """What a cancel says, with the way back to the report."""
    return view.cancelled(CURRENT.get().draft["id"])


# --- how it begins, what it comes to ---


async def start(update: Update, context: Context) -> Any:
    """A button of the card: ask the first question of its action, or say who was faster."""
    turn = context.turn
    action, complaint_id = _wanted(update)
    complaint = await complaints.reach(turn.session, turn.presser, action, complaint_id)
    if not reading.is_possible(action, complaint):
        turn.show(await desks.too_late(turn, complaint))
        return None
    is_empty = turn.conversation.flow == FLOW and not (turn.draft.get("text") or turn.draft.get("files"))
    if not is_empty and not a_fresh_start(update, turn, f"{FLOW}.{action}.{complaint_id}"):
        return None
    known = {"id": complaint.id, "code": complaint.code, "restricted": complaint.record().restricted}
    return await begin(turn, FLOW, PATHS[action][0], verb=action.value, **known)


def _wanted(update: Update) -> tuple[Action, int]:
    data = (update.callback_query.data if update.callback_query else None) or ""
    ticket, resume = Ticket.decode(data), Resume.decode(data)
    if ticket is not None:
        return Action(ticket.verb), ticket.complaint_id
    if resume is not None:
        _flow, verb, number = resume.flow.split(".")
        return Action(verb), int(number)
    raise Refusal("no_such_report")


async def _onward(turn: Turn) -> Any:
    """The next question of the path; after the last one it is done."""
    path = PATHS[Action(turn.draft["verb"])]
    place = path.index(turn.conversation.state or path[0])
    step = next((step for step in path[place + 1 :] if _is_asked(turn, step)), None)
    return await go(turn, step) if step is not None else await _act(turn)


def _is_asked(turn: Turn, step: str) -> bool:
    """Spam repeats no other report, and a restricted one is merged with none."""
    return step != "main" or (turn.draft["reason"] == ArchiveReason.DUPLICATE and not turn.draft.get("restricted"))


async def _act(turn: Turn) -> Any:
    action = Action(turn.draft["verb"])
    complaint = await complaint_of(turn)
    if not reading.is_possible(action, complaint):
        return finish(turn, await desks.too_late(turn, complaint))
    await DEEDS[action](await desks.acting(turn), turn.draft)
    waits = action is Action.PROPOSE_DONE and complaint.held_at is not None
    return finish(turn, await desks.card_of(turn, complaint, desk_card.held() if waits else desk_card.done(action)))


# --- choices ---


async def show_class(turn: Turn) -> Question:
    """What kind of report it really is."""
    complaint = await complaint_of(turn)
    present_class = complaint.report_class.value + ("_inspection" if complaint.needs_inspection else "")
    days = (await know(turn.session, turn.now)).limits.working_days
    screen = view.ask_class(turn.draft["nonce"], complaint.code, present_class, days)
    return Question(screen, view.question("class", complaint.code))


async def take_class(update: Update, context: Context) -> Any:
    """The class decides the promised date."""
    turn = context.turn
    value = chosen(update, turn)
    if value not in view.CLASS_CHOICES:
        return await present(turn)
    turn.keep(**{"class": value})
    return await _onward(turn)


async def show_addressee(turn: Turn) -> Question:
    """Who is competent."""
    complaint, city = await complaint_of(turn), await know(turn.session, turn.now)
    options = [(str(row.id), row.name) for row in verifying.addressees_for(city, complaint.text)]
    screen = view.ask_addressee(turn.draft["nonce"], complaint.code, options)
    return Question(screen, view.question("addressee", complaint.code))


async def take_addressee(update: Update, context: Context) -> Any:
    """The competent one."""
    turn, city = context.turn, await know(context.turn.session, context.turn.now)
    value = chosen(update, turn)
    if value is None or not value.isdigit() or int(value) not in city.addressees:
        return await present(turn)
    turn.keep(addressee=int(value))
    return await _onward(turn)


async def show_reason(turn: Turn) -> Question:
    """Why it is put away."""
    code = turn.draft["code"]
    return Question(view.ask_reason(turn.draft["nonce"], code), view.question("reason", code))


async def take_reason(update: Update, context: Context) -> Any:
    """Duplicate or spam."""
    turn = context.turn
    value = chosen(update, turn)
    if value is None or value not in list(ArchiveReason):
        return await present(turn)
    turn.keep(reason=value, main=None)
    return await _onward(turn)


async def show_main(turn: Turn) -> Question:
    """Which report it repeats."""
    complaint = await complaint_of(turn)
    mains = await similar.to_report(await desks.acting(turn), complaint)
    options = [(str(one.complaint.id), view.main_label(one.complaint.code, one.complaint.text)) for one in mains]
    screen = view.ask_main(turn.draft["nonce"], complaint.code, options)
    return Question(screen, view.question("main", complaint.code))


async def take_main(update: Update, context: Context) -> Any:
    """One of the likely ones, or unknown."""
    turn = context.turn
    value = chosen(update, turn)
    if value != view.UNKNOWN_MAIN and not (value or "").isdigit():
        return await present(turn)
    turn.keep(main=int(value) if value is not None and value.isdigit() else None)
    return await _onward(turn)


async def find_main(update: Update, context: Context) -> Any:
    """Its number, typed."""
    turn = context.turn
    main = await similar.by_words(await desks.acting(turn), message_of(update).text or "")
    if main is None or main.id == turn.draft["id"]:
        turn.show(view.main_unknown())
        return await present(turn)
    turn.keep(main=main.id)
    return await _onward(turn)


async def show_unit(turn: Turn) -> Question:
    """Which unit."""
    complaint, city = await complaint_of(turn), await know(turn.session, turn.now)
    found = finding.suggest(city, turn.draft.get("search") or complaint.text, SUGGESTIONS)
    screen = view.ask_unit(turn.draft["nonce"], complaint.code, [(match.value, match.name) for match in found])
    return Question(screen, view.question("unit", complaint.code))


async def take_unit(update: Update, context: Context) -> Any:
    """A unit, or the unit of a service."""
    turn, city = context.turn, await know(context.turn.session, context.turn.now)
    value = chosen(update, turn)
    if value is None or value == finding.UNSURE or not finding.exists(city, value):
        return await present(turn)
    turn.keep(target=value)
    return await _onward(turn)


async def search_unit(update: Update, context: Context) -> Any:
    """Words to search by."""
    context.turn.keep(search=(message_of(update).text or "").strip()[:200])
    return await present(context.turn)
