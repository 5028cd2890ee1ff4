"""Giving a weekly report back: one question, what has to be corrected."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Resume, Weekly
from bot.conversation import Question, Step, Talk, begin, finish, present
from bot.i18n import _
from bot.services.performance import checking
from bot.turn import Context, Turn
from bot.views.performance import week_checks as view
from bot.views.performance.week_words import show_week
from handlers.guards import a_fresh_start
from handlers.performance.weekly.draft import reporting
from handlers.performance.weekly.reports import card_of, pressed
from handlers.report_draft import message_of
from models.errors import Refusal
from models.rules.permissions import Desk, require_desk

FLOW = view.FLOW
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Weekly.tag}:back:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.\\d{{1,15}}\\.\\d{{1,15}}$"),
        ],
        steps=[Step("words", show_words, [MessageHandler(PLAIN, say_words)])],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def start(update: Update, context: Context) -> Any:
    """Of a report of the own people that is not back already."""
    turn = context.turn
    require_desk(turn.presser, Desk.WEEKLY_CHECK)
    report_id, version = _wanted(update)
    card = await checking.require_returnable(await reporting(turn), report_id, version)
    if turn.conversation.flow == FLOW and turn.draft.get("report") == report_id:
        return await present(turn)
    if not a_fresh_start(update, turn, f"{FLOW}.{report_id}.{version}"):
        return None
    week = show_week(card.report.week)
    return await begin(turn, FLOW, "words", report=report_id, version=version, name=card.owner.name, week=week)


def _wanted(update: Update) -> tuple[int, int]:
    resume = Resume.decode((update.callback_query.data if update.callback_query else None) or "")
    if resume is None:
        return pressed(update)
    _flow, report, version = resume.flow.split(".")
    if not (report.isdecimal() and version.isdecimal()):
        raise Refusal("no_such_week")
    return int(report), int(version)


async def show_words(turn: Turn) -> Question:
    """What is to be corrected."""
    draft = turn.draft
    return Question(view.ask_words(draft["nonce"], draft["name"], draft["week"]), _(view.WHAT))


async def say_words(update: Update, context: Context) -> Any:
    """In words; the owner is told."""
    turn, by = context.turn, await reporting(context.turn)
    report_id = turn.draft["report"]
    await checking.give_back(by, report_id, turn.draft["version"], message_of(update).text or "")
    return finish(turn, await card_of(by, report_id))
