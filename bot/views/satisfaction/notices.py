"""Notices about improvements: to whoever owes one, and to whoever raised it: you reported, we improved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from bot.callbacks import Open, Plan
from bot.i18n import Markup, _, say, say_many, show_short_day
from bot.views.parts import joined
from bot.views.screen import Rows, Screen, button
from models.rules.permissions import Desk

Values = dict[str, Any]


def improvement_given(values: Values) -> Screen:
    """To the owner: this is yours now."""
    text = say(
        "🛠 Bapak/Ibu menjadi penanggung jawab perbaikan:\n<b>{title}</b>\n\nPaling lambat {due}.",
        title=values["title"],
        due=_due(values),
    )
    return Screen(text, _open(values))


def improvement_due(values: Values) -> Screen:
    """To the owner: the date comes near, or is over."""
    days = values["days"]
    if days > 0:
        head = say_many("⏳ Tinggal {n} hari untuk perbaikan ini:", "⏳ Tinggal {n} hari untuk perbaikan ini:", days)
    elif days == 0:
        head = say("⏳ Hari ini hari terakhir untuk perbaikan ini:")
    else:
        head = say_many(
            "⏳ Tanggal perbaikan ini sudah lewat {n} hari:", "⏳ Tanggal perbaikan ini sudah lewat {n} hari:", -days
        )
    title = say("<b>{title}</b>\nPaling lambat {due}.", title=values["title"], due=_due(values))
    hint = say("Sudah selesai? Tekan tombol di bawah, lalu tulis hasilnya. Perlu waktu? Minta kepala unit mengubahnya.")
    return Screen(joined([head, title, hint], "\n\n"), _open(values))


def improvement_done(values: Values) -> Screen:
    """To whoever raised it, once."""
    raised = (
        say("📣 <b>Anda melapor, kami perbaiki.</b>")
        if values["codes"]
        else say("📣 <b>Anda menilai, kami perbaiki.</b>")
    )
    where = ", ".join(part for part in (values["service"], values["unit"]) if part)
    body = say("{title}\n{where}", title=values["title"], where=where)
    result = say("Hasilnya: {result}", result=values["result"])
    codes = say("Laporan Bapak/Ibu: {codes}", codes=", ".join(values["codes"])) if values["codes"] else Markup("")
    thanks = say("Terima kasih sudah menyampaikannya.")
    rows = ((button("🏅 " + _("Mutu layanan kota"), Open(Desk.QUALITY.value)),),)
    return Screen(joined([raised, body, result, codes, thanks], "\n\n"), rows)


def _due(values: Values) -> str:
    return show_short_day(date.fromisoformat(values["due_on"]))


def _open(values: Values) -> Rows:
    return ((button(_("Buka perbaikan"), Plan("open", str(values["id"]))),),)


KINDS: dict[str, Callable[[Values], Screen]] = {
    "improvement_given": improvement_given,
    "improvement_due": improvement_due,
    "improvement_done": improvement_done,
}
