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
class Pictures:
    """The person sends a photo with a caption."""

    caption: str


@dataclass(frozen=True, slots=True)
class Presses:
    """The person presses a button under the message shown."""

    data: str


class Done:
    """The complaint is filed; the person begins the next one."""


Act = Says | Pictures | Presses
Script = Callable[[int, Message], Act | Done | None]
"""(updates sent in this talk, the bot's last message) → what comes next; None waits for another message."""


def presses(message: Message, data: str) -> Presses | None:
    """A press on the button with this callback data, or waiting for a message that has it."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    found = any(one.get("callback_data") == data for row in rows for one in row)
    return Presses(data) if found else None


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


def answer(message: Message, step: str, value: str) -> Presses | None:
    """A press on one of our own typed buttons: `c:flow:step:nonce:value`."""
    for row in message.get("reply_markup", {}).get("inline_keyboard", []):
        for one in row:
            parts = one.get("callback_data", "").split(":")
            if parts[0] == "c" and parts[2] == step and parts[-1] == value:
                return Presses(one["callback_data"])
    return None


def product(step: int, message: Message) -> Act | Done | None:
    """The talk of our bot: photo with words, place, is it this kelurahan, how public, send.

    Confidential: an open report like others is asked about once more, and here everybody reports the same.
    """
    match step:
        case 0:
            return Pictures(WORDS)
        case 1:
            return Says(PLACE) if answer(message, "place", "skip") else None
        case 2:
            return answer(message, "area", "yes")
        case 3:
            return answer(message, "visible", "confidential")
        case 4:
            return answer(message, "summary", "send")
        case _:
            return Done() if "Nomor laporan" in message["text"] else None


SCRIPTS: dict[str, Script] = {"rival": rival, "product": product}
