"""What became of a send: every error Telegram or the network can answer with, turned into a value.

Errors are matched on their class first, then on Telegram's English description (in lower case, because
python-telegram-bot changes its capitals). Nothing here waits, sends or stores.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

NOT_SENT = "the request was not sent"
"""Ends the text of a network error raised before one byte of the request had left: safe to send again."""


@dataclass(frozen=True, slots=True)
class RetryAt:
    """Telegram has not taken the message: try again in so many seconds."""

    seconds: float
    reason: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """This chat cannot be written to until its owner comes back.

    `reason` is blocked, deactivated, kicked, never_started, chat_not_found, no_right_to_write or forbidden.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup: send to `new_chat_id`, and remember it."""

    new_chat_id: int


@dataclass(frozen=True, slots=True)
class Refused:
    """This message can never be delivered as it is; `reason` is what Telegram says, cut before it quotes."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request left, the answer did not come: the message may have been delivered."""

    reason: str


@dataclass(frozen=True, slots=True)
class Harmless:
    """Nothing is lost; with `send_new` the message to change is gone, and a new one is to take its place."""

    reason: str
    send_new: bool = False


Outcome = RetryAt | Unreachable | Moved | Refused | Unknown | Harmless

FLOOD = "flood"
SERVER_PAUSE = 5.0
"""Seconds to leave a server or a network alone that failed without saying for how long."""

_UNREACHABLE = (
    ("bot was blocked by the user", "blocked"),
    ("user_is_blocked", "blocked"),
    ("user is deactivated", "deactivated"),
    ("input_user_deactivated", "deactivated"),
    ("bot was kicked", "kicked"),
    ("bot is not a member", "kicked"),
    ("group chat was deleted", "kicked"),
    ("can't initiate conversation", "never_started"),
    ("chat not found", "chat_not_found"),
    ("peer_id_invalid", "chat_not_found"),
    ("have no rights to send", "no_right_to_write"),
    ("not enough rights to send", "no_right_to_write"),
    ("chat_write_forbidden", "no_right_to_write"),
)

_HARMLESS = (
    Harmless("message is not modified"),
    Harmless("query is too old"),
    Harmless("message to delete not found"),
    Harmless("message can't be deleted"),
    Harmless("message to edit not found", send_new=True),
    Harmless("message can't be edited", send_new=True),
    Harmless("there is no text in the message to edit", send_new=True),
    Harmless("message_id_invalid", send_new=True),
)

_SERVER_FAULTS = (
    "internal server error",
    "bad gateway",
    "service unavailable",
    "too many requests",
)


def outcome_of(error: TelegramError) -> Outcome:
    """What the error of one send, edit or answer means for whoever asked for it."""
    match error:
        case RetryAfter():
            return RetryAt(seconds_of(error), FLOOD)
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return Unreachable(_unreachable_reason(error) or "forbidden")
        case BadRequest():
            return _bad_request(error)
        case InvalidToken() | EndPointNotFound() | Conflict():
            return RetryAt(SERVER_PAUSE, _reason(error))
        case NetworkError():
            return _network_error(error)
        case _:
            return Unknown(_reason(error))


def seconds_of(error: RetryAfter) -> float:
    """The pause Telegram asks for, in seconds."""
    pause = error.retry_after
    return pause.total_seconds() if isinstance(pause, dt.timedelta) else float(math.ceil(pause))


def _bad_request(error: BadRequest) -> Outcome:
    text = error.message.casefold()
    for harmless in _HARMLESS:
        if harmless.reason in text:
            return harmless
    unreachable = _unreachable_reason(error)
    return Unreachable(unreachable) if unreachable else Refused(_reason(error))


def _network_error(error: NetworkError) -> Outcome:
    text = error.message.casefold()
    if text.endswith(NOT_SENT):
        return RetryAt(SERVER_PAUSE, _reason(error))
    if isinstance(error, TimedOut):
        return Unknown("timed out")
    if text.startswith(_SERVER_FAULTS):
        return RetryAt(SERVER_PAUSE, _reason(error))
    if text.startswith("request entity too large"):
        return Refused("request entity too large")
    return Unknown(_reason(error))


def _unreachable_reason(error: TelegramError) -> str | None:
    text = error.message.casefold()
    return next((reason for words, reason in _UNREACHABLE if words in text), None)


def _reason(error: TelegramError) -> str:
    """The description up to where it may quote the message itself (as "unsupported start tag" does)."""
    text = error.message.casefold()
    for mark in (":", '"', ". "):
        text = text.partition(mark)[0]
    return text.strip()
