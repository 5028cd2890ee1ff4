"""Reporting a week: two taps when all is as before, one number a line otherwise.

| step     | asks                                | answered by                                             |
|----------|-------------------------------------|---------------------------------------------------------|
| overview | the week, all lines                 | all the same and send; one by one; a line; typed line   |
| item     | the value of one line               | number, same as last, typed; skip; obstacle; files      |
| obstacle | what stands in the way              | words                                                   |
| proof    | evidence                            | files, voice, link, words; done                         |
| check    | all of it                           | send; change a line                                     |
| reason   | why what was accepted changes       | words                                                   |
| confirm  | what one line of words was taken for| save; change; the other week                            |
| which    | a number alone: for which line      | button                                                  |

How it begins stands in `starting`, words and files beside a value in `beside`, the end in `sending`, a week in one line
in `first_line`.
"""

from __future__ import annotations

from typing import Any

from telegram import Update

from bot.conversation import Question, Step, Talk, choice, chosen, go, present
from bot.services.performance import lines, weekly
from bot.services.performance.reporting import Given
from bot.turn import Context, Turn
from bot.views.performance import week_summary
from bot.views.performance import week_talk as view
from handlers.performance.weekly import beside, draft, first_line, sending, starting
from handlers.performance.weekly.beside import typed
from handlers.performance.weekly.draft import filled, line_at, onward, settle, to_item
from handlers.report_draft import message_of
from handlers.words import SKIPS
from models.rules.performance.one_line import LineProblem, read_number

FLOW = view.FLOW
#: Words for "the same as last time".
SAMES = frozenset({"sama", "sama saja", "seperti minggu lalu", "sama seperti minggu lalu", "same"})


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=starting.entries(),
        steps=[
            Step("overview", show_overview, [choice(take_overview, FLOW, "overview"), *typed(say_values)]),
            Step("item", show_item, [choice(take_item, FLOW, "item"), *typed(say_values)]),
            *beside.steps(),
            *sending.steps(say_values),
            *first_line.steps(say_values),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


# --- all lines ---


async def show_overview(turn: Turn) -> Question:
    """The week at once."""
    week = await filled(turn)
    others = await weekly.missing_weeks(turn.session, (by := await draft.reporting(turn)).city, by.employee_id, by.now)
    screen = view.overview(turn.draft["nonce"], week, others=any(one.week != week.own.week for one in others))
    return Question(screen, view.question("overview"))


async def take_overview(update: Update, context: Context) -> Any:
    """The same again and send, one by one, one line, or another week."""
    turn, value = context.turn, chosen(update, context.turn)
    if value == view.OTHER:
        return await starting.other_weeks(turn)
    week = await filled(turn)
    if value == view.SAME and all(one.last is not None for one in week.open):
        draft.same_again(turn, week)
        return await sending.send(turn)
    if value == view.EACH:
        turn.keep(checked=not week.open)
        return await to_item(turn, (week.open or week.own.asked)[0].line.id)
    turn.keep(checked=week.own.report is not None)
    return await sending.to_line(turn, value)


# --- one line ---


async def show_item(turn: Turn) -> Question:
    """One number."""
    week = await filled(turn)
    asked = line_at(week.own, turn)
    screen = view.ask_item(turn.draft["nonce"], week, asked, back=bool(turn.draft["trail"]))
    return Question(screen, view.question_of_line(asked))


async def take_item(update: Update, context: Context) -> Any:
    """A number, the same, or something beside it; a button of another line changes nothing."""
    turn, value = context.turn, chosen(update, context.turn) or ""
    week = await filled(turn)
    asked = settle(week.own, turn)
    line, _, what = value.partition(".")
    if line != str(asked.line.id):
        return await present(turn)
    if what in (view.OBSTACLE, view.PROOF):
        return await go(turn, what)
    if what == view.REST:
        draft.same_again(turn, week)
        turn.keep(checked=True)
        return await go(turn, "check")
    if what == view.SAME and asked.last is not None:
        draft.take_value(turn, asked, Given(asked.last, same=True))
    elif (number := read_number(what[1:].replace(".", ","))) is not None and what[0] == "v":
        draft.take_value(turn, asked, Given(number))
    elif what != view.SKIP:
        return await present(turn)
    return await onward(turn)


async def say_values(update: Update, context: Context) -> Any:
    """A typed number for the line that is asked about, or a line of words for several."""
    turn, text = context.turn, (message_of(update).text or "").strip()
    week = await filled(turn)
    asked = settle(week.own, turn)
    if turn.conversation.state == "item" and beside.take_link(turn, asked.line.id, text):
        return await present(turn)
    if turn.conversation.state == "item" and text.casefold() in SKIPS:
        return await onward(turn)
    if turn.conversation.state == "item" and text.casefold() in SAMES and asked.last is not None:
        draft.take_value(turn, asked, Given(asked.last, same=True))
        return await onward(turn)
    said = lines.understand(week.own, text)
    if isinstance(said, LineProblem):
        turn.show(week_summary.not_read(said.fault, said.part))
        return await present(turn)
    return await _understood(turn, week, said)


async def _understood(turn: Turn, week: view.Filled, said: lines.Understood) -> Any:
    if said.alone is not None and turn.conversation.state == "item":
        draft.take_value(turn, line_at(week.own, turn), said.alone)
        return await onward(turn)
    if said.alone is not None:
        turn.keep(alone=f"{said.alone.value:f}", among=[one.line.id for one in said.among])
        return await go(turn, "which")
    for line_id, given in said.given.items():
        draft.take_value(turn, week.own.of(line_id) or week.own.asked[0], given)
    at = turn.draft.get("at")
    if turn.conversation.state == "item" and list(said.given) == [at]:
        return await onward(turn)
    return await go(turn, "check")
