"""The quarter of one civil servant as a workbook, for e-Kinerja."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.reports import workers


async def workbook(lines: Sequence[Any]) -> bytes:
    """The XLSX of lines that are ready for the program which writes it; WorkerError when it cannot be made."""
    return await workers.run(workers.SHEETS, workers.whole(workers.packed(lines)))
