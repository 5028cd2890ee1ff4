"""The talk about an improvement: planning one, changing one thing of it, saying what came of it.

| step   | asks                          | answered by                |
|--------|-------------------------------|----------------------------|
| class  | which reports it answers      | button                     |
| title  | what will be improved         | words, the proposal        |
| owner  | who of the unit owes it       | button                     |
| due    | until when                    | button, a date in words    |
| check  | is it right so                | save; change one of them   |
| result | what came of it               | words                      |
| reason | why it is dropped             | words                      |

Which of them are asked depends on what was pressed (`PATHS`).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Plan, Resume
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, go, present
from bot.services.satisfaction import improved, improvements
from bot.services.satisfaction.improvements import LONGEST_TITLE, Planned
from bot.services.satisfaction.plans import Finding
from bot.turn import Context, Turn
from bot.views.satisfaction import planning as view
from bot.views.satisfaction.plans import proposed
from handlers.guards import a_fresh_start
from handlers.report_draft import message_of
from handlers.satisfaction.improvements import card_of, deciding
from handlers.satisfaction.plan_start import a_beginning, wanted
from models.complaint import ReportClass
from models.errors import Refusal
from models.rules.dates import months_after, parse_day
from models.rules.improvements import term_of
from models.rules.skm import Element

FLOW = view.FLOW
#: What was pressed → the questions it needs.
PATHS: dict[str, tuple[str, ...]] = {
    "make": ("title", "owner", "due", "check"),
    "report": ("class", "title", "owner", "due", "check"),
    "ticket": ("title", "owner", "due", "check"),
    "title": ("title",),
    "owner": ("owner",),
    "due": ("due",),
    "finish": ("result",),
    "drop": ("reason",),
}
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def talk() -> Talk:
    """The table of the conversation."""
    verbs = "|".join(verb for verb in PATHS if verb != "report")
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Plan.tag}:({verbs}):"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.({verbs})\\."),
        ],
        steps=[
            Step("class", show_class, [choice(take_class, FLOW, "class")]),
            Step("title", show_title, [choice(take_title, FLOW, "title"), MessageHandler(PLAIN, say_title)]),
            Step("owner", show_owner, [choice(take_owner, FLOW, "owner")]),
            Step("due", show_due, [choice(take_due, FLOW, "due"), MessageHandler(PLAIN, say_due)]),
            Step("check", show_check, [choice(take_check, FLOW, "check")]),
            Step("result", show_result, [MessageHandler(PLAIN, say_result)]),
            Step("reason", show_reason, [MessageHandler(PLAIN, say_reason)]),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


# --- how it begins ---


async def start(update: Update, context: Context) -> Any:
    """A button of a draft or a card: the first question of what it asks for."""
    turn = context.turn
    verb, what, extra = wanted(update)
    by = await deciding(turn)
    draft = await a_beginning(by, verb, what, extra)
    if not a_fresh_start(update, turn, f"{FLOW}.{verb}.{what}.{extra}"):
        return None
    return await begin(turn, FLOW, PATHS[draft["path"]][0], **draft)


async def _onward(turn: Turn) -> Any:
    """The next question, back to the check when one thing was changed there, or the deed."""
    path = PATHS[turn.draft["path"]]
    if turn.draft.get("checked"):
        return await go(turn, "check")
    place = path.index(turn.conversation.state or path[0])
    return await go(turn, path[place + 1]) if place + 1 < len(path) else await _change_now(turn)


async def _change_now(turn: Turn) -> Any:
    """One thing of a stored improvement is another now."""
    by, draft = await deciding(turn), turn.draft
    values: dict[str, Any] = {
        "title": {"title": draft.get("title")},
        "owner": {"owner_id": draft.get("owner")},
        "due": {"due_on": date.fromisoformat(draft["due"]) if "due" in draft else None},
    }[draft["path"]]
    await improvements.change(by, draft["id"], **values)
    return finish(turn, await card_of(by, draft["id"]))


# --- the questions and their answers ---


def _spot(turn: Turn) -> view.Spot | None:
    draft = turn.draft
    if "where" not in draft:
        return None
    return view.Spot(
        draft["where"],
        Element(draft["element"]) if "element" in draft else None,
        ReportClass(draft["class"]) if "class" in draft else None,
        draft.get("code", ""),
    )


def _has_back(turn: Turn) -> bool:
    return bool(turn.draft.get("trail"))


async def show_class(turn: Turn) -> Question:
    """Which reports."""
    return Question(view.ask_class(turn.draft["nonce"]), view.question("class"))


async def take_class(update: Update, context: Context) -> Any:
    """A class of reports."""
    turn = context.turn
    value = chosen(update, turn)
    if value not in (ReportClass.COMPLAINT, ReportClass.ASPIRATION):
        return await present(turn)
    turn.keep(**{"class": value})
    return await _onward(turn)


def _proposal(turn: Turn) -> str:
    spot = _spot(turn)
    if spot is None:
        return ""
    if spot.element is not None:
        return proposed(spot.element)
    return view.proposed_for(spot.report_class, spot.where) if spot.report_class is not None else ""


async def show_title(turn: Turn) -> Question:
    """What will be improved."""
    screen = view.ask_title(turn.draft["nonce"], _spot(turn), _proposal(turn), back=_has_back(turn))
    return Question(screen, view.question("title"))


async def take_title(update: Update, context: Context) -> Any:
    """The proposal as it is."""
    turn = context.turn
    if chosen(update, turn) != view.TAKE or not _proposal(turn):
        return await present(turn)
    turn.keep(title=_proposal(turn))
    return await _onward(turn)


async def say_title(update: Update, context: Context) -> Any:
    """The head's own words."""
    turn = context.turn
    words = " ".join((message_of(update).text or "").split())
    if len(words) > LONGEST_TITLE:
        raise Refusal("text_too_long", most=LONGEST_TITLE)
    turn.keep(title=words)
    return await _onward(turn)


