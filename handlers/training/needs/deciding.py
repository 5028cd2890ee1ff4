"""Human resources put a need out of the way: seen to in this period, or put off until a day.

| step   | asks                    | answered by    |
|--------|-------------------------|----------------|
| until  | until when (put off)    | words; button  |
| reason | why                     | words          |
"""

from __future__ import annotations

from datetime import date
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Learn, Resume
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, go, present
from bot.reports.training import needs
from bot.reports.training.needs import Found
from bot.services.training import rights
from bot.services.training.desk import Doing
from bot.services.training.needs import deciding
from bot.services.training.needs.sight import Sight
from bot.turn import Context, Turn
from bot.views.training.needs import screens, words
from bot.views.training.needs import talks as view
from handlers.guards import a_fresh_start
from handlers.report_draft import message_of
from handlers.training.looking import doing
from handlers.training.needs.looking import asked, days_of, looking, need_screen, seen, spot_of
from models.errors import Refusal
from models.rules.dates import months_after, parse_day

FLOW = view.DECIDING
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
VERBS = f"({screens.HANDLED}|{screens.PUT_OFF})"


def talk() -> Talk:
    """The table of the conversation; every answer asks for the right again, no question ever fails."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Learn.tag}:{VERBS}:\\d+:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.{VERBS}\\.\\d+\\."),
        ],
        steps=[
            Step("until", show_until, [choice(take_until, FLOW, "until"), MessageHandler(PLAIN, say_until)]),
            Step("reason", show_reason, [MessageHandler(PLAIN, say_reason)]),
        ],
        cancelled=view.not_decided,
        help=view.deciding_help,
    )


async def start(update: Update, context: Context) -> Any:
    """One of the two buttons of a need."""
    turn = context.turn
    rights.require_hr(turn.presser)
    verb, unit_id, token = asked(update)
    by, _may, found = await seen(turn, unit_id, token)
    if found.quiet:
        raise Refusal("need_is_decided")
    if not a_fresh_start(update, turn, f"{FLOW}.{verb}.{unit_id}.{token}"):
        return None
    step = "until" if verb == screens.PUT_OFF else "reason"
    known = {"unit": unit_id, "need": token, "why": words.values_of(found, days_of(by))}
    return await begin(turn, FLOW, step, **known, until=None, waits=verb == screens.PUT_OFF)


async def _meant(turn: Turn) -> tuple[Doing, Sight, Found]:
    """The need of the talk; refused with `need_is_decided` when a colleague was faster."""
    by, may, found = await seen(turn, turn.draft["unit"], turn.draft["need"])
    if found.quiet:
        raise Refusal("need_is_decided")
    return by, may, found


async def show_until(turn: Turn) -> Question:
    """Until when."""
    return Question(view.ask_until(turn.draft["nonce"], turn.draft["why"]), view.question("until"))


async def take_until(update: Update, context: Context) -> Any:
    """So many months from today."""
    turn, value = context.turn, chosen(update, context.turn)
    if value not in {f"{months}" for months in view.MONTHS}:
        return await present(turn)
    return await _onward(turn, months_after((await doing(turn)).today, int(value or 0)))


async def say_until(update: Update, context: Context) -> Any:
    """A day in words."""
    turn = context.turn
    day = parse_day(message_of(update).text or "")
    if day is None:
        turn.show(view.no_day(), new=True)
        return await present(turn, new=True)
    return await _onward(turn, day)


async def _onward(turn: Turn, day: date) -> Any:
    rights.require_hr(turn.presser)
    deciding.require_until(await doing(turn), day)
    turn.keep(until=day.isoformat())
    return await go(turn, "reason")


async def show_reason(turn: Turn) -> Question:
    """Why."""
    screen = view.ask_reason(turn.draft["nonce"], turn.draft["why"], back=turn.draft["waits"])
    return Question(screen, view.question("reason"))


async def say_reason(update: Update, context: Context) -> Any:
    """Decided."""
    turn, said = context.turn, message_of(update).text or ""
    hr_id = rights.require_hr(turn.presser)
    by, may, found = await _meant(turn)
    spot = spot_of(found)
    if turn.draft["waits"]:
        await deciding.put_off(by, hr_id, spot, date.fromisoformat(turn.draft["until"]), said)
    else:
        await deciding.handled(by, hr_id, spot, said)
    found = await needs.one(looking(turn, by), spot.unit_id, found.token)
    return finish(turn, await need_screen(turn, by, may, found))
