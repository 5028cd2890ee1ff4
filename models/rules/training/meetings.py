"""A meeting as people write it: "1 Desember 2026 08.00-12.00, Aula Lantai 2"."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import NamedTuple

from models.rules.dates import parse_day
from models.rules.moments import parse_moment

_HOURS = re.compile(
    r"(\d{1,2})[.:](\d{2})\s*(?:wib|wita|wit)?\s*(?:-|–|s\.?d\.?|sampai|hingga|to)\s*(\d{1,2})[.:](\d{2})"
)
LONGEST_PLACE = 200


class Times(NamedTuple):
    """When a meeting begins and ends, and its own place ("" for that of the course)."""

    starts_at: datetime
    ends_at: datetime
    place: str


def parse_meeting(words: str, now: datetime) -> Times | None:
    """The meeting in the zone of `now`; None for anything else, also where the end is not after the beginning."""
    found = _HOURS.search(words.casefold())
    if found is None:
        return None
    day = words[: found.start()].strip(" ,")
    starts = parse_moment(f"{day} {found[1]}.{found[2]}", now)
    hour, minute = int(found[3]), int(found[4])
    if starts is None or not day or hour > 23 or minute > 59:
        return None
    ends = starts.replace(hour=hour, minute=minute)
    place = re.sub(r"^\s*(?:wib|wita|wit)\b", "", words[found.end() :], flags=re.IGNORECASE).strip(" ,.")
    return Times(starts, ends, place[:LONGEST_PLACE]) if ends > starts else None


def parse_deadline(words: str, now: datetime) -> datetime | None:
    """A moment, or a day alone: its end."""
    moment = parse_moment(words, now)
    if moment is not None:
        return moment
    day = parse_day(words) or parse_day(f"{words} {now.year}")
    if day is None:
        return None
    return datetime.combine(day, time(0), now.tzinfo) + timedelta(hours=23, minutes=59)
