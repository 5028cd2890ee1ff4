"""What is made of the survey's answers after the commit: cards, lists, pictures, the ministry's table, the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.db import Database
from bot.delivery.making import Maker, Order
from bot.log import get_logger
from bot.reports import documents, survey_book
from bot.reports.charts import draw_or_none
from bot.reports.respondents import profiles
from bot.reports.satisfaction import Results, Scope, results
from bot.reports.workers import WorkerError
from bot.services.city import City, know
from bot.services.satisfaction import plans
from bot.services.satisfaction.responses import present_period
from bot.views.making import not_made
from bot.views.satisfaction import pictures, publication
from bot.views.satisfaction import plans as plan_view
from bot.views.satisfaction import results as view
from bot.views.satisfaction.elements import name_of as element_name
from bot.views.satisfaction.periods import name_of
from bot.views.satisfaction.plans import public_lines
from bot.views.satisfaction.publication import Line, Published
from bot.views.screen import Enclosure, Made
from models.rules.skm import Element, Tally

log = get_logger(__name__)

CARD, PARTS, CHART, SHEET, PAPER = "skm_card", "skm_parts", "skm_chart", "skm_sheet", "skm_paper"
DRAFT = "skm_draft"
#: So many improvements stand on a public card, so many in the report; and how long a done one stays.
ON_CARD, IN_REPORT = 4, 20
RECENT = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Read:
    """What an order asked for, read from the database."""

    city: City
    order: Order
    asked: view.Asked
    scope: Scope
    found: Results

    @property
    def name(self) -> str:
        """Whose results they are."""
        return self.asked.name

    @property
    def file_name(self) -> str:
        """What a file about it is called, without its ending."""
        return f"skm-{self.asked.code}-{self.asked.period.lower()}"

    def parts(self) -> list[tuple[str, str, Tally]]:
        """Units of the city, or services of a unit: (code, name, tally), the lowest index first."""
        if self.asked.code == view.CITY:
            heads = {unit: self.city.successor(unit) for unit in self.found.units}
            found = [(f"u{heads[unit].id}", heads[unit].short_name, tally) for unit, tally in self.found.units.items()]
        else:
            services = self.city.services
            found = [(f"s{key}", services[key].name, tally) for key, tally in self.found.services.items()]
        return sorted(found, key=lambda part: (part[2].ikm or 0, part[1]))


async def _read(db: Database, order: Order, now: datetime) -> Read:
    async with db.read() as session:
        city = await know(session, now)
        units = frozenset(order["units"]) if order["units"] is not None else None
        scope = Scope(order["service"], units)
        mixed = city.fact("skm.micro_in_ikm") == "yes"
        found = await results(session, scope, order["period"], micro_in_ikm=mixed, public=order["public"])
    present = present_period(city, now)
    asked = view.Asked(order["code"], order["name"], order["period"], present, order["can_plan"])
    return Read(city, order, asked, scope, found)


async def make_card(db: Database, order: Order, now: datetime) -> Made:
    """The card; with `chart` its pictures below."""
    read = await _read(db, order, now)
    if not order["public"]:
        return Made(view.card(read.asked, read.found), await _pictures(read) if order["chart"] else ())
    async with db.read() as session:
        since = (now - RECENT).date()
        work = await plans.public_work(session, read.scope.units, read.scope.service_id, since, ON_CARD)
    return Made(view.public_card(read.asked, read.found, public_lines(work)))


async def make_parts(db: Database, order: Order, now: datetime) -> Made:
    """The list of the units of a city, or the services of a unit."""
    read = await _read(db, order, now)
    return Made(view.parts(read.asked, read.found, read.parts(), order["page"], public=order["public"]))


async def make_chart(db: Database, order: Order, now: datetime) -> Made:
    """Elements and trend as pictures, and the card again below them."""
    return await make_card(db, {**order, "chart": True}, now)


async def _pictures(read: Read) -> tuple[Enclosure, ...]:
    told = pictures.charts(read.name, read.found)
    drawn = await draw_or_none(told) if told else []
    return tuple(
        Enclosure(f"{read.file_name}-{number}.png", picture, f"{chart.title}\n{chart.subtitle}", is_picture=True)
        for number, (chart, picture) in enumerate(zip(told, drawn, strict=False), 1)
    )


async def make_sheet(db: Database, order: Order, now: datetime) -> Made:
    """The ministry's table as a workbook."""
    read = await _read(db, order, now)
    asked = survey_book.Asked(
        scope=read.scope,
        period=read.asked.period,
        words=(publication.title(), read.name, name_of(read.asked.period)),
        names={element: element_name(element) for element in Element},
        micro_in_ikm=read.found.mixed,
        note=publication.note(read.found),
    )
    content = await survey_book.workbook(db, read.city, asked)
    return Made(None, (Enclosure(f"{read.file_name}.xlsx", content, publication.caption(read.name, read.found)),))


async def make_paper(db: Database, order: Order, now: datetime) -> Made:
    """The report for publication: nothing in it speaks of fewer than five people."""
    read = await _read(db, {**order, "public": True}, now)
    told = pictures.charts(read.name, read.found)
    drawn = await draw_or_none(told) if told else []
    published = await _published(db, read, now, len(drawn))
    try:
        content = await documents.typeset(documents.SATISFACTION, publication.values(published), drawn)
    except WorkerError as error:
        log.error("document_not_made", fault=str(error)[:300])
        return Made(not_made())
    return Made(None, (Enclosure(f"{read.file_name}.pdf", content, publication.caption(read.name, read.found)),))


async def _published(db: Database, read: Read, now: datetime, drawn: int) -> Published:
    async with db.read() as session:
        every = await results(session, read.scope, read.asked.period, micro_in_ikm=read.found.mixed)
        respondents = await profiles(session, read.scope, read.asked.period)
        since = (now - RECENT).date()
        work = await plans.public_work(session, read.scope.units, read.scope.service_id, since, IN_REPORT)
    of_city = read.asked.code == view.CITY
    shown = read.parts() if not read.asked.is_service else []
    answered = every.units if of_city else every.services
    return Published(
        publisher=read.city.fact("city.government", read.city.fact("city.name")),
        subject=read.name,
        found=read.found,
        parts=[(name, tally) for _code, name, tally in shown],
        parts_are_units=of_city,
        left_out=0 if read.asked.is_service else len(answered) - len(shown),
        respondents=respondents,
        plan=[
            Line(row.title, row.element, read.city.successor(row.unit_id).short_name, row.due_on, row.status)
            for row in work
        ],
        now=now,
        pictures=drawn,
    )


async def make_draft(db: Database, order: Order, now: datetime) -> Made:
    """The follow-up plan: elements from the weakest up, with what is at work on them."""
    units = frozenset(order["units"])
    async with db.read() as session:
        found = await results(session, Scope(order["service"], units), order["period"])
        lines = await plans.draft(session, units, order["service"], order["period"], found.whole)
    return Made(plan_view.draft(order["code"], order["name"], order["period"], lines))


MAKERS: dict[str, Maker] = {
    CARD: make_card,
    PARTS: make_parts,
    CHART: make_chart,
    SHEET: make_sheet,
    PAPER: make_paper,
    DRAFT: make_draft,
}
