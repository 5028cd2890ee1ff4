"""What the quiz orders to be made after the commit: the empty form of its questions."""

from __future__ import annotations

from datetime import datetime

from bot.db import Database
from bot.delivery.making import Maker, Order
from bot.log import get_logger
from bot.reports.training import course_book
from bot.reports.workers import WorkerError
from bot.views.making import not_made
from bot.views.screen import Enclosure, Made
from bot.views.training.quiz import writing

log = get_logger(__name__)

FORM = "quiz_form"


async def make_form(_db: Database, _order: Order, _now: datetime) -> Made:
    """The empty form."""
    try:
        content = await course_book.empty_quiz()
    except WorkerError as error:
        log.error("quiz_form_not_made", fault=str(error)[:300])
        return Made(not_made())
    return Made(None, (Enclosure("bentuk-kuis.xlsx", content, writing.form_caption()),))


MAKERS: dict[str, Maker] = {FORM: make_form}
