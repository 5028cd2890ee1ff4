"""Asks superiors what became of a course at work; about each participant once."""

from __future__ import annotations

from bot.runtime import Runtime
from bot.services.city import know
from bot.services.training import effects
from bot.services.training.desk import Doing


async def run(runtime: Runtime) -> dict[str, int]:
    """One look; about how many participants was asked."""
    now = runtime.clock()
    async with runtime.db.begin() as session:
        asked = await effects.ask_due(Doing(session, await know(session, now), now))
    if asked:
        runtime.sender.nudge()
    return {"asked": asked}
