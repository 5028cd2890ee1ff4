"""What is said about trainings and their hours, in order (first match wins)."""

from __future__ import annotations

from bot.conversation import Handler, Talk
from handlers.training import (
    attending,
    deciding,
    desk,
    ledger,
    ledger_refusing,
    managing,
    requests,
    selecting,
    sheets,
    writing,
)


def talks() -> list[Talk]:
    """Every conversation of the room."""
    return [
        deciding.talk(),
        attending.talk(),
        selecting.talk(),
        writing.talk(),
        ledger.talk(),
        ledger_refusing.talk(),
        sheets.talk(),
    ]


def handlers() -> list[Handler]:
    """What is said outside a conversation."""
    return [
        *ledger.handlers(),
        *desk.handlers(),
        *requests.handlers(),
        *attending.handlers(),
        *managing.handlers(),
        *sheets.handlers(),
    ]
