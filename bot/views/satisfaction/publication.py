"""The survey's report for publication, as plain values for its template: every word and figure ready for the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from typing import Any

from bot.i18n import N_, Markup, _, current_language, label, show_moment, show_number, show_short_day
from bot.reports.respondents import Profile
from bot.reports.satisfaction import Results
from bot.views.satisfaction.elements import name_of as element_name
from bot.views.satisfaction.figures import (
    change,
    decimal,
    grade_of,
    grade_words,
    mixed_note,
    notes,
    sample,
    too_few,
    weakest,
)
from bot.views.satisfaction.periods import name_of
from bot.views.satisfaction.pictures import subtitle
from bot.views.satisfaction.plans import STEPS
from bot.views.satisfaction.survey_profile import name_of as value_name
from models.rules.improvements import Step
from models.rules.respondents import HourBand
from models.rules.skm import SCALE, Element, Tally
from models.rules.survey_period import first_day, following

FIELDS = {
    "sex": N_("Jenis kelamin"),
    "age_band": N_("Umur"),
    "education": N_("Pendidikan"),
    "occupation": N_("Pekerjaan"),
    "hour_band": N_("Jam menjawab"),
}
#: Figures of a weighted mean are printed to four places, as the regulation's own example does.
PLACES = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the follow-up plan: what, which element, who owes it until when, where it stands."""

    title: str
    element: Element | None
    unit: str
    due_on: date
    status: Step


@dataclass(frozen=True, slots=True)
class Published:
    """Everything the report speaks of. `parts` are a unit's services or the city's units, by their names."""

    publisher: str
    subject: str
    found: Results
    parts: Sequence[tuple[str, Tally]]
    parts_are_units: bool
    left_out: int
    respondents: Mapping[str, Profile]
    plan: Sequence[Line]
    now: datetime
    pictures: int = 0


def values(told: Published) -> dict[str, Any]:
    """The template's values."""
    found, period = told.found, told.found.period
    first, after = first_day(period), first_day(following(period))
    last = date.fromordinal(after.toordinal() - 1)
    return {
        "language": current_language(),
        "publisher": told.publisher,
        "title": title(),
        "subject": told.subject,
        "period": label(
            "{name}, {first} sampai {last}",
            name=name_of(period),
            first=show_short_day(first),
            last=show_short_day(last),
        ),
        "ikm": decimal(found.whole.ikm),
        "ikm-words": _("Indeks Kepuasan Masyarakat"),
        "grade": label("Mutu pelayanan {grade}", grade=grade_words(found.whole.grade)) if found.whole.n else "",
        "facts": _facts(found),
        "notes": [_plain(note) for note in notes(found)],
        "elements": _elements(found),
        "pictures": told.pictures,
        "chart-title": _("Grafik"),
        "chart-words": _("Nilai tiap unsur sebagai batang; angkanya ada pada tabel."),
        "trend-words": _("IKM dari waktu ke waktu."),
        "parts": _parts(told),
        "respondents": _respondents(told),
        "plan": _plan(told),
        "method": _method(found),
        "footer": label("Dibuat {moment}", moment=show_moment(told.now)),
    }


def _facts(found: Results) -> list[str]:
    if found.suppressed or not found.whole.n:
        return [_plain(too_few())]
    previous = next((name for name, tally in reversed(found.trend[:-1]) if tally.n), "")
    return [
        label("{n} responden", n=show_number(found.whole.n)),
        _plain(sample(found.sample)),
        *([_plain(change(found.whole, found.before, name_of(previous)))] if previous else []),
    ]


def _elements(found: Results) -> dict[str, Any]:
    weak = weakest(found.whole) if found.whole.n else []
    weighted = {element: (nrr / len(Element)) for element in Element if (nrr := found.whole.nrr(element)) is not None}
    return {
        "title": _("Nilai tiap unsur"),
        "head": [_("Unsur pelayanan"), _("NRR"), _("NRR tertimbang"), _("Nilai 25–100"), _("Mutu")],
        "rows": [
            [
                f"{element.code} {element_name(element)}",
                decimal(found.whole.nrr(element), PLACES),
                decimal(weighted.get(element), PLACES),
                decimal(nrr * SCALE if (nrr := found.whole.nrr(element)) is not None else None),
                grade_of(found.whole, element),
            ]
            for element in Element
        ],
        "marked": [place for place, element in enumerate(Element) if element in weak],
    }


