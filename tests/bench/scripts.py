"""What a person does in one complaint: five updates, each chosen by what the bot showed last."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

WORDS = "Lampu jalan di depan masjid mati sejak hari Senin, mohon diperbaiki."
PLACE = "Kelurahan Penyengat, dekat Masjid Raya"

UPDATES_PER_TALK = 5

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Says:
    """The person writes."""

    text: str


@dataclass(frozen=True, slots=True)
class Pins:
    """The person sends a place."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Presses:
    """The person presses a button under the message shown."""

    data: str


class Done:
    """The complaint is filed; the person begins the next one."""


Act = Says | Pins | Presses
Script = Callable[[int, Message], Act | Done | None]
"""(updates sent in this talk, the bot's last message) → what comes next; None waits for another message."""


def button(message: Message, *wanted: str) -> str | None:
    """Callback data of the first button whose data or label holds a word; the words are tried in order."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = [one for row in rows for one in row if "callback_data" in one]
    for word in wanted:
        for one in buttons:
            if word in one["callback_data"] or word in one["text"]:
                return str(one["callback_data"])
    return None


def presses(message: Message, *wanted: str) -> Presses | None:
    """A press on such a button, or waiting for a message that has one."""
    data = button(message, *wanted)
    return Presses(data) if data is not None else None


def rival(step: int, message: Message) -> Act | Done | None:
    """The talk of the two rival bots: command, class, words, place, send."""
    match step:
        case 0:
            return Says("/lapor")
        case 1:
            return presses(message, "class:complaint")
        case 2:
            return Says(WORDS)
        case 3:
            return Says(PLACE)
        case 4:
            return presses(message, "send")
        case _:
            return Done()


SCRIPTS: dict[str, Script] = {"rival": rival}
