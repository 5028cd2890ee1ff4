"""The desk's indicators as pictures: the same numbers as the message's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.i18n import _, label, show_number
from bot.reports.charts import Chart, ChartKind
from bot.reports.desk import Overview
from bot.views.desk.figures import MOST_PARTS, Asked, in_short, ordered, percent


def charts(asked: Asked, found: Overview, names: Mapping[Any, str]) -> list[Chart]:
    """How many reports, and how many of them in time, by part: the same numbers as the text."""
    parts = ordered(found, names)[:MOST_PARTS]
    labels = tuple(names.get(key) or _("Belum ditentukan") for key, _part in parts)
    where = "; ".join(part for part in (in_short(asked), _left_out(found)) if part)
    rates = [part.in_time_rate for _key, part in parts]
    return [
        Chart(
            kind=ChartKind.BARS,
            title=_("Laporan yang dihitung"),
            labels=labels,
            values=tuple(float(part.counted) for _key, part in parts),
            shown=tuple(show_number(part.counted) for _key, part in parts),
            subtitle=where,
            low=0,
        ),
        Chart(
            kind=ChartKind.BARS,
            title=_("Selesai tepat waktu"),
            labels=labels,
            values=tuple(None if rate is None else float(rate * 100) for rate in rates),
            shown=tuple(percent(rate) for rate in rates),
            unit="%",
            subtitle=where,
            low=0,
            high=100,
        ),
    ]


def _left_out(found: Overview) -> str:
    more = len(found.parts) - MOST_PARTS
    return label("{n} yang terbanyak, {more} lagi tidak digambar", n=MOST_PARTS, more=more) if more > 0 else ""
