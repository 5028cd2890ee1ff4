"""Counts the hours of courses that are over, each course once."""

from __future__ import annotations

from bot.runtime import Runtime
from bot.services.city import know
from bot.services.training import ledger
from bot.services.training.desk import Doing


async def run(runtime: Runtime) -> dict[str, int]:
    """One look; how many entries were written."""
    now = runtime.clock()
    async with runtime.db.begin() as session:
        written = await ledger.credit_done(Doing(session, await know(session, now), now))
    if written:
        runtime.sender.nudge()
    return {"counted": written}
