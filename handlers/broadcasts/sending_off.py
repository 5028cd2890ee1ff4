"""The last press of the talk: off it goes, and the pressed message shows how far it is."""

from __future__ import annotations

from typing import Any

from bot.conversation import finish
from bot.services.broadcasts import deciding, sending, showing
from bot.turn import Turn
from bot.views.broadcasts import desk as desk_view
from bot.views.broadcasts import progress as progress_view
from handlers.broadcasts.announcing import announcing
from models.broadcasts.broadcast import BroadcastStatus


async def send(turn: Turn) -> Any:
    """The pressed message shows from now on how far it is."""
    by = await announcing(turn)
    row = await deciding.send(by, turn.draft["id"], turn.chat_id, turn.message_id)
    if row.status is BroadcastStatus.WAITING:
        return finish(turn, desk_view.waits(row))
    if row.status is BroadcastStatus.SCHEDULED:
        return finish(turn, desk_view.is_scheduled(row))
    told = showing.told(row, await sending.progress(by.session, row), turn.now)
    return finish(turn, progress_view.progress(told))
