"""The code that the room shows: made from the session's secret, good for half a minute and the half before it.

A QR holds a long code, a short one of six digits is typed where a camera does not help.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

STEP_SECONDS = 30
DIGITS = 6
LONG = 16
#: So early before the beginning one can be present.
DOORS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Code:
    """The same moment twice: `long` in a link, `digits` to be typed."""

    long: str
    digits: str


def code_at(secret: str, session_id: int, moment: datetime) -> Code:
    """The code shown at that moment."""
    return _code(secret, session_id, step_of(moment))


def is_code(secret: str, session_id: int, said: str, now: datetime) -> bool:
    """Whether it is the code of now or the one before; compared in the same time whatever was said."""
    step = step_of(now)
    valid = [code for one in (step, step - 1) for code in _both(_code(secret, session_id, one))]
    return any([hmac.compare_digest(said.strip().encode(), code.encode()) for code in valid])


def doors_open(starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """From half an hour before the beginning to the end."""
    return starts_at - DOORS <= now <= ends_at


def step_of(moment: datetime) -> int:
    """Which half minute it is, counted from long ago."""
    return int(moment.timestamp()) // STEP_SECONDS


def _code(secret: str, session_id: int, step: int) -> Code:
    made = hmac.new(secret.encode(), f"{session_id}:{step}".encode(), hashlib.sha256).hexdigest()
    return Code(made[:LONG], f"{int(made[LONG:32], 16) % 10**DIGITS:0{DIGITS}d}")


def _both(code: Code) -> tuple[str, str]:
    return code.long, code.digits
