"""Who gets new work: the one with the lightest load, so that nobody is chosen by hand or by habit (our design)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def lightest(loads: Mapping[int, int]) -> int | None:
    """Whoever has the fewest open reports; of several the one named first, None where there is nobody."""
    return min(loads, key=lambda who: loads[who]) if loads else None


def share_evenly(items: Sequence[int], loads: Mapping[int, int]) -> list[tuple[int, int]]:
    """Each item with who gets it: one after the other to the lightest load, what was given counted in."""
    growing = dict(loads)
    shared: list[tuple[int, int]] = []
    for item in items:
        who = lightest(growing)
        if who is None:
            return []
        growing[who] += 1
        shared.append((item, who))
    return shared
