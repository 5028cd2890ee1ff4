"""The talk in which a work plan is written: the overview is its centre, every answer is stored at once.

| step     | asks                                     | answered by                                    |
|----------|------------------------------------------|------------------------------------------------|
| hub      | which part of the plan                   | button; the form as an Excel file              |
| …        | about a result                           | `results`                                 |
| …        | about an item                            | `items`                                   |
| …        | about the behaviour                      | `values`                                  |
| sheet    | the form as an Excel file                | a file                                         |
| reason   | why an approved plan is changed          | words                                          |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Resume, YearPlan
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, go, present
from bot.services.performance.plans import deciding, drafting, links
from bot.turn import Context, Turn
from bot.views.performance.plans import talk as view
from handlers.guards import a_fresh_start
from handlers.performance.plans import items, results, values
from handlers.performance.plans.cards import card_of
from handlers.performance.plans.place import (
    FLOW,
    WORDS,
    Here,
    at,
    here,
    number_of,
    over,
    planning,
    to_hub,
    to_item,
    to_result,
)
from handlers.performance.plans.sheets import take_sheet
from handlers.report_draft import message_of
from models.errors import Refusal
from models.rules.performance.plan_rules import ResultKind, WorkPlanAction
from models.rules.permissions import Desk, require_desk

MESSAGE = filters.UpdateType.MESSAGE
PLAIN = MESSAGE & filters.TEXT & ~filters.COMMAND
STARTS = "make|edit|revise"


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{YearPlan.tag}:({STARTS}):\\d+:$"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.({STARTS})\\.\\d+$"),
        ],
        steps=[
            Step(
                "hub",
                show_hub,
                [choice(take_hub, FLOW, "hub"), MessageHandler(MESSAGE & filters.Document.ALL, take_sheet), WORDS],
            ),
            *results.steps(),
            *items.steps(),
            *values.steps(),
            Step("sheet", show_sheet, [MessageHandler(MESSAGE & filters.Document.ALL, take_sheet)]),
            Step("reason", show_reason, [MessageHandler(PLAIN, say_reason)]),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


# --- how it begins ---


async def start(update: Update, context: Context) -> Any:
    """A button of the card: begin a plan of a year, go on with one, or change an approved one."""
    turn = context.turn
    require_desk(turn.presser, Desk.WORK_PLAN)
    verb, which = _wanted(update)
    by = await planning(turn)
    if verb == "revise":
        await by.reach(WorkPlanAction.REVISE, which)
    elif verb == "edit":
        await by.reach(WorkPlanAction.EDIT, which)
    if not a_fresh_start(update, turn, f"{FLOW}.{verb}.{which}"):
        return None
    if verb == "revise":
        return await begin(turn, FLOW, "reason", old=which)
    if verb == "make":
        which = (await drafting.open_plan(by, which)).id
    return await begin(turn, FLOW, "hub", plan=which, light=True)


def _wanted(update: Update) -> tuple[str, int]:
    data = (update.callback_query.data if update.callback_query else None) or ""
    pressed, resume = YearPlan.decode(data), Resume.decode(data)
    if pressed is not None:
        return pressed.verb, pressed.which
    if resume is None:
        raise Refusal("no_such_plan")
    _flow, verb, which = resume.flow.split(".")
    return verb, int(which)


# --- the overview ---


async def show_hub(turn: Turn) -> Question:
    """The plan as far as it is written."""
    place = await here(turn)
    if place is None:
        return over()
    plan = place.plan
    can_copy = not plan.results and await links.last_year(place.by, plan.plan) is not None
    linked = len(plan.gaps(links_needed=await links.links_needed(place.by, plan.plan))) == len(plan.gaps())
    screen = view.hub(place.nonce, plan, plan.gaps(), can_copy=can_copy, linked=linked)
    return Question(screen, view.question("hub"))


async def take_hub(update: Update, context: Context) -> Any:
    """A place of the plan, or what is done with the whole."""
    turn, value = context.turn, chosen(update, context.turn)
    place = await here(turn)
    if place is None or value is None:
        return await present(turn)
    if value in set(ResultKind):
        return await results.begin_result(turn, place, ResultKind(value))
    if value == view.VALUES:
        return await at(turn, "values", "hub")
    if value == view.SHEET:
        return await go(turn, "sheet")
    if value == view.COPY:
        await drafting.copy_last_year(place.by, place.plan_id)
        return await present(turn)
    return await _submit(turn, place) if value == view.SUBMIT else await _to_part(turn, place, value)


async def _to_part(turn: Turn, place: Here, value: str) -> Any:
    """To a result or an item of the overview."""
    result = next((one for one in place.plan.results if one.row.id == number_of(value, "r")), None)
    item = next((one for one in place.plan.items if one.id == number_of(value, "i")), None)
    if result is not None:
        return await to_result(turn, result.row.id)
    return await to_item(turn, item) if item is not None else await present(turn)


async def _submit(turn: Turn, place: Here) -> Any:
    """To the superior."""
    await deciding.submit(place.by, place.plan_id)
    return finish(turn, await card_of(place.by, place.plan_id))


async def show_sheet(turn: Turn) -> Question:
    """Send the form."""
    place = await here(turn)
    return over() if place is None else Question(view.ask_sheet(place.nonce, place.plan_id), view.question("sheet"))


# --- a change of an approved plan ---


async def show_reason(turn: Turn) -> Question:
    """Why."""
    return Question(view.ask_reason(turn.draft["nonce"]), view.question("reason"))


async def say_reason(update: Update, context: Context) -> Any:
    """The next version, with everything of the present one."""
    turn = context.turn
    plan = await deciding.revise(await planning(turn), turn.draft["old"], message_of(update).text or "")
    turn.keep(plan=plan.id)
    return await to_hub(turn)
