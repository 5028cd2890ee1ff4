"""The question before the summary: somebody reported the same already; follow that report, or send the own one?"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update

from bot.conversation import Question, Step, choice, chosen, finish, present
from bot.i18n import _
from bot.services import finding, followers
from bot.services.city import know
from bot.services.desk import similar
from bot.turn import Context, Turn
from bot.views import followed as view
from models.complaint import ReportClass

Onward = Callable[[Turn], Awaitable[Any]]

STEP = "similar"


def steps(flow: str, onward: Onward) -> list[Step]:
    """The step `similar`; `onward` goes to the summary."""

    async def show_similar(turn: Turn) -> Question:
        city = await know(turn.session, turn.now)
        today = city.today(turn.now)
        rows = await similar.offered(turn.session, turn.draft.get("similar", []))
        found = [(row, (today - city.today(row.received_at)).days) for row in rows]
        return Question(view.offer(flow, turn.draft["nonce"], found), _(view.QUESTION))

    async def take_similar(update: Update, context: Context) -> Any:
        turn = context.turn
        value = chosen(update, turn)
        if value == view.SEND_MINE:
            turn.keep(similar=[])
            return await onward(turn)
        if value is None or not value.isdigit() or int(value) not in turn.draft.get("similar", []):
            return await present(turn)
        return finish(turn, view.now_following(await followers.follow(turn.session, turn.person, int(value), turn.now)))

    return [Step(STEP, show_similar, [choice(take_similar, flow, STEP)])]


async def is_found(turn: Turn) -> bool:
    """Whether there is something to ask about; it is looked once a talk, and never for a question."""
    draft = turn.draft
    if "similar" in draft or draft["class"] == ReportClass.INFORMATION.value:
        return False
    city = await know(turn.session, turn.now)
    told = similar.told_in(city, draft, *finding.ids_of(draft.get("unit") or finding.UNSURE), turn.now)
    found = await similar.to_draft(turn.session, city, turn.person, told, turn.now)
    turn.keep(similar=[one.complaint.id for one in found])
    return bool(found)
