"""Somebody who sends without end is asked once to slow down, and then not heard until the minute is over.

The counts live in the process: they are a courtesy of this minute, not a fact to be kept.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from telegram import Update
from telegram.ext import ApplicationHandlerStop, TypeHandler

from bot.conversation import Handler
from bot.services.city import know
from bot.turn import Context
from bot.views import errors as view

#: Before everything else.
GROUP = -2
#: The row in the city's table of limits; without it nobody is held up.
LIMIT = "messages_per_minute"
MINUTE = timedelta(minutes=1)
#: Persons remembered at once; whoever came first is forgotten first.
REMEMBERED = 10_000


class Pace:
    """How much each person was heard in a minute of theirs, in this process."""

    def __init__(self) -> None:
        self._heard: dict[int, tuple[datetime, int]] = {}

    async def look(self, update: Update, context: Context) -> Any:
        """Let it pass, or ask once to slow down and hear no more. Nobody is reproved before a group."""
        turn = context.turn
        most = (await know(turn.session, turn.now)).limits.working_days.get(LIMIT, 0)
        heard = self._count(turn.person.id, turn.now) if most else 0
        if heard <= most:
            return
        if heard == most + 1 and not turn.in_group:
            turn.show(view.too_fast(), new=True)
        raise ApplicationHandlerStop

    def _count(self, person_id: int, now: datetime) -> int:
        """How much the person has sent within this minute of theirs."""
        began, heard = self._heard.pop(person_id, (now, 0))
        if now - began >= MINUTE:
            began, heard = now, 0
        self._heard[person_id] = began, heard + 1
        if len(self._heard) > REMEMBERED:
            self._heard.pop(next(iter(self._heard)))
        return heard + 1


def handlers() -> list[Handler]:
    """One look at every update."""
    return [TypeHandler(Update, Pace().look)]
