"""When the quizzes of a course are open: by its meetings and the city's data."""

from __future__ import annotations

from datetime import datetime

from bot.services.city import City
from models.rules.training.quiz import Window, window_after, window_before
from models.training.course import CourseStatus
from models.training.quiz import Phase

#: Where the city's data says nothing.
BEFORE_HOURS, BEFORE_MINUTES, AFTER_HOURS = "24", "30", "72"
#: In which states of the course each is answered.
STATES = {
    Phase.BEFORE: (CourseStatus.OPEN, CourseStatus.CLOSED),
    Phase.AFTER: (CourseStatus.OPEN, CourseStatus.CLOSED, CourseStatus.DONE),
}


def window(city: City, phase: Phase, first_start: datetime, last_end: datetime) -> Window:
    """From when until when one is answered."""
    if phase is Phase.BEFORE:
        hours = int(city.fact("training.quiz_before_hours", BEFORE_HOURS))
        return window_before(first_start, hours, int(city.fact("training.quiz_before_minutes", BEFORE_MINUTES)))
    return window_after(last_end, int(city.fact("training.quiz_after_hours", AFTER_HOURS)))


def open_phase(
    city: City, status: CourseStatus, first_start: datetime, last_end: datetime, now: datetime
) -> Phase | None:
    """Which is open now, if any."""
    return next(
        (
            phase
            for phase in Phase
            if status in STATES[phase] and window(city, phase, first_start, last_end).is_open(now)
        ),
        None,
    )
