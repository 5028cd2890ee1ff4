"""A week in one line as the first message: `3 dokumen`, `IKU-2 87,5`. Nothing is stored before it was confirmed.

Only of civil servants with a plan in force, and only where the words look like it; all else stays a resident's report.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from telegram import Message, Update

from bot.conversation import Answer, Question, Step, begin, choice, chosen, go, present
from bot.services.performance import lines, own_week
from bot.services.performance.lines import LONGEST_LINE
from bot.services.performance.reporting import Given
from bot.turn import Context, Turn
from bot.views.performance import week_summary
from bot.views.performance import week_talk as view
from handlers.performance.weekly import draft
from handlers.performance.weekly.beside import typed
from handlers.performance.weekly.draft import filled
from handlers.performance.weekly.sending import send
from models.rules.performance.one_line import LineProblem, read_number
from models.rules.performance.weeks import week_of

FLOW = view.FLOW


def steps(say_values: Answer) -> list[Step]:
    """What the line was taken for, and for which line of the plan."""
    return [
        Step("confirm", show_confirm, [choice(take_confirm, FLOW, "confirm"), *typed(say_values)]),
        Step("which", show_which, [choice(take_which, FLOW, "which"), *typed(say_values)]),
    ]


async def takes_first_line(turn: Turn, message: Message) -> bool:
    """Whether a message without an open talk is a week's report; it is then shown as it was understood."""
    text = (message.text or "").strip()
    if turn.conversation.flow is not None or turn.presser.employee_id is None or not _may_be_one(text):
        return False
    by = await draft.reporting(turn)
    own = await own_week.if_planned(by, await own_week.usual_week(by))
    numbers = {row.number for row in by.city.emergencies}
    if own is None or not lines.is_first_line(own, text, numbers):
        return False
    said = lines.understand(own, text)
    if isinstance(said, LineProblem):
        return False
    known = {"light": True, "week": own.week.isoformat(), "at": own.asked[0].line.id}
    if said.alone is not None:
        among = [one.line.id for one in said.among]
        await begin(turn, FLOW, "which", **known, alone=f"{said.alone.value:f}", among=among)
        return True
    given = {str(line): {"value": f"{one.value:f}", "note": one.note} for line, one in said.given.items()}
    await begin(turn, FLOW, "confirm", **known, given=given)
    return True


def _may_be_one(text: str) -> bool:
    return len(text) <= LONGEST_LINE and not text.startswith("/") and any(map(str.isdecimal, text))


async def other_week(turn: Turn, week: date) -> date | None:
    """Last week while this one is meant, and the other way round; None where it is not owed."""
    by = await draft.reporting(turn)
    running = week_of(by.today)
    other = running - timedelta(weeks=1) if week == running else running
    own = await own_week.if_planned(by, other)
    return other if own is not None and own.due_at is not None else None


async def show_confirm(turn: Turn) -> Question:
    """What was understood."""
    week = await filled(turn)
    other = await other_week(turn, week.own.week)
    return Question(week_summary.confirm(turn.draft["nonce"], week, other), view.question("confirm"))


async def take_confirm(update: Update, context: Context) -> Any:
    """Save it, change it, or mean the other week."""
    turn, value = context.turn, chosen(update, context.turn)
    if value == week_summary.SAVE:
        return await send(turn)
    turn.keep(light=False)
    if value == week_summary.EDIT:
        return await go(turn, "overview")
    if value == view.OTHER and (other := await other_week(turn, draft.week_of_draft(turn))) is not None:
        turn.keep(week=other.isoformat())
    return await present(turn)


async def show_which(turn: Turn) -> Question:
    """For which line."""
    own = (await filled(turn)).own
    among = [one for one in own.asked if one.line.id in turn.draft["among"]] or list(own.asked)
    screen = week_summary.ask_which(turn.draft["nonce"], turn.draft["alone"].replace(".", ","), among)
    return Question(screen, view.question("which"))


async def take_which(update: Update, context: Context) -> Any:
    """A line by its button."""
    turn, value = context.turn, chosen(update, context.turn) or ""
    own = (await filled(turn)).own
    asked = own.of(int(value[1:])) if value[1:].isdecimal() else None
    if asked is None:
        return await present(turn)
    number = read_number(turn.draft["alone"].replace(".", ","))
    if number is not None:
        draft.take_value(turn, asked, Given(number))
    return await go(turn, "confirm" if turn.draft.get("light") else "check")
