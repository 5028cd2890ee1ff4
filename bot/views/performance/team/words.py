"""What values, states and weeks of a team are called."""

from __future__ import annotations

from decimal import Decimal

from bot.i18n import N_, _, label, show_number
from bot.reports.performance.standing import Standing
from bot.views.performance.week_words import NO, PACES, YES
from models.rules.performance.achievement import Target
from models.rules.performance.pace import PaceStatus
from models.rules.skm import rounded

SIGNS = {
    PaceStatus.ON_TRACK: "🟢",
    PaceStatus.AT_RISK: "🟡",
    PaceStatus.BEHIND: "🔴",
    PaceStatus.NO_DATA: "⚪",
    PaceStatus.NOT_DUE: "⚪",
}
#: A week in a strip: its square, and what it means.
WEEKS = {
    "reported": ("🟩", N_("tepat waktu")),
    "late": ("🟨", N_("terlambat")),
    "missing": ("🟥", N_("tidak lapor")),
    "none": ("⬜", N_("tidak wajib")),
}
_YES_NO_UNITS = ("", "ya/tidak")


def number(value: Decimal | str) -> str:
    """At most two decimals, with the reader's separators."""
    exact = rounded(Decimal(value))
    return show_number(int(exact) if exact == exact.to_integral_value() else float(exact))


def amount(value: Decimal | str | None, unit: str | None) -> str:
    """A value with its unit, or that there is none."""
    if value is None:
        return _("belum ada angka")
    if (unit or "") in _YES_NO_UNITS and Decimal(value) in (0, 1):
        return _(YES) if Decimal(value) else _(NO)
    return f"{number(value)}{'' if unit == '%' else ' '}{unit}".rstrip()


def target(target: Target, unit: str) -> str:
    """One number or a range."""
    if target.low == target.high:
        return amount(target.low, unit)
    return f"{number(target.low)}–{amount(target.high, unit)}"


def percent(value: Decimal | str | None) -> str:
    """Whole per cent of the pace."""
    return "–" if value is None else label("{n}%", n=show_number(round(Decimal(value))))


def pace(one: Standing) -> str:
    """The state of a line in words, with its sign."""
    return _(PACES[one.status])
