"""The distance from the room, as a table."""

from __future__ import annotations

import pytest

from models.rules.coordinates import Point
from models.rules.training.nearness import is_far, metres_between

ROOM = Point(0.9167, 104.45)


@pytest.mark.parametrize(
    ("latitude", "longitude", "metres"),
    [
        (0.9167, 104.45, 0),
        (0.91674, 104.45, 0),
        (0.91706, 104.45, 40),
        (0.9167, 104.4481, 210),
        (0.9248, 104.45, 900),
        (-6.1754, 106.8272, 831_590),
    ],
)
def test_the_distance_is_in_tens_of_metres(latitude: float, longitude: float, metres: int) -> None:
    assert metres_between(ROOM, Point(latitude, longitude)) == metres


@pytest.mark.parametrize(("metres", "far"), [(None, False), (0, False), (200, False), (210, True)])
def test_only_more_than_the_limit_is_far(metres: int | None, far: bool) -> None:
    assert is_far(metres, 200) is far
