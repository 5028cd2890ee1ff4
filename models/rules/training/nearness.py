"""How far a participant was from the room: a hint for who looks at the list, never a verdict.

Inside a building a phone is off by many metres, so the distance is kept in tens of metres and decides nothing.
"""

from __future__ import annotations

from models.rules.coordinates import Point
from models.rules.places import distance_km

#: Kept no more exactly than that.
STEP_METRES = 10


def metres_between(room: Point, spot: Point) -> int:
    """The distance in metres, rounded to tens."""
    return round(distance_km(room, spot) * 1000 / STEP_METRES) * STEP_METRES


def is_far(metres: int | None, limit: int) -> bool:
    """Whether it is more than the limit; a distance that was not given is not."""
    return metres is not None and metres > limit
