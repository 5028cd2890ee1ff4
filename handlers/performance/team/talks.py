"""The conversations of the team desk."""

from __future__ import annotations

from bot.conversation import Talk
from handlers.performance.team import answering, asking, finding


def talks() -> list[Talk]:
    """All of them."""
    return [asking.talk(), answering.talk(), finding.talk()]
