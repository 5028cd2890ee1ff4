"""The document of an evaluation: every word and figure ready for the template."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from bot.i18n import _, current_language, label, show_moment, show_short_day
from bot.services.performance.evaluation.period_facts import LineFact, PeriodFacts
from bot.services.performance.evaluation.period_records import Told
from bot.views.performance.evaluation import words
from bot.views.performance.evaluation.card import Shown, weeks
from bot.views.satisfaction.periods import name_of
from models.performance.evaluation import Evaluation, FeedbackKind

TEMPLATE = "evaluation"


def file_name(shown: Shown) -> str:
    """What the file is called; no number of a person stands in it."""
    return f"evaluasi-{shown.period.lower()}-{shown.row.id}.pdf"


def caption(shown: Shown) -> str:
    """Below the file."""
    return label("Evaluasi kinerja {name}, {period}", name=shown.name, period=name_of(shown.period))


def values(shown: Shown, government: str, now: datetime) -> dict[str, Any]:
    """What the template reads."""
    return {
        "language": current_language(),
        "publisher": government,
        "title": _("Dokumen evaluasi kinerja pegawai"),
        "period": name_of(shown.period),
        "state": words.state(shown.row, final=shown.final),
        "people": [
            [_("Pegawai"), shown.name],
            [_("NIP"), shown.nip],
            [_("Unit kerja"), shown.unit],
            [_("Penilai"), shown.appraiser or "-"],
        ],
        "judgement": _judgement(shown.row),
        "lines": _lines(shown.facts),
        "facts": [str(weeks(shown.facts)), *_reports(shown.facts)],
        "told": [
            {"title": _("Kendala"), "lines": [_obstacle(told) for told in shown.facts.obstacles]},
            {"title": _("Catatan atasan"), "lines": [_note(told) for told in shown.facts.feedback]},
        ],
        "note": _(
            "Predikat adalah pertimbangan atasan, bukan hasil hitungan. "
            "Catatan resmi tetap e-Kinerja; dokumen ini bahannya."
        ),
        "footer": label("Dicetak {moment}", moment=show_moment(now)),
    }


def _judgement(row: Evaluation) -> dict[str, Any] | None:
    if row.results is None or row.behaviour is None or row.predicate is None:
        return None
    rows = [
        [_("Hasil kerja"), _(words.RATINGS[row.results])],
        [_("Perilaku kerja"), _(words.RATINGS[row.behaviour])],
        [_("Alasan"), row.reason or "-"],
        [_("Saran"), row.advice or "-"],
    ]
    if row.objection:
        rows.append([_("Keberatan"), row.objection])
    if row.decision:
        rows.append([_("Keputusan atasan penilai"), row.decision])
    return {"predicate": _(words.PREDICATES[row.predicate]), "title": _("Predikat kinerja"), "rows": rows}


def _lines(facts: PeriodFacts) -> dict[str, Any]:
    head = [_("Ukuran kinerja"), _("Target"), _("Realisasi"), _("Catatan sistem"), _("Capaian")]
    return {
        "title": _("Capaian"),
        "head": head,
        "rows": [_line(line) for line in facts.lines],
        "mean": label("Rata-rata capaian: {percent}", percent=words.percent(facts.average)),
        "nothing": _("Tidak ada rencana kerja yang berlaku pada masa ini."),
    }


def _line(line: LineFact) -> list[str]:
    value = "-" if line.value is None else words.measured(line.value, line)
    record = "-" if line.record is None else words.measured(line.record, line)
    return [f"{line.number}. {line.name}", words.target(line), value, record, words.percent(line.shown)]


def _reports(facts: PeriodFacts) -> list[str]:
    found = facts.service
    if not found.settled:
        return []
    return [
        label(
            "Laporan warga yang diselesaikan: {settled}; tepat waktu {in_time}, dinyatakan selesai oleh warga "
            "{confirmed}, dibuka kembali {reopened}",
            settled=found.settled,
            in_time=found.in_time,
            confirmed=found.confirmed,
            reopened=found.reopened,
        )
    ]


def _obstacle(told: Told) -> str:
    return f"{show_short_day(date.fromisoformat(told.day))}, {told.line or '-'}: {told.text}"


def _note(told: Told) -> str:
    kind = _(words.NOTES[FeedbackKind(told.kind or FeedbackKind.ADVICE)])
    return f"{kind}, {told.author or '-'}, {show_short_day(date.fromisoformat(told.day))}: {told.text}"
