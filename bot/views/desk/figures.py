"""The desk's indicators as a message a phone can read: the whole first, then its parts, then other spans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bot.callbacks import Figures
from bot.i18n import N_, Markup, _, label, say, show_number, show_short_day
from bot.reports.desk import AGES, Dimension, Indicators, Overview, Spread
from bot.views.parts import CLASSES, cut, home_row, joined
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


#: Dimension → the button that leads to what one may choose of it.
TO_CHOOSE = {
    Dimension.UNIT: N_("Unit"),
    Dimension.AREA: N_("Kelurahan"),
    Dimension.REPORT_CLASS: N_("Jenis"),
}
#: Dimension → what was chosen of it, in a sentence.
CHOSEN = {
    Dimension.UNIT: N_("unit {name}"),
    Dimension.AREA: N_("Kelurahan {name}"),
    Dimension.REPORT_CLASS: "{name}",
}
#: Forms of the figures, beside the lists of what to choose, which are called as the dimension.
TEXT, SHEET, CHART = "text", "sheet", "chart"
#: Three buttons stand in a row: a longer name is cut.
LONGEST_CHOSEN = 14


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: the button that says it, whose reports (None: the city's), of which days.

    `chosen` names the unit, area and class that were chosen, as the reader calls them; `may_choose` are the
    dimensions of which something can be chosen at all.
    """

    payload: Figures
    whose: str | None
    first: date
    last: date
    chosen: Mapping[Dimension, str]
    may_choose: frozenset[Dimension] = frozenset(Dimension)
    with_register: bool = False

    @property
    def by(self) -> Dimension:
        """By what the figures are told apart."""
        return Dimension(self.payload.by)


def figures(asked: Asked, found: Overview, names: Mapping[Any, str]) -> Screen:
    """The indicators; `names` gives the parts' names by their key."""
    head = joined(
        [
            say("<b>Kinerja laporan: {whose}</b>", whose=_whose(asked)),
            say("Laporan yang masuk {days}", days=_days(asked)),
            say("🔎 Hanya {chosen}", chosen=_chosen(asked)) if asked.chosen else Markup(""),
        ]
    )
    body = [_whole(found.whole), _times(found.whole), _ages(found.whole), _parts(asked.by, found, names)]
    if not found.whole.received:
        body = [say("Belum ada laporan pada masa ini.")]
    note = say("<i>Tidak dihitung: laporan ganda, laporan sampah, bukan wewenang kota, dan yang ditarik pelapor.</i>")
    return Screen(joined([head, *body, note], "\n\n"), _buttons(asked))


def _whose(asked: Asked) -> str:
    return asked.whose or _("seluruh kota")


def in_short(asked: Asked) -> str:
    """Whose reports, of which days, and what it is narrowed down to."""
    return "; ".join(part for part in (f"{_whose(asked)}, {_days(asked)}", _chosen(asked)) if part)


def _days(asked: Asked) -> str:
    return label("{first} sampai {last}", first=show_short_day(asked.first), last=show_short_day(asked.last))


def _chosen(asked: Asked) -> str:
    """ "unit PU; Kelurahan Penyengat; Pengaduan"."""
    return "; ".join(label(words, name=asked.chosen[which]) for which, words in CHOSEN.items() if which in asked.chosen)


def _buttons(asked: Asked) -> tuple[tuple[Any, ...], ...]:
    def to(words: str, *, is_chosen: bool = False, **what: Any) -> Any:
        return button(("• " if is_chosen else "") + words, replace(asked.payload, form=TEXT, page=0, **what))

    spans = [to(_(words), span=span, is_chosen=span == asked.payload.span) for span, words in SPANS.items()]
    dimensions = tuple(to(_(words), by=by, is_chosen=by is asked.by) for by, words in DIMENSIONS.items())
    rows = [tuple(spans[:2]), tuple(spans[2:]), dimensions, _choosing(asked)]
    if asked.chosen:
        rows.append((to("✖️ " + _("Hapus pilihan"), unit=0, area=0, report_class=""),))
    rows.append((button("📊 " + _("Lihat grafik"), replace(asked.payload, form=CHART)),))
    if asked.with_register:
        rows.append((button("📄 " + _("Unduh daftar laporan (Excel)"), replace(asked.payload, form=SHEET)),))
    return (*rows, home_row())


