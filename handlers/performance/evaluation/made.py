"""What is made of evaluations after the commit: the document, and the quarter's workbook for e-Kinerja."""

from __future__ import annotations

from datetime import datetime

from bot.db import Database
from bot.delivery.making import Maker, Order
from bot.log import get_logger
from bot.reports import documents
from bot.reports.workers import WorkerError
from bot.services.city import know
from bot.services.people import get, presser_of
from bot.services.performance.evaluation.judging import Judging
from bot.views.making import not_made
from bot.views.performance.evaluation import paper
from bot.views.screen import Enclosure, Made
from handlers.performance.evaluation.showing import shown

log = get_logger(__name__)

PAPER = "evaluation_paper"


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


MAKERS: dict[str, Maker] = {PAPER: make_paper}
