"""Who answered a survey, without saying who: bands instead of a name (domain section 1).

Schools and occupations are the city's lists (`skm.education`, `skm.occupation`); age is a band, the hour half a day.
"""

from __future__ import annotations

from datetime import datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

#: The longest entry of a list of the city.
LONGEST = 20


class Sex(StrEnum):
    """As on the form: L, P."""

    MALE = "L"
    FEMALE = "P"


class AgeBand(StrEnum):
    """A band instead of an age; a child cannot consent, so there is none below 18."""

    FROM_18 = "18-25"
    FROM_26 = "26-35"
    FROM_36 = "36-45"
    FROM_46 = "46-55"
    FROM_56 = "56-65"
    OVER_65 = ">65"


class HourBand(StrEnum):
    """When on the day the survey was answered."""

    MORNING = "08-12"
    AFTERNOON = "12-17"
    OTHER = "lain"


def hour_band(now: datetime, zone: ZoneInfo) -> HourBand:
    """The band of a moment by the city's clock."""
    at = now.astimezone(zone).time()
    if time(8) <= at < time(12):
        return HourBand.MORNING
    return HourBand.AFTERNOON if time(12) <= at < time(17) else HourBand.OTHER


def listed(words: str) -> list[str]:
    """A list of the city (`SD; SMP; SMA`), each short enough for a button."""
    parts = (part.replace(":", " ").strip()[:LONGEST] for part in words.split(";"))
    return list(dict.fromkeys(part for part in parts if part))
