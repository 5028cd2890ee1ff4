"""Who answered a survey, without saying who: bands and fixed lists instead of a name (domain section 1).

The lists are those of the ministry's form; age is kept as a band, the hour as half a day.
"""

from __future__ import annotations

from datetime import datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo


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


class Education(StrEnum):
    """The highest school finished."""

    SD = "SD"
    SMP = "SMP"
    SMA = "SMA"
    DIPLOMA = "D1-D3"
    S1 = "S1"
    S2 = "S2"
    S3 = "S3"


class Occupation(StrEnum):
    """As on the form."""

    CIVIL_SERVANT = "PNS"
    ARMY = "TNI"
    POLICE = "POLRI"
    EMPLOYEE = "swasta"
    BUSINESS = "wirausaha"
    OTHER = "lainnya"


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
