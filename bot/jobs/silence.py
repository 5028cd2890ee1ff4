"""Ends what waits for a resident who says nothing."""

from __future__ import annotations

from bot.runtime import Runtime
from bot.services.city import know
from bot.services.desk import silence


async def run(runtime: Runtime) -> dict[str, int]:
    """Close followed-up reports and let incomplete ones lapse, a batch a transaction; how many of each."""
    now = runtime.clock()
    counts = {"closed": 0, "lapsed": 0}
    async with runtime.db.read() as session:
        city = await know(session, now)
    for name, end in (("closed", silence.close_silent), ("lapsed", silence.lapse_incomplete)):
        ended = silence.BATCH
        while ended == silence.BATCH:
            async with runtime.db.begin() as session:
                ended = await end(session, city, now)
            counts[name] += ended
    if any(counts.values()):
        runtime.sender.nudge()
    return counts
