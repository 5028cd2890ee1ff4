"""The certificate of a course, made after the commit."""

from __future__ import annotations

from datetime import datetime

from bot.db import Database
from bot.delivery.making import Maker, Order
from bot.i18n import speaking
from bot.log import get_logger
from bot.reports import documents
from bot.reports.performance import qr
from bot.reports.workers import WorkerError
from bot.services.city import know
from bot.services.people import get, presser_of
from bot.services.training import rights
from bot.services.training.desk import Doing
from bot.services.training.outcome import certificates
from bot.views.making import not_made
from bot.views.screen import Enclosure, Made
from bot.views.training.outcome import certificate as view

log = get_logger(__name__)

CERTIFICATE = "training_certificate"


async def make_certificate(db: Database, order: Order, now: datetime) -> Made:
    """The PDF with the code that verifies it, by the rights of now."""
    async with db.read() as session:
        presser = await presser_of(session, await get(session, order["person"]), now)
        by = Doing(session, await know(session, now), now)
        arranges = rights.arranges(presser)
        one = await certificates.to_print(by, order["certificate"], presser.employee_id, arranges=arranges)
    city = by.city
    government = city.fact("city.government", city.fact("city.name"))
    place = city.fact("city.short_name", city.fact("city.name"))
    with speaking(view.LANGUAGE):
        values = view.values(one, government, place, city.today(one.began), city.today(one.row.issued_at))
    try:
        content = await documents.typeset(view.TEMPLATE, values, [qr.picture(f"{order['link']}{one.row.code}")])
    except WorkerError as error:
        log.error("document_not_made", fault=str(error)[:300])
        return Made(not_made())
    return Made(None, (Enclosure(view.file_name(one), content, view.caption(one)),))


MAKERS: dict[str, Maker] = {CERTIFICATE: make_certificate}
