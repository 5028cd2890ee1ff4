"""A survey's period in words."""

from __future__ import annotations

from datetime import date

from bot.i18n import label, show_month

#: Quarters and semesters are counted in Roman numerals.
_ROMAN = ("I", "II", "III", "IV")


def name_of(period: str) -> str:
    """ "Triwulan IV 2026", "Semester II 2026", "November 2026", "Tahun 2026"."""
    year, kind, number = _parts(period)
    if kind == "Q":
        return label("Triwulan {number} {year}", number=_ROMAN[number - 1], year=year)
    if kind == "S":
        return label("Semester {number} {year}", number=_ROMAN[number - 1], year=year)
    if kind == "M":
        return f"{show_month(number)} {year}"
    return label("Tahun {year}", year=year)


def short_name_of(period: str) -> str:
    """The same for a button or an axis: "TW IV 2026"."""
    year, kind, number = _parts(period)
    if kind == "Q":
        return label("TW {number} {year}", number=_ROMAN[number - 1], year=year)
    if kind == "S":
        return label("Sem. {number} {year}", number=_ROMAN[number - 1], year=year)
    if kind == "M":
        return f"{show_month(number, short=True)} {year}"
    return year


def _parts(period: str) -> tuple[str, str, int]:
    year, _, rest = period.partition("-")
    return year, rest[:1], int(rest[1:] or 0)


def last_day_before(first: date) -> date:
    """The day before."""
    return date.fromordinal(first.toordinal() - 1)
