"""The card of one evaluation: the period's facts, the judgement, the answers, and the buttons that this reader has."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.callbacks import Open, Review
from bot.i18n import Markup, _, say, show_short_day
from bot.services.performance.evaluation.period_facts import LineFact, PeriodFacts
from bot.services.performance.evaluation.period_records import Told
from bot.views.parts import cut, home_row, joined
from bot.views.performance.evaluation import words
from bot.views.satisfaction.periods import name_of
from bot.views.screen import Button, Rows, Screen, button
from models.performance.evaluation import Evaluation, FeedbackKind
from models.rules.performance.evaluation_rules import EvaluationAction, EvaluationStatus
from models.rules.permissions import Desk

MOST_LINES, MOST_TOLD, LONGEST = 12, 4, 110


@dataclass(frozen=True, slots=True)
class Shown:
    """An evaluation as somebody reads it: `period` its name's code, `may` what this reader may do now."""

    row: Evaluation
    period: str
    name: str
    nip: str
    unit: str
    appraiser: str | None
    facts: PeriodFacts
    may: Collection[EvaluationAction]
    final: bool


def card(shown: Shown) -> Screen:
    """Everything about it, short enough for one message."""
    parts = [_head(shown), _facts(shown.facts), *_told(shown.facts), _judgement(shown.row), _answers(shown.row)]
    return Screen(joined(parts, "\n\n"), _rows(shown))


def _head(shown: Shown) -> Markup:
    text = say(
        "🧭 <b>Penilaian {period}</b>\n<b>{name}</b> (NIP {nip}), {unit}\nPenilai: {appraiser}\nKeadaan: {state}",
        period=name_of(shown.period),
        name=shown.name,
        nip=shown.nip,
        unit=shown.unit,
        appraiser=shown.appraiser or _("belum ada atasan dalam data kepegawaian"),
        state=words.state(shown.row, final=shown.final),
    )
    until = shown.row.objection_until
    if shown.row.status is EvaluationStatus.RATED and not shown.final and until is not None:
        text = joined([text, say("Keberatan bisa diajukan sampai {day}.", day=show_short_day(until))])
    return text


def _facts(facts: PeriodFacts) -> Markup:
    head = say("<b>Capaian</b>") if facts.lines else say("Tidak ada rencana kerja yang berlaku pada masa ini.")
    lines = [line(one) for one in facts.lines[:MOST_LINES]]
    if len(facts.lines) > MOST_LINES:
        lines.append(say("… dan {n} lagi dalam berkas PDF.", n=len(facts.lines) - MOST_LINES))
    mean = say("Rata-rata capaian: {percent}", percent=words.percent(facts.average)) if facts.lines else Markup("")
    return joined([head, *lines, mean, weeks(facts), _service(facts)])


def line(fact: LineFact) -> Markup:
    """One line of the plan: target, value, achievement; the records' value where it is another."""
    text = say(
        "{number}. {name}: {value} dari {target} ({reached})",
        number=fact.number,
        name=cut(fact.name, LONGEST),
        value=words.measured(fact.value, fact),
        target=words.target(fact),
        reached=words.percent(fact.shown),
    )
    if fact.reached is not None and fact.shown != fact.reached:
        raw = say("↳ capaian sebenarnya {percent}", percent=words.percent(fact.reached))
        text = joined([text, raw])
    if fact.differs and fact.record is not None:
        other = say(
            "⚠️ menurut catatan sistem {value} {unit} (dari {n} catatan)",
            value=words.number(fact.record),
            unit=fact.measure_unit,
            n=fact.records,
        )
        text = joined([text, other])
    return text


def weeks(facts: PeriodFacts) -> Markup:
    """How many weeks were reported, and how."""
    found = facts.weeks
    return say(
        "Laporan mingguan: {reported} dari {due} minggu; {late} terlambat, {missing} tidak ada, {corrected} diperbaiki",
        reported=found.reported,
        due=found.due,
        late=found.late,
        missing=found.missing,
        corrected=found.corrected,
    )


