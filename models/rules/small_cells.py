"""Which figures may be published: none of fewer than five people, and none that the others would give away."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

#: Below so many people a figure is not published (domain section 7).
SMALLEST = 5


def is_publishable(n: int) -> bool:
    """Whether a group is large enough to be shown in public."""
    return n >= SMALLEST


def hidden(counts: Mapping[Key, int]) -> frozenset[Key]:
    """The cells of a table with a known total that stay out of public.

    Those below SMALLEST; and when they hold fewer than SMALLEST people together, which total minus the rest would tell,
    the next smaller ones as well.
    """
    filled = sorted((key for key, n in counts.items() if n), key=lambda key: counts[key])
    out: list[Key] = [key for key in filled if not is_publishable(counts[key])]
    rest = filled[len(out) :]
    while out and rest and (len(out) < 2 or not is_publishable(sum(counts[key] for key in out))):
        out.append(rest.pop(0))
    return frozenset(out)
