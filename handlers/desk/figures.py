"""/kinerja: how well the desk works, in numbers, for whoever answers for a unit or the city."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Figures, Open
from bot.conversation import Handler
from bot.reports import desk as reports
from bot.reports.desk import Dimension, Overview
from bot.services.city import City, know
from bot.services.desk import figures
from bot.turn import Context, Turn, payload_of
from bot.views.desk import figures as view
from bot.views.desk.figures import Asked
from models.rules.desk.spans import Span
from models.rules.permissions import Desk, Presser, require_desk


def handlers() -> list[Handler]:
    """The command, the menu's button, other spans and dimensions."""
    spans, dimensions = "|".join(Span), "|".join(Dimension)
    return [
        CommandHandler("kinerja", open_figures, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(open_figures, pattern=f"^{Open.tag}:{Desk.FIGURES.value}:"),
        CallbackQueryHandler(choose, pattern=f"^{Figures.tag}:({spans}):({dimensions}):text$"),
        CallbackQueryHandler(ask_for_file, pattern=f"^{Figures.tag}:({spans}):({dimensions}):(sheet|chart)$"),
    ]


async def open_figures(update: Update, context: Context) -> Any:
    """This month, by the person's most telling dimension."""
    await _show(context.turn, Span.MONTH, Dimension.UNIT)


async def choose(update: Update, context: Context) -> Any:
    """Another span or dimension."""
    payload = payload_of(update)
    if isinstance(payload, Figures):
        await _show(context.turn, Span(payload.span), Dimension(payload.by))


async def ask_for_file(update: Update, context: Context) -> Any:
    """The list behind the figures as a workbook, or the figures as pictures: made after the commit."""
    turn, payload = context.turn, payload_of(update)
    require_desk(turn.presser, Desk.FIGURES)
    if not isinstance(payload, Figures):
        return
    what: dict[str, Any] = {"person": turn.person.id, "span": payload.span, "by": payload.by}
    if payload.form == "sheet":
        figures.require_register(turn.presser)
        turn.order("register", new=True, toast=view.register_coming(), action="upload_document", **what)
    else:
        turn.order("figures_chart", moves=True, toast=view.register_coming(), action="upload_photo", **what)


async def _show(turn: Turn, span: Span, by: Dimension) -> None:
    require_desk(turn.presser, Desk.FIGURES)
    city = await know(turn.session, turn.now)
    turn.show(view.figures(*await found(turn.session, city, turn.presser, span, by, turn.now)))


async def found(
    session: Any, city: City, presser: Presser, span: Span, by: Dimension, now: datetime
) -> tuple[Asked, Overview, dict[Any, str]]:
    """What was asked for, the indicators, the names of the parts."""
    units = figures.units_of(presser)
    since, until, first, last = figures.moments_of(city, span, now)
    overview = await reports.overview(session, reports.Slice(since, until, units), by, now)
    whose = None if units is None else ", ".join(city.units[unit].short_name for unit in sorted(units))
    asked = Asked(whose, span, first, last, by, bool(presser.roles() & figures.REGISTER))
    return asked, overview, _names(city, by)


def _names(city: City, by: Dimension) -> dict[Any, str]:
    if by is Dimension.UNIT:
        return {unit.id: unit.short_name for unit in city.units.values()}
    if by is Dimension.AREA:
        return {area.id: area.kelurahan for area in city.areas.values()}
    return view.class_names()
