"""The words of the workbook of a year's training hours."""

from __future__ import annotations

from datetime import date

from bot.i18n import _, label, show_day
from bot.reports.training.hours_book import Row, Words
from bot.reports.training.hours_standing import Line
from models.rules import nip
from models.rules.nip import Kind
from models.rules.training.hours_target import Target


def row(number: int, one: Line, unit: str) -> Row:
    """One employee; of the NIP only the last three digits."""
    kind = Kind.PPPK if one.kind == Kind.PPPK else Kind.PNS
    return Row(number, one.name, nip.short(one.nip), unit, kind, one.own, one.outside)


def words(year: int, day: date, target: Target) -> Words:
    """Everything around the figures."""
    return Words(
        title=label("Rekap jam pelajaran (JP) pegawai tahun {year}", year=year),
        about=label(
            "Pegawai pada {day}. PNS paling sedikit {minimum} JP setahun, PPPK paling banyak {maximum} JP setahun.",
            day=show_day(day),
            minimum=target.minimum,
            maximum=target.maximum,
        ),
        remark=_("Hanya JP yang sudah dihitung. NIP hanya tiga angka terakhir."),
        people=[
            *(_("No."), _("Nama"), _("NIP"), _("Unit"), _("Jenis")),
            *(_("JP teknis"), _("JP manajerial"), _("JP sosial kultural"), _("JP fungsional")),
            *(_("JP pelatihan kota"), _("JP dari luar"), _("Jumlah JP")),
            *(_("Target atau batas"), _("JP yang kurang"), _("Di atas batas")),
        ],
        units=[
            *(_("Unit"), _("Jumlah pegawai"), _("PNS"), _("PNS yang mencapai"), _("Persen PNS mencapai")),
            *(_("Rata-rata JP pegawai"), _("PPPK"), _("PPPK di atas batas")),
        ],
        total=_("Jumlah"),
    )


def caption(year: int) -> str:
    """Below the file."""
    return label("Rekap JP {year}: satu lembar per pegawai, satu lembar per unit.", year=year)
