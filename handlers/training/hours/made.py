"""What the list of training hours orders to be made after the commit: the workbook of a year."""

from __future__ import annotations

from datetime import date, datetime

from bot.db import Database
from bot.delivery.making import Maker, Order
from bot.log import get_logger
from bot.reports.training import hours_book, hours_standing
from bot.reports.workers import WorkerError
from bot.services.city import know
from bot.services.people import get, presser_of
from bot.services.training import rights
from bot.services.training.desk import Doing
from bot.views.making import not_made
from bot.views.screen import Enclosure, Made
from bot.views.training import hours_book as view

log = get_logger(__name__)

BOOK = "training_hours_book"


async def make_book(db: Database, order: Order, now: datetime) -> Made:
    """Everybody's hours of a year, by the rights of now; of a past year as the roster was on its last day."""
    year = order["year"]
    async with db.read() as session:
        rights.require_hr(await presser_of(session, await get(session, order["person"]), now))
        by = Doing(session, await know(session, now), now)
        day = min(by.today, date(year, 12, 31))
        lines = await hours_standing.everybody(by, year, day)
    target = hours_standing.target_of(by)
    rows = [view.row(number, one, by.city.units[one.unit_id].short_name) for number, one in enumerate(lines, start=1)]
    try:
        content = await hours_book.workbook(view.words(year, day, target), rows, target)
    except WorkerError as error:
        log.error("hours_book_not_made", fault=str(error)[:300])
        return Made(not_made())
    return Made(None, (Enclosure(f"rekap-jp-{year}.xlsx", content, view.caption(year)),))


MAKERS: dict[str, Maker] = {BOOK: make_book}
