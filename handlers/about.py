"""The question that is asked only where the words suggest it: is the report about an officer or an office?"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update

from bot.conversation import Question, Step, choice, chosen, present
from bot.turn import Context, Turn
from bot.views import accusing as view
from bot.views import filing
from handlers.report_draft import is_accusation

Onward = Callable[[Turn], Awaitable[Any]]


def step(flow: str, onward: Onward) -> Step:
    """The step `about`; whom the report is about never gets it, and it is confidential."""

    async def take_about(update: Update, context: Context) -> Any:
        turn = context.turn
        value = chosen(update, turn)
        if value not in view.ABOUT:
            return await present(turn)
        turn.keep(about=value)
        if is_accusation(turn.draft) and "visibility" in turn.draft:
            turn.keep(visibility=view.AT_LEAST_CLOSED[turn.draft["visibility"]])
        return await onward(turn)

    return Step("about", show_about, [choice(take_about, flow, "about")])


async def show_about(turn: Turn) -> Question:
    """Is it about an officer, or an office itself?"""
    return Question(view.ask_about(turn.draft["nonce"]), filing.question("about"))
