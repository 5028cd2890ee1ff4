"""/permohonan: an application is recorded at the counter in two taps.

| step    | asks                          | answered by                                |
|---------|-------------------------------|--------------------------------------------|
| service | which service                 | button, pages; a file from the register    |
| take    | is the file complete          | yes, now; not yet; another number or time  |
| number  | which number it has           | words                                      |
| when    | when it happened              | words                                      |
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.callbacks import Gauge, Open, Resume
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, go, present
from bot.i18n import _
from bot.services.performance.records import counter
from bot.turn import Context, Turn, payload_of
from bot.views.performance.records import counter as view
from handlers.guards import a_fresh_start
from handlers.home import old_button
from handlers.performance.records import files
from handlers.performance.records.desk import card_of, serving
from handlers.report_draft import message_of
from models.rules.performance.applications import clean_number, parse_moment, require_past
from models.rules.permissions import Desk

FLOW = view.FLOW
MESSAGE = filters.UpdateType.MESSAGE
PLAIN = MESSAGE & filters.TEXT & ~filters.COMMAND
DOCUMENT = MESSAGE & filters.Document.ALL


def talk() -> Talk:
    """The table of the conversation; every step asks for the right again."""
    tag = Gauge.tag
    return Talk(
        name=FLOW,
        entries=[
            CommandHandler("permohonan", start, MESSAGE),
            CallbackQueryHandler(start, pattern=f"^{Open.tag}:{Desk.SERVICE_RECORDS.value}:"),
            CallbackQueryHandler(start, pattern=f"^{tag}:begin:0:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}$"),
            CallbackQueryHandler(start_again, pattern=f"^{tag}:again:\\d+:"),
            CallbackQueryHandler(start_when, pattern=f"^{tag}:when:\\d+:"),
            choice(tap_take, FLOW, "take"),
        ],
        steps=[
            Step(
                "service",
                show_service,
                [choice(take_service, FLOW, "service"), MessageHandler(DOCUMENT, files.take_file)],
            ),
            Step("take", show_take, [MessageHandler(DOCUMENT, files.take_file)]),
            Step("number", show_number, [MessageHandler(PLAIN, say_number)]),
            Step("when", show_when, [MessageHandler(PLAIN, say_when)]),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def start(update: Update, context: Context) -> Any:
    """Which service."""
    turn = context.turn
    await serving(turn)
    if not a_fresh_start(update, turn, FLOW):
        return None
    return await begin(turn, FLOW, "service", page=0, light=True)


async def start_again(update: Update, context: Context) -> Any:
    """The next application for the same service."""
    turn, payload = context.turn, payload_of(update)
    by = await serving(turn)
    service = by.service(payload.number if isinstance(payload, Gauge) else 0)
    if not a_fresh_start(update, turn, FLOW):
        return None
    return await begin(turn, FLOW, "take", page=0, light=True, service=service.id)


async def start_when(update: Update, context: Context) -> Any:
    """A record's next step at another time than now."""
    turn, payload = context.turn, payload_of(update)
    row = await counter.get(await serving(turn), payload.number if isinstance(payload, Gauge) else 0)
    if not a_fresh_start(update, turn, FLOW):
        return None
    return await begin(turn, FLOW, "when", light=True, record=row.id)


async def show_service(turn: Turn) -> Question:
    """The services of the own units."""
    by = await serving(turn)
    found, (_rows, waiting) = await counter.services(by), await counter.unfinished(by, 0)
    page = min(turn.draft["page"], max(0, (len(found) - 1) // view.SERVICES))
    return Question(view.ask_service(turn.draft["nonce"], found, page, waiting), view.question("service"))


async def take_service(update: Update, context: Context) -> Any:
    """One of them, or another page."""
    turn = context.turn
    value, by = chosen(update, turn) or "", await serving(turn)
    if value[:1] == "p" and value[1:].isdecimal() and len(value) < 6:
        turn.keep(page=int(value[1:]))
        return await present(turn)
    if not value.isdecimal():
        return await present(turn)
    turn.keep(service=by.service(int(value)).id)
    return await go(turn, "take")


def _moment(turn: Turn) -> datetime | None:
    return datetime.fromisoformat(turn.draft["at"]) if "at" in turn.draft else None


async def show_take(turn: Turn) -> Question:
    """Complete or not."""
    by = await serving(turn)
    name, back = by.service(turn.draft["service"]).name, bool(turn.draft["trail"])
    screen = view.ask_take(turn.draft["nonce"], name, turn.draft.get("number"), _moment(turn), back=back)
    return Question(screen, view.question("take"))


async def tap_take(update: Update, context: Context) -> Any:
    """Recorded; or another number or time first. The second of two taps shows what the first one recorded."""
    turn = context.turn
    if turn.conversation.flow == FLOW and turn.conversation.state == "take":
        return await _take(turn, chosen(update, turn))
    by = await serving(turn)
    row = await counter.just_recorded(by)
    if row is None or turn.conversation.flow is not None:
        return await old_button(update, context)
    return turn.show(card_of(by, row, head=_("✅ Permohonan dicatat.")))


async def _take(turn: Turn, value: str | None) -> Any:
    if value in (view.NUMBER, view.WHEN):
        return await go(turn, value)
    if value not in (view.NOW, view.LATER):
        return await present(turn)
    by, draft = await serving(turn), turn.draft
    complete = value == view.NOW
    row = await counter.receive(by, draft["service"], complete=complete, number=draft.get("number"), at=_moment(turn))
    return finish(turn, card_of(by, row, head=_("✅ Permohonan dicatat.")))


async def show_number(turn: Turn) -> Question:
    """The register's number."""
    return Question(view.ask_number(turn.draft["nonce"]), view.question("number"))


async def say_number(update: Update, context: Context) -> Any:
    """A number, never a person's."""
    turn = context.turn
    turn.keep(number=clean_number(message_of(update).text or ""))
    return await _back_to_take(turn)


async def show_when(turn: Turn) -> Question:
    """A moment that is over."""
    return Question(view.ask_when(turn.draft["nonce"], back=bool(turn.draft["trail"])), view.question("when"))


async def say_when(update: Update, context: Context) -> Any:
    """When it was received, complete, or finished."""
    turn, by = context.turn, await serving(context.turn)
    at = parse_moment(message_of(update).text or "", by.today, by.city.calendar.zone)
    if at is None:
        turn.show(view.no_moment(), new=True)
        return await present(turn, new=True)
    require_past(at, turn.now)
    if "record" not in turn.draft:
        turn.keep(at=at.isoformat())
        return await _back_to_take(turn)
    row = await counter.get(by, turn.draft["record"])
    row = await (counter.complete if row.complete_at is None else counter.finish)(by, row.id, at)
    return finish(turn, card_of(by, row, head=_("Sudah dicatat.")))


async def _back_to_take(turn: Turn) -> Any:
    """The same question again, with what was changed."""
    trail = turn.draft["trail"]
    turn.keep(trail=trail[:-1])
    turn.conversation.state = "take"
    return await present(turn)
