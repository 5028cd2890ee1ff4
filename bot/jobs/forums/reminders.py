"""Reminds residents of the events for which they registered."""

from __future__ import annotations

from bot.runtime import Runtime
from bot.services.city import know
from bot.services.forums import reminding
from bot.services.forums.desk import Gathering
from models.rules.permissions import Presser

#: The clock is nobody.
NOBODY = Presser(0)


async def run(runtime: Runtime) -> dict[str, int]:
    """One look; how many reminders were put."""
    now = runtime.clock()
    async with runtime.db.begin() as session:
        reminded = await reminding.remind(Gathering(session, await know(session, now), NOBODY, now))
    if reminded:
        runtime.sender.nudge()
    return {"reminded": reminded}
