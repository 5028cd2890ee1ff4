"""What is said about public events, in order (first match wins)."""

from __future__ import annotations

from bot.conversation import Handler, Talk
from handlers.forums import asking, desk, managing, questions, speaking, writing


def talks() -> list[Talk]:
    """Every conversation of the room."""
    return [asking.talk(), writing.talk(), speaking.talk()]


def handlers() -> list[Handler]:
    """What is said outside a conversation."""
    return [*desk.handlers(), *managing.handlers(), *questions.handlers()]
