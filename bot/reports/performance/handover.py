"""The quarter of one civil servant as a workbook, for e-Kinerja."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bot.reports import workers

WORKER = "bot.reports.sheets"


async def workbook(lines: Sequence[Any]) -> bytes:
    """The XLSX of lines that are ready for the program which writes it; WorkerError when it cannot be made."""
    return await workers.run(WORKER, workers.whole(b"".join(json.dumps(line).encode() + b"\n" for line in lines)))
