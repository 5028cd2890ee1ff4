"""What the quizzes of a course tell human resources: on its card, and in its workbook."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from bot.i18n import Markup, _, label, say, show_number, show_places
from bot.services.training.quiz.results import HARDEST, Outcome, Scores
from bot.views.parts import cut, joined
from bot.views.training.quiz.taking import percent
from models.training.quiz import Phase


def outcome(found: Outcome) -> Markup:
    """On the course's card; "" before anybody finished a quiz."""
    if not any(found.counts.values()):
        return Markup("")
    head = say(
        "🧩 <b>Kuis</b>: {before} orang menjawab sebelum, {after} sesudah, {both} keduanya",
        before=show_number(found.counts[Phase.BEFORE]),
        after=show_number(found.counts[Phase.AFTER]),
        both=show_number(found.both),
    )
    means = say(
        "Rata-rata: sebelum {before}, sesudah {after}",
        before=_mean(found.means[Phase.BEFORE]),
        after=_mean(found.means[Phase.AFTER]),
    )
    return joined([head, means, _gain(found), *_hardest(found)])


def _mean(value: Fraction | None) -> str:
    return label("{share}%", share=percent(value)) if value is not None else "–"


def _gain(found: Outcome) -> Markup:
    if not found.both:
        return Markup("")
    if found.gain is None:
        return say("Peningkatan: tidak bisa dihitung, sebelumnya sudah 100%")
    return say("Peningkatan (gain ternormalisasi): {gain}", gain=_two_places(found.gain))


def _two_places(value: Fraction) -> str:
    return show_places(Decimal(value.numerator) / Decimal(value.denominator), 2)


def _hardest(found: Outcome) -> list[Markup]:
    lines = [
        say("• {question}: benar {right} dari {all}", question=cut(one.text, 60), right=one.right, all=one.answered)
        for one in found.shares[:HARDEST]
        if one.right < one.answered
    ]
    return [say("Pertanyaan yang paling sulit:"), *lines] if lines else []


# --- the workbook ---


def columns() -> list[str]:
    """Beside each participant."""
    return [_("Kuis sebelum (%)"), _("Kuis sesudah (%)")]


def cells(scores: Scores | None) -> list[object]:
    """Of one participant; empty where that quiz was not finished."""
    found = [scores.percent(phase) if scores is not None else None for phase in Phase]
    return ["" if one is None else round(float(one), 1) for one in found]


def sheet_title() -> str:
    """The name of the sheet."""
    return _("Kuis")


def sheet_rows(found: Outcome) -> Sequence[Sequence[object]]:
    """How many answered, the means, the gain, and every question, the hardest first."""
    before, after = found.means[Phase.BEFORE], found.means[Phase.AFTER]
    rows: list[list[object]] = [
        [_("Pertanyaan kuis"), found.questions],
        [_("Menjawab kuis sebelum"), found.counts[Phase.BEFORE]],
        [_("Menjawab kuis sesudah"), found.counts[Phase.AFTER]],
        [_("Menjawab keduanya"), found.both],
        [_("Rata-rata sebelum (%)"), "" if before is None else round(float(before), 1)],
        [_("Rata-rata sesudah (%)"), "" if after is None else round(float(after), 1)],
        [_("Peningkatan (gain ternormalisasi)"), "" if found.gain is None else round(float(found.gain), 2)],
        [],
        [_("Pertanyaan, dari yang paling sulit"), _("Menjawab benar"), _("Menjawab")],
    ]
    return [*rows, *([one.text, one.right, one.answered] for one in found.shares)]
