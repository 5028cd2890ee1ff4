"""/jp: the own training hours, and the talk in which a certificate from elsewhere is sent.

| step     | asks                 | answered by         |
|----------|----------------------|---------------------|
| title    | what it was called   | words               |
| provider | who gave it          | words               |
| day      | when it ended        | a day               |
| hours    | how many JP          | a number            |
| file     | the certificate      | a photo or document |
"""

from __future__ import annotations

from datetime import date
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.callbacks import Learn, Open, Resume
from bot.conversation import Handler, Question, Show, Step, Talk, begin, finish, go
from bot.services.training import ledger, rights
from bot.services.training.ledger import External
from bot.turn import Context, Turn, payload_of
from bot.views.training import hours_standing
from bot.views.training import ledger as view
from handlers.guards import a_fresh_start
from handlers.media import sent_file
from handlers.report_draft import message_of
from handlers.training.looking import doing, pressed
from models.attachment import FileKind
from models.errors import Refusal
from models.rules.dates import parse_day
from models.rules.permissions import Desk, require_desk

FLOW = view.FLOW
MESSAGE = filters.UpdateType.MESSAGE
PLAIN = MESSAGE & filters.TEXT & ~filters.COMMAND
ANY = MESSAGE & ~filters.COMMAND


def handlers() -> list[Handler]:
    """The command, the own years, and what human resources look at and count."""
    buttons = {view.YEAR: open_ledger, view.WAITING: show_waiting, view.SEE: show_sent, view.COUNT: count}
    return [
        CommandHandler("jp", open_ledger, MESSAGE),
        CallbackQueryHandler(open_ledger, pattern=f"^{Open.tag}:{Desk.HOURS.value}:"),
        *(CallbackQueryHandler(act, pattern=f"^{Learn.tag}:{verb}:") for verb, act in buttons.items()),
    ]


def talk() -> Talk:
    """The table of the conversation."""
    answers = {"title": say_title, "provider": say_provider, "day": say_day, "hours": say_hours}
    steps = [Step(name, _shows(name), [MessageHandler(PLAIN, act)]) for name, act in answers.items()]
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Learn.tag}:{view.ADD}:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}$"),
        ],
        steps=[*steps, Step("file", _shows("file"), [MessageHandler(ANY, send_file)])],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def open_ledger(update: Update, context: Context) -> Any:
    """A year of one's own, this one unless another was pressed."""
    turn = context.turn
    require_desk(turn.presser, Desk.HOURS)
    by, payload = await doing(turn), payload_of(update)
    present = by.today.year
    year = payload.number if isinstance(payload, Learn) else present
    if not date.min.year < year <= present:
        raise Refusal("no_such_hours")
    employee = await rights.participant(turn.session, turn.presser)
    found = await ledger.balance(by, employee, year)
    waiting = len(await ledger.waiting(by)) if rights.arranges(turn.presser) else None
    others = hours_standing.entry_rows(arranges=waiting is not None, leads=turn.presser.leads)
    turn.show(view.own(found, present, waiting, others))


async def start(update: Update, context: Context) -> Any:
    """The button of the ledger."""
    turn = context.turn
    require_desk(turn.presser, Desk.HOURS)
    if not a_fresh_start(update, turn, FLOW):
        return None
    return await begin(turn, FLOW, "title")


def _shows(step: str) -> Show:
    async def show(turn: Turn) -> Question:
        return Question(view.ask(turn.draft["nonce"], step), view.question(step))

    return show


async def say_title(update: Update, context: Context) -> Any:
    """What it was called."""
    context.turn.keep(title=ledger.words_of(message_of(update).text or ""))
    return await go(context.turn, "provider")


async def say_provider(update: Update, context: Context) -> Any:
    """Who gave it."""
    context.turn.keep(provider=ledger.words_of(message_of(update).text or ""))
    return await go(context.turn, "day")


async def say_day(update: Update, context: Context) -> Any:
    """When it ended."""
    day = ledger.require_day(await doing(context.turn), parse_day(message_of(update).text or ""))
    context.turn.keep(day=day.isoformat())
    return await go(context.turn, "hours")


async def say_hours(update: Update, context: Context) -> Any:
    """How many JP."""
    context.turn.keep(hours=ledger.require_hours(message_of(update).text or ""))
    return await go(context.turn, "file")


async def send_file(update: Update, context: Context) -> Any:
    """The certificate: it goes to human resources."""
    turn, file = context.turn, sent_file(message_of(update))
    if file is None or file.kind not in (FileKind.PHOTO, FileKind.DOCUMENT):
        raise Refusal("certificate_missing")
    draft = turn.draft
    told = External(draft["title"], draft["provider"], date.fromisoformat(draft["day"]), draft["hours"])
    employee = await rights.participant(turn.session, turn.presser)
    return finish(turn, view.sent(await ledger.send(await doing(turn), employee, told, file)))


# --- human resources ---


async def show_waiting(update: Update, context: Context) -> Any:
    """The certificates that wait."""
    by, _payload = await pressed(update, context.turn)
    rights.require_hr(context.turn.presser)
    context.turn.show(view.waiting(await ledger.waiting(by)))


async def show_sent(update: Update, context: Context) -> Any:
    """One of them, with its picture."""
    by, payload = await pressed(update, context.turn)
    rights.require_hr(context.turn.presser)
    context.turn.show(view.card(await ledger.sent(by, payload.number)))


async def count(update: Update, context: Context) -> Any:
    """It counts; a second press says that it is decided."""
    by, payload = await pressed(update, context.turn)
    hr_id = rights.require_hr(context.turn.presser)
    context.turn.show(view.card(await ledger.decide(by, payload.number, hr_id)))
