"""Who acts on evaluations, feedback and recognitions, and when: the first argument of their services."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.acting import Acting
from bot.services.city import City


@dataclass(frozen=True, slots=True)
class Judging(Acting):
    """The session, the city, who presses, and now."""


def number_fact(city: City, key: str, default: int) -> int:
    """A whole number among the city's facts."""
    written = city.fact(key, "").strip()
    return int(written) if written.isdigit() else default
