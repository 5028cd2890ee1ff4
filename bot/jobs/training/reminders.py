"""Moves waiting lists up, closes registration in time and reminds participants; each thing once."""

from __future__ import annotations

from bot.runtime import Runtime
from bot.services.city import know
from bot.services.training import reminding
from bot.services.training.desk import Doing


async def run(runtime: Runtime) -> dict[str, int]:
    """One look; how many offers ended, courses closed and reminders put."""
    now = runtime.clock()
    async with runtime.db.begin() as session:
        by = Doing(session, await know(session, now), now)
        counts = {
            "closed": await reminding.close_registrations(by),
            "ended": await reminding.end_offers(by),
            "reminded": await reminding.remind(by),
        }
    if any(counts.values()):
        runtime.sender.nudge()
    return counts
