"""/indikator: the tree from the city down, one indicator, the rows behind its fact, its chart."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Gauge, Open
from bot.conversation import Handler
from bot.reports.performance.rows import behind
from bot.services.city import know
from bot.services.performance import indicator_cards, indicators
from bot.services.performance.indicator_cards import PAGE
from bot.services.performance.indicators import Looking
from bot.services.performance.scope import below, periods_at
from bot.services.satisfaction.reach import period_of
from bot.turn import Context, Turn, payload_of
from bot.views.performance.indicators import card as card_view
from bot.views.performance.indicators import tree
from bot.views.screen import Screen
from handlers.performance.indicators import made
from models.errors import Refusal
from models.performance.indicator import Indicator
from models.rules.permissions import Desk, Role, require_desk

LISTS = (tree.CITY, tree.UNITS, tree.BELOW)


def handlers() -> list[Handler]:
    """The command, the lists' pages, and the buttons of a card that ask nothing."""
    return [
        CommandHandler("indikator", open_city, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(open_city, pattern=f"^{Open.tag}:{Desk.INDICATORS.value}:"),
        CallbackQueryHandler(open_list, pattern=f"^{Gauge.tag}:({'|'.join(LISTS)}):\\d+:\\d{{1,6}}$"),
        CallbackQueryHandler(open_card, pattern=f"^{Gauge.tag}:card:\\d+:"),
        CallbackQueryHandler(open_rows, pattern=f"^{Gauge.tag}:rows:\\d+:"),
        CallbackQueryHandler(order_chart, pattern=f"^{Gauge.tag}:chart:\\d+:"),
    ]


async def looking(turn: Turn) -> Looking:
    """Who looks; refused with `not_your_role` to whoever is not on the roster."""
    require_desk(turn.presser, Desk.INDICATORS)
    return Looking(turn.session, await know(turn.session, turn.now), turn.presser, turn.now)


def pressed(update: Update) -> Gauge:
    """The button; one that cannot be read is refused."""
    payload = payload_of(update)
    if not isinstance(payload, Gauge):
        raise Refusal("no_such_indicator")
    return payload


async def open_city(update: Update, context: Context) -> Any:
    """The city's own indicators."""
    turn, payload = context.turn, payload_of(update)
    page = max(payload.page, 0) if isinstance(payload, Open) else 0
    turn.show(await _list(await looking(turn), tree.CITY, 0, page))


async def open_list(update: Update, context: Context) -> Any:
    """A page: the city's, those of the own units, those below one."""
    turn, payload = context.turn, pressed(update)
    turn.show(await _list(await looking(turn), payload.verb, payload.number, int(payload.extra)))


async def _list(by: Looking, which: str, parent_id: int, page: int) -> Screen:
    rows = await _rows(by, which, parent_id)
    page = min(page, max(0, (len(rows) - 1) // PAGE))
    standings = await indicator_cards.stand(by, rows[page * PAGE : (page + 1) * PAGE])
    return tree.listed(which, parent_id, standings, page, len(rows))


async def _rows(by: Looking, which: str, parent_id: int) -> list[Indicator]:
    if which == tree.UNITS:
        own = by.presser.units(*Role) | await indicators.own_unit(by)
        units = frozenset().union(*(below(by.city, unit) for unit in own)) if own else frozenset()
        return await indicators.of_units(by, units)
    if which == tree.BELOW:
        parent = await indicators.get(by, parent_id)
        return await indicators.children(by, parent.id)
    return await indicators.children(by, None)


async def open_card(update: Update, context: Context) -> Any:
    """One indicator."""
    turn, payload = context.turn, pressed(update)
    turn.show(await card_of(await looking(turn), payload.number))


async def card_of(by: Looking, indicator_id: int) -> Screen:
    """The card with what this person may do."""
    found = await indicator_cards.card(by, indicator_id)
    row = found.standing.row
    unit = by.city.successor(row.unit_id).short_name if row.unit_id is not None else ""
    service = by.city.services[row.service_id].name if row.service_id is not None else ""
    return card_view.card(found, unit, service, may_edit=by.may_edit)


async def open_rows(update: Update, context: Context) -> Any:
    """The rows behind the fact of a period."""
    turn, payload = context.turn, pressed(update)
    by = await looking(turn)
    row = await indicators.get(by, payload.number)
    if await indicators.secret(by, [row]):
        raise Refusal("not_your_subordinate")
    period, _dot, page = payload.extra.partition(".")
    period = period_of(period or f"{by.today.year}")
    number = int(page) if page.isdecimal() and len(page) < 7 else 0
    found = await behind(by, row, period, number)
    turn.show(tree.rows(row, period, found, number, periods_at(by.today)))


async def order_chart(update: Update, context: Context) -> Any:
    """The quarters as a picture, made after the commit."""
    turn, payload = context.turn, pressed(update)
    await indicators.get(await looking(turn), payload.number)
    turn.order(made.CHART, moves=True, number=payload.number, person=turn.person.id)
