"""A process of its own, `python -m tests.kill.clerk`: the product's sender and its timed duties at a given time.

It waits for no lead, so two of them fire side by side. The clock starts at CLERK_NOW; duties come every second.
"""

from __future__ import annotations

import asyncio
import os
from datetime import datetime, timedelta

from bot.app import build
from bot.clock import utc_now
from bot.config import Settings
from bot.jobs import digests, weekly
from bot.jobs.timetable import Duty, Timetable

EVERY = timedelta(seconds=1)
DUTIES = (Duty("digests", digests.run, EVERY), Duty("weekly", weekly.run, EVERY))


async def main() -> None:
    """Work until killed."""
    begun, first = utc_now(), datetime.fromisoformat(os.environ["CLERK_NOW"])
    product = build(Settings(), clock=lambda: first + (utc_now() - begun))
    await product.start(polling=False)
    table = Timetable(product.runtime, DUTIES)
    while True:
        for duty in DUTIES:
            await table.fire(duty)
        await asyncio.sleep(EVERY.total_seconds())


if __name__ == "__main__":
    asyncio.run(main())
