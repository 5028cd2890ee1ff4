"""What is checked before a handler does anything."""

from __future__ import annotations

from bot.turn import Turn
from bot.views import home


def a_fresh_start(turn: Turn, wanted: str) -> bool:
    """Whether a talk may begin now; with a draft open the person is asked to continue or start anew."""
    if turn.conversation.flow is None:
        return True
    turn.show(home.unfinished(turn.conversation.question, wanted), new=True)
    return False
