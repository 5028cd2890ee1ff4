"""Fetches and checks the workbooks that administrators sent back."""

from __future__ import annotations

from bot.i18n import speaking
from bot.jobs.sent_files import content_of
from bot.runtime import Runtime
from bot.services.administration import revisions


async def run(runtime: Runtime) -> dict[str, int]:
    """Check what waits; how many could be applied, how many are faulty."""
    async with runtime.db.read() as session:
        waiting = await revisions.waiting(session)
    counts = {"ready": 0, "faulty": 0}
    for revision_id, file_id, _name in waiting:
        content = await content_of(runtime, file_id, "workbook")
        now = runtime.clock()
        async with runtime.db.begin() as session:
            with speaking(runtime.settings.default_language):
                plan = await revisions.check(
                    session, revision_id, content, now.astimezone(runtime.settings.zone).date(), now
                )
        counts["faulty" if plan.faults else "ready"] += 1
    if waiting:
        runtime.sender.nudge()
    return counts
