"""Fetches and checks the registers' files that civil servants sent."""

from __future__ import annotations

from bot.jobs.sent_files import content_of
from bot.runtime import Runtime
from bot.services.city import know
from bot.services.people import get, presser_of
from bot.services.performance.records import files
from bot.services.performance.records.counter import Serving


async def run(runtime: Runtime) -> dict[str, int]:
    """Check what waits, by the rights of its sender; how many can be applied, how many cannot."""
    async with runtime.db.read() as session:
        waiting = await files.waiting(session)
    counts = {"ready": 0, "faulty": 0}
    for record_file_id, file_id, person_id in waiting:
        content = await content_of(runtime, file_id, "record_file")
        now = runtime.clock()
        async with runtime.db.begin() as session:
            presser = await presser_of(session, await get(session, person_id), now)
            ready = await files.check(Serving(session, await know(session, now), presser, now), record_file_id, content)
        counts["ready" if ready else "faulty"] += 1
    if waiting:
        runtime.sender.nudge()
    return counts