def _service(facts: PeriodFacts) -> Markup:
    found = facts.service
    lines: list[Markup] = []
    if found.settled:
        lines.append(
            say(
                "Laporan warga yang diselesaikan: {settled}; tepat waktu {in_time}, dinyatakan selesai oleh warga "
                "{confirmed}, dibuka kembali {reopened}",
                settled=found.settled,
                in_time=found.in_time,
                confirmed=found.confirmed,
                reopened=found.reopened,
            )
        )
    if found.scores:
        mean = words.number(Decimal(found.score_sum) / found.scores)
        lines.append(say("Nilai dari warga: rata-rata {mean} dari 4 ({n} nilai)", mean=mean, n=found.scores))
    if found.upheld:
        lines.append(say("Pengaduan tentang pegawai ini yang terbukti: {n}", n=found.upheld))
    return joined(lines)


def _told(facts: PeriodFacts) -> list[Markup]:
    found = []
    if facts.obstacles:
        found.append(joined([say("<b>Kendala</b>"), *map(_obstacle, facts.obstacles[:MOST_TOLD])]))
    if facts.feedback:
        found.append(joined([say("<b>Catatan atasan</b>"), *map(note, facts.feedback[:MOST_TOLD])]))
    return found


def _obstacle(told: Told) -> Markup:
    return say(
        "• pekan {day}, {line}: {words}",
        day=show_short_day(date.fromisoformat(told.day)),
        line=cut(told.line or "-", LONGEST // 2),
        words=cut(told.text, LONGEST),
    )


def note(told: Told) -> Markup:
    """A note of praise or advice in one line."""
    kind = FeedbackKind(told.kind or FeedbackKind.ADVICE)
    return say(
        "{sign} {kind} dari {author}, {day}: {words}",
        sign=words.NOTE_SIGNS[kind],
        kind=_(words.NOTES[kind]),
        author=told.author or "-",
        day=show_short_day(date.fromisoformat(told.day)),
        words=cut(told.text, LONGEST),
    )


def _judgement(row: Evaluation) -> Markup:
    if row.results is None or row.behaviour is None or row.predicate is None:
        return Markup("")
    text = say(
        "<b>Predikat: {predicate}</b>\nHasil kerja: {results}\nPerilaku kerja: {behaviour}\nAlasan: {reason}",
        predicate=_(words.PREDICATES[row.predicate]),
        results=_(words.RATINGS[row.results]),
        behaviour=_(words.RATINGS[row.behaviour]),
        reason=cut(row.reason or "-", 5 * LONGEST),
    )
    advice = say("Saran: {advice}", advice=cut(row.advice, 4 * LONGEST)) if row.advice else Markup("")
    return joined([text, advice])


def _answers(row: Evaluation) -> Markup:
    lines = []
    if row.objection:
        lines.append(say("✋ Keberatan: {words}", words=cut(row.objection, 4 * LONGEST)))
    if row.decision:
        lines.append(say("⚖️ Keputusan: {words}", words=cut(row.decision, 4 * LONGEST)))
    return joined(lines)


def _rows(shown: Shown) -> Rows:
    number = shown.row.id
    rows: list[tuple[Button, ...]] = []
    labels = {
        EvaluationAction.RATE: "🧭 "
        + (_("Ubah nilai") if shown.row.status is not EvaluationStatus.OPEN else _("Nilai kinerjanya")),
        EvaluationAction.ACKNOWLEDGE: "✅ " + _("Saya terima"),
        EvaluationAction.OBJECT: "✋ " + _("Ajukan keberatan"),
        EvaluationAction.DECIDE: "⚖️ " + _("Putuskan keberatan"),
    }
    rows += [(button(text, Review(action.value, number)),) for action, text in labels.items() if action in shown.may]
    papers: list[Button] = [button("📄 " + _("Unduh PDF"), Review("paper", number))]
    if shown.row.status is not EvaluationStatus.OPEN:
        papers.append(button("🕘 " + _("Riwayat"), Review("history", number)))
    rows.append(tuple(papers))
    rows.append((button("⬅️ " + _("Daftar penilaian"), Open(Desk.EVALUATIONS.value)),))
    return (*rows, home_row())


def history(row: Evaluation, period: str, lines: Sequence[Markup]) -> Screen:
    """Every step of it."""
    head = say("🕘 <b>Riwayat penilaian {period}</b>", period=name_of(period))
    back = (button("⬅️ " + _("Kembali"), Review("open", row.id)),)
    return Screen(joined([head, *lines], "\n\n"), (back,))
