"""Renews the codes that rooms show, and takes away those whose time is over."""

from __future__ import annotations

from bot.runtime import Runtime
from bot.services.city import know
from bot.services.training import showing
from bot.services.training.desk import Doing


async def run(runtime: Runtime) -> dict[str, int]:
    """One look; how many were renewed and ended."""
    now = runtime.clock()
    async with runtime.db.read() as session:
        if not await showing.is_any(session):
            return {"renewed": 0, "ended": 0}
    async with runtime.db.begin() as session:
        counts = await showing.renew(Doing(session, await know(session, now), now))
    if any(counts.values()):
        runtime.sender.nudge()
    return counts
