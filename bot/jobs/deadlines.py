"""Warns before a promise is broken, and climbs the ladder after it is; one message a person and sweep."""

from __future__ import annotations

from collections import Counter

from bot.runtime import Runtime
from bot.services.city import know
from bot.services.desk import digests, escalation
from bot.services.notices import sending_moment

BATCH = 20


async def run(runtime: Runtime) -> dict[str, int]:
    """Take every step that is due, a few reports a transaction; how many of each level."""
    now = runtime.clock()
    counts: Counter[str] = Counter()
    async with runtime.db.read() as session:
        city = await know(session, now)
        if sending_moment(city, now) > now:
            return dict(counts)
        found = await escalation.find(session, city, now)
    for start in range(0, len(found), BATCH):
        async with runtime.db.begin() as session:
            counts.update(await escalation.take_steps(session, city, found[start : start + BATCH], now))
    async with runtime.db.begin() as session:
        await digests.let_go(session, now, sending_moment(city, now))
    if found:
        runtime.sender.nudge()
    return dict(counts)
