"""Moments as people write them: "besok 08.00", "Senin pukul 9", "25 November 2026 jam 14.30"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from models.rules.dates import parse_day

_TIME = re.compile(r"(?:(?:pukul|jam|pkl\.?|at)\s*(\d{1,2})(?:[.:](\d{2}))?|(\d{1,2})[.:](\d{2}))\s*(?:wib|wita|wit)?$")
_DAYS = {"": 0, "hari ini": 0, "today": 0, "besok": 1, "esok": 1, "tomorrow": 1, "lusa": 2}
_WEEKDAYS = {
    **{name: number for number, name in enumerate(("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"))},
    **{name: number for number, name in enumerate(("isnin", "selasa", "rabu", "khamis", "jumaat", "sabtu", "ahad"))},
    "jum'at": 4,
    **dict(zip(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), range(7), strict=True)),
}


def parse_moment(words: str, now: datetime) -> datetime | None:
    """The moment in the zone of `now`; a day without a year is the next one; None for anything else."""
    said = " ".join(words.casefold().replace(",", " ").split())
    found = _TIME.search(said)
    if found is None:
        return None
    hour, minute = int(found[1] or found[3]), int(found[2] or found[4] or 0)
    day = _day(said[: found.start()].strip(), now.date())
    if day is None or hour > 23 or minute > 59:
        return None
    moment = datetime.combine(day, time(hour, minute), now.tzinfo)
    named = said[: found.start()].strip()
    if moment <= now and (named == "" or named in _WEEKDAYS):
        moment += timedelta(days=7 if named else 1)
    return moment


def _day(words: str, today: date) -> date | None:
    if words in _DAYS:
        return today + timedelta(days=_DAYS[words])
    if words in _WEEKDAYS:
        return today + timedelta(days=(_WEEKDAYS[words] - today.weekday()) % 7)
    if (day := parse_day(words)) is not None:
        return day
    day = parse_day(f"{words} {today.year}")
    return parse_day(f"{words} {today.year + 1}") if day is not None and day < today else day
