"""What ratings, predicates and states of an evaluation are called."""

from __future__ import annotations

from decimal import Decimal

from bot.i18n import N_, Markup, _, label, say, show_number
from bot.services.performance.evaluation.period_facts import LineFact
from bot.views.parts import joined
from models.performance.evaluation import Evaluation, FeedbackKind
from models.rules.performance.evaluation_rules import EvaluationStatus
from models.rules.performance.predicate import MATRIX, OrganisationPredicate, Predicate, Rating
from models.rules.skm import rounded

RATINGS = {
    Rating.ABOVE: N_("Di atas ekspektasi"),
    Rating.MEETS: N_("Sesuai ekspektasi"),
    Rating.BELOW: N_("Di bawah ekspektasi"),
}
PREDICATES = {
    Predicate.VERY_GOOD: N_("Sangat baik"),
    Predicate.GOOD: N_("Baik"),
    Predicate.NEEDS_IMPROVEMENT: N_("Butuh perbaikan"),
    Predicate.POOR: N_("Kurang"),
    Predicate.VERY_POOR: N_("Sangat kurang"),
}
ORGANISATION = {
    OrganisationPredicate.EXCELLENT: N_("Istimewa"),
    OrganisationPredicate.GOOD: N_("Baik"),
    OrganisationPredicate.NEEDS_IMPROVEMENT: N_("Butuh perbaikan"),
    OrganisationPredicate.POOR: N_("Kurang"),
    OrganisationPredicate.VERY_POOR: N_("Sangat kurang"),
}
STATES = {
    EvaluationStatus.OPEN: N_("Menunggu dinilai"),
    EvaluationStatus.RATED: N_("Sudah dinilai, menunggu tanggapan pegawai"),
    EvaluationStatus.ACKNOWLEDGED: N_("Diterima pegawai"),
    EvaluationStatus.OBJECTED: N_("Keberatan, menunggu keputusan atasan penilai"),
    EvaluationStatus.DECIDED: N_("Keberatan sudah diputuskan"),
}
SIGNS = {
    EvaluationStatus.OPEN: "⏳",
    EvaluationStatus.RATED: "🧭",
    EvaluationStatus.ACKNOWLEDGED: "✅",
    EvaluationStatus.OBJECTED: "✋",
    EvaluationStatus.DECIDED: "⚖️",
}
NOTES = {FeedbackKind.PRAISE: N_("Pujian"), FeedbackKind.ADVICE: N_("Saran")}
NOTE_SIGNS = {FeedbackKind.PRAISE: "👏", FeedbackKind.ADVICE: "💡"}


def number(value: Decimal) -> str:
    """A value with at most two decimals and the reader's separators."""
    exact = rounded(value)
    return show_number(int(exact) if exact == exact.to_integral_value() else float(exact))


def percent(value: Decimal | None) -> str:
    """Per cent, or that there is no data."""
    return _("belum ada data") if value is None else label("{number} persen", number=number(value))


def measured(value: Decimal | None, line: LineFact) -> str:
    """A value with its unit, or a plain yes or no."""
    if value is None:
        return _("belum dilaporkan")
    if line.is_yes_no:
        return _("ya") if value else _("tidak")
    return f"{number(value)} {line.measure_unit}"


def target(line: LineFact) -> str:
    """A target, one number or a range."""
    if line.target is None:
        return _("tidak ada target pada masa ini")
    if line.target.low == line.target.high:
        return measured(line.target.low, line)
    return f"{number(line.target.low)}–{number(line.target.high)} {line.measure_unit}"


def state(row: Evaluation, *, final: bool) -> str:
    """The state in words; a rating that nobody answered in time is final."""
    if final and row.status is EvaluationStatus.RATED:
        return _("Final, masa keberatan sudah lewat")
    return _(STATES[row.status])


def matrix(results: Rating | None = None) -> Markup:
    """All nine cells, a line for each rating of results; the chosen one is pointed at."""
    lines = []
    for rating in Rating:
        first, second, third = (_(PREDICATES[MATRIX[rating, behaviour]]) for behaviour in Rating)
        lines.append(
            say(
                "{sign} Hasil kerja <b>{rating}</b>: perilaku di atas → {first}; sesuai → {second}; di bawah → {third}",
                sign="👉" if rating is results else "▫️",
                rating=_(RATINGS[rating]).lower(),
                first=first,
                second=second,
                third=third,
            )
        )
    return joined(lines)
