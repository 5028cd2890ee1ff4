"""Notices about evaluations and feedback."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from bot.callbacks import Open, Review
from bot.i18n import _, say, say_many, show_short_day
from bot.views.parts import joined
from bot.views.performance.evaluation import words
from bot.views.performance.evaluation.lists import TEAM, warning_words
from bot.views.satisfaction.periods import name_of
from bot.views.screen import Rows, Screen, button
from models.performance.evaluation import FeedbackKind
from models.rules.performance.evaluation_period import EvaluationPeriod
from models.rules.performance.predicate import OrganisationPredicate, Predicate, SpreadRule, SpreadWarning
from models.rules.permissions import Desk

Values = dict[str, Any]


def opened(values: Values) -> Screen:
    """To a superior: a period is over and can be evaluated."""
    text = say_many(
        "🧭 Masa {period} sudah selesai. {n} bawahan Bapak/Ibu menunggu dinilai. Bahannya sudah terkumpul.",
        "🧭 Masa {period} sudah selesai. {n} bawahan Bapak/Ibu menunggu dinilai. Bahannya sudah terkumpul.",
        values["count"],
        period=name_of(values["period"]),
    )
    return Screen(text, ((button("👥 " + _("Menilai bawahan"), Review(TEAM, 0)),),))


def rated(values: Values) -> Screen:
    """To the employee: read it, accept or object."""
    text = say(
        "🧭 Penilaian kinerja Bapak/Ibu untuk {period} sudah diberikan: <b>{predicate}</b>.\n\nSilakan dibaca. "
        "Kalau tidak setuju, keberatan bisa diajukan sampai {day}.",
        period=name_of(values["period"]),
        predicate=_(words.PREDICATES[Predicate(values["predicate"])]),
        day=show_short_day(date.fromisoformat(values["until"])),
    )
    return Screen(text, _open(values))


def acknowledged(values: Values) -> Screen:
    """To the appraiser."""
    text = say("✅ {name} menerima penilaian {period}.", name=values["name"], period=name_of(values["period"]))
    return Screen(text, _open(values))


def objected(values: Values) -> Screen:
    """To the superior's superior, who decides, and to the appraiser, who should know."""
    text = say(
        "✋ {name} mengajukan keberatan atas penilaian {period}. Atasan penilai yang memutuskan.",
        name=values["name"],
        period=name_of(values["period"]),
    )
    return Screen(text, _open(values))


def decided(values: Values) -> Screen:
    """To the employee and the appraiser."""
    text = say(
        "⚖️ Keberatan {name} atas penilaian {period} sudah diputuskan. Predikat: <b>{predicate}</b>.",
        name=values["name"],
        period=name_of(values["period"]),
        predicate=_(words.PREDICATES[Predicate(values["predicate"])]),
    )
    return Screen(text, _open(values))


def spread(values: Values) -> Screen:
    """To the appraiser and human resources: the ratings of a unit do not fit its own predicate. Only a warning."""
    found = joined([warning_words(_warning(plain)) for plain in values["warnings"]])
    text = say(
        "⚠️ <b>Sebaran predikat {unit}, {period}</b>\n\nPredikat unit ini {organisation}. Yang belum sesuai pola "
        "Kementerian:\n{found}\n\nIni hanya peringatan; penilaian tetap keputusan atasan.",
        unit=values["unit"],
        period=name_of(EvaluationPeriod(values["year"], values["quarter"]).code),
        organisation=_(words.ORGANISATION[OrganisationPredicate(values["organisation"])]),
        found=found,
    )
    return Screen(text, ((button("🧭 " + _("Penilaian kinerja"), Open(Desk.EVALUATIONS.value)),),))


def _warning(plain: Values) -> SpreadWarning:
    bounds = {name: None if plain[name] is None else Decimal(plain[name]) for name in ("at_least", "at_most")}
    rule = SpreadRule(frozenset(map(Predicate, plain["predicates"])), bounds["at_least"], bounds["at_most"])
    return SpreadWarning(rule, Decimal(plain["share"]))


def feedback(values: Values) -> Screen:
    """To the employee: a note of the superior."""
    kind = FeedbackKind(values["kind"])
    text = say(
        "{sign} <b>{kind} dari {author}</b>\n\n{words}",
        sign=words.NOTE_SIGNS[kind],
        kind=_(words.NOTES[kind]),
        author=values["author"],
        words=values["text"],
    )
    return Screen(text, ((button("🗒 " + _("Catatan untuk saya"), Review("notes", 0)),),))


def _open(values: Values) -> Rows:
    return ((button("🧭 " + _("Buka penilaian"), Review("open", values["evaluation_id"])),),)


KINDS: dict[str, Callable[[Values], Screen]] = {
    "evaluations_opened": opened,
    "evaluation_rated": rated,
    "evaluation_acknowledged": acknowledged,
    "evaluation_objected": objected,
    "evaluation_decided": decided,
    "spread_warning": spread,
    "feedback_given": feedback,
}
