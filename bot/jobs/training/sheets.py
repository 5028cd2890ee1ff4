"""Fetches and checks the workbooks of courses that human resources sent."""

from __future__ import annotations

from bot.jobs.sent_files import content_of
from bot.runtime import Runtime
from bot.services.city import know
from bot.services.people import get, presser_of
from bot.services.training import sheets
from bot.services.training.desk import Doing


async def run(runtime: Runtime) -> dict[str, int]:
    """Check what waits, by the rights of its sender; how many could be applied, how many are faulty."""
    async with runtime.db.read() as session:
        waiting = await sheets.waiting(session)
    counts = {"ready": 0, "faulty": 0}
    for sheet_id, file_id, person_id in waiting:
        content = await content_of(runtime, file_id, "course_sheet")
        now = runtime.clock()
        async with runtime.db.begin() as session:
            presser = await presser_of(session, await get(session, person_id), now)
            by = Doing(session, await know(session, now), now, person_id)
            ready = await sheets.check(by, presser, sheet_id, content)
        counts["ready" if ready else "faulty"] += 1
    if waiting:
        runtime.sender.nudge()
    return counts
