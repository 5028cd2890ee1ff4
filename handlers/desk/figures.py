"""/kinerja: how well the desk works, in numbers, for whoever answers for a unit or the city."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Figures, Open
from bot.conversation import Handler
from bot.reports import desk as reports
from bot.reports.desk import Dimension, Overview, Slice
from bot.services.city import City, know
from bot.services.desk import figures
from bot.turn import FILE, Context, Turn, payload_of
from bot.views import making
from bot.views.desk import choosing_figures
from bot.views.desk import figures as view
from bot.views.desk.figures import Asked
from models.complaint import ReportClass
from models.rules.desk.spans import Span
from models.rules.permissions import Desk, Presser, require_desk

#: What is shown first.
FIRST = Figures(Span.MONTH, Dimension.UNIT)


def handlers() -> list[Handler]:
    """The command, the menu's button, other spans and dimensions, what to look at alone, files."""
    spans, dimensions = "|".join(Span), "|".join(Dimension)
    asked = f"^{Figures.tag}:({spans}):({dimensions})"
    chosen = rf"\d+:\d+:({'|'.join(ReportClass)}|):\d+$"
    return [
        CommandHandler("kinerja", open_figures, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(open_figures, pattern=f"^{Open.tag}:{Desk.FIGURES.value}:"),
        CallbackQueryHandler(show, pattern=f"{asked}:{view.TEXT}:{chosen}"),
        CallbackQueryHandler(choose, pattern=f"{asked}:({dimensions}):{chosen}"),
        CallbackQueryHandler(ask_for_file, pattern=f"{asked}:({view.SHEET}|{view.CHART}):{chosen}"),
    ]


async def open_figures(update: Update, context: Context) -> Any:
    """This month, by the person's most telling dimension."""
    await _show(context.turn, FIRST)


async def show(update: Update, context: Context) -> Any:
    """Another span or dimension, or only a part of the reports."""
    payload = payload_of(update)
    if isinstance(payload, Figures):
        await _show(context.turn, payload)


async def choose(update: Update, context: Context) -> Any:
    """The list of units, areas or classes that one may look at alone."""
    turn, payload = context.turn, payload_of(update)
    require_desk(turn.presser, Desk.FIGURES)
    if not isinstance(payload, Figures):
        return
    city = await know(turn.session, turn.now)
    which = Dimension(payload.form)
    asked = asked_of(city, turn.presser, payload, turn.now)
    everything = cut_of(city, turn.presser, choosing_figures.without(payload, which), turn.now)
    found = await reports.received(turn.session, everything, which)
    turn.show(choosing_figures.choose(asked, which, found, names_of(city, which)))


async def ask_for_file(update: Update, context: Context) -> Any:
    """The list behind the figures as a workbook, or the figures as pictures: made after the commit."""
    turn, payload = context.turn, payload_of(update)
    require_desk(turn.presser, Desk.FIGURES)
    if not isinstance(payload, Figures):
        return
    what: dict[str, Any] = {"person": turn.person.id, **asdict(payload)}
    if payload.form == view.SHEET:
        figures.require_register(turn.presser)
        turn.order("register", new=True, toast=making.preparing(), action=FILE, **what)
    else:
        turn.order("figures_chart", moves=True, toast=making.preparing(), action="upload_photo", **what)


async def _show(turn: Turn, payload: Figures) -> None:
    require_desk(turn.presser, Desk.FIGURES)
    city = await know(turn.session, turn.now)
    turn.show(view.figures(*await found(turn.session, city, turn.presser, payload, turn.now)))


async def found(
    session: Any, city: City, presser: Presser, payload: Figures, now: datetime
) -> tuple[Asked, Overview, dict[Any, str]]:
    """What was asked for, the indicators, the names of the parts."""
    asked = asked_of(city, presser, payload, now)
    overview = await reports.overview(session, cut_of(city, presser, payload, now), asked.by, now)
    return asked, overview, names_of(city, asked.by)


def cut_of(city: City, presser: Presser, payload: Figures, now: datetime) -> Slice:
    """The reports that a button means, of those whose figures the presser sees."""
    since, until, _first, _last = figures.moments_of(city, Span(payload.span), now)
    return Slice(
        since,
        until,
        units=figures.units_of(presser),
        unit_id=payload.unit or None,
        area_id=payload.area or None,
        report_class=ReportClass(payload.report_class) if payload.report_class else None,
    )


def asked_of(city: City, presser: Presser, payload: Figures, now: datetime) -> Asked:
    """The same in words; refused with `no_such_choice` where the city has no such unit or area, or `not_your_unit`."""
    units = figures.units_of(presser)
    figures.require_choice(city, units, payload.unit, payload.area)
    _since, _until, first, last = figures.moments_of(city, Span(payload.span), now)
    return Asked(
        payload=payload,
        whose=None if units is None else ", ".join(city.units[unit].short_name for unit in sorted(units)),
        first=first,
        last=last,
        chosen=view.chosen(payload, names_of(city, Dimension.UNIT), names_of(city, Dimension.AREA)),
        may_choose=frozenset(Dimension) - ({Dimension.UNIT} if units is not None and len(units) == 1 else set()),
        with_register=bool(presser.roles() & figures.REGISTER),
    )


def names_of(city: City, by: Dimension) -> dict[Any, str]:
    """What the values of a dimension are called."""
    if by is Dimension.UNIT:
        return {unit.id: unit.short_name for unit in city.units.values()}
    if by is Dimension.AREA:
        return {area.id: area.kelurahan for area in city.areas.values()}
    return view.class_names()
