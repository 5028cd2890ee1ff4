"""The talk about the users of a service.

| step    | asks                    | answered by    |
|---------|-------------------------|----------------|
| service | which service           | button, pages  |
| number  | how many people it served | a number     |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Plan, Resume
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, go, present
from bot.services.satisfaction import population, reach
from bot.turn import Context, Turn
from bot.views.satisfaction import population as view
from handlers.guards import a_fresh_start
from handlers.report_draft import message_of
from handlers.satisfaction.improvements import deciding
from models.rules.skm import sample_needed
from models.rules.survey_period import earlier

FLOW = view.FLOW
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def talk() -> Talk:
    """The table of the conversation."""
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Plan.tag}:users:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\."),
        ],
        steps=[
            Step("service", show_service, [choice(take_service, FLOW, "service")]),
            Step("number", show_number, [MessageHandler(PLAIN, say_number)]),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def start(update: Update, context: Context) -> Any:
    """The card's button: of a unit which service, of a service its number at once."""
    turn = context.turn
    code, period = _wanted(update)
    by = await deciding(turn)
    scope, unit_id = reach.to_plan(by.city, turn.presser, code)
    if not a_fresh_start(update, turn, f"{FLOW}.{code}.{period}"):
        return None
    known = {"code": scope.code, "unit": unit_id, "present": period, "period": earlier(period), "page": 0}
    if scope.service_id is not None:
        return await begin(turn, FLOW, "number", **known, service=scope.service_id)
    return await begin(turn, FLOW, "service", **known)


def _wanted(update: Update) -> tuple[str, str]:
    data = (update.callback_query.data if update.callback_query else None) or ""
    plan, resume = Plan.decode(data), Resume.decode(data)
    if plan is not None:
        return plan.what, reach.period_of(plan.extra)
    _flow, code, period = (resume.flow if resume is not None else "..").split(".", 2)
    return code, reach.period_of(period)


async def show_service(turn: Turn) -> Question:
    """Which service, with what is recorded already."""
    draft, by = turn.draft, await deciding(turn)
    found = population.services_of(by, draft["unit"])
    known = await population.known(by, [service.id for service in found], draft["period"])
    names = [(service.id, service.name) for service in found]
    screen = view.ask_service(draft["nonce"], draft["period"], names, known, draft["page"])
    return Question(screen, view.question("service"))


async def take_service(update: Update, context: Context) -> Any:
    """A service of the unit, or another page of them."""
    turn = context.turn
    value, by = chosen(update, turn) or "", await deciding(turn)
    if value[:1] == "p" and value[1:].isdecimal():
        turn.keep(page=int(value[1:]))
        return await present(turn)
    if value not in {str(service.id) for service in population.services_of(by, turn.draft["unit"])}:
        return await present(turn)
    turn.keep(service=int(value))
    return await go(turn, "number")


async def show_number(turn: Turn) -> Question:
    """How many people it served."""
    draft, by = turn.draft, await deciding(turn)
    name = by.city.services[draft["service"]].name
    screen = view.ask_number(draft["nonce"], name, draft["period"], back=bool(draft["trail"]))
    return Question(screen, view.question("number"))


async def say_number(update: Update, context: Context) -> Any:
    """A whole number; written down."""
    turn, draft = context.turn, context.turn.draft
    users = population.number_in(message_of(update).text or "")
    if users is None:
        turn.show(view.no_number(), new=True)
        return await present(turn, new=True)
    by = await deciding(turn)
    await population.record(by, draft["service"], draft["period"], users)
    name = by.city.services[draft["service"]].name
    needed = sample_needed(users)
    return finish(turn, view.recorded(name, draft["period"], users, needed, draft["code"], draft["present"]))
