"""Rating a course that is over: four taps on one message, then a comment or none.

| step         | asks                    | answered by                          |
|--------------|-------------------------|--------------------------------------|
| material     | how the material was    | one of four, its word or its number  |
| teaching     | how it was taught       | the same                             |
| organisation | how it was organised    | the same                             |
| benefit      | what it is good for     | the same; all four are stored now    |
| comment      | anything to say         | words; done; away with it            |

The notice carries the first question, so that its tap begins the talk at the second.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Learn, Resume, read
from bot.conversation import Handler, Question, Show, Step, Talk, begin, choice, chosen, finish, go, present
from bot.i18n import _
from bot.services.training.outcome import ratings
from bot.services.training.outcome.ratings import Attended
from bot.turn import Context, Turn
from bot.views.parts import SCORES
from bot.views.training.outcome import rating as view
from bot.views.training.outcome import words
from handlers.guards import a_fresh_start
from handlers.report_draft import message_of
from handlers.training.looking import doing, wanted
from models.errors import Refusal
from models.rules.permissions import Desk, require_desk
from models.training.rating import RatedPart

FLOW = view.FLOW
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
PARTS = tuple(RatedPart)
SCALE = ("1", "2", "3", "4")
Take = Callable[[Update, Context], Awaitable[Any]]


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Learn.tag}:({words.RATE}|{words.TAP}):\\d+:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.\\d+$"),
        ],
        steps=[
            *(Step(part.value, _shows(part), _answers(part)) for part in PARTS),
            Step(
                view.COMMENT,
                show_comment,
                [choice(take_done, FLOW, view.COMMENT), MessageHandler(PLAIN, say_comment)],
            ),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def start(update: Update, context: Context) -> Any:
    """The button of a course, or the first question's answer below its notice."""
    turn, number = context.turn, wanted(update)
    await _to_rate(turn, number)
    if not a_fresh_start(update, turn, f"{FLOW}.{number}"):
        return None
    first = _tapped(update)
    if first not in SCALE:
        return await begin(turn, FLOW, PARTS[0].value, course=number, scores={})
    scores = {PARTS[0].value: int(first)}
    return await begin(turn, FLOW, PARTS[1].value, course=number, scores=scores, trail=[PARTS[0].value])


def _tapped(update: Update) -> str:
    query = update.callback_query
    payload = read(query.data) if query is not None and query.data else None
    return payload.extra if isinstance(payload, Learn) and payload.verb == words.TAP else ""


async def _to_rate(turn: Turn, course_id: int) -> Attended:
    require_desk(turn.presser, Desk.TRAINING)
    return await ratings.to_rate(await doing(turn), course_id, turn.presser.employee_id)


async def _about(turn: Turn) -> Attended:
    """What the talk is about, also when its time is over meanwhile: then the answer is refused, not the question."""
    found = await ratings.attended(await doing(turn), turn.draft["course"], turn.presser.employee_id)
    if found is None:
        raise Refusal("rating_not_attended")
    return found


def _shows(part: RatedPart) -> Show:
    async def show(turn: Turn) -> Question:
        screen = view.ask(turn.draft["nonce"], await _about(turn), part, turn.draft["scores"])
        return Question(screen, view.question(part))

    return show


def _answers(part: RatedPart) -> list[Handler]:
    async def tap(update: Update, context: Context) -> Any:
        return await _take(context.turn, part, chosen(update, context.turn) or "")

    async def said(update: Update, context: Context) -> Any:
        spoken = (message_of(update).text or "").strip().casefold()
        known = {_(name).casefold(): score for score, name in zip(SCALE, SCORES, strict=True)}
        return await _take(context.turn, part, known.get(spoken, spoken))

    return [choice(tap, FLOW, part.value), MessageHandler(PLAIN, said)]


async def _take(turn: Turn, part: RatedPart, value: str) -> Any:
    """On to the next part; the last one stores them all."""
    if value not in SCALE:
        return await present(turn)
    await _to_rate(turn, turn.draft["course"])
    turn.keep(scores={**turn.draft["scores"], part.value: int(value)})
    following = PARTS.index(part) + 1
    if following < len(PARTS):
        return await go(turn, PARTS[following].value)
    await ratings.rate(await doing(turn), turn.draft["course"], turn.presser.employee_id, turn.draft["scores"])
    turn.keep(light=True)
    return await go(turn, view.COMMENT)


async def show_comment(turn: Turn) -> Question:
    """Anything to say?"""
    screen = view.ask_comment(turn.draft["nonce"], await _about(turn), turn.draft["scores"])
    return Question(screen, view.comment_question())


async def take_done(update: Update, context: Context) -> Any:
    """Nothing more, or away with what was said before."""
    turn, value = context.turn, chosen(update, context.turn)
    if value is None:
        return await present(turn)
    if value == view.DROP:
        await ratings.comment(await doing(turn), turn.draft["course"], turn.presser.employee_id, None)
    return finish(turn, view.thanks(await _about(turn)))


async def say_comment(update: Update, context: Context) -> Any:
    """Words for the organiser."""
    turn, said = context.turn, message_of(update).text or ""
    await ratings.comment(await doing(turn), turn.draft["course"], turn.presser.employee_id, said)
    return finish(turn, view.thanks(await _about(turn)))
