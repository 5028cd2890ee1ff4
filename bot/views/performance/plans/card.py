"""The work plan as a card, its versions and history, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.callbacks import YearPlan
from bot.i18n import Markup, _, label, say, show_moment
from bot.services.performance.plans.behaviours import standard
from bot.services.performance.plans.reading import Result, Whole
from bot.views.parts import home_row, joined
from bot.views.performance.plans.words import SIGNS, STATUSES, VALUES, item_line
from bot.views.screen import Button, Rows, Screen, button
from models.performance.plan import CoreValue, PlanEvent, WorkPlan
from models.rules import nip
from models.rules.performance.plan_rules import PlanStatus, ResultKind


@dataclass(frozen=True, slots=True)
class Looks:
    """Who looks at a card: the owner, who may decide about it now; and what else this person may open."""

    own: bool = False
    decides: bool = False
    complete: bool = False
    unlinked: bool = False
    newer_id: int | None = None
    leads: bool = False
    waiting: int = 0
    sees_all: bool = False


def card(plan: Whole, looks: Looks) -> Screen:
    """All of a plan: its state, results with their items, expectations, what the superior wrote."""
    parts = [_head(plan), _decision(plan), *_results(plan), _behaviours(plan), _hint(plan, looks)]
    return Screen(joined(parts, "\n\n"), (*_deeds(plan.plan, looks), *_ways(plan.plan, looks), home_row()))


def _head(plan: Whole) -> Markup:
    row = plan.plan
    who = say(
        "{name} · NIP {nip}\n{position}, {unit}",
        name=plan.owner.name,
        nip=nip.short(plan.owner.nip),
        position=plan.owner.position or "-",
        unit=plan.owner.unit.short_name,
    )
    title = say("<b>🎯 Rencana kerja (SKP) {year}</b> · versi {number}", year=str(row.year), number=str(row.number))
    return joined([title, who, say("{sign} <b>{status}</b>", sign=SIGNS[row.status], status=_(STATUSES[row.status]))])


def _decision(plan: Whole) -> Markup:
    """Who approved it, why there is a new version, what the superior wrote."""
    row, lines = plan.plan, []
    if row.reason:
        lines.append(say("Alasan perubahan: {reason}", reason=row.reason))
    if row.approved_at is not None and plan.superior is not None:
        lines.append(say("Disetujui {name}, {moment}", name=plan.superior.name, moment=show_moment(row.approved_at)))
    elif row.approved_at is not None:
        lines.append(
            say(
                "Berlaku sejak {moment} tanpa persetujuan: tidak ada atasan dalam data kepegawaian.",
                moment=show_moment(row.approved_at),
            )
        )
    elif row.status is PlanStatus.SUBMITTED and plan.superior is not None and row.submitted_at is not None:
        lines.append(
            say("Diajukan kepada {name}, {moment}", name=plan.superior.name, moment=show_moment(row.submitted_at))
        )
    if plan.decided is not None and row.status is not PlanStatus.APPROVED:
        lines.append(say("💬 Catatan atasan: <i>{text}</i>", text=plan.decided.text or ""))
    return joined(lines)


def _results(plan: Whole) -> list[Markup]:
    titles = {
        ResultKind.MAIN: say("<b>A. Hasil kerja utama</b>"),
        ResultKind.ADDITIONAL: say("<b>B. Hasil kerja tambahan</b>"),
    }
    parts = []
    for kind, title in titles.items():
        found = [one for one in plan.results if one.row.kind is kind]
        if found:
            lines = [result_lines(one, number) for number, one in enumerate(found, start=1)]
            parts.append(joined([title, *lines]))
    return parts


def result_lines(one: Result, number: int) -> Markup:
    """A result with what it serves, its items, and the notes of the superior."""
    lines = [say("{number}. {title}", number=str(number), title=one.row.title)]
    if one.serves:
        lines.append(say("↳ mendukung: <i>{serves}</i>", serves=one.serves))
    lines += [_note(one.row.note)] if one.row.note else []
    for item in one.items:
        lines.append(joined(["• ", item_line(item)], ""))  # type: ignore[list-item]
        lines += [_note(item.note)] if item.note else []
    return joined(lines)


def _note(text: str) -> Markup:
    return say("💬 <i>{text}</i>", text=text)


def _behaviours(plan: Whole) -> Markup:
    """Own words in full; of the standard sentences only the names, or a phone shows nothing else."""
    usual = [value for value in CoreValue if plan.behaviours.get(value) == standard()[value]]
    own = [value for value in CoreValue if value in plan.behaviours and value not in usual]
    if not usual and not own:
        return Markup("")
    lines = [say("• <b>{value}</b>: {words}", value=_(VALUES[value]), words=plan.behaviours[value]) for value in own]
    names = ", ".join(_(VALUES[value]) for value in usual)
    rest = say("• {names} (kalimat baku BerAKHLAK)", names=names) if usual else Markup("")
    return joined([say("<b>Perilaku kerja yang diharapkan</b>"), *lines, rest])


def _hint(plan: Whole, looks: Looks) -> Markup:
    status = plan.plan.status
    if looks.decides and looks.unlinked:
        return say(
            "⚠️ Belum bisa disetujui: ada hasil kerja utama yang belum dikaitkan dengan hasil kerja atasan. "
            "Kembalikan dengan catatan, atau susun dan sahkan dahulu rencana kerja Bapak/Ibu sendiri."
        )
    if looks.own and status in (PlanStatus.DRAFT, PlanStatus.RETURNED) and not looks.complete:
        return say("Rencana ini belum lengkap. Tekan <b>Lanjutkan menyusun</b> untuk melihat yang kurang.")
    return Markup("")


def _deeds(row: WorkPlan, looks: Looks) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if looks.own and row.status in (PlanStatus.DRAFT, PlanStatus.RETURNED):
        rows.append((button("✏️ " + _("Lanjutkan menyusun"), YearPlan("edit", row.id)),))
        if looks.complete:
            rows.append((button("📨 " + _("Ajukan kepada atasan"), YearPlan("submit", row.id)),))
    if looks.own and row.status is PlanStatus.SUBMITTED:
        rows.append((button("↩️ " + _("Tarik kembali untuk diubah"), YearPlan("takeback", row.id)),))
    if looks.own and row.status is PlanStatus.APPROVED and looks.newer_id is None:
        rows.append((button("🔁 " + _("Ubah rencana"), YearPlan("revise", row.id)),))
    if looks.newer_id is not None:
        rows.append((button("📝 " + _("Buka versi yang lebih baru"), YearPlan("open", looks.newer_id)),))
    if looks.decides and not looks.unlinked:
        rows.append((button("✅ " + _("Setujui"), YearPlan("approve", row.id)),))
    if looks.decides:
        rows.append((button("↩️ " + _("Kembalikan dengan catatan"), YearPlan("return", row.id)),))
    return tuple(rows)


def _ways(row: WorkPlan, looks: Looks) -> Rows:
    sheet = button("📗 " + _("Unduh Excel"), YearPlan("sheet", row.id))
    past = button("🕘 " + _("Riwayat versi"), YearPlan("past", row.id))
    years = ((button("📅 " + _("Tahun lain"), YearPlan("years", 0)),),) if looks.own else ()
    return ((sheet, past), *years, *wider(looks))


def wider(looks: Looks) -> Rows:
    """The lists of others' plans that this person may open."""
    rows: list[tuple[Button, ...]] = []
    if looks.leads:
        words = label("Rencana bawahan ({n} menunggu)", n=looks.waiting) if looks.waiting else _("Rencana bawahan")
        rows.append((button("👥 " + words, YearPlan("team", 0)),))
    if looks.sees_all:
        rows.append((button("🏛 " + _("Rencana semua unit"), YearPlan("units", 0)),))
    return tuple(rows)


