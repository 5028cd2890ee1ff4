"""Certificates: one's own, what a code tells anybody; for human resources those of a course and how it was rated."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Learn
from bot.conversation import Handler, close, is_light
from bot.services.training import arranging
from bot.services.training.outcome import certificates, checking, ratings
from bot.turn import FILE, Context
from bot.views.making import preparing
from bot.views.training.outcome import certificate, managing, words
from handlers.report_draft import message_of
from handlers.training.looking import doing, pressed, pressed_by_hr
from handlers.training.outcome import made
from models.errors import Refusal

MESSAGE = filters.UpdateType.MESSAGE


def handlers() -> list[Handler]:
    """The code of a certificate, one's own, and what human resources see."""
    buttons = {
        words.PAPER: order_own,
        words.COMMENTS: show_comments,
        words.PAPERS: show_papers,
        words.SEE: show_paper,
        words.PRINT: order_any,
    }
    return [
        CommandHandler("start", check, MESSAGE & filters.Regex(f"^/start {words.LINK}")),
        *(CallbackQueryHandler(act, pattern=f"^{Learn.tag}:{verb}:") for verb, act in buttons.items()),
    ]


async def check(update: Update, context: Context) -> Any:
    """Anybody opened the code of a certificate."""
    turn = context.turn
    found = await checking.check(await doing(turn), (message_of(update).text or "").partition(words.LINK)[2].strip())
    if is_light(turn):
        close(turn)
    turn.show(certificate.unknown(found.code) if isinstance(found, Refusal) else certificate.checked(found), new=True)


async def order_own(update: Update, context: Context) -> Any:
    """One's own certificate of a course."""
    by, payload = await pressed(update, context.turn)
    found = await certificates.own(by, payload.number, context.turn.presser.employee_id)
    _order(context, found.row.id)


async def order_any(update: Update, context: Context) -> Any:
    """Any certificate, for human resources."""
    by, payload = await pressed_by_hr(update, context.turn)
    found = await certificates.to_print(by, payload.number, None, arranges=True)
    _order(context, found.row.id)


def _order(context: Context, certificate_id: int) -> None:
    turn, link = context.turn, f"https://t.me/{context.bot.username}?start={words.LINK}"
    person = turn.person.id
    turn.order(
        made.CERTIFICATE,
        new=True,
        action=FILE,
        toast=preparing(),
        certificate=certificate_id,
        person=person,
        link=link,
    )


def _course(payload: Learn) -> int:
    return int(payload.extra) if payload.extra.isdigit() else 0


async def show_comments(update: Update, context: Context) -> Any:
    """What participants wrote, without names."""
    by, payload = await pressed_by_hr(update, context.turn)
    course = (await arranging.look(by, _course(payload))).course
    page = await ratings.comments_page(by, course.id, payload.number)
    context.turn.show(managing.comments(course, await ratings.figures(by, course.id), page))


async def show_papers(update: Update, context: Context) -> Any:
    """The certificates of a course."""
    by, payload = await pressed_by_hr(update, context.turn)
    course = (await arranging.look(by, _course(payload))).course
    context.turn.show(managing.papers(course, await certificates.of_course(by, course.id, payload.number)))


async def show_paper(update: Update, context: Context) -> Any:
    """One of them."""
    by, payload = await pressed_by_hr(update, context.turn)
    context.turn.show(managing.paper(await certificates.look(by, payload.number)))
