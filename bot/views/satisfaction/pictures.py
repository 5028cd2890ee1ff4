"""What the charts of the survey show, in words and figures: elements as bars, the index over time as a line."""

from __future__ import annotations

from html import unescape

from bot.i18n import _, label, show_number
from bot.reports.charts import Chart, ChartKind
from bot.reports.satisfaction import Results
from bot.views.satisfaction.elements import name_of as element_name
from bot.views.satisfaction.figures import decimal, grade_words, mixed_note, weakest
from bot.views.satisfaction.periods import name_of, short_name_of
from models.rules.skm import SCALE, Element
from models.rules.skm import lowest_ikm as bounds


def charts(name: str, found: Results) -> list[Chart]:
    """The elements; and the trend where there is one. Nothing without answers."""
    if not found.whole.n:
        return []
    shown = [elements(name, found)]
    if sum(tally.n > 0 for _period, tally in found.trend) > 1:
        shown.append(trend(name, found))
    return shown


def elements(name: str, found: Results) -> Chart:
    """A bar for each element with its NRR; the weakest are pointed out."""
    values = [found.whole.nrr(element) for element in Element]
    weak = weakest(found.whole)
    return Chart(
        kind=ChartKind.BARS,
        title=label("{name}: nilai tiap unsur", name=name),
        subtitle=_with_note(f"{subtitle(found)}. {_('Garis putus-putus: batas mutu C, B, dan A.')}", found),
        labels=tuple(f"{element.code} {element_name(element)}" for element in Element),
        values=tuple(float(value) if value is not None else None for value in values),
        shown=tuple(decimal(value) for value in values),
        low=1,
        high=4,
        marks=tuple((float(lowest / SCALE), grade.value) for grade, lowest in bounds()),
        weak=tuple(place for place, element in enumerate(Element) if element in weak),
    )


def trend(name: str, found: Results) -> Chart:
    """The index from period to period."""
    values = [tally.ikm for _, tally in found.trend]
    known = [float(value) for value in values if value is not None]
    return Chart(
        kind=ChartKind.LINE,
        title=label("{name}: IKM dari waktu ke waktu", name=name),
        subtitle=_with_note("", found),
        labels=tuple(short_name_of(period) for period, _tally in found.trend),
        values=tuple(float(value) if value is not None else None for value in values),
        shown=tuple(decimal(value) if value is not None else _("belum ada") for value in values),
        low=max(25.0, min(known) - 6),
        high=min(100.0, max(known) + 4),
        marks=tuple((float(lowest), label("mutu {grade}", grade=grade.value)) for grade, lowest in bounds()),
    )


def subtitle(found: Results) -> str:
    """ "Triwulan IV 2026 · 29 responden · IKM 91,48, A (sangat baik)"."""
    return label(
        "{period} · {n} responden · IKM {ikm}, {grade}",
        period=name_of(found.period),
        n=show_number(found.whole.n),
        ikm=decimal(found.whole.ikm),
        grade=grade_words(found.whole.grade),
    )


def _with_note(words: str, found: Results) -> str:
    return " ".join(part for part in (words, unescape(mixed_note()) if found.mixed else "") if part)
