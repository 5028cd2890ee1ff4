"""What is said about trainings and their hours, in order (first match wins)."""

from __future__ import annotations

from bot.conversation import Handler, Talk
from handlers.training import (
    attending,
    deciding,
    desk,
    effects,
    ledger,
    ledger_refusing,
    managing,
    requests,
    room_point,
    selecting,
    sheets,
    spot,
    writing,
)
from handlers.training.hours import behind
from handlers.training.needs import deciding as need_deciding
from handlers.training.needs import desk as needs
from handlers.training.needs import suggesting
from handlers.training.outcome import certificates, withdrawing
from handlers.training.outcome import rating as course_rating
from handlers.training.quiz import managing as quiz_managing
from handlers.training.quiz import taking as quiz_taking
from handlers.training.quiz import writing as quiz_writing


def talks() -> list[Talk]:
    """Every conversation of the room."""
    return [
        deciding.talk(),
        attending.talk(),
        spot.talk(),
        room_point.talk(),
        selecting.talk(),
        writing.talk(),
        ledger.talk(),
        ledger_refusing.talk(),
        sheets.talk(),
        effects.talk(),
        need_deciding.talk(),
        suggesting.talk(),
        course_rating.talk(),
        withdrawing.talk(),
        quiz_writing.talk(),
    ]


def handlers() -> list[Handler]:
    """What is said outside a conversation."""
    return [
        *ledger.handlers(),
        *behind.handlers(),
        *desk.handlers(),
        *requests.handlers(),
        *attending.handlers(),
        *managing.handlers(),
        *sheets.handlers(),
        *effects.handlers(),
        *needs.handlers(),
        *certificates.handlers(),
        *quiz_managing.handlers(),
        *quiz_taking.handlers(),
    ]
