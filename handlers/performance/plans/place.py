"""Where the talk about a plan stands: the plan with the result or item at hand, and the ways between its places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.conversation import Question, present
from bot.services.city import know
from bot.services.performance.plans import drafting
from bot.services.performance.plans.reading import Planning, Result, Whole
from bot.turn import Context, Turn
from bot.views.performance.plans import talk as view
from models.performance.plan import PlanItem

FLOW = view.FLOW
#: Places where nothing is lost by leaving.
LIGHT = frozenset({"hub", "result", "item", "values", "sheet"})


@dataclass(frozen=True, slots=True)
class Here:
    """The plan being written."""

    by: Planning
    plan: Whole
    draft: dict[str, Any]

    @property
    def plan_id(self) -> int:
        """Its id."""
        return self.plan.plan.id

    @property
    def nonce(self) -> str:
        """What its buttons carry."""
        return str(self.draft["nonce"])

    @property
    def result(self) -> Result | None:
        """The result at hand, if it is still there."""
        return next((one for one in self.plan.results if one.row.id == self.draft.get("result")), None)

    @property
    def item(self) -> PlanItem | None:
        """The item at hand, if it is still there."""
        return next((item for item in self.plan.items if item.id == self.draft.get("item")), None)

    def number(self, one: Result) -> int:
        """The number of a result in the overview."""
        return self.plan.results.index(one) + 1


async def planning(turn: Turn) -> Planning:
    """Who acts in this turn."""
    return Planning(turn.session, await know(turn.session, turn.now), turn.presser, turn.now)


async def here(turn: Turn) -> Here | None:
    """The plan of this talk; None when it cannot be changed any more (nothing is raised: a question is being shown)."""
    by = await planning(turn)
    plan = await drafting.still_editable(by, turn.draft.get("plan", 0))
    return None if plan is None else Here(by, plan, turn.draft)


def over() -> Question:
    """Said instead of a question that has lost its object."""
    return Question(view.over(), view.question("hub"))


async def at(turn: Turn, state: str, *trail: str, **kept: Any) -> Any:
    """To a place, with the way back from it."""
    turn.keep(trail=list(trail), light=state in LIGHT, **kept)
    turn.conversation.state = state
    return await present(turn)


async def to_hub(turn: Turn) -> Any:
    """To the overview."""
    return await at(turn, "hub", result=None, item=None, new=None)


async def to_result(turn: Turn, result_id: int) -> Any:
    """To one result."""
    return await at(turn, "result", "hub", result=result_id, item=None, new=None)


async def to_item(turn: Turn, item: PlanItem) -> Any:
    """To one item."""
    return await at(turn, "item", "hub", "result", result=item.result_id, item=item.id, new=None)


async def say_first(update: Update, context: Context) -> Any:
    """Words at a place where a button is meant: they are no report of a resident."""
    context.turn.show(view.choose_first(), new=True)
    return await present(context.turn, new=True)


#: The answer to words at a place of buttons.
WORDS = MessageHandler(filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND, say_first)


def number_of(value: str | None, mark: str) -> int | None:
    """The number behind the mark in a pressed value (`r12`)."""
    return int(value[1:]) if value and value[0] == mark and value[1:].isdecimal() else None