def _parts(told: Published) -> dict[str, Any] | None:
    if not told.parts and not told.left_out:
        return None
    ordered = sorted(told.parts, key=lambda part: (part[1].ikm or 0, part[0]))
    lines = [said] if (said := note(told.found)) else []
    if told.left_out:
        lines.append(
            label("{n} baris tidak ditampilkan karena jawabannya terlalu sedikit.", n=show_number(told.left_out))
        )
    return {
        "title": _("Hasil tiap unit") if told.parts_are_units else _("Hasil tiap layanan"),
        "head": [
            _("Unit") if told.parts_are_units else _("Layanan"),
            _("Responden"),
            _("IKM"),
            _("Mutu"),
            _("Unsur terendah"),
        ],
        "rows": [
            [
                name,
                show_number(tally.n),
                decimal(tally.ikm),
                tally.grade.value if tally.grade is not None else "–",
                f"{(lowest := tally.ranked()[0]).code} ({decimal(tally.nrr(lowest))})",
            ]
            for name, tally in ordered
        ],
        "notes": lines,
    }


def _respondents(told: Published) -> dict[str, Any]:
    tables = [
        {
            "head": [_(FIELDS[name]), _("Responden")],
            "rows": [
                [_value(value), "–" if value in profile.hidden else show_number(n)]
                for value, n in sorted(profile.counts.items(), key=lambda pair: (pair[0] is None, str(pair[0])))
            ],
        }
        for name, profile in told.respondents.items()
        if any(value is not None for value in profile.counts)
    ]
    return {
        "title": _("Siapa yang menjawab"),
        "note": _(
            "Diisi dengan persetujuan responden. Tanda – berarti terlalu sedikit orang, sehingga tidak ditampilkan."
        ),
        "tables": [] if told.found.suppressed else tables,
    }


def _value(value: str | None) -> str:
    if value is None:
        return _("Tidak diisi")
    return _("Di luar jam itu") if value == HourBand.OTHER else value_name(value)


def _plain(markup: Markup) -> str:
    """A sentence of the chat for paper."""
    return unescape(markup)


def _plan(told: Published) -> dict[str, Any]:
    return {
        "title": _("Rencana tindak lanjut"),
        "head": [_("Perbaikan"), _("Unsur"), _("Penanggung jawab"), _("Paling lambat"), _("Keadaan")],
        "rows": [
            [
                line.title,
                line.element.code if line.element is not None else "–",
                line.unit,
                show_short_day(line.due_on),
                _(STEPS[line.status]),
            ]
            for line in told.plan
        ],
        "nothing": _("Belum ada perbaikan yang direncanakan."),
    }


def _method(found: Results) -> dict[str, Any]:
    lines = [
        _(
            "Survei memakai sembilan unsur menurut PermenPANRB Nomor 14 Tahun 2017; setiap unsur dijawab 1 sampai 4. "
            "Responden menjawab sendiri melalui bot, satu orang satu kali untuk satu layanan dalam satu masa survei."
        ),
        _(
            "NRR adalah jumlah nilai dibagi jumlah responden. Bobot tiap unsur tepat 1/9, bukan 0,11 atau 0,111. "
            "IKM adalah jumlah NRR tertimbang dikalikan 25, dibulatkan ke dua angka di belakang koma."
        ),
        _("Mutu: A mulai 88,31; B mulai 76,61; C mulai 65,00; di bawahnya D. Unsur dinilai dengan NRR dikalikan 25."),
        _(
            "Sampel yang diperlukan dihitung menurut Krejcie dan Morgan (keyakinan 95%, kesalahan 5%) dari jumlah "
            "pengguna layanan pada masa sebelumnya. Kelompok yang kurang dari lima orang tidak ditampilkan."
        ),
        _("Setiap angka dapat dihitung ulang dari berkas Excel dengan jawaban satu per satu tanpa nama."),
    ]
    if not found.mixed:
        lines.append(_("Nilai satu ketukan dan survei singkat di loket tidak ikut dihitung dalam IKM."))
    return {"title": _("Cara menghitung"), "lines": lines}


def title() -> str:
    """What the report and the table are called."""
    return _("Hasil Survei Kepuasan Masyarakat")


def caption(subject: str, found: Results) -> str:
    """What stands below a file: whose results, of which period, and how to read them."""
    if found.suppressed or not found.whole.n:
        return label("{subject}, {period}", subject=subject, period=name_of(found.period))
    figures = label("{subject}: {figures}", subject=subject, figures=subtitle(found))
    return "\n".join(part for part in (figures, note(found)) if part)


def note(found: Results) -> str:
    """What has to stand beside every figure while one-tap answers are counted in; else nothing."""
    return _plain(mixed_note()) if found.mixed else ""
