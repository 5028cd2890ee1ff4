"""The desk's indicators as a message a phone can read: the whole first, then its parts, then other spans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bot.callbacks import Figures
from bot.i18n import N_, Markup, _, say, show_number, show_short_day
from bot.reports.charts import Chart, ChartKind
from bot.reports.desk import AGES, Dimension, Indicators, Overview, Spread
from bot.views.parts import CLASSES, home_row, joined
from bot.views.screen import Screen, button
from models.rules.desk.spans import Span

SPANS = {
    Span.MONTH: N_("Bulan ini"),
    Span.LAST_MONTH: N_("Bulan lalu"),
    Span.QUARTER: N_("Triwulan ini"),
    Span.LAST_QUARTER: N_("Triwulan lalu"),
    Span.YEAR: N_("Tahun ini"),
}
DIMENSIONS = {
    Dimension.UNIT: N_("Per unit"),
    Dimension.AREA: N_("Per kelurahan"),
    Dimension.REPORT_CLASS: N_("Per jenis"),
}
MOST_PARTS = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: whose reports (None: the city's), of which days, by what."""

    whose: str | None
    span: Span
    first: date
    last: date
    by: Dimension
    with_register: bool = False


def figures(asked: Asked, found: Overview, names: Mapping[Any, str]) -> Screen:
    """The indicators; `names` gives the parts' names by their key."""
    head = say(
        "<b>Kinerja laporan: {whose}</b>\nLaporan yang masuk {first} sampai {last}",
        whose=asked.whose or _("seluruh kota"),
        first=show_short_day(asked.first),
        last=show_short_day(asked.last),
    )
    body = [_whole(found.whole), _times(found.whole), _ages(found.whole), _parts(asked.by, found, names)]
    if not found.whole.received:
        body = [say("Belum ada laporan pada masa ini.")]
    note = say("<i>Tidak dihitung: laporan ganda, laporan sampah, bukan wewenang kota, dan yang ditarik pelapor.</i>")
    return Screen(joined([head, *body, note], "\n\n"), _buttons(asked))


def _buttons(asked: Asked) -> tuple[tuple[Any, ...], ...]:
    def to(span: Span, by: Dimension, words: str, *, chosen: bool) -> Any:
        return button(("• " if chosen else "") + _(words), Figures(span.value, by.value))

    spans = [to(span, asked.by, words, chosen=span is asked.span) for span, words in SPANS.items()]
    dimensions = tuple(to(asked.span, by, words, chosen=by is asked.by) for by, words in DIMENSIONS.items())
    register = button("📄 " + _("Unduh daftar laporan (Excel)"), Figures(asked.span.value, asked.by.value, "sheet"))
    picture = button("📊 " + _("Lihat grafik"), Figures(asked.span.value, asked.by.value, "chart"))
    rows = (tuple(spans[:2]), tuple(spans[2:]), dimensions, (picture,))
    return (*rows, *(((register,),) if asked.with_register else ()), home_row())


def register_coming() -> str:
    """Said over the chat while the file is made."""
    return _("Berkasnya sedang disiapkan, sebentar lagi dikirim.")


def register_ready() -> Screen:
    """Comes with the register's file."""
    text = say(
        "Ini daftar laporan yang diminta. Laporan rahasia dan nama pelapor tidak ikut di dalamnya. "
        "Lembar kedua memakai nama kolom Open311."
    )
    return Screen(text, (home_row(),))


def _whole(whole: Indicators) -> Markup:
    return joined(
        [
            say("Masuk: <b>{n}</b>, dihitung <b>{counted}</b>", n=_n(whole.received), counted=_n(whole.counted)),
            say(
                "Ditindaklanjuti: {n} ({share})",
                n=_n(whole.acted_on),
                share=percent(whole.follow_up_rate),
            ),
            say("Selesai: {n} ({share})", n=_n(whole.closed), share=percent(whole.completion_rate)),
            say(
                "– kata pelapor sudah selesai {solved}, belum selesai {unsolved}, ditutup tanpa konfirmasi {silent}",
                solved=_n(whole.solved),
                unsolved=_n(whole.not_solved),
                silent=_n(whole.auto_closed),
            ),
            say(
                "Tepat waktu: {n} dari {measured} ({share})",
                n=_n(whole.in_time),
                measured=_n(whole.measured),
                share=percent(whole.in_time_rate),
            ),
            say("Dibuka kembali: {n} ({share})", n=_n(whole.reopened), share=percent(whole.reopened_rate)),
            _score(whole),
        ]
    )


