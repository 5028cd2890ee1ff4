"""Begins broadcasts whose time has come, shows their authors how far they are, and ends those that are through."""

from __future__ import annotations

from bot.runtime import Runtime
from bot.services.broadcasts import sending, showing
from bot.services.city import know


async def run(runtime: Runtime) -> dict[str, int]:
    """One transaction each; how many began, and how many are through."""
    counts = {"begun": 0, "done": 0}
    now = runtime.clock()
    async with runtime.db.read() as session:
        city = await know(session, now)
        due = await sending.due(session, now)
        going = [one.id for one in await sending.under_way(session)]
    for broadcast_id in due:
        async with runtime.db.begin() as session:
            counts["begun"] += await showing.begin_if_due(session, city, broadcast_id, now)
    for broadcast_id in [*going, *due]:
        async with runtime.db.begin() as session:
            counts["done"] += await showing.follow(session, city, broadcast_id, now)
    if due or going:
        runtime.sender.nudge()
    return counts
