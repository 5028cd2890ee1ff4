"""Every night: forget what need not be kept."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.inbox import store
from bot.runtime import Runtime
from bot.services import duties, retention, storage
from bot.services.administration import bans
from bot.services.city import City, know
from bot.services.forums import own_data as forum_data
from bot.services.retention import oldest_kept
from bot.services.training import nearness

BATCH = 200
#: Whose rows go in one statement: the period's name → what drops them.
SWEEPS = {
    "keep_drafts": retention.close_drafts,
    "keep_updates": store.purge,
    "keep_faults": retention.forget_faults,
    "keep_notices": retention.forget_notices,
    "keep_duties": duties.forget,
    "keep_reporters": retention.part_from_reporters,
    "keep_uploads": retention.forget_uploads,
    "keep_forums": forum_data.part_from_visitors,
    "keep_distances": nearness.forget,
}


async def run(runtime: Runtime) -> dict[str, int]:
    """Each kind in a transaction of its own; how many of each went."""
    now = runtime.clock()
    counts: dict[str, int] = {}
    async with runtime.db.read() as session:
        city = await know(session, now)
    for what, sweep in SWEEPS.items():
        async with runtime.db.begin() as session:
            counts[what.removeprefix("keep_")] = await sweep(session, oldest_kept(city, what, now))
    async with runtime.db.begin() as session:
        counts["bans"] = await bans.let_go(session, now)
    counts["files"] = await _files(runtime, city, now)
    return counts


async def _files(runtime: Runtime, city: City, now: datetime) -> int:
    """The file first, then its row: a crash between them leaves nothing behind that nobody knows of."""
    before = oldest_kept(city, "keep_files", now)
    gone = 0
    while True:
        async with runtime.db.read() as session:
            found = await retention.old_files(session, before, BATCH)
        if not found:
            return gone
        for _, path in found:
            if path is not None:
                await asyncio.to_thread(storage.drop, runtime.settings.storage, path)
        async with runtime.db.begin() as session:
            await retention.forget_files(session, [attachment_id for attachment_id, _ in found])
        gone += len(found)
