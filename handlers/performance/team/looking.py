"""Who acts on the team desk."""

from __future__ import annotations

from bot.services.city import know
from bot.services.performance.own_week import Reporting
from bot.turn import Turn
from models.rules.permissions import Desk, require_desk


async def looking(turn: Turn, desk: Desk = Desk.TEAM) -> Reporting:
    """The presser, checked for the desk."""
    require_desk(turn.presser, desk)
    return Reporting(turn.session, await know(turn.session, turn.now), turn.presser, turn.now)
