"""Reminds the inspectorate, each working morning, of closings that wait for a look at their proof."""

from __future__ import annotations

from bot.runtime import Runtime
from bot.services.city import know
from bot.services.proofs import reminding


async def run(runtime: Runtime) -> dict[str, int]:
    """One round; how many reminders were put."""
    now = runtime.clock()
    async with runtime.db.begin() as session:
        told = await reminding.remind(session, await know(session, now), now)
    if told:
        runtime.sender.nudge()
    return {"reminded": told}
