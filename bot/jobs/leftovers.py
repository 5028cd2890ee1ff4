"""Takes up updates that no lane has: Telegram was away longer than an answer waits, or a request broke off."""

from __future__ import annotations

from datetime import timedelta

from bot.inbox import store
from bot.log import get_logger
from bot.runtime import Runtime

log = get_logger(__name__)

#: A younger update is on its way.
PATIENCE = timedelta(minutes=1)
#: An answer to something said longer ago would only confuse.
TOO_LATE = timedelta(days=1)


async def run(runtime: Runtime) -> dict[str, int]:
    """Feed them to their lanes again; how many, and how many answers were given up for good."""
    now = runtime.clock()
    async with runtime.db.read() as session:
        if not await store.unfinished(session, now - PATIENCE):
            return {"taken_up": 0, "abandoned": 0}
    async with runtime.db.begin() as session:
        abandoned = await store.abandon(session, now - TOO_LATE)
    if abandoned:
        log.error("answers_abandoned", number=abandoned)
    # What was ours before the look may be finished by the time its row is read: such a row is no leftover.
    ours = _ours(runtime)
    async with runtime.db.read() as session:
        found = await store.unfinished(session, now - PATIENCE)
    left = [arrival for arrival in found if arrival.update_id not in ours | _ours(runtime)]
    runtime.lanes.feed(left)
    return {"taken_up": len(left), "abandoned": abandoned}


def _ours(runtime: Runtime) -> set[int]:
    return runtime.lanes.in_hand() | runtime.replies.unrecorded()
