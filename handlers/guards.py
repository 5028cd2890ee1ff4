"""What is checked before a handler does anything."""

from __future__ import annotations

from telegram import Update

from bot.callbacks import Resume
from bot.conversation import is_light
from bot.turn import Turn
from bot.views import home


def a_fresh_start(update: Update, turn: Turn, wanted: str) -> bool:
    """Whether a talk may begin now; with a draft open the person is asked to continue or start anew."""
    query = update.callback_query
    asked_anew = query is not None and query.data == Resume("anew", wanted).encode()
    if asked_anew or is_light(turn):
        return True
    turn.show(home.unfinished(turn.conversation.question, wanted), new=True)
    return False
