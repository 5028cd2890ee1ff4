"""What somebody types for a target and for its quarters: `120 dokumen`, `80-90 %`, `30 30 30 30`."""

from __future__ import annotations

import re
from decimal import Decimal

from models.rules.performance.achievement import Target
from models.rules.performance.one_line import read_number
from models.rules.performance.pace import QUARTERS

_TARGET = re.compile(
    r"(?P<low>\d[\d.,]*)\s*(?:%\s*)?(?:(?:-|–|—|s\.?\s*/?\s*d\.?|sampai|hingga|to)\s*(?P<high>\d[\d.,]*)\s*)?"
    r"(?P<unit>[^\d\s].*)?",
    re.IGNORECASE | re.DOTALL,
)
_PER_CENT = re.compile(r"(?:%|persen|peratus|per cent)\s*$", re.IGNORECASE)
#: What is written for a quarter without a target.
_NOTHING = frozenset({"-", "–", "—", "0-"})
_BETWEEN = re.compile(r"\s*[;|/\n]\s*|\s+|,\s+")


def read_target(text: str) -> tuple[Target, str] | None:
    """The target and what follows it (its unit, "" without one); None where it cannot be read."""
    match = _TARGET.fullmatch(text.strip())
    if match is None:
        return None
    low = read_number(match["low"].rstrip(".,"))
    high = read_number(match["high"].rstrip(".,")) if match["high"] else low
    if low is None or high is None:
        return None
    unit = " ".join((match["unit"] or "").split())
    if not unit and "%" in text:
        unit = "%"
    return Target(low, high), "%" if _PER_CENT.fullmatch(unit) else unit


def read_quarters(text: str) -> tuple[Decimal | None, ...] | None:
    """Four numbers, a dash for a quarter without one; None where they cannot be read."""
    parts = [part for part in _BETWEEN.split(text.strip().replace("%", "")) if part]
    if len(parts) != QUARTERS:
        return None
    numbers = [None if part in _NOTHING else read_number(part) for part in parts]
    wrong = any(number is None and part not in _NOTHING for number, part in zip(numbers, parts, strict=True))
    if wrong or any(number is not None and number < 0 for number in numbers):
        return None
    return tuple(numbers)
