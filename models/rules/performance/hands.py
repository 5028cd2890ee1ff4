"""In whose hands something is: one's own, the superior's of that day, or the superior's above.

Who stands in for a superior that day (Plt./Plh.) may do the same. Nobody is the own superior, not even by standing in
for him: then the next one up the line is (domain rules 26 and 27).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum

#: From the nearest superior up: everybody who may act on that level on that day.
Line = Sequence[Collection[int]]


class Hand(StrEnum):
    """What somebody is to a civil servant's papers; LINE: anybody above, who sees them."""

    OWNER = "owner"
    SUPERIOR = "superior"
    SECOND_SUPERIOR = "second_superior"
    LINE = "line"


def superiors_of(owner_id: int, line: Line) -> frozenset[int]:
    """Who approves and rates: the nearest level where somebody else than the owner acts; empty at the top."""
    return next(iter(_levels(owner_id, line)), frozenset())


def deciders_of(owner_id: int, line: Line, rated_by: int | None = None) -> frozenset[int]:
    """Who decides about an objection: the level above, without whoever rated; empty if there is none."""
    above = (level - {rated_by} for level in _levels(owner_id, line)[1:])
    return next((level for level in above if level), frozenset())


def hands_of(actor_id: int, owner_id: int, line: Line, rated_by: int | None = None) -> frozenset[Hand]:
    """What the actor is to the owner's papers."""
    if actor_id == owner_id:
        return frozenset({Hand.OWNER})
    held = (
        (Hand.SUPERIOR, superiors_of(owner_id, line)),
        (Hand.SECOND_SUPERIOR, deciders_of(owner_id, line, rated_by)),
        (Hand.LINE, frozenset[int]().union(*line)),
    )
    return frozenset(hand for hand, people in held if actor_id in people)


def sees(actor_id: int | None, owner_id: int, line: Line, is_hr: bool) -> bool:
    """Whether somebody sees the owner's work: oneself, the line of that day, human resources; no resident."""
    return actor_id is not None and (is_hr or bool(hands_of(actor_id, owner_id, line)))


def _levels(owner_id: int, line: Line) -> list[frozenset[int]]:
    levels = (frozenset(level) - {owner_id} for level in line)
    return [level for level in levels if level]
