"""Entities that Telegram's server finds in plain text: commands, mentions, hashtags, addresses."""

import re
from typing import Any

_PATTERNS = (
    ("url", re.compile(r"(?:https?|tg)://[^\s<>\"]*[^\s<>\".,;:!?)\]']", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("url", re.compile(
        r"(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:com|org|net|id|me|my|io|info|dev)(?:/[^\s<>\"]*[^\s<>\".,;:!?)\]'])?(?![\w.-]*\w)",
        re.IGNORECASE,
    )),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{2,31}\b")),
    ("hashtag", re.compile(r"(?<![\w#/])#\w*[^\W\d]\w*")),
    ("phone_number", re.compile(r"(?<![\w+])\+\d{8,15}(?!\w)")),
)  # fmt: skip
_CLOSED = ("code", "pre", "text_link", "custom_emoji", "date_time")
"""Marked entities inside which nothing is looked for."""


def detect(text: str, marked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entities found in `text`, none overlapping another or lying in a marked link or code."""
    taken = [(entity["offset"], entity["offset"] + entity["length"]) for entity in marked if entity["type"] in _CLOSED]
    found = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start = _units(text[: match.start()])
            end = start + _units(match.group())
            if all(end <= left or start >= right for left, right in taken):
                taken.append((start, end))
                found.append({"type": kind, "offset": start, "length": end - start})
    return found


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
