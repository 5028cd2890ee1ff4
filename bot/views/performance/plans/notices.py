"""Notices about work plans: to the superior that one waits, to its owner what was decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.callbacks import YearPlan
from bot.i18n import Markup, _, say
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


def _open(values: Values) -> Rows:
    return ((button("🎯 " + _("Buka rencana kerja"), YearPlan("open", values["plan"])),),)


KINDS: dict[str, Callable[[Values], Screen]] = {
    "plan_submitted": plan_submitted,
    "plan_approved": plan_approved,
    "plan_returned": plan_returned,
    "plan_sheet_checked": sheet.checked,
}
