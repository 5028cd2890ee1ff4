"""What was said at a question about a course, read as the value that the draft keeps; None for what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.services.training import forms
from models.rules.redaction import mask_numbers
from models.rules.training.meetings import parse_deadline, parse_meeting

_LINK = re.compile(r"https?://[^\s.]+\.\S+")
MOST_TOPICS = 10


def _words(most: int) -> Callable[[str, datetime], str | None]:
    def read(said: str, _now: datetime) -> str | None:
        kept = mask_numbers(said)[0]
        return kept if 0 < len(kept) <= most else None

    return read


def _number(most: int) -> Callable[[str, datetime], int | None]:
    def read(said: str, _now: datetime) -> int | None:
        digits = said.replace(".", "")
        return int(digits) if digits.isascii() and digits.isdigit() and 0 < int(digits) <= most else None

    return read


def _link(said: str, _now: datetime) -> str | None:
    return said if _LINK.fullmatch(said) and len(said) <= forms.LONGEST_LINK else None


def _deadline(said: str, now: datetime) -> str | None:
    found = parse_deadline(said, now)
    return found.isoformat() if found is not None and found > now else None


def _topics(said: str, _now: datetime) -> list[str] | None:
    found = [word.strip().casefold()[:80] for word in said.split(",") if word.strip()]
    return found[:MOST_TOPICS] or None


#: Step → how its words are read; `now` is in the city's zone.
READERS: dict[str, Callable[[str, datetime], Any]] = {
    "title": _words(forms.LONGEST_TITLE),
    "form": _words(forms.LONGEST_FORM),
    "description": _words(forms.LONGEST_WORDS),
    "place": _words(forms.LONGEST_PLACE),
    "hours": _number(forms.MOST_HOURS),
    "quota": _number(forms.MOST_SEATS),
    "unit_quota": _number(forms.MOST_SEATS),
    "link": _link,
    "closes_at": _deadline,
    "topics": _topics,
}
#: What a skipped question leaves.
EMPTY: dict[str, Any] = {
    "form": "", "description": "", "place": "", "link": None, "unit_quota": None, "topics": []
}  # fmt: skip


def read_meetings(said: str, now: datetime) -> list[list[str]] | None:
    """Meetings, a line each; None when one of the lines is none."""
    found = []
    for line in said.splitlines():
        if not line.strip():
            continue
        times = parse_meeting(line, now)
        if times is None:
            return None
        found.append([times.starts_at.isoformat(), times.ends_at.isoformat(), mask_numbers(times.place)[0]])
    return found or None