def _choosing(asked: Asked) -> tuple[Any, ...]:
    """What is looked at alone: a button each for unit, kelurahan and class, with the one that was chosen."""
    return tuple(
        button(
            "🔎 " + (cut(asked.chosen[which], LONGEST_CHOSEN) if which in asked.chosen else _(TO_CHOOSE[which])),
            replace(asked.payload, form=which.value, page=0),
        )
        for which in Dimension
        if which in asked.may_choose
    )


def register_ready(asked: Asked) -> Screen:
    """Comes with the register's file: what it holds."""
    text = joined(
        [
            say("Ini daftar laporan yang diminta: {whose}, masuk {days}.", whose=_whose(asked), days=_days(asked)),
            say("🔎 Hanya {chosen}.", chosen=_chosen(asked)) if asked.chosen else Markup(""),
            say("Laporan rahasia dan nama pelapor tidak ikut di dalamnya. Lembar kedua memakai nama kolom Open311."),
        ]
    )
    return Screen(text, (home_row(),))


def register_words(asked: Asked) -> list[str]:
    """The lines above the list: whose reports, of which days, and what it is narrowed down to."""
    return [
        label("Daftar laporan: {whose}", whose=_whose(asked)),
        label("Masuk: {days}", days=_days(asked)),
        label("Pilihan: {chosen}", chosen=_chosen(asked) if asked.chosen else _("semua")),
        _("Tanpa laporan rahasia dan tanpa nama pelapor."),
    ]


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


def ordered(found: Overview, names: Mapping[Any, str]) -> list[tuple[Any, Indicators]]:
    """The parts with the most reports first: the ones that may be compared at all."""
    return sorted(found.parts.items(), key=lambda part: (-part[1].counted, str(names.get(part[0], ""))))


def _parts(by: Dimension, found: Overview, names: Mapping[Any, str]) -> Markup:
    parts = ordered(found, names)
    lines = [
        say(
            "{name}: {n} laporan, selesai {done}, tepat waktu {in_time}",
            name=names.get(key) or _("Belum ditentukan"),
            n=_n(part.counted),
            done=percent(part.completion_rate),
            in_time=percent(part.in_time_rate),
        )
        for key, part in parts[:MOST_PARTS]
    ]
    if len(parts) > MOST_PARTS:
        lines.append(say("… dan {n} lagi, lengkap di berkas Excel", n=_n(len(parts) - MOST_PARTS)))
    return joined([say("<b>{by}</b>", by=_(DIMENSIONS[by])), *lines])


def chosen(payload: Figures, units: Mapping[Any, str], areas: Mapping[Any, str]) -> dict[Dimension, str]:
    """The names of what was chosen to be looked at alone."""
    words = {}
    if payload.unit:
        words[Dimension.UNIT] = units[payload.unit]
    if payload.area:
        words[Dimension.AREA] = areas[payload.area]
    if payload.report_class:
        words[Dimension.REPORT_CLASS] = class_names()[payload.report_class]
    return words


def class_names() -> dict[Any, str]:
    """The names of the classes of reports."""
    return {report_class: _(words) for report_class, words in CLASSES.items()}


def percent(share: Decimal | None) -> str:
    """ "78,6%", or a dash where there is nothing to divide by."""
    return "–" if share is None else _decimal(share * 100, "0.1") + "%"


def _n(number: int) -> str:
    return show_number(number)


def _decimal(number: Decimal, step: str) -> str:
    return show_number(float(number.quantize(Decimal(step), ROUND_HALF_UP)))
