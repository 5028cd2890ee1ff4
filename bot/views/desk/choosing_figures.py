"""The lists of what the desk's figures can be narrowed down to: a unit, a kelurahan, a class of reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.callbacks import Figures
from bot.i18n import N_, _, say, show_number, show_short_day
from bot.reports.desk import Dimension
from bot.views.desk.figures import TEXT, Asked
from bot.views.parts import cut, home_row, joined
from bot.views.screen import Button, Screen, button

QUESTIONS = {
    Dimension.UNIT: N_("<b>Unit mana yang ingin dilihat?</b>"),
    Dimension.AREA: N_("<b>Kelurahan mana yang ingin dilihat?</b>"),
    Dimension.REPORT_CLASS: N_("<b>Jenis laporan apa yang ingin dilihat?</b>"),
}
ALL = {
    Dimension.UNIT: N_("Semua unit"),
    Dimension.AREA: N_("Semua kelurahan"),
    Dimension.REPORT_CLASS: N_("Semua jenis"),
}
#: Dimension → the field of the button that keeps what was chosen.
FIELDS = {Dimension.UNIT: "unit", Dimension.AREA: "area", Dimension.REPORT_CLASS: "report_class"}
PAGE = 9
LONGEST_NAME = 40


def without(payload: Figures, which: Dimension) -> Figures:
    """The same button with nothing chosen of this dimension."""
    return replace(payload, **{FIELDS[which]: type(getattr(payload, FIELDS[which]))()})


def choose(asked: Asked, which: Dimension, found: Mapping[Any, int], names: Mapping[Any, str]) -> Screen:
    """One page of what has reports in that time, with how many; all of it; and the way back."""
    text = joined(
        [
            say(QUESTIONS[which]),
            say(
                "Angka di tombol: laporan yang masuk {first} sampai {last}.",
                first=show_short_day(asked.first),
                last=show_short_day(asked.last),
            )
            if found
            else say("Belum ada laporan pada masa ini."),
        ],
        "\n\n",
    )
    field, back = FIELDS[which], replace(asked.payload, form=TEXT, page=0)
    present = getattr(asked.payload, field)
    options = sorted((names[key], key, n) for key, n in found.items() if key in names)
    page = min(asked.payload.page, max(0, len(options) - 1) // PAGE)
    rows = [
        (
            button(
                f"{'• ' if key == present else ''}{cut(name, LONGEST_NAME)} ({show_number(n)})",
                replace(back, **{field: key}),
            ),
        )
        for name, key, n in options[page * PAGE : (page + 1) * PAGE]
    ]
    everything = button(_(ALL[which]), without(back, which))
    return Screen(
        text,
        ((everything,), *rows, *_turning(asked, page, len(options)), (button("⬅️ " + _("Kembali"), back),), home_row()),
    )


def _turning(asked: Asked, page: int, options: int) -> tuple[tuple[Button, ...], ...]:
    row: list[Button] = []
    if page > 0:
        row.append(button("◀️ " + _("Sebelumnya"), replace(asked.payload, page=page - 1)))
    if (page + 1) * PAGE < options:
        row.append(button(_("Berikutnya") + " ▶️", replace(asked.payload, page=page + 1)))
    return (tuple(row),) if row else ()
