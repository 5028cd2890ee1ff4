"""The form of a work plan in the chat: it goes out, it has come, what it would make of the plan, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.callbacks import YearPlan
from bot.i18n import N_, Markup, _, say, say_many
from bot.views.parts import cut, home_row, joined
from bot.views.performance.plans.talk import way_row
from bot.views.performance.plans.words import KINDS, show_quarters, show_target
from bot.views.screen import Screen, button
from models.rules.performance.achievement import Polarity
from models.rules.performance.plan_rules import ResultKind

FAULTS = {
    "form_unreadable": N_("Berkas itu tidak bisa dibaca sebagai Excel."),
    "form_no_heading": N_("Kolom “{words}” tidak ada. Mohon pakai bentuk SKP yang diunduh dari sini."),
    "form_plan_closed": N_("Rencana ini sudah tidak bisa diubah."),
    "form_empty": N_("Tidak ada satu pun hasil kerja di dalamnya."),
    "form_too_many": N_("Isinya terlalu banyak untuk satu rencana."),
    "item_without_result": N_("{cell}: ukuran ini belum punya hasil kerja di atasnya."),
    "unknown_serves": N_("{cell}: “{words}” bukan hasil kerja atasan yang sudah disetujui."),
    "form_no_unit": N_("{cell}: satuannya kosong."),
    "form_bad_target": N_("{cell}: target “{words}” tidak bisa dibaca atau tidak bisa diukur."),
    "form_bad_number": N_("{cell}: “{words}” bukan angka."),
    "form_quarters_differ": N_("{cell}: angka keempat triwulan tidak menjadi target setahun."),
    "form_unknown_word": N_("{cell}: “{words}” tidak dikenal di kolom ini."),
    "form_too_long": N_("{cell}: tulisannya terlalu panjang."),
}


def received() -> Screen:
    """It is being checked."""
    text = say("Berkas rencana kerja sudah diterima dan sedang diperiksa. Hasilnya menyusul sebentar lagi.")
    return Screen(text, (way_row(), home_row()))


def not_a_workbook() -> Screen:
    """Something else was sent."""
    return Screen(say("Itu bukan berkas Excel (.xlsx). Mohon kirim bentuk SKP yang sudah diisi."))


def ready(name: str, year: int) -> str:
    """Below the file."""
    return say("Rencana kerja (SKP) {year}: {name}. NIP hanya tiga angka terakhir.", year=str(year), name=name)


def checked(values: Mapping[str, Any]) -> Screen:
    """To its sender: what the plan would become, or what is wrong."""
    if values["faults"]:
        return _faulty(values["faults"])
    content = values["content"]
    head = say_many(
        "<b>Beginilah rencana kerja dari Excel: {n} hasil kerja.</b>",
        "<b>Beginilah rencana kerja dari Excel: {n} hasil kerja.</b>",
        len(content["results"]),
    )
    lines = [_result(number, told) for number, told in enumerate(content["results"], start=1)]
    behaviour = say("Perilaku kerja: {n} dari 7 terisi.", n=str(len(content["values"])))
    warning = say("Kalau dipakai, seluruh isi draf sekarang diganti dengan ini.")
    rows = (
        (button("✅ " + _("Pakai"), YearPlan("usesheet", values["sheet"])),),
        (button("✖️ " + _("Jangan dipakai"), YearPlan("dropsheet", values["sheet"])),),
    )
    return Screen(joined([head, *lines, behaviour, warning], "\n\n"), rows)


def _result(number: int, told: Mapping[str, Any]) -> Markup:
    title = say(
        "{number}. {title} ({kind})",
        number=str(number),
        title=told["title"],
        kind=_(KINDS[ResultKind(told["kind"])]).casefold(),
    )
    return joined([title, *map(_item, told["items"])])


def _item(told: Mapping[str, Any]) -> Markup:
    quarters = [None if part is None else Decimal(part) for part in told["quarters"]]
    polarity = Polarity(told["polarity"])
    return say(
        "• {name}: <b>{target}</b> (per triwulan {quarters})",
        name=told["name"],
        target=show_target(polarity, Decimal(told["low"]), Decimal(told["high"]), told["measure_unit"]),
        quarters=show_quarters(quarters),
    )


def _faulty(faults: Sequence[Mapping[str, Any]]) -> Screen:
    head = say("<b>Berkas rencana kerja belum bisa dipakai.</b> Tidak ada yang berubah.")
    lines = [
        say("• {fault}", fault=_(FAULTS[one["code"]]).format(cell=one["cell"], words=cut(one["words"], 40)))
        for one in faults
    ]
    hint = say("Mohon perbaiki di Excel, lalu kirim lagi lewat Isi lewat Excel.")
    return Screen(joined([head, joined(lines), hint], "\n\n"), (way_row(), home_row()))


def discarded() -> Screen:
    """Nothing changed."""
    return Screen(say("Baik, isi Excel itu tidak dipakai. Rencananya tetap seperti semula."), (way_row(), home_row()))
