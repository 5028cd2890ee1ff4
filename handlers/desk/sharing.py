"""The head shares out what nobody has.

| step    | asks                       | answered by                     |
|---------|----------------------------|---------------------------------|
| pick    | which reports              | boxes, all, none, pages         |
| preview | who gets how many, is it so | share; back to the boxes        |

What was previewed is what is done; if a colleague gave one of them away meanwhile, nothing is done and it is said who.
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Open, Resume
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, go, present
from bot.services import complaints
from bot.services.city import know
from bot.services.desk import assigning
from bot.turn import Context, Turn
from bot.views.desk import assigning as view
from handlers.desk import cards
from handlers.guards import a_fresh_start
from models.rules.permissions import Desk, require_desk

FLOW = view.FLOW
LONGEST_ID = 15


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Open.tag}:{Desk.SHARING.value}:"),
            CommandHandler("bagi", start, filters.UpdateType.MESSAGE),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}$"),
        ],
        steps=[
            Step("pick", show_pick, [choice(take_pick, FLOW, "pick")]),
            Step("preview", show_preview, [choice(take_preview, FLOW, "preview")]),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def start(update: Update, context: Context) -> Any:
    """The boxes."""
    turn = context.turn
    require_desk(turn.presser, Desk.SHARING)
    if not a_fresh_start(update, turn, FLOW):
        return None
    return await begin(turn, FLOW, "pick", light=True, picked=[], page=0)


async def show_pick(turn: Turn) -> Question:
    """A page of what nobody has."""
    page = await assigning.unassigned(turn.session, turn.presser, turn.draft["page"])
    city = await know(turn.session, turn.now)
    screen = view.pick(turn.draft["nonce"], page, turn.draft["picked"], city.calendar, turn.now)
    return Question(screen, view.question("pick"))


async def take_pick(update: Update, context: Context) -> Any:
    """A box, another page, all, none, or on to the preview."""
    turn = context.turn
    value = chosen(update, turn) or ""
    if value == view.ON and turn.draft["picked"]:
        return await _on(turn)
    picked, page = turn.draft["picked"], turn.draft["page"]
    if value in (view.EARLIER, view.LATER):
        page = max(0, page + (1 if value == view.LATER else -1))
    elif value == view.EVERY:
        picked = await assigning.every_unassigned(turn.session, turn.presser)
    elif value == view.NONE:
        picked = []
    elif value.isdigit() and len(value) <= LONGEST_ID:
        picked = _toggled(picked, int(value))
    turn.keep(picked=picked, page=page)
    return await present(turn)


def _toggled(picked: list[int], complaint_id: int) -> list[int]:
    if complaint_id in picked:
        return [one for one in picked if one != complaint_id]
    return [*picked, complaint_id][: assigning.MOST_SHARED]


async def _on(turn: Turn) -> Any:
    """The plan is made and kept: what is confirmed is what was shown."""
    shares = await assigning.plan(await cards.acting(turn), turn.draft["picked"])
    if not shares:
        turn.keep(picked=[])
        turn.show(view.nothing_left(), new=True)
        return await present(turn, new=True)
    turn.keep(plan=[[share.complaint_id, share.employee_id, share.name, share.load] for share in shares])
    return await go(turn, "preview")


async def show_preview(turn: Turn) -> Question:
    """Who would get how many."""
    shares = [assigning.Share(*row) for row in turn.draft["plan"]]
    return Question(view.preview(turn.draft["nonce"], shares), view.question("preview"))


async def take_preview(update: Update, context: Context) -> Any:
    """All of it or nothing."""
    turn = context.turn
    if chosen(update, turn) != view.SHARE:
        return await present(turn)
    plan = [(row[0], row[1]) for row in turn.draft["plan"]]
    taken = await assigning.taken_meanwhile(turn.session, turn.presser, [complaint_id for complaint_id, _who in plan])
    if taken is not None:
        return finish(turn, await cards.too_late(turn, await complaints.get(turn.session, taken)))
    return finish(turn, view.shared(await assigning.share_out(await cards.acting(turn), plan)))
