"""The superior gives a plan back with notes; they are written down all at once, when they are sent.

| step  | asks                        | answered by             |
|-------|-----------------------------|-------------------------|
| parts | what is to be changed       | button, words; send     |
| note  | what about it               | words                   |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Resume, YearPlan
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, go, present
from bot.services.performance.plans import deciding, drafting, reading
from bot.services.performance.plans.deciding import Notes
from bot.services.performance.plans.reading import Planning, Whole
from bot.turn import Context, Turn
from bot.views.performance.plans import card
from bot.views.performance.plans import review as view
from handlers.guards import a_fresh_start
from handlers.performance.plans.cards import card_of
from handlers.performance.plans.place import planning
from handlers.report_draft import message_of
from models.errors import Refusal
from models.rules.performance.plan_rules import PlanStatus, WorkPlanAction
from models.rules.permissions import Desk, require_desk

FLOW = view.FLOW
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{YearPlan.tag}:return:\\d+:$"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.\\d+$"),
        ],
        steps=[
            Step("parts", show_parts, [choice(take_part, FLOW, "parts"), MessageHandler(PLAIN, say_overall)]),
            Step("note", show_note, [MessageHandler(PLAIN, say_note)]),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def start(update: Update, context: Context) -> Any:
    """A button of the card; who comes second sees who was first."""
    turn = context.turn
    require_desk(turn.presser, Desk.WORK_PLAN)
    by, plan_id = await planning(turn), _wanted(update)
    plan = await by.reach(WorkPlanAction.VIEW, plan_id)
    if plan.status in (PlanStatus.APPROVED, PlanStatus.RETURNED, PlanStatus.SUPERSEDED):
        turn.toast(card.decided_toast())
        turn.show(await card_of(by, plan.id))
        return None
    await by.reach(WorkPlanAction.RETURN, plan_id)
    if not a_fresh_start(update, turn, f"{FLOW}.{plan_id}"):
        return None
    return await begin(turn, FLOW, "parts", plan=plan_id, notes={}, light=True)


def _wanted(update: Update) -> int:
    data = (update.callback_query.data if update.callback_query else None) or ""
    pressed, resume = YearPlan.decode(data), Resume.decode(data)
    if pressed is not None:
        return pressed.which
    if resume is None:
        raise Refusal("no_such_plan")
    return int(resume.flow.partition(".")[2])


async def _waiting(turn: Turn) -> tuple[Planning, Whole] | None:
    """The plan of this talk while it waits (nothing is raised: a question is being shown)."""
    by = await planning(turn)
    found = await reading.whole(by.session, turn.draft["plan"])
    return (by, found) if found.plan.status is PlanStatus.SUBMITTED else None


async def show_parts(turn: Turn) -> Question:
    """Every part."""
    waits = await _waiting(turn)
    if waits is None:
        return Question(view.gone(), view.question("parts"))
    return Question(view.parts(turn.draft["nonce"], waits[1], turn.draft["notes"]), view.question("parts"))


async def take_part(update: Update, context: Context) -> Any:
    """A part, the whole, or send."""
    turn, value = context.turn, chosen(update, context.turn)
    waits = await _waiting(turn)
    if waits is None or value is None:
        return await present(turn)
    if value == view.SEND:
        by, found = waits
        await deciding.give_back(by, found.plan.id, _notes(turn))
        return finish(turn, await card_of(by, found.plan.id))
    turn.keep(part=value, light=False)
    return await go(turn, "note")


def _notes(turn: Turn) -> Notes:
    notes = turn.draft["notes"]
    results = {int(key[1:]): text for key, text in notes.items() if key[0] == "r"}
    items = {int(key[1:]): text for key, text in notes.items() if key[0] == "i"}
    return Notes(results, items, notes.get(view.OVERALL, ""))


async def show_note(turn: Turn) -> Question:
    """What about it."""
    waits = await _waiting(turn)
    if waits is None:
        return Question(view.gone(), view.question("note"))
    key = turn.draft["part"]
    return Question(
        view.ask_note(turn.draft["nonce"], waits[1], key, turn.draft["notes"].get(key)), view.question("note")
    )


async def say_overall(update: Update, context: Context) -> Any:
    """Words without a part are for the whole."""
    context.turn.keep(part=view.OVERALL)
    return await say_note(update, context)


async def say_note(update: Update, context: Context) -> Any:
    """Kept in the talk until everything is sent."""
    turn = context.turn
    words = drafting.clean(message_of(update).text or "", drafting.LONGEST_WORDS)
    turn.keep(notes={**turn.draft["notes"], turn.draft["part"]: words}, trail=[])
    turn.conversation.state = "parts"
    return await present(turn)
