"""The chart of an indicator: what each quarter gave against the target."""

from __future__ import annotations

from bot.i18n import _, label
from bot.reports.charts import Chart, ChartKind
from bot.services.performance.indicator_cards import Card
from bot.views.performance.indicators.words import amount, goal_of

_ROMAN = ("I", "II", "III", "IV")
#: Room above the highest and below the lowest, as a share of it.
_ROOM = 0.08


def chart(found: Card) -> Chart | None:
    """A point a quarter; None while no quarter has a value."""
    row, goal = found.standing.row, found.standing.goal
    values = [found.quarters[number].value if number in found.quarters else None for number in range(1, 5)]
    known = [float(value) for value in values if value is not None]
    if not known:
        return None
    marks = () if goal is None else ((float(goal.low), label("target {goal}", goal=goal_of(row, goal))),)
    ends = [*known, *(value for value, _name in marks)]
    return Chart(
        kind=ChartKind.LINE,
        title=row.name,
        subtitle=label("Nilai tiap triwulan dalam {unit}", unit=row.measure_unit),
        labels=tuple(label("TW {number}", number=roman) for roman in _ROMAN),
        values=tuple(None if value is None else float(value) for value in values),
        shown=tuple(_("belum ada") if value is None else amount(row, value) for value in values),
        low=max(0.0, min(ends) * (1 - _ROOM)),
        high=max(ends) * (1 + _ROOM),
        marks=marks,
    )