def _score(whole: Indicators) -> Markup:
    if whole.mean_score is None:
        return Markup("")
    return say(
        "Nilai dari pelapor: rata-rata {mean} dari 4 ({n} penilai)",
        mean=_decimal(whole.mean_score, "0.01"),
        n=_n(whole.scores),
    )


def _times(whole: Indicators) -> Markup:
    return joined(
        [
            _spread(N_("Jawaban pertama: separuh dalam {median} hari, 9 dari 10 dalam {p90} hari"), whole.response),
            _spread(N_("Sampai selesai: separuh dalam {median} hari, 9 dari 10 dalam {p90} hari"), whole.closing),
        ]
    )


def _spread(words: str, spread: Spread | None) -> Markup:
    if spread is None:
        return Markup("")
    return say(words, median=_decimal(spread.median, "0.1"), p90=_decimal(spread.p90, "0.1"))


def _ages(whole: Indicators) -> Markup:
    """Open reports by age; nothing when none is open."""
    if not any(whole.ages):
        return Markup("")
    bounds = [1, *(bound + 1 for bound in AGES)]
    parts = [
        say("{low}–{high} hari: {n}", low=low, high=high, n=_n(count))
        for low, high, count in zip(bounds, AGES, whole.ages, strict=False)
    ]
    oldest = say("lebih dari {days} hari: {n}", days=AGES[-1], n=_n(whole.ages[-1]))
    return joined([say("Masih terbuka, menurut umur:"), joined([*parts, oldest], " · ")])


def _parts(by: Dimension, found: Overview, names: Mapping[Any, str]) -> Markup:
    """The parts with the most reports first: the ones that may be compared at all."""
    ordered = sorted(found.parts.items(), key=lambda part: (-part[1].counted, str(names.get(part[0], ""))))
    lines = [
        say(
            "{name}: {n} laporan, selesai {done}, tepat waktu {in_time}",
            name=names.get(key) or _("Belum ditentukan"),
            n=_n(part.counted),
            done=percent(part.completion_rate),
            in_time=percent(part.in_time_rate),
        )
        for key, part in ordered[:MOST_PARTS]
    ]
    if len(ordered) > MOST_PARTS:
        lines.append(say("… dan {n} lagi, lengkap di berkas Excel", n=_n(len(ordered) - MOST_PARTS)))
    return joined([say("<b>{by}</b>", by=_(DIMENSIONS[by])), *lines])


def charts(asked: Asked, found: Overview, names: Mapping[Any, str]) -> list[Chart]:
    """How many reports, and how many of them in time, by part: the same numbers as the text."""
    parts = sorted(found.parts.items(), key=lambda part: (-part[1].counted, str(names.get(part[0], ""))))[:MOST_PARTS]
    labels = tuple(names.get(key) or _("Belum ditentukan") for key, _part in parts)
    where = f"{asked.whose or _('seluruh kota')}, {show_short_day(asked.first)} – {show_short_day(asked.last)}"
    rates = [part.in_time_rate for _key, part in parts]
    return [
        Chart(
            kind=ChartKind.BARS,
            title=_("Laporan yang dihitung"),
            labels=labels,
            values=tuple(float(part.counted) for _key, part in parts),
            shown=tuple(_n(part.counted) for _key, part in parts),
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


def class_names() -> dict[Any, str]:
    """The names of the classes of reports."""
    return {report_class: _(words) for report_class, words in CLASSES.items()}


def percent(share: Decimal | None) -> str:
    """ "78,6 %", or a dash where there is nothing to divide by."""
    return "–" if share is None else _decimal(share * 100, "0.1") + " %"


def _n(number: int) -> str:
    return show_number(number)


def _decimal(number: Decimal, step: str) -> str:
    return show_number(float(number.quantize(Decimal(step), ROUND_HALF_UP)))
