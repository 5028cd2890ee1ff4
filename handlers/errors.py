"""The one place that answers for refusals and failures."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import close, present
from bot.services import notices
from bot.services.city import know
from bot.turn import Turn
from bot.views import errors as view
from models.errors import Refusal


class Manners:
    """The words for what goes wrong, in the language of the person at hand."""

    async def refuse(self, turn: Turn, refusal: Refusal) -> None:
        """Why not; the open question is asked again, or the talk is over where it may not be asked any more.

        In a group only the presser sees it.
        """
        if turn.in_group:
            _refuse_in_group(turn, refusal)
            return
        turn.show(view.refusal(refusal), new=True)
        if turn.conversation.flow is None:
            return
        try:
            await present(turn)
        except Refusal:
            close(turn)

    async def apologise(self, turn: Turn, incident: str) -> None:
        """It failed, with its number; the administrators are told."""
        turn.show(view.failed(incident), new=True)
        city = await know(turn.session, turn.now)
        await notices.incident(turn.session, city, incident, turn.now)


def _refuse_in_group(turn: Turn, refusal: Refusal) -> None:
    if turn.callback_id is not None:
        turn.toast(view.in_short(refusal))
    else:
        turn.show(replace(view.refusal(refusal), rows=()))
