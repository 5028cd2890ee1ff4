"""How the values of the weeks become the value of an indicator (domain rule 29)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Aggregation(StrEnum):
    """Set for each indicator: everything so far, the newest level, or the mean of what was reported."""

    SUM = "sum"
    LAST = "last"
    MEAN = "mean"


def value_at(
    aggregation: Aggregation, values: Iterable[tuple[date, Decimal]], day: date, since: date | None = None
) -> Decimal | None:
    """The value on `day` of what was reported from `since` (None: ever) to that day, exact; None without any.

    Each value stands for the day it is about (a week's report: its Monday). Of two about one day, the later in order
    is the last.
    """
    counted = [entry for entry in values if entry[0] <= day and (since is None or entry[0] >= since)]
    if not counted:
        return None
    if aggregation is Aggregation.LAST:
        return max(enumerate(counted), key=lambda item: (item[1][0], item[0]))[1][1]
    total = sum((value for _, value in counted), Decimal(0))
    return total if aggregation is Aggregation.SUM else total / len(counted)
