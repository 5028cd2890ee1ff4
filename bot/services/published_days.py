"""National holidays and cuti bersama as published: the days of `published_days.csv`.

The file is what the `holidays` library says of Indonesia, written down: the library loads every country of the world,
ten MiB of a bot's memory (docs/decisions/0019-days-off-in-a-file.md). A decree in the middle of a year is the
administrator's table.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".csv")


def published_days(years: Iterable[int]) -> set[date]:
    """The days off of these years; the file knows those from 2020 to 2060."""
    wanted = set(years)
    return {day for day in _all() if day.year in wanted}


@cache
def _all() -> frozenset[date]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return frozenset(date.fromisoformat(row["day"]) for row in csv.DictReader(lines))
