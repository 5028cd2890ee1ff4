"""The tree to walk: the city's indicators, those of the own units, and the rows behind a fact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.callbacks import Gauge, Ticket
from bot.i18n import N_, Markup, _, label, say, say_many, show_number, show_short_day
from bot.reports.performance.rows import PAGE as ROWS
from bot.reports.performance.rows import Behind, Row
from bot.services.performance.indicator_cards import PAGE, Standing
from bot.views.parts import cut, home_row, joined
from bot.views.performance.indicators.words import SIGNS, amount, line
from bot.views.satisfaction.periods import name_of, short_name_of
from bot.views.screen import Button, Rows, Screen, button
from models.performance.indicator import Indicator, Source
from models.rules.skm import rounded

CITY, UNITS, BELOW = "city", "units", "below"
HEADS = {
    CITY: N_("<b>Indikator kinerja kota</b>"),
    UNITS: N_("<b>Indikator unit Bapak/Ibu</b>"),
    BELOW: N_("<b>Indikator di bawahnya</b>"),
}
LONGEST = 56
GOOD = {
    Source.SETTLED_IN_TIME: (N_("tepat waktu"), N_("tidak tepat waktu")),
    Source.CONFIRMED_SHARE: (N_("dinyatakan selesai"), N_("tidak dinyatakan selesai")),
    Source.COMPLETED_ON_TIME: (N_("sesuai standar"), N_("melewati standar")),
    Source.COMPLETION_TIME: (N_("sesuai standar"), N_("melewati standar")),
    Source.IMPROVEMENTS_DONE: (N_("selesai pada waktunya"), N_("tidak selesai pada waktunya")),
}


def listed(which: str, parent_id: int, standings: Sequence[Standing], page: int, total: int) -> Screen:
    """A page of indicators, each a line and a button."""
    head = say(HEADS[which])
    if not standings:
        return Screen(joined([head, say("Belum ada indikator di sini.")], "\n\n"), (*_elsewhere(which), home_row()))
    legend = say("🟢 sesuai jalur · 🟡 perlu perhatian · 🔴 tertinggal · ⚪ belum ada angka")
    text = joined([head, joined(line(standing) for standing in standings), legend], "\n\n")
    rows = tuple((_open(standing),) for standing in standings)
    return Screen(text, (*rows, *_pager(which, parent_id, page, -(-total // PAGE)), *_elsewhere(which), home_row()))


def _open(standing: Standing) -> Button:
    words = f"{SIGNS[standing.status]} {standing.row.name}"
    tail = " " + label("({n} di bawahnya)", n=standing.below) if standing.below else ""
    return button(cut(words, LONGEST - len(tail)) + tail, Gauge("card", standing.row.id))


def _elsewhere(which: str) -> Rows:
    if which == CITY:
        return ((button("🏢 " + _("Indikator unit saya"), Gauge(UNITS, 0, "0")),),)
    return ((button("🏛 " + _("Indikator kota"), Gauge(CITY, 0, "0")),),)


def _pager(verb: str, number: int, page: int, pages: int, before: str = "") -> Rows:
    """Earlier and later pages."""
    row: list[Button] = []
    if page > 0:
        row.append(button("◀️ " + _("Sebelumnya"), Gauge(verb, number, f"{before}{page - 1}")))
    if page < pages - 1:
        row.append(button(_("Berikutnya") + " ▶️", Gauge(verb, number, f"{before}{page + 1}")))
    return (tuple(row),) if row else ()


def rows(row: Indicator, period: str, found: Behind, page: int, periods: Sequence[str]) -> Screen:
    """What a fact was counted from."""
    head = say("<b>{name}</b>\nBaris data pada {period}", name=row.name, period=name_of(period))
    count = say_many("{n} baris dihitung.", "{n} baris dihitung.", found.total)
    hidden = found.total - found.seen
    kept = (
        say_many(
            "{n} di antaranya hanya dihitung, tidak ditampilkan kepada Bapak/Ibu.",
            "{n} di antaranya hanya dihitung, tidak ditampilkan kepada Bapak/Ibu.",
            hidden,
        )
        if hidden
        else Markup("")
    )
    lines = joined(_row(row, one) for one in found.rows)
    tickets = tuple(
        (button(label("Buka {code}", code=one.name), Ticket("view", one.complaint_id)),)
        for one in found.rows
        if one.complaint_id is not None
    )
    others = tuple(
        button(short_name_of(other), Gauge("rows", row.id, f"{other}.0")) for other in periods if other != period
    )
    pages = _pager("rows", row.id, page, -(-found.seen // ROWS), f"{period}.")
    back = (button("⬅️ " + _("Kembali ke indikator"), Gauge("card", row.id)),)
    keys = (*tickets, *pages, *((others,) if others else ()), back, home_row())
    return Screen(joined([joined([head, joined([count, kept], " ")], "\n"), lines], "\n\n"), keys)


def _row(indicator: Indicator, one: Row) -> Markup:
    parts = [one.name]
    if one.at is not None:
        day = one.at.date() if isinstance(one.at, datetime) else one.at
        parts.append(show_short_day(day))
    if one.amount is not None:
        is_time = indicator.source in (Source.COMPLETION_TIME, Source.COMPLETED_ON_TIME)
        parts.append(
            label("{hours} jam kerja", hours=show_number(rounded(one.amount)))
            if is_time
            else amount(indicator, one.amount)
        )
    if one.good is not None:
        parts.append(_(GOOD[indicator.source][0 if one.good else 1]))
    return say("• {words}", words=" · ".join(parts))
