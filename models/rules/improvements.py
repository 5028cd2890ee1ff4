"""An improvement's life, and how long it may take (follow-up plan, RTL, of the SKM)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from models.errors import Refusal


class Step(StrEnum):
    """Where an improvement stands."""

    PLANNED = "planned"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"


#: Somebody still owes it.
UNFINISHED = (Step.PLANNED, Step.DOING)

#: What an improvement may become from each state; what is over stays over.
NEXT: dict[Step, tuple[Step, ...]] = {
    Step.PLANNED: (Step.DOING, Step.DONE, Step.DROPPED),
    Step.DOING: (Step.DONE, Step.DROPPED),
    Step.DONE: (),
    Step.DROPPED: (),
}


class Term(StrEnum):
    """How far away the date is: below 12 months, 12 to 24, beyond."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


def require_step(present: Step, following: Step) -> None:
    """Refused with `improvement_is_over` where the table knows no such step."""
    if following not in NEXT[present]:
        raise Refusal("improvement_is_over")


def stage_of(days_left: int, before: Collection[int], every: int) -> int | None:
    """Which reminder an improvement has come to, named by the days left; None while it is not near.

    The nearest of `before` that is reached, 0 on the day itself, then every so many days (negative).
    """
    if days_left < 0:
        return days_left + -days_left % every
    return min((days for days in {*before, 0} if days_left <= days), default=None)


def term_of(begun: date, due: date) -> Term:
    """The term between two days; exactly twelve and exactly 24 months are in the middle."""
    months = (due.year - begun.year) * 12 + due.month - begun.month
    if months < 12 or (months == 12 and due.day < begun.day):
        return Term.SHORT
    return Term.LONG if months > 24 or (months == 24 and due.day > begun.day) else Term.MEDIUM
