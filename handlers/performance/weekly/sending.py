"""The end of the talk about a week: the summary, the reason where one is needed, and what was received."""

from __future__ import annotations

from typing import Any

from telegram import Update

from bot.conversation import Answer, Question, Step, choice, chosen, finish, go, present
from bot.services.performance import reporting, weekly
from bot.turn import Context, Turn
from bot.views.performance import week_reports, week_summary
from bot.views.performance import week_talk as view
from handlers.performance.weekly import draft
from handlers.performance.weekly.beside import typed
from handlers.performance.weekly.draft import filled, to_item
from handlers.report_draft import message_of
from models.rules.performance.reporting import WeekStatus

FLOW = view.FLOW


def steps(say_values: Answer) -> list[Step]:
    """The summary and the reason; a typed line still changes values."""
    return [
        Step("check", show_check, [choice(take_check, FLOW, "check"), *typed(say_values)]),
        Step("reason", show_reason, typed(say_reason)),
    ]


async def to_line(turn: Turn, value: str | None) -> Any:
    """A line by its button; anything else shows the question again."""
    own = (await filled(turn)).own
    asked = own.of(int(value[1:])) if value and value[0] == "l" and value[1:].isdecimal() else None
    if asked is None:
        return await present(turn)
    return await to_item(turn, asked.line.id)


async def show_check(turn: Turn) -> Question:
    """All of it."""
    return Question(week_summary.check(turn.draft["nonce"], await filled(turn)), view.question("check"))


async def take_check(update: Update, context: Context) -> Any:
    """Send, or change a line."""
    turn, value = context.turn, chosen(update, context.turn)
    if value == week_summary.SEND:
        return await send(turn)
    turn.keep(checked=True)
    return await to_line(turn, value)


async def send(turn: Turn) -> Any:
    """The report as it is; what was accepted already needs a reason first."""
    week = await filled(turn)
    if _needs_reason(week) and not turn.draft.get("reason"):
        return await go(turn, "reason")
    by = await draft.reporting(turn)
    sent = await reporting.send(by, week.own.week, week.given, turn.draft.get("reason"))
    owed = await weekly.missing_weeks(turn.session, by.city, by.employee_id, turn.now)
    mondays = [one.week for one in owed]
    return finish(turn, week_reports.received(sent.week, mondays, corrected=sent.corrected, unchanged=sent.unchanged))


async def show_reason(turn: Turn) -> Question:
    """Why."""
    return Question(week_summary.ask_reason(turn.draft["nonce"]), view.question("reason"))


async def say_reason(update: Update, context: Context) -> Any:
    """In words; then it is sent."""
    turn = context.turn
    turn.keep(reason=(message_of(update).text or "").strip()[: reporting.LONGEST_WORDS])
    return await send(turn)


def _needs_reason(week: view.Filled) -> bool:
    report = week.own.report
    return report is not None and report.status is WeekStatus.VERIFIED and bool(week.given)
