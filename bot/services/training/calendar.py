"""The meetings of a course as plain values, for a calendar file that is written when a message is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.services.training.desk import Doing
from models.training.course import Course, CourseSession


def told(by: Doing, course: Course, sessions: Sequence[CourseSession]) -> dict[str, Any]:
    """What a calendar file needs, as JSON."""
    return {
        "zone": by.city.calendar.zone.key,
        "now": by.now.isoformat(),
        "events": [
            {
                "uid": f"course-{course.id}-session-{one.id}@gurindam",
                "title": course.title,
                "place": one.place or course.place,
                "about": course.link or "",
                "starts_at": one.starts_at.isoformat(),
                "ends_at": one.ends_at.isoformat(),
            }
            for one in sessions
        ],
    }
