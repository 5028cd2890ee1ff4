"""Days as people write them, and days so many months away."""

from __future__ import annotations

import calendar
import re
from datetime import date

_SHORT = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
#: Other beginnings of a month's name: Malay, English, and what is often typed.
_ALSO = {"mac": 3, "may": 5, "jul": 7, "ogo": 8, "aug": 8, "ags": 8, "oct": 10, "dis": 12, "dec": 12}
_MONTHS = {name: number for number, name in enumerate(_SHORT, 1)} | _ALSO
_NUMBERS = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4})")
_WORDS = re.compile(r"(\d{1,2})\s+([a-z]{3,})\.?\s+(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def parse_day(words: str) -> date | None:
    """A day written "31-12-2026", "31/12/2026", "31 Desember 2026" or "2026-12-31"; None for anything else."""
    said = words.strip().casefold()
    if found := _ISO.fullmatch(said):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(said):
        return _day(int(found[3]), int(found[2]), int(found[1]))
    if found := _WORDS.fullmatch(said):
        month = _MONTHS.get(found[2][:3])
        return _day(int(found[3]), month, int(found[1])) if month is not None else None
    return None


def day_of_year(written: str, year: int) -> date:
    """The day of a year that a city's data name as day and month, "31-01"; ValueError for anything else."""
    day, _, month = written.partition("-")
    return date(year, int(month), int(day))


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