async def show_owner(turn: Turn) -> Question:
    """Who owes it."""
    found = await improvements.owners(await deciding(turn), turn.draft["unit"])
    return Question(view.ask_owner(turn.draft["nonce"], found, back=_has_back(turn)), view.question("owner"))


async def take_owner(update: Update, context: Context) -> Any:
    """One of the unit."""
    turn = context.turn
    value = chosen(update, turn)
    found = await improvements.owners(await deciding(turn), turn.draft["unit"])
    names = {str(one.employee_id): one.name for one in found}
    if value not in names:
        return await present(turn)
    turn.keep(owner=int(value), owner_name=names[value])
    return await _onward(turn)


async def show_due(turn: Turn) -> Question:
    """Until when."""
    return Question(view.ask_due(turn.draft["nonce"], back=_has_back(turn)), view.question("due"))


async def take_due(update: Update, context: Context) -> Any:
    """So many months from today."""
    turn = context.turn
    value = chosen(update, turn)
    if value not in {str(months) for months in view.MONTHS}:
        return await present(turn)
    by = await deciding(turn)
    turn.keep(due=months_after(by.today, int(value)).isoformat())
    return await _onward(turn)


async def say_due(update: Update, context: Context) -> Any:
    """A date in words."""
    turn = context.turn
    day, by = parse_day(message_of(update).text or ""), await deciding(turn)
    if day is None:
        turn.show(view.no_day(), new=True)
        return await present(turn, new=True)
    turn.keep(due=improvements.require_future(by, day).isoformat())
    return await _onward(turn)


async def show_check(turn: Turn) -> Question:
    """All of it."""
    draft, by = turn.draft, await deciding(turn)
    due_on = date.fromisoformat(draft["due"])
    spot = _spot(turn) or view.Spot("")
    term = term_of(by.today, due_on)
    screen = view.check(draft["nonce"], spot, draft["title"], draft["owner_name"], due_on, term)
    return Question(screen, view.question("check"))


async def take_check(update: Update, context: Context) -> Any:
    """Save, or change one thing first."""
    turn = context.turn
    value = chosen(update, turn)
    if value in ("title", "owner", "due"):
        turn.keep(checked=True)
        return await go(turn, value)
    if value != view.SAVE:
        return await present(turn)
    by = await deciding(turn)
    row = await improvements.plan(by, _planned(turn))
    if "report" in turn.draft:
        await improved.tie(by, row.id, turn.draft["report"])
    return finish(turn, await card_of(by, row.id))


def _planned(turn: Turn) -> Planned:
    draft = turn.draft
    figure = None
    if "element" in draft:
        figure = Finding(Element(draft["element"]), draft["period"], draft["n"], draft["total"])
    return Planned(
        title=draft["title"],
        unit_id=draft["unit"],
        owner_id=draft["owner"],
        due_on=date.fromisoformat(draft["due"]),
        service_id=draft["service"],
        finding=figure,
        report_class=ReportClass(draft["class"]) if "class" in draft else None,
    )


async def show_result(turn: Turn) -> Question:
    """What came of it, and how many will read it."""
    told = await improved.count_told(await deciding(turn), turn.draft["id"])
    return Question(view.ask_result(turn.draft["nonce"], turn.draft["words"], told), view.question("result"))


async def say_result(update: Update, context: Context) -> Any:
    """Done: everybody who raised it is told."""
    turn = context.turn
    by = await deciding(turn)
    await improved.finish(by, turn.draft["id"], message_of(update).text or "")
    return finish(turn, await card_of(by, turn.draft["id"]))


async def show_reason(turn: Turn) -> Question:
    """Why not."""
    return Question(view.ask_reason(turn.draft["nonce"], turn.draft["words"]), view.question("reason"))


async def say_reason(update: Update, context: Context) -> Any:
    """Dropped."""
    turn = context.turn
    by = await deciding(turn)
    await improvements.drop(by, turn.draft["id"], message_of(update).text or "")
    return finish(turn, await card_of(by, turn.draft["id"]))
