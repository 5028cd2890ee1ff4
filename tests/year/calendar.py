"""The working days of the year, worked out by the test itself from the published holidays."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays

ZONE = ZoneInfo("Asia/Jakarta")
OFF = frozenset(holidays.country_holidays("ID", years=(2025, 2026, 2027), categories=("public", "government")))
NOWHERE: frozenset[date] = frozenset()


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of the city's clock."""
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


def is_worked(day: date, away: Collection[date] = NOWHERE) -> bool:
    """Whether the city works, and this person."""
    return day.weekday() < 5 and day not in OFF and day not in away


def days_of(week: date, away: Collection[date] = NOWHERE) -> list[date]:
    """The days of a week on which somebody works."""
    return [day for n in range(5) if is_worked(day := week + timedelta(days=n), away)]


def quarter_of(week: date) -> int:
    """The quarter to which a week belongs: that of its Thursday."""
    return ((week + timedelta(days=3)).month - 1) // 3 + 1
