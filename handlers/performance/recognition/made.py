"""The certificate of a recognition, made after the commit."""

from __future__ import annotations

from datetime import datetime

from bot.db import Database
from bot.delivery.making import Maker, Order
from bot.log import get_logger
from bot.reports import documents
from bot.reports.performance import qr
from bot.reports.workers import WorkerError
from bot.services.city import know
from bot.services.people import get, presser_of
from bot.services.performance.evaluation.judging import Judging
from bot.views.making import not_made
from bot.views.performance.recognition import certificate
from bot.views.screen import Enclosure, Made
from handlers.performance.recognition.showing import shown

log = get_logger(__name__)

CERTIFICATE = "recognition_certificate"


async def make_certificate(db: Database, order: Order, now: datetime) -> Made:
    """The PDF with the code that verifies it, by the rights of now."""
    async with db.read() as session:
        presser = await presser_of(session, await get(session, order["person"]), now)
        by = Judging(session, await know(session, now), presser, now)
        one, may = await shown(by, order["number"])
    if not may.paper:
        return Made(not_made())
    government = by.city.fact("city.government", by.city.fact("city.name"))
    place = by.city.fact("city.short_name", by.city.fact("city.name"))
    values = certificate.values(one, government, place, one.row.decided_at or now)
    code = qr.picture(f"{order['link']}{one.row.token}")
    try:
        content = await documents.typeset(certificate.TEMPLATE, values, [code])
    except WorkerError as error:
        log.error("document_not_made", fault=str(error)[:300])
        return Made(not_made())
    return Made(None, (Enclosure(certificate.file_name(one), content, certificate.caption(one)),))


MAKERS: dict[str, Maker] = {CERTIFICATE: make_certificate}
