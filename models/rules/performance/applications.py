"""Numbers and moments of applications for a service as people type them; never who applied."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.errors import Refusal
from models.rules.dates import parse_day
from models.rules.redaction import is_masked

LONGEST_NUMBER = 60
#: NIK and KK have so many digits.
_PERSONAL = 16
_NUMBER = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9 ./_-]*")
_AT = re.compile(r"\b(?:jam|pukul|pkl\.?)\s+")
_CLOCK = re.compile(r"(?:(?P<day>.+?)[ ,]+)?(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:[.:]\d{2})?")
_TODAY, _YESTERDAY = frozenset({"hari ini", "today"}), frozenset({"kemarin", "semalam", "yesterday"})
#: Older than this is a slip of the pen.
OLDEST = timedelta(days=400)


def clean_number(text: str) -> str:
    """The number of an application; refused with `number_is_personal` (16 digits) and `no_record_number`."""
    number = " ".join(text.split())
    if is_masked(number) or len(re.sub(r"\D", "", number)) == _PERSONAL:
        raise Refusal("number_is_personal")
    if len(number) > LONGEST_NUMBER or _NUMBER.fullmatch(number) is None:
        raise Refusal("no_record_number", most=LONGEST_NUMBER)
    return number


def next_number(prefix: str, year: int, last: str | None) -> str:
    """`KTP-2026-00124` after `KTP-2026-00123`."""
    head = f"{prefix}-{year}-"
    return f"{head}{int((last or head + '0').removeprefix(head)) + 1:05d}"


def parse_moment(words: str, today: date, zone: ZoneInfo) -> datetime | None:
    """ "08.30" (today), "kemarin 14.15", "23-11-2026 14.15"; None for anything else."""
    said = _AT.sub("", " ".join(words.casefold().removesuffix("wib").split()))
    found = _CLOCK.fullmatch(said)
    if found is None or int(found["hour"]) > 23 or int(found["minute"]) > 59:
        return None
    day = _day(found["day"], today)
    return None if day is None else datetime.combine(day, time(int(found["hour"]), int(found["minute"])), zone)


def require_past(at: datetime, now: datetime) -> datetime:
    """The moment; refused with `moment_not_past` in the future or long ago."""
    if at > now or now - at > OLDEST:
        raise Refusal("moment_not_past")
    return at


def _day(words: str | None, today: date) -> date | None:
    if words is None or words in _TODAY:
        return today
    return today - timedelta(days=1) if words in _YESTERDAY else parse_day(words)
