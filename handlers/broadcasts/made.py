"""The results of a broadcast as a workbook, made after the commit; rows are streamed, memory does not grow."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

from bot.db import Database
from bot.delivery.making import Maker, Order
from bot.log import get_logger
from bot.reports import workers
from bot.reports.workers import WorkerError
from bot.services.broadcasts import deciding, sending
from bot.services.broadcasts.desk import Announcing
from bot.services.city import know
from bot.services.people import get, presser_of
from bot.views.broadcasts import desk as desk_view
from bot.views.broadcasts import results as view
from bot.views.making import not_made
from bot.views.screen import Enclosure, Made
from models.broadcasts.broadcast import Broadcast
from models.rules import nip

log = get_logger(__name__)

RESULTS = "broadcast_results"
#: A hundred thousand lines take a while.
SECONDS = 120.0


async def make_results(db: Database, order: Order, now: datetime) -> Made:
    """One line for each recipient, by the rights of now."""
    async with db.read() as session:
        presser = await presser_of(session, await get(session, order["person"]), now)
        by = Announcing(session, await know(session, now), presser, now)
        row = await deciding.steered(by, order["number"])
        try:
            content = await workers.run(workers.SHEETS, _lines(by, row), SECONDS)
        except WorkerError as error:
            log.error("results_not_made", fault=str(error)[:300])
            return Made(not_made())
    return Made(None, (Enclosure(view.file_name(row), content, desk_view.results_caption(row)),))


async def _lines(by: Announcing, row: Broadcast) -> AsyncIterator[bytes]:
    opening = {"sheet": view.sheet_name(), "widths": view.WIDTHS, "freeze": [1, 0]}
    yield workers.packed([opening, {"row": view.head(), "style": "head"}])
    async for name, unit, digits, status, fault, sent_at in sending.results(by.session, row):
        short = nip.short(digits) if digits else ""
        ended = (view.end_of(status), view.reason(status, fault), view.moment_words(sent_at))
        yield workers.packed([[name or view.resident(), unit or "", short, *ended]])


MAKERS: dict[str, Maker] = {RESULTS: make_results}
