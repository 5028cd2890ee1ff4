"""Invites participants to the quizzes before and after their courses; each to each once."""

from __future__ import annotations

from bot.runtime import Runtime
from bot.services.city import know
from bot.services.training.desk import Doing
from bot.services.training.quiz import inviting


async def run(runtime: Runtime) -> dict[str, int]:
    """One look; how many were invited."""
    now = runtime.clock()
    async with runtime.db.begin() as session:
        invited = await inviting.invite_due(Doing(session, await know(session, now), now))
    if invited:
        runtime.sender.nudge()
    return {"invited": invited}
