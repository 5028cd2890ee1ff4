"""The talk that looks for somebody below by name.

| step | asks     | answered by |
|------|----------|-------------|
| name | the name | words       |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Resume, Team
from bot.conversation import END, Question, Step, Talk, begin, close
from bot.turn import Context, Turn
from bot.views.performance.team import talks as view
from handlers.guards import a_fresh_start
from handlers.performance.team import desk
from handlers.performance.team.looking import looking
from handlers.report_draft import message_of

FLOW = view.FIND
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Team.tag}:find:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}$"),
        ],
        steps=[Step("name", show_name, [MessageHandler(PLAIN, say_name)])],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def start(update: Update, context: Context) -> Any:
    """The button of the desk."""
    turn = context.turn
    await looking(turn)
    if not a_fresh_start(update, turn, FLOW):
        return None
    return await begin(turn, FLOW, "name", light=True)


async def show_name(turn: Turn) -> Question:
    """Whom to look for."""
    return Question(view.ask_name(turn.draft["nonce"]), view.name_words())


async def say_name(update: Update, context: Context) -> Any:
    """Part of a name."""
    turn = context.turn
    close(turn)
    desk.order(turn, Team("found", 0), message_of(update).text or "")
    return END
