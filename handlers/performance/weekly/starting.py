"""How the talk about a week begins: by command, from the menu, by the button of a notice or of the own report."""

from __future__ import annotations

from datetime import date
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Open, Resume, Weekly
from bot.conversation import Handler, begin, present
from bot.services.performance import own_week, weekly
from bot.turn import Context, Turn
from bot.views.performance import week_reports
from bot.views.performance import week_talk as view
from handlers.guards import a_fresh_start
from handlers.performance.weekly.draft import reporting
from models.errors import Refusal
from models.rules.permissions import Desk, require_desk

FLOW = view.FLOW


def entries() -> list[Handler]:
    """Every way in but the first message (`first_line`)."""
    return [
        CommandHandler("minggu", start, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(start, pattern=f"^{Open.tag}:{Desk.WEEKLY.value}:"),
        CallbackQueryHandler(start_week, pattern=f"^{Weekly.tag}:fill:"),
        CallbackQueryHandler(start_week, pattern=f"^{Resume.tag}:anew:{FLOW}\\."),
    ]


async def start(update: Update, context: Context) -> Any:
    """/minggu or the menu: the week that is due; one that is complete is shown as it stands."""
    turn = context.turn
    require_desk(turn.presser, Desk.WEEKLY)
    by = await reporting(turn)
    own = await own_week.of(by, await own_week.usual_week(by))
    if own.report is None:
        return await _begin(update, turn, own)
    turn.show(week_reports.shown(own, await missing_weeks(turn)))
    return None


async def start_week(update: Update, context: Context) -> Any:
    """The button of a notice or of a report: this very week, also to complete or correct it."""
    turn = context.turn
    require_desk(turn.presser, Desk.WEEKLY)
    return await _begin(update, turn, await own_week.of(await reporting(turn), _wanted(update)))


def _wanted(update: Update) -> date:
    data = (update.callback_query.data if update.callback_query else None) or ""
    payload, resume = Weekly.decode(data), Resume.decode(data)
    text = payload.what if payload is not None else (resume.flow if resume is not None else "").partition(".")[2]
    return day_of(text)


def day_of(text: str) -> date:
    """The Monday in a button; refused with `no_such_week`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal("no_such_week") from None


async def _begin(update: Update, turn: Turn, own: own_week.OwnWeek) -> Any:
    week = own.week.isoformat()
    if turn.conversation.flow == FLOW and turn.draft.get("week") == week and not _is_anew(update):
        return await present(turn)
    if not a_fresh_start(update, turn, f"{FLOW}.{week}"):
        return None
    first = (own.missing or own.asked)[0].line.id
    state = "item" if len(own.asked) == 1 else "overview"
    return await begin(turn, FLOW, state, week=week, at=first, given={})


def _is_anew(update: Update) -> bool:
    query = update.callback_query
    return query is not None and (query.data or "").startswith(f"{Resume.tag}:anew:")


async def missing_weeks(turn: Turn) -> list[date]:
    """The own weeks of this quarter that are due and missing."""
    by = await reporting(turn)
    return [one.week for one in await weekly.missing_weeks(turn.session, by.city, by.employee_id, turn.now)]


async def other_weeks(turn: Turn) -> Any:
    """Which week, instead of the one at hand; the talk stays where it is."""
    turn.show(view.weeks(await missing_weeks(turn)), new=True)
    return await present(turn, new=True)
