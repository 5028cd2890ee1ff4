"""Opens, each morning, the evaluations of a period that is over; superiors learn how many wait for them."""

from __future__ import annotations

from bot.runtime import Runtime
from bot.services.city import know
from bot.services.performance.evaluation import opening
from bot.services.performance.evaluation.judging import Judging
from models.rules.permissions import Presser


async def run(runtime: Runtime) -> dict[str, int]:
    """One round; how many evaluations were opened and superiors told."""
    now = runtime.clock()
    async with runtime.db.begin() as session:
        counts = await opening.open_due(Judging(session, await know(session, now), Presser(0), now))
    if counts["told"]:
        runtime.sender.nudge()
    return counts
