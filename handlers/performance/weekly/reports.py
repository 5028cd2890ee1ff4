"""Weekly reports outside a talk: the own one, its history, the missing weeks; the superior's list and verdicts."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Open, Weekly
from bot.conversation import Handler
from bot.services.performance import checking, own_week
from bot.services.performance.own_week import Reporting
from bot.turn import Context, payload_of
from bot.views.performance import week_checks, week_reports, week_talk
from bot.views.screen import File, Screen
from handlers.performance.weekly.draft import reporting
from handlers.performance.weekly.starting import day_of, missing_weeks
from models.errors import Refusal
from models.rules.permissions import Desk, require_desk


def handlers() -> list[Handler]:
    """The superior's command and list, and every button of a report that asks nothing."""
    tag = Weekly.tag
    return [
        CommandHandler("periksa", open_list, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(open_list, pattern=f"^{Open.tag}:{Desk.WEEKLY_CHECK.value}:"),
        CallbackQueryHandler(show_own, pattern=f"^{tag}:own:"),
        CallbackQueryHandler(show_weeks, pattern=f"^{tag}:weeks:"),
        CallbackQueryHandler(show_history, pattern=f"^{tag}:history:"),
        CallbackQueryHandler(show_card, pattern=f"^{tag}:card:"),
        CallbackQueryHandler(show_files, pattern=f"^{tag}:files:"),
        CallbackQueryHandler(verify, pattern=f"^{tag}:verify:"),
        CallbackQueryHandler(verify_good, pattern=f"^{tag}:good:"),
    ]


def pressed(update: Update) -> tuple[int, int]:
    """Report and version in a button; refused with `no_such_week` where it is none of ours."""
    payload = payload_of(update)
    if not isinstance(payload, Weekly) or not _is_number(payload.what) or not _is_number(payload.extra or "0"):
        raise Refusal("no_such_week")
    return int(payload.what), int(payload.extra or "0")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 15


# --- the own report ---


async def show_own(update: Update, context: Context) -> Any:
    """The own report of a week."""
    turn, payload = context.turn, payload_of(update)
    require_desk(turn.presser, Desk.WEEKLY)
    week = day_of(payload.what if isinstance(payload, Weekly) else "")
    turn.show(week_reports.shown(await own_week.of(await reporting(turn), week), await missing_weeks(turn)))


async def show_weeks(update: Update, context: Context) -> Any:
    """The missing weeks of this quarter."""
    turn = context.turn
    require_desk(turn.presser, Desk.WEEKLY)
    turn.show(week_talk.weeks(await missing_weeks(turn)))


async def show_history(update: Update, context: Context) -> Any:
    """Every step of a report, to its owner or the superior."""
    turn = context.turn
    require_desk(turn.presser, Desk.WEEKLY)
    card = await checking.card(await reporting(turn), pressed(update)[0])
    back = week_checks.back_row(card.report.id) if card.to_decide else week_reports.history_back(card.week)
    turn.show(week_reports.history(card.report, card.week, card.history, back))


# --- the superior ---


async def open_list(update: Update, context: Context) -> Any:
    """/periksa: the reports that wait."""
    turn, payload = context.turn, payload_of(update)
    require_desk(turn.presser, Desk.WEEKLY_CHECK)
    page = max(payload.page, 0) if isinstance(payload, Open) else 0
    turn.show(week_checks.listed(await checking.desk(await reporting(turn)), page))


async def show_card(update: Update, context: Context) -> Any:
    """One report."""
    turn = context.turn
    require_desk(turn.presser, Desk.WEEKLY)
    turn.show(await card_of(await reporting(turn), pressed(update)[0]))


async def card_of(by: Reporting, report_id: int) -> Screen:
    """The card with what this person may do now."""
    return week_checks.card(await checking.card(by, report_id))


async def show_files(update: Update, context: Context) -> Any:
    """The evidence, below the card."""
    turn = context.turn
    require_desk(turn.presser, Desk.WEEKLY)
    report_id = pressed(update)[0]
    found = await checking.evidence(await reporting(turn), report_id)
    files = tuple(File(row.kind.value, row.file_id) for row in found)
    turn.show(week_checks.evidence(len(files), files, report_id), new=True)


async def verify(update: Update, context: Context) -> Any:
    """Accepted, as it was shown; then the next one that waits, or the list."""
    turn = context.turn
    require_desk(turn.presser, Desk.WEEKLY_CHECK)
    by, (report_id, version) = await reporting(turn), pressed(update)
    await checking.verify(by, report_id, version)
    turn.show(week_checks.accepted(await checking.card(by, report_id), await checking.following(by)))


async def verify_good(update: Update, context: Context) -> Any:
    """Everything that is complete and on track, at once."""
    turn = context.turn
    require_desk(turn.presser, Desk.WEEKLY_CHECK)
    by = await reporting(turn)
    count = await checking.verify_good(by)
    turn.show(week_checks.listed(await checking.desk(by), 0, toast=week_checks.verified_many(count)))
