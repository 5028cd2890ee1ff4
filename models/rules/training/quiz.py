"""When a quiz is open, how its choices are shuffled, and how questions and choices are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

FEWEST_CHOICES, MOST_CHOICES = 2, 6
LONGEST_QUESTION, LONGEST_CHOICE = 500, 120
MARKS = "*✓✔✅"


class Window(NamedTuple):
    """From when until when it is answered."""

    opens: datetime
    closes: datetime

    def is_open(self, now: datetime) -> bool:
        """Whether it is answered now."""
        return self.opens <= now < self.closes


def window_before(first_start: datetime, hours: int, minutes: int) -> Window:
    """So many hours before the first meeting, until so many minutes after it began."""
    return Window(first_start - timedelta(hours=hours), first_start + timedelta(minutes=minutes))


def window_after(last_end: datetime, hours: int) -> Window:
    """From the end of the last meeting, for so many hours."""
    return Window(last_end, last_end + timedelta(hours=hours))


def shuffled(sitting_id: int, question_id: int, number: int) -> list[int]:
    """The places of a question's choices in the order in which this person sees them: always the same one."""
    return sorted(range(number), key=lambda place: sha256(f"{sitting_id}:{question_id}:{place}".encode()).digest())


def read_choices(lines: Sequence[str]) -> tuple[list[str], int] | None:
    """Choices, one a line, exactly one of them marked by a star before or behind it; None for anything else."""
    choices: list[str] = []
    marked: list[int] = []
    for line in lines:
        said = " ".join(line.split())
        if not said:
            continue
        plain = said.strip(MARKS + " \ufe0f")
        if plain != said:
            marked.append(len(choices))
        choices.append(plain)
    return (choices, marked[0]) if len(marked) == 1 and are_choices(choices) else None


def are_choices(choices: Sequence[str]) -> bool:
    """Whether they can be chosen from: enough, none empty or too long, no two alike."""
    return (
        FEWEST_CHOICES <= len(choices) <= MOST_CHOICES
        and all(0 < len(one) <= LONGEST_CHOICE for one in choices)
        and len({one.casefold() for one in choices}) == len(choices)
    )
