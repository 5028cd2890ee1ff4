"""What is made of indicators after the commit: the chart, and the card again below it."""

from __future__ import annotations

from datetime import datetime

from bot.db import Database
from bot.delivery.making import Maker, Order
from bot.reports.charts import draw_or_none
from bot.services.city import know
from bot.services.people import get, presser_of
from bot.services.performance import indicator_cards
from bot.services.performance.indicators import Looking
from bot.views.performance.indicators import card as card_view
from bot.views.performance.indicators import pictures
from bot.views.screen import Enclosure, Made

CHART = "indicator_chart"


async def make_chart(db: Database, order: Order, now: datetime) -> Made:
    """The quarters of one indicator, by the rights of now."""
    async with db.read() as session:
        presser = await presser_of(session, await get(session, order["person"]), now)
        by = Looking(session, await know(session, now), presser, now)
        found = await indicator_cards.card(by, order["number"])
        row = found.standing.row
        unit = by.city.successor(row.unit_id).short_name if row.unit_id is not None else ""
        service = by.city.services[row.service_id].name if row.service_id is not None else ""
    told = pictures.chart(found)
    drawn = await draw_or_none([told]) if told is not None else []
    enclosures = tuple(Enclosure(f"{row.code}.png", picture, row.name, is_picture=True) for picture in drawn)
    return Made(card_view.card(found, unit, service, may_edit=by.may_edit), enclosures)


MAKERS: dict[str, Maker] = {CHART: make_chart}
