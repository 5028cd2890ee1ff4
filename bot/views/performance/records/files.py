"""A register's file: received, what is in it, applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.callbacks import Gauge
from bot.i18n import N_, Markup, _, say, say_many, show_number
from bot.views.parts import home_row, joined
from bot.views.screen import Screen, button

MOST_SHOWN = 12
COLUMNS = {
    "number": N_("nomor"),
    "service": N_("layanan"),
    "received": N_("diterima"),
    "complete": N_("berkas lengkap"),
    "finished": N_("selesai"),
}
FAULTS = {
    "unreadable_file": N_("Berkas ini tidak bisa dibaca. Kirim berkas Excel (.xlsx) atau CSV."),
    "no_records": N_(
        "Tidak ada kolom nomor dan tanggal diterima. Beri judul kolom: Nomor, Layanan, Diterima, Selesai."
    ),
    "too_many_records": N_("Terlalu banyak baris untuk satu berkas. Bagi menjadi beberapa berkas."),
    "number_is_personal": N_("berisi NIK atau nomor KK; pakai nomor permohonan"),
    "no_record_number": N_("bukan nomor permohonan"),
    "unknown_service": N_("bukan layanan unit Bapak/Ibu"),
    "no_moment": N_("bukan tanggal dan jam"),
    "moment_not_past": N_("waktunya belum terjadi atau sudah terlalu lama"),
    "moments_disordered": N_("lebih awal daripada langkah sebelumnya"),
    "twice": N_("sudah ada di baris lain"),
}


def received() -> Screen:
    """The file has come and waits for its check."""
    return Screen(say("Berkas diterima dan sedang diperiksa, biasanya kurang dari setengah menit."), (home_row(),))


def not_a_file() -> Screen:
    """Something else than a table was sent."""
    return Screen(say("Yang bisa dibaca di sini berkas Excel (.xlsx) atau CSV."))


def checked(values: Mapping[str, Any]) -> Screen:
    """What would become of it, in numbers; the faults by row."""
    faults = _faults(values["faults"], values["wrong"])
    if not values["new"] + values["changed"] + values["same"]:
        return Screen(
            joined([say("<b>Berkas belum bisa dipakai.</b> Tidak ada yang dicatat."), faults], "\n\n"), (home_row(),)
        )
    counts = say(
        "{new} permohonan baru · {changed} berubah · {same} sudah sama",
        new=show_number(values["new"]),
        changed=show_number(values["changed"]),
        same=show_number(values["same"]),
    )
    if not values["new"] + values["changed"]:
        text = joined([say("<b>Isi berkas sama dengan catatan.</b>"), counts, faults], "\n\n")
        return Screen(text, (home_row(),))
    text = joined([say("<b>Catat permohonan dari berkas ini?</b>"), counts, faults], "\n\n")
    rows = (
        (button("✅ " + _("Catat"), Gauge("usefile", values["file"])),),
        (button("✖️ " + _("Jangan dicatat"), Gauge("dropfile", values["file"])),),
    )
    return Screen(text, rows)


def _faults(faults: Sequence[Sequence[Any]], wrong: int) -> Markup:
    if not faults:
        return Markup("")
    whole = [say(FAULTS[code]) for row, _column, code in faults if not row]
    if whole:
        return joined(whole)
    head = say_many("{n} baris tidak dipakai:", "{n} baris tidak dipakai:", wrong)
    lines = [
        say("• baris {row}, {column}: {fault}", row=row, column=_(COLUMNS[column]), fault=_(FAULTS[code]))
        for row, column, code in faults[:MOST_SHOWN]
    ]
    more = wrong - len(lines)
    rest = say_many("… dan {n} lagi.", "… dan {n} lagi.", more) if more > 0 else Markup("")
    return joined([head, *lines, rest])


def applied(counts: Mapping[str, int]) -> Screen:
    """Done."""
    text = say(
        "✅ {new} permohonan baru dan {changed} perubahan sudah dicatat.",
        new=show_number(counts["new"]),
        changed=show_number(counts["changed"]),
    )
    return Screen(text, ((button("⏱ " + _("Lama layanan"), Gauge("times", 0)),), home_row()))


def discarded() -> Screen:
    """Nothing was recorded."""
    return Screen(say("Baik, tidak ada permohonan yang dicatat."), (home_row(),))


KINDS = {"record_file_checked": checked}
