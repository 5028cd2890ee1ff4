"""Computes, each morning, who fulfils a rule of recognition whose period is over; each rule and period once."""

from __future__ import annotations

from bot.runtime import Runtime
from bot.services.city import know
from bot.services.performance.evaluation.judging import Judging
from bot.services.performance.recognition import nominating
from models.rules.permissions import Presser


async def run(runtime: Runtime) -> dict[str, int]:
    """One round; how many nominations of how many rules."""
    now = runtime.clock()
    async with runtime.db.begin() as session:
        counts = await nominating.nominate_due(Judging(session, await know(session, now), Presser(0), now))
    if counts["nominated"]:
        runtime.sender.nudge()
    return counts