def none_yet(year: int, looks: Looks, *, can_begin: bool) -> Screen:
    """No plan of this year."""
    text = say(
        "<b>🎯 Rencana kerja (SKP) {year}</b>\n\nBelum ada. Rencana berisi hasil kerja setahun, ukurannya, dan "
        "targetnya; dari situ laporan mingguan dan penilaian disusun. Setiap jawaban langsung tersimpan, jadi "
        "boleh dicicil.",
        year=str(year),
    )
    begin = ((button("✏️ " + _("Mulai menyusun"), YearPlan("make", year)),),) if can_begin else ()
    years = ((button("📅 " + _("Tahun lain"), YearPlan("years", 0)),),)
    return Screen(text, (*begin, *years, *wider(looks), home_row()))


def years(found: Sequence[int]) -> Screen:
    """Which year."""
    rows = tuple((button(str(year), YearPlan("year", year)),) for year in found)
    return Screen(say("<b>Rencana kerja tahun berapa?</b>"), (*rows, home_row()))


def past(plan: WorkPlan, versions: Sequence[WorkPlan], steps: Sequence[tuple[PlanEvent, str | None]]) -> Screen:
    """The steps of this version, and the other versions."""
    head = say("<b>Riwayat rencana kerja {year}, versi {number}</b>", year=str(plan.year), number=str(plan.number))
    lines = [
        joined(
            [
                say(
                    "{moment}: {status} ({name})",
                    moment=show_moment(step.at),
                    status=_(STATUSES[step.status_after]),
                    name=name or "-",
                ),
                say("💬 <i>{text}</i>", text=step.text) if step.text else Markup(""),
            ]
        )
        for step, name in steps
    ]
    begun = say("{moment}: mulai disusun", moment=show_moment(plan.created_at))
    rows = tuple(
        (
            button(
                label(
                    "{sign} Versi {number}: {status}",
                    sign=SIGNS[one.status],
                    number=one.number,
                    status=_(STATUSES[one.status]),
                ),
                YearPlan("open", one.id),
            ),
        )
        for one in versions
    )
    return Screen(joined([head, begun, *lines], "\n"), (*rows, home_row()))


def decided_toast() -> str:
    """Somebody pressed after it was decided."""
    return _("Rencana ini sudah diputuskan. Inilah keadaannya sekarang.")
