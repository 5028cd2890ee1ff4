"""What the desk and the administration order to be made after the commit: workbooks and pictures."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from bot.callbacks import Figures
from bot.db import Database
from bot.delivery.making import Maker, Order
from bot.log import get_logger
from bot.reports import charts, city_workbook, register
from bot.reports.workers import WorkerError
from bot.services.city import know
from bot.services.people import get, presser_of
from bot.views.administration import revisions as data_view
from bot.views.desk import figure_charts
from bot.views.desk import figures as view
from bot.views.making import not_made
from bot.views.screen import Enclosure, Made
from handlers.desk.figures import asked_of, cut_of, found

log = get_logger(__name__)


async def make_register(db: Database, order: Order, now: datetime) -> Made:
    """The register as a workbook, by the rights of now."""
    payload = _figures(order)
    async with db.read() as session:
        presser = await presser_of(session, await get(session, order["person"]), now)
        city = await know(session, now)
    asked = asked_of(city, presser, payload, now)
    cut = cut_of(city, presser, payload, now)
    try:
        content = await register.make(db, presser, cut, view.register_words(asked), now)
    except WorkerError as error:
        return _failed(order, error)
    name = f"laporan-{asked.first:%Y%m%d}-{asked.last:%Y%m%d}.xlsx"
    return Made(view.register_ready(asked), (Enclosure(name, content),))


async def make_chart(db: Database, order: Order, now: datetime) -> Made:
    """The figures as pictures, below their text."""
    async with db.read() as session:
        presser = await presser_of(session, await get(session, order["person"]), now)
        city = await know(session, now)
        asked, overview, names = await found(session, city, presser, _figures(order), now)
    pictures = await charts.draw_or_none(figure_charts.charts(asked, overview, names)) if overview.parts else []
    enclosures = tuple(Enclosure(f"{n}.png", picture, is_picture=True) for n, picture in enumerate(pictures, start=1))
    return Made(view.figures(asked, overview, names), enclosures)


def _figures(order: Order) -> Figures:
    """The button that was pressed."""
    return Figures(**{one.name: order[one.name] for one in fields(Figures) if one.name in order})


async def make_city_workbook(db: Database, order: Order, now: datetime) -> Made:
    """The city's data for Excel."""
    try:
        name, content = await city_workbook.make(db, data_view.guidance(), now)
    except WorkerError as error:
        return _failed(order, error)
    return Made(data_view.workbook_ready(), (Enclosure(name, content),))


def _failed(order: Order, error: WorkerError) -> Made:
    log.error("workbook_not_made", kind=order["kind"], fault=str(error)[:300])
    return Made(not_made())


MAKERS: dict[str, Maker] = {
    "register": make_register,
    "figures_chart": make_chart,
    "city_workbook": make_city_workbook,
}
