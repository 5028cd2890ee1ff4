"""/kinerja: how well the desk works, in numbers, for whoever answers for a unit or the city."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Figures, Open
from bot.conversation import Handler
from bot.reports import desk as reports
from bot.reports.desk import Dimension
from bot.services.city import City, know
from bot.services.desk import figures
from bot.turn import Context, Turn, payload_of
from bot.views.desk import figures as view
from bot.views.desk.figures import Asked
from models.rules.desk.spans import Span
from models.rules.permissions import Desk, require_desk


def handlers() -> list[Handler]:
    """The command, the menu's button, other spans and dimensions."""
    spans, dimensions = "|".join(Span), "|".join(Dimension)
    return [
        CommandHandler("kinerja", open_figures, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(open_figures, pattern=f"^{Open.tag}:{Desk.FIGURES.value}:"),
        CallbackQueryHandler(choose, pattern=f"^{Figures.tag}:({spans}):({dimensions}):text$"),
        CallbackQueryHandler(ask_for_register, pattern=f"^{Figures.tag}:({spans}):({dimensions}):sheet$"),
    ]


async def open_figures(update: Update, context: Context) -> Any:
    """This month, by the person's most telling dimension."""
    await _show(context.turn, Span.MONTH, Dimension.UNIT)


async def choose(update: Update, context: Context) -> Any:
    """Another span or dimension."""
    payload = payload_of(update)
    if isinstance(payload, Figures):
        await _show(context.turn, Span(payload.span), Dimension(payload.by))


async def ask_for_register(update: Update, context: Context) -> Any:
    """The list behind the figures as a workbook; it comes as a message of its own."""
    turn, payload = context.turn, payload_of(update)
    require_desk(turn.presser, Desk.FIGURES)
    if isinstance(payload, Figures):
        await figures.ask_for_register(turn.session, turn.presser, Span(payload.span), turn.update_id, turn.now)
        turn.toast(view.register_coming())


async def _show(turn: Turn, span: Span, by: Dimension) -> None:
    require_desk(turn.presser, Desk.FIGURES)
    city = await know(turn.session, turn.now)
    units = figures.units_of(turn.presser)
    since, until, first, last = figures.moments_of(city, span, turn.now)
    found = await reports.overview(turn.session, reports.Slice(since, until, units), by, turn.now)
    whose = None if units is None else ", ".join(city.units[unit].short_name for unit in sorted(units))
    turn.show(
        view.figures(
            Asked(whose, span, first, last, by, bool(turn.presser.roles() & figures.REGISTER)), found, _names(city, by)
        )
    )


def _names(city: City, by: Dimension) -> dict[Any, str]:
    if by is Dimension.UNIT:
        return {unit.id: unit.short_name for unit in city.units.values()}
    if by is Dimension.AREA:
        return {area.id: area.kelurahan for area in city.areas.values()}
    return view.class_names()
