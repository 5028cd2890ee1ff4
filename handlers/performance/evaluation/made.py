"""What is made of evaluations after the commit: the document, and the quarter's workbook for e-Kinerja."""

from __future__ import annotations

from datetime import datetime

from bot.db import Database
from bot.delivery.making import Maker, Order
from bot.log import get_logger
from bot.reports import documents
from bot.reports.performance.handover import workbook
from bot.reports.workers import WorkerError
from bot.services.city import know
from bot.services.people import get, presser_of
from bot.services.performance.evaluation import handover
from bot.services.performance.evaluation.judging import Judging
from bot.services.staff import get as employee_of
from bot.views.making import not_made
from bot.views.performance.evaluation import handover as handover_view
from bot.views.performance.evaluation import paper
from bot.views.screen import Enclosure, Made
from handlers.performance.evaluation.showing import shown
from models.rules import nip
from models.rules.performance.evaluation_period import EvaluationPeriod

log = get_logger(__name__)

PAPER, SHEET = "evaluation_paper", "evaluation_sheet"


async def make_paper(db: Database, order: Order, now: datetime) -> Made:
    """The document of one evaluation, by the rights of now."""
    async with db.read() as session:
        presser = await presser_of(session, await get(session, order["person"]), now)
        by = Judging(session, await know(session, now), presser, now)
        one = await shown(by, order["number"])
        government = by.city.fact("city.government", by.city.fact("city.name"))
    try:
        content = await documents.typeset(paper.TEMPLATE, paper.values(one, government, now))
    except WorkerError as error:
        log.error("document_not_made", fault=str(error)[:300])
        return Made(not_made())
    return Made(None, (Enclosure(paper.file_name(one), content, paper.caption(one)),))


async def make_sheet(db: Database, order: Order, now: datetime) -> Made:
    """The own quarter for e-Kinerja."""
    period = EvaluationPeriod.read(order["period"])
    if period is None:
        return Made(not_made())
    async with db.read() as session:
        presser = await presser_of(session, await get(session, order["person"]), now)
        by = Judging(session, await know(session, now), presser, now)
        employee = await employee_of(session, by.employee_id)
        facts, found = await handover.summary(by, period), await handover.entries(by, period)
    lines = handover_view.book(employee.name, nip.short(employee.nip), period.code, facts, found)
    try:
        content = await workbook(lines)
    except WorkerError as error:
        log.error("document_not_made", fault=str(error)[:300])
        return Made(not_made())
    enclosure = Enclosure(handover_view.file_name(period.code), content, handover_view.caption(period.code))
    return Made(None, (enclosure,))


MAKERS: dict[str, Maker] = {PAPER: make_paper, SHEET: make_sheet}
