"""The span in which a person answers a survey about a service once, named so that names sort by time."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum


class PeriodKind(StrEnum):
    """How long a period is; the city's choice (`skm.period`)."""

    MONTH = "month"
    QUARTER = "quarter"
    SEMESTER = "semester"
    YEAR = "year"


#: Months in a period, and the letter before its number.
_MONTHS = {PeriodKind.MONTH: (1, "M"), PeriodKind.QUARTER: (3, "Q"), PeriodKind.SEMESTER: (6, "S")}

_NAME = re.compile(r"\d{4}(-(?P<kind>[QS](?=\d$)|M(?=\d\d$))(?P<number>\d{1,2}))?")


def period_of(day: date, kind: PeriodKind) -> str:
    """The name of the period of a day: `2026`, `2026-S2`, `2026-Q4`, `2026-M11`."""
    if kind is PeriodKind.YEAR:
        return f"{day.year}"
    months, letter = _MONTHS[kind]
    number = (day.month - 1) // months + 1
    return f"{day.year}-{letter}{number:02d}" if kind is PeriodKind.MONTH else f"{day.year}-{letter}{number}"


def is_period(text: str) -> bool:
    """Whether this names a period of any kind."""
    found = _NAME.fullmatch(text)
    if found is None or not "2000" <= text[:4] < "2200":
        return False
    return not found["kind"] or 1 <= int(found["number"]) <= 12 // _length(found["kind"])


def first_day(period: str) -> date:
    """The first day of a named period."""
    year, letter, number = _parts(period)
    return date(year, (number - 1) * _length(letter) + 1, 1)


def earlier(period: str, steps: int = 1) -> str:
    """The name of the period so many steps before this one."""
    year, letter, number = _parts(period)
    if not letter:
        return f"{year - steps}"
    in_a_year = 12 // _length(letter)
    count = year * in_a_year + number - 1 - steps
    year, index = divmod(count, in_a_year)
    return f"{year}-{letter}{index + 1:02d}" if letter == "M" else f"{year}-{letter}{index + 1}"


def following(period: str) -> str:
    """The name of the next period."""
    return earlier(period, -1)


def parts_in(year: str) -> list[tuple[str, ...]]:
    """The ways a year is made of shorter periods: its semesters, its quarters, its months."""
    return [
        tuple(f"{year}-{letter}{n:02d}" if letter == "M" else f"{year}-{letter}{n}" for n in range(1, 12 // months + 1))
        for months, letter in _MONTHS.values()
    ]


def _parts(period: str) -> tuple[int, str, int]:
    year, _, rest = period.partition("-")
    return (int(year), rest[0], int(rest[1:])) if rest else (int(year), "", 1)


def _length(letter: str) -> int:
    return next((months for months, name in _MONTHS.values() if name == letter), 12)
