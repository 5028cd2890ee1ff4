"""To whom a message goes: a filter as plain values, kept with the message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Self

from models.errors import Refusal


class Circle(StrEnum):
    """Among whom the filter looks."""

    STAFF = "staff"
    RESIDENTS = "residents"
    LISTED = "listed"


@dataclass(frozen=True, slots=True)
class Audience:
    """A filter; an empty field asks for nothing. Of several values in a field one is enough, all fields must hold.

    `units` and `areas` are ids, `grades` beginnings ("III"), `positions` words, `kinds` pns or pppk, `roles` values of
    Role. `hours_below`: fewer training hours (JP) counted this year. `attended`, `not_attended`: ids of courses.
    """

    circle: Circle = Circle.STAFF
    units: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    areas: tuple[int, ...] = ()
    hours_below: int | None = None
    attended: tuple[int, ...] = ()
    not_attended: tuple[int, ...] = ()

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """From its JSON object; refused with `audience_unknown` when it is none of ours."""
        known = {field.name for field in fields(cls)}
        if not set(stored) <= known or stored.get("circle", Circle.STAFF) not in set(Circle):
            raise Refusal("audience_unknown")
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()
        }
        return cls(**{**values, "circle": Circle(stored.get("circle", Circle.STAFF))})

    def stored(self) -> dict[str, Any]:
        """As a JSON object, without what is empty."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value not in ((), None)
        }
