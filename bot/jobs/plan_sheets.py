"""Fetches and checks the forms of work plans that civil servants sent."""

from __future__ import annotations

from bot.jobs.sent_files import content_of
from bot.runtime import Runtime
from bot.services.city import know
from bot.services.people import presser_of
from bot.services.performance.plans import sheets
from bot.services.performance.plans.reading import Planning


async def run(runtime: Runtime) -> dict[str, int]:
    """Check what waits, by the rights of its sender; how many could be applied, how many are faulty."""
    async with runtime.db.read() as session:
        waiting = await sheets.waiting(session)
    counts = {"ready": 0, "faulty": 0}
    for sheet_id, file_id, person_id in waiting:
        content = await content_of(runtime, file_id, "plan_sheet")
        now = runtime.clock()
        async with runtime.db.begin() as session:
            person = await sheets.sender(session, person_id)
            if person is None:
                continue
            by = Planning(session, await know(session, now), await presser_of(session, person, now), now)
            ready = await sheets.check(by, sheet_id, content)
        counts["ready" if ready else "faulty"] += 1
    if waiting:
        runtime.sender.nudge()
    return counts
