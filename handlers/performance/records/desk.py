"""Service records outside the talk: what is open, one of them, its steps, an undo, how long the services take."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.callbacks import Gauge
from bot.conversation import Handler
from bot.i18n import _
from bot.reports.performance.service_times import service_times
from bot.services.city import know
from bot.services.performance.records import counter
from bot.services.performance.records.counter import Serving
from bot.services.performance.scope import periods_at
from bot.services.satisfaction.reach import period_of
from bot.turn import Context, Turn, payload_of
from bot.views.performance.records import counter as view
from bot.views.performance.records import times as times_view
from bot.views.screen import Screen
from models.errors import Refusal
from models.performance.service_record import RecordSource, ServiceRecord
from models.rules.permissions import Desk, require_desk

TAG = Gauge.tag


def handlers() -> list[Handler]:
    """What can be pressed whether the talk is open or not."""
    return [
        CallbackQueryHandler(show_open, pattern=f"^{TAG}:open:0:\\d{{1,6}}$"),
        CallbackQueryHandler(show_record, pattern=f"^{TAG}:record:\\d+:"),
        CallbackQueryHandler(step, pattern=f"^{TAG}:(finish|complete):\\d+:\\d{{0,6}}$"),
        CallbackQueryHandler(undo, pattern=f"^{TAG}:undo:\\d+:"),
        CallbackQueryHandler(show_times, pattern=f"^{TAG}:times:0:"),
    ]


async def serving(turn: Turn) -> Serving:
    """Who stands at the counter; refused with `not_your_role`."""
    require_desk(turn.presser, Desk.SERVICE_RECORDS)
    return Serving(turn.session, await know(turn.session, turn.now), turn.presser, turn.now)


def pressed(update: Update) -> Gauge:
    """The button; one that cannot be read is refused."""
    payload = payload_of(update)
    if not isinstance(payload, Gauge):
        raise Refusal("no_such_record")
    return payload


def card_of(by: Serving, row: ServiceRecord, head: str = "") -> Screen:
    """One record with what may be done with it now."""
    limit = counter.standard(by.city, row.service_id, row.complete_at) if row.complete_at is not None else None
    may_undo = by.city.today(row.touched_at) == by.today and row.source is RecordSource.COUNTER
    return view.card(row, by.city.services[row.service_id].name, limit, may_undo=may_undo, head=head)


async def show_open(update: Update, context: Context) -> Any:
    """A page of what is not finished."""
    turn = context.turn
    turn.show(await _open(await serving(turn), int(pressed(update).extra)))


async def _open(by: Serving, page: int) -> Screen:
    rows, total = await counter.unfinished(by, page)
    between, local = by.city.calendar.working_days_between, by.city.today
    told = [(row, by.city.services[row.service_id].name, between(local(row.received_at), by.today)) for row in rows]
    return view.unfinished(told, min(page, max(0, (total - 1) // counter.PAGE)), total)


async def show_record(update: Update, context: Context) -> Any:
    """One of them."""
    turn = context.turn
    by = await serving(turn)
    turn.show(card_of(by, await counter.get(by, pressed(update).number)))


async def step(update: Update, context: Context) -> Any:
    """Complete or finished, in one tap; from the list the list comes back, without the one that is done."""
    turn, payload = context.turn, pressed(update)
    by = await serving(turn)
    row = await (counter.finish if payload.verb == "finish" else counter.complete)(by, payload.number)
    if payload.extra:
        turn.show(await _open(by, int(payload.extra)))
        turn.show(card_of(by, row, head=_("Sudah dicatat.")), new=True)
    else:
        turn.show(card_of(by, row, head=_("Sudah dicatat.")))


async def undo(update: Update, context: Context) -> Any:
    """The last thing of today is taken back."""
    turn = context.turn
    by = await serving(turn)
    row = await counter.undo(by, pressed(update).number)
    turn.show(view.undone() if row is None else card_of(by, row, head=_("Dibatalkan.")))


async def show_times(update: Update, context: Context) -> Any:
    """How long each service of the own units takes."""
    turn, payload = context.turn, pressed(update)
    by = await serving(turn)
    period = period_of(payload.extra or f"{by.today.year}")
    services = await counter.services(by)
    found = await service_times(turn.session, by.city, [one.id for one in services], period, turn.now)
    known = [(one, found[one.id]) for one in services if found[one.id].figures.n or any(found[one.id].ages)]
    turn.show(times_view.listed(known, period, periods_at(by.today)))
