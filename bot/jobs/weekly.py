"""Asks for the week's report and reminds the missing; each reminder is put once, by whichever process comes first."""

from __future__ import annotations

from bot.runtime import Runtime
from bot.services.city import know
from bot.services.performance import weekly_reminders


async def run(runtime: Runtime) -> dict[str, int]:
    """One look; how many reminders were put."""
    now = runtime.clock()
    async with runtime.db.begin() as session:
        told = await weekly_reminders.remind(session, await know(session, now), now)
    if told:
        runtime.sender.nudge()
    return {"reminded": told}
