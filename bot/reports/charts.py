"""Pictures of numbers, readable on a phone: what to draw, and drawing it in a program of its own."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from bot.log import get_logger
from bot.reports import workers
from bot.reports.workers import WorkerError

log = get_logger(__name__)

WORKER = "bot.reports.drawing"


class ChartKind(StrEnum):
    """How numbers are drawn."""

    BARS = "bars"
    LINE = "line"
    PACE = "pace"
    HEAT = "heat"


@dataclass(frozen=True, slots=True)
class Chart:
    """One picture: a label, a value (None: nothing to draw) and the value in words for each bar or point.

    `low` and `high` are the ends of the axis; None leaves them to the values. `marks` are lines across, with a name.
    `weak` are the places of bars to point out. All words are ready for the reader.

    A PACE draws `values` along time beside `target`, each with its name in `legend`. A HEAT has a row of `grid` for
    each label and a square for each of `columns`; a square is a place in `legend`, the best first, the last: nothing.
    """

    kind: ChartKind
    title: str
    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    shown: tuple[str, ...]
    unit: str = ""
    subtitle: str = ""
    low: float | None = None
    high: float | None = None
    marks: tuple[tuple[float, str], ...] = ()
    weak: tuple[int, ...] = ()
    target: tuple[float | None, ...] = ()
    columns: tuple[str, ...] = ()
    grid: tuple[tuple[int, ...], ...] = ()
    legend: tuple[str, ...] = ()


async def draw(charts: Sequence[Chart]) -> list[bytes]:
    """The charts as PNG, all by one start of the program. WorkerError when they cannot be drawn."""
    request = json.dumps([asdict(chart) for chart in charts]).encode()
    made = json.loads(await workers.run(WORKER, workers.whole(request)))
    return [base64.b64decode(picture) for picture in made]


async def draw_or_none(charts: Sequence[Chart]) -> list[bytes]:
    """The same; no picture instead of an error, for messages whose text says it all."""
    try:
        return await draw(charts)
    except (WorkerError, ValueError, OSError) as error:
        log.warning("charts_not_drawn", charts=len(charts), fault=str(error)[:200])
        return []
