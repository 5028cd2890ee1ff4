"""The number of a civil servant: NIP of a PNS, NI PPPK of a contract employee, 18 digits both.

Source: Perka BKN 43/2007 (birth 8, appointment 6, sex 1, serial 3); for PPPK positions 13-14 are the number
of the contract, not a month. There is no check digit: a valid number proves nothing (domain rules 33, 34).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

_SHAPE = re.compile(r"(\d{8})(\d{4})(\d{2})([12])(\d{3})", re.ASCII)
_YOUNGEST, _OLDEST = 17, 60
_MONTHS = 12


class Kind(StrEnum):
    """Permanent civil servant, or one with a contract."""

    PNS = "pns"
    PPPK = "pppk"


class Fault(StrEnum):
    """Why a number cannot be an NIP."""

    SHAPE = "nip_shape"
    BIRTH = "nip_birth"
    PAIR = "nip_pair"
    SERIAL = "nip_serial"
    APPOINTMENT = "nip_appointment"
    AGE = "nip_age"


@dataclass(frozen=True, slots=True)
class Nip:
    """A readable number. `month` is of the appointment (PNS only), `contract` its number (PPPK only)."""

    digits: str
    kind: Kind
    birth: date
    year: int
    month: int | None
    contract: int | None
    female: bool


def read(text: str, today: date) -> Nip | Fault:
    """The number in `text` (spaces, dots and dashes do not count), or the first thing wrong with it."""
    digits = re.sub(r"[\s.\-]", "", text)
    match = _SHAPE.fullmatch(digits)
    if match is None:
        return Fault.SHAPE
    birth = _day(match[1])
    year, pair = int(match[2]), int(match[3])
    if birth is None or birth >= today:
        return Fault.BIRTH
    if pair == 0:
        return Fault.PAIR
    if match[5] == "000":
        return Fault.SERIAL
    month = pair if pair <= _MONTHS else None
    if (year, month or 1) > _following_month(today):
        return Fault.APPOINTMENT
    age = year - birth.year - (month is not None and month < birth.month)
    if not _YOUNGEST <= age <= _OLDEST:
        return Fault.AGE
    kind = Kind.PPPK if month is None else Kind.PNS
    return Nip(digits, kind, birth, year, month, None if month else pair, match[4] == "2")


def short(digits: str) -> str:
    """How an NIP is shown in chats, logs and exports: its last three digits."""
    return f"…{digits[-3:]}"


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a calendar day has no zone
    except ValueError:
        return None


def _following_month(day: date) -> tuple[int, int]:
    return (day.year + day.month // _MONTHS, day.month % _MONTHS + 1)
