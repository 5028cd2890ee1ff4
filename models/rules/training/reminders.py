"""When a participant is reminded of a session: three days and one day before, and on its morning; never at night."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum


class Stage(StrEnum):
    """Which reminder."""

    THREE_DAYS = "h3"
    ONE_DAY = "h1"
    MORNING = "h0"


DAYS = {Stage.THREE_DAYS: 3, Stage.ONE_DAY: 1, Stage.MORNING: 0}
#: In the evening nobody is reminded; what was missed by then is left to the next one.
EVENING = time(20)


def stage_due(starts_at: datetime, now: datetime, hour: time) -> Stage | None:
    """Which reminder of a session is due at `now`, both in the city's zone; `hour` is when one arrives.

    One that its day has passed is not made up for, and nothing is said once the session has begun.
    """
    if now >= starts_at or not hour <= now.time() < EVENING:
        return None
    left = (starts_at.date() - now.date()).days
    return next((stage for stage, days in DAYS.items() if days == left), None)


def horizon(now: datetime) -> datetime:
    """Sessions after this moment are not looked at yet."""
    return now + timedelta(days=max(DAYS.values()) + 1)
