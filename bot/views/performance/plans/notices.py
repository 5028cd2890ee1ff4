"""Notices about work plans: to the superior that one waits, to its owner what was decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from bot.callbacks import YearPlan
from bot.i18n import Markup, _, say, say_many, show_day
from bot.views.parts import joined
from bot.views.performance.plans import sheet
from bot.views.screen import Rows, Screen, button

Values = dict[str, Any]


def plan_submitted(values: Values) -> Screen:
    """To who may approve it."""
    text = say(
        "🎯 {name} mengajukan rencana kerja (SKP) {year}, versi {number}. Mohon diperiksa: setujui, atau kembalikan "
        "dengan catatan.",
        name=values["name"],
        year=str(values["year"]),
        number=str(values["number"]),
    )
    return Screen(text, _open(values))


def plan_approved(values: Values) -> Screen:
    """To the owner."""
    text = say(
        "✅ Rencana kerja (SKP) {year} Bapak/Ibu disetujui dan mulai berlaku. Laporan mingguan mengikuti rencana ini.",
        year=str(values["year"]),
    )
    return Screen(text, _open(values))


def plan_returned(values: Values) -> Screen:
    """To the owner, with what the superior asks for."""
    head = say("↩️ Rencana kerja (SKP) {year} Bapak/Ibu dikembalikan untuk diperbaiki.", year=str(values["year"]))
    words = say("Catatan atasan: <i>{text}</i>", text=values["text"]) if values.get("text") else Markup("")
    where = say("Catatan untuk setiap bagian tertulis pada rencananya.")
    return Screen(joined([head, words, where], "\n\n"), _open(values))


def plan_missing(values: Values) -> Screen:
    """To whoever has none this year, once."""
    text = say(
        "🎯 Rencana kerja (SKP) {year} Bapak/Ibu belum diajukan. Mohon disusun dan diajukan supaya bisa disetujui "
        "paling lambat {until}. Isiannya boleh dicicil, dan rencana tahun lalu bisa disalin.",
        year=str(values["year"]),
        until=show_day(date.fromisoformat(values["until"])),
    )
    return Screen(text, ((button("🎯 " + _("Buka rencana kerja"), YearPlan("year", values["year"])),),))


def plans_missing(values: Values) -> Screen:
    """To the superior, once: who."""
    head = say_many(
        "🎯 {n} bawahan Bapak/Ibu belum mengajukan rencana kerja (SKP) {year}. Batasnya {until}.",
        "🎯 {n} bawahan Bapak/Ibu belum mengajukan rencana kerja (SKP) {year}. Batasnya {until}.",
        values["count"],
        year=str(values["year"]),
        until=show_day(date.fromisoformat(values["until"])),
    )
    names = joined([say("• {name}", name=name) for name in values["names"]])
    more = values["count"] - len(values["names"])
    rest = say_many("… dan {n} lagi.", "… dan {n} lagi.", more) if more > 0 else Markup("")
    return Screen(
        joined([head, joined([names, rest])], "\n\n"), ((button("👥 " + _("Rencana bawahan"), YearPlan("team", 0)),),)
    )


def _open(values: Values) -> Rows:
    return ((button("🎯 " + _("Buka rencana kerja"), YearPlan("open", values["plan"])),),)


KINDS: dict[str, Callable[[Values], Screen]] = {
    "plan_submitted": plan_submitted,
    "plan_approved": plan_approved,
    "plan_returned": plan_returned,
    "plan_missing": plan_missing,
    "plans_missing": plans_missing,
    "plan_sheet_checked": sheet.checked,
}
