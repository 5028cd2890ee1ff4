"""What the training desk orders to be made after the commit: workbooks; and the code of the room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.db import Database
from bot.delivery.making import Maker, Order
from bot.log import get_logger
from bot.reports.performance import qr
from bot.reports.training import course_book
from bot.reports.workers import WorkerError
from bot.services.city import know
from bot.services.people import get, presser_of
from bot.services.training import arranging, attending, nearness, participants, rights, showing
from bot.services.training.desk import Doing
from bot.services.training.outcome import ratings
from bot.services.training.quiz import results
from bot.views.making import not_made
from bot.views.screen import Enclosure, Made
from bot.views.training import attendance, managing
from bot.views.training import nearness as nearness_view
from bot.views.training.desk import ROOM_LINK
from bot.views.training.outcome import managing as outcome
from bot.views.training.quiz import results as quiz_view
from handlers.training.hours import made as hours_made
from handlers.training.outcome import made as outcome_made
from handlers.training.quiz import made as quiz_made
from models.rules.training.attendance_code import code_at, doors_open

log = get_logger(__name__)

BOOK, FORM = "training_book", "training_form"


async def make_code(db: Database, shown: Order, now: datetime) -> Made:
    """The code of now, by the rights of now; made whenever it is sent, so that it lives longest."""
    async with db.read() as session:
        rights.require_hr(await presser_of(session, await get(session, shown["person"]), now))
        found = await attending.meeting(Doing(session, await know(session, now), now), shown["session"])
    if not doors_open(found.session.starts_at, found.session.ends_at, now):
        return Made(attendance.doors_closed(found))
    code = code_at(found.session.secret, found.session.id, now)
    link = f"https://t.me/{shown['bot']}?start={ROOM_LINK}"
    picture = qr.picture(f"{link}{found.session.id}_{code.long}")
    screen = attendance.room(found, code, shown["show"], datetime.fromisoformat(shown["until"]))
    return Made(screen, (Enclosure("hadir.png", picture, is_picture=True),))


async def make_book(db: Database, order: Order, now: datetime) -> Made:
    """The participants of a course, by the rights of now."""
    async with db.read() as session:
        rights.require_hr(await presser_of(session, await get(session, order["person"]), now))
        by = Doing(session, await know(session, now), now)
        found = await arranging.look(by, order["course"])
        course, people = found.course, await participants.everybody(by, found.course.id)
        scores = await results.scores_of(by, course.id, found.quiz.questions)
        there, limit = await nearness.attendances(by, course.id), nearness.far_metres(by.city)
        figures, said = await ratings.figures(by, course.id), await ratings.comments(by, course.id)
    rows = [
        [*managing.book_row(number, one), *quiz_view.cells(scores.get(one.id))]
        for number, one in enumerate(people, start=1)
    ]
    others: dict[str, Sequence[Sequence[object]]] = {outcome.sheet_title(): outcome.sheet_rows(figures, said)}
    if found.quiz.questions:
        others[quiz_view.sheet_title()] = quiz_view.sheet_rows(found.quiz)
    if there:
        others[nearness_view.sheet_title()] = nearness_view.sheet_rows(there, limit)
    try:
        content = await course_book.participants(
            managing.book_title(course), [*managing.book_columns(), *quiz_view.columns()], rows, others
        )
    except WorkerError as error:
        return _failed(error)
    name = f"peserta-{course.code.lower()}.xlsx"
    return Made(None, (Enclosure(name, content, managing.book_caption(course)),))


async def make_form(_db: Database, _order: Order, _now: datetime) -> Made:
    """The empty form."""
    try:
        content = await course_book.empty_form()
    except WorkerError as error:
        return _failed(error)
    return Made(None, (Enclosure("bentuk-pelatihan.xlsx", content, managing.form_caption()),))


def _failed(error: WorkerError) -> Made:
    log.error("training_book_not_made", fault=str(error)[:300])
    return Made(not_made())


MAKERS: dict[str, Maker] = {
    BOOK: make_book,
    FORM: make_form,
    **hours_made.MAKERS,
    **outcome_made.MAKERS,
    **quiz_made.MAKERS,
}
#: Kind of notice → what draws it whenever it is sent or renewed.
PICTURED: dict[str, Maker] = {showing.ROOM: make_code}
