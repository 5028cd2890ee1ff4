"""The talk in which an administrator changes an indicator.

| step     | asks                      | answered by          |
|----------|---------------------------|----------------------|
| name     | its new name              | words                |
| owner    | whose it is               | a name; nobody       |
| pick     | which of those found      | button; another name |
| target   | what the year is to reach | a number, two bounds |
| quarters | how the year is parted    | proposal; four numbers |

Which of them are asked depends on what was pressed (`PATHS`).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Gauge, Resume
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, go, present
from bot.services import staff
from bot.services.performance import indicators
from bot.turn import Context, Turn, payload_of
from bot.views.performance.indicators import changing as view
from handlers.guards import a_fresh_start
from handlers.performance.indicators.browsing import card_of, looking
from handlers.report_draft import message_of
from models.errors import Refusal
from models.performance.indicator import YEAR, Indicator
from models.rules.performance.achievement import Target, require_target
from models.rules.performance.plan_rules import even_quarters, year_of
from models.rules.performance.targets import read_quarters, read_target

FLOW = view.FLOW
#: What was pressed → its first question.
PATHS = ("name", "owner", "target")
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def talk() -> Talk:
    """The table of the conversation; every step asks for the right again."""
    verbs = "|".join(PATHS)
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Gauge.tag}:({verbs}):\\d+:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.({verbs})\\.\\d+$"),
        ],
        steps=[
            Step("name", show_name, [MessageHandler(PLAIN, say_name)]),
            Step("owner", show_owner, [choice(take_owner, FLOW, "owner"), MessageHandler(PLAIN, say_owner)]),
            Step("pick", show_pick, [choice(take_pick, FLOW, "pick"), MessageHandler(PLAIN, say_owner)]),
            Step("target", show_target, [MessageHandler(PLAIN, say_target)]),
            Step(
                "quarters",
                show_quarters,
                [choice(take_quarters, FLOW, "quarters"), MessageHandler(PLAIN, say_quarters)],
            ),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def start(update: Update, context: Context) -> Any:
    """A button of the card."""
    turn, payload = context.turn, payload_of(update)
    by = await looking(turn)
    indicators.require_edit(by)
    if isinstance(payload, Gauge):
        verb, number = payload.verb, payload.number
    elif isinstance(payload, Resume):
        _flow, verb, text = payload.flow.split(".")
        number = int(text)
    else:
        raise Refusal("no_such_indicator")
    row = await indicators.get(by, number)
    if not a_fresh_start(update, turn, f"{FLOW}.{verb}.{row.id}"):
        return None
    return await begin(turn, FLOW, verb, id=row.id, light=True)


async def _row(turn: Turn) -> Indicator:
    """The indicator at hand."""
    by = await looking(turn)
    indicators.require_edit(by)
    return await indicators.get(by, turn.draft["id"])


async def _done(turn: Turn) -> int:
    return finish(turn, await card_of(await looking(turn), turn.draft["id"]))


async def show_name(turn: Turn) -> Question:
    """Another name."""
    row = await _row(turn)
    return Question(view.ask_name(turn.draft["nonce"], row.name), view.question("name"))


async def say_name(update: Update, context: Context) -> Any:
    """The new name."""
    turn = context.turn
    await indicators.rename(await looking(turn), turn.draft["id"], message_of(update).text or "")
    return await _done(turn)


async def show_owner(turn: Turn) -> Question:
    """Whose it is."""
    row = await _row(turn)
    return Question(view.ask_owner(turn.draft["nonce"], row.name), view.question("owner"))


async def take_owner(update: Update, context: Context) -> Any:
    """Nobody's."""
    turn = context.turn
    if chosen(update, turn) != view.NOBODY:
        return await present(turn)
    await indicators.give(await looking(turn), turn.draft["id"], None)
    return await _done(turn)


async def say_owner(update: Update, context: Context) -> Any:
    """A name, looked for on the roster."""
    turn, by = context.turn, await looking(context.turn)
    indicators.require_edit(by)
    found = await staff.find(turn.session, message_of(update).text or "", by.today)
    if not found:
        turn.show(view.nobody_found(), new=True)
        return await present(turn, new=True)
    turn.keep(found=[[one.id, one.name] for one in found])
    return await (present(turn) if turn.conversation.state == "pick" else go(turn, "pick"))


async def show_pick(turn: Turn) -> Question:
    """Which of them."""
    found = [(number, name) for number, name in turn.draft["found"]]
    return Question(view.ask_pick(turn.draft["nonce"], found), view.question("pick"))


async def take_pick(update: Update, context: Context) -> Any:
    """One of those found."""
    turn = context.turn
    value = chosen(update, turn)
    if value not in {str(number) for number, _name in turn.draft["found"]}:
        return await present(turn)
    await indicators.give(await looking(turn), turn.draft["id"], int(value or 0))
    return await _done(turn)


async def show_target(turn: Turn) -> Question:
    """What the year is to reach."""
    by, row = await looking(turn), await _row(turn)
    present_ones = (await indicators.targets(by.session, [row.id], by.today.year)).get(row.id, {})
    screen = view.ask_target(turn.draft["nonce"], row, by.today.year, present_ones.get(YEAR))
    return Question(screen, view.question("target"))


async def say_target(update: Update, context: Context) -> Any:
    """A number, or two bounds."""
    turn, row = context.turn, await _row(context.turn)
    read = read_target(message_of(update).text or "")
    if read is None or read[1] not in ("", row.measure_unit):
        turn.show(view.no_target(), new=True)
        return await present(turn, new=True)
    require_target(row.polarity, *read[0])
    turn.keep(low=str(read[0].low), high=str(read[0].high))
    return await go(turn, "quarters")


def _target(turn: Turn) -> Target:
    return Target(Decimal(turn.draft["low"]), Decimal(turn.draft["high"]))


async def show_quarters(turn: Turn) -> Question:
    """How the year is parted."""
    row, target = await _row(turn), _target(turn)
    even = even_quarters(row.aggregation, target.low)
    return Question(view.ask_quarters(turn.draft["nonce"], row, target, even), view.question("quarters"))


async def take_quarters(update: Update, context: Context) -> Any:
    """As proposed."""
    turn, row = context.turn, await _row(context.turn)
    if chosen(update, turn) != view.EVEN:
        return await present(turn)
    return await _aim(turn, even_quarters(row.aggregation, _target(turn).low))


async def say_quarters(update: Update, context: Context) -> Any:
    """Four numbers that make the year."""
    turn, row = context.turn, await _row(context.turn)
    quarters = read_quarters(message_of(update).text or "")
    if quarters is None or year_of(row.aggregation, quarters) != _target(turn).low:
        turn.show(view.no_quarters(), new=True)
        return await present(turn, new=True)
    return await _aim(turn, quarters)


async def _aim(turn: Turn, quarters: tuple[Decimal | None, ...]) -> int:
    by = await looking(turn)
    await indicators.aim(by, turn.draft["id"], by.today.year, _target(turn), quarters)
    return await _done(turn)
