"""Reminds, each morning, whoever owes an improvement whose date is near or over."""

from __future__ import annotations

from bot.runtime import Runtime
from bot.services.city import know
from bot.services.satisfaction import reminding


async def run(runtime: Runtime) -> dict[str, int]:
    """One round; how many reminders were put."""
    now = runtime.clock()
    async with runtime.db.begin() as session:
        told = await reminding.remind(session, await know(session, now), now)
    if told:
        runtime.sender.nudge()
    return {"reminded": told}
