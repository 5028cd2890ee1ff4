"""Improvements as lists and cards: the draft of a plan, what is at work, one of them with its steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.callbacks import Open, Plan, Results
from bot.i18n import N_, Markup, _, label, say, say_many, show_moment, show_number, show_short_day
from bot.services.satisfaction.plans import PAGE, Proposal, Work
from bot.views.parts import CLASSES, cut, home_row, joined, pager
from bot.views.satisfaction.elements import name_of as element_name
from bot.views.satisfaction.figures import decimal
from bot.views.satisfaction.periods import name_of
from bot.views.satisfaction.results import CARD
from bot.views.screen import Button, Rows, Screen, button
from models.improvement import Improvement
from models.rules.improvements import UNFINISHED, Step, Term
from models.rules.permissions import Desk
from models.rules.skm import Element, element_grade

STEPS = {
    Step.PLANNED: N_("Direncanakan"),
    Step.DOING: N_("Sedang dikerjakan"),
    Step.DONE: N_("Selesai"),
    Step.DROPPED: N_("Dibatalkan"),
}
SIGNS = {Step.PLANNED: "📝", Step.DOING: "🛠", Step.DONE: "✅", Step.DROPPED: "✖️"}
TERMS = {
    Term.SHORT: N_("jangka pendek"),
    Term.MEDIUM: N_("jangka menengah"),
    Term.LONG: N_("jangka panjang"),
}
#: What a unit may do about a weak element; the head changes the words.
PROPOSALS = {
    Element.U1: N_("Menyederhanakan persyaratan dan memajang daftarnya di loket dan di bot"),
    Element.U2: N_("Memperbaiki alur layanan dan memajang urutan langkahnya"),
    Element.U3: N_("Mempercepat penyelesaian dengan batas waktu tiap langkah"),
    Element.U4: N_("Memajang tarif resmi dan mengawasi pungutan di luar tarif"),
    Element.U5: N_("Memeriksa hasil layanan terhadap standar sebelum diserahkan"),
    Element.U6: N_("Melatih petugas menurut kekurangan yang paling sering ditemukan"),
    Element.U7: N_("Membina petugas untuk melayani dengan sopan dan ramah"),
    Element.U8: N_("Memperbaiki ruang tunggu, loket, dan peralatan layanan"),
    Element.U9: N_("Menjawab setiap pengaduan tepat waktu dan memajang cara mengadu"),
}
LONGEST_BUTTON = 44


@dataclass(frozen=True, slots=True)
class May:
    """What the person may do with an improvement."""

    change: bool = False
    advance: bool = False


def proposed(element: Element) -> str:
    """The words of a line for an element, to be changed by the head."""
    return _(PROPOSALS[element])


def draft(code: str, name: str, period: str, lines: Sequence[Proposal]) -> Screen:
    """The follow-up plan of a unit or service: from the weakest element up, each with a button to plan it."""
    head = say(
        "<b>Rencana tindak lanjut: {name}</b>\n{period}\n\nDari unsur yang nilainya paling rendah. Tekan satu unsur "
        "untuk menentukan perbaikan, penanggung jawab, dan tanggalnya.",
        name=name,
        period=name_of(period),
    )
    if not lines:
        head = say("<b>Rencana tindak lanjut: {name}</b>\n\nBelum ada unsur yang perlu diperbaiki.", name=name)
    rows: list[tuple[Button, ...]] = []
    for line in lines:
        element = line.finding.element
        words = f"{element.code} {element_name(element)}"
        if line.at_work is not None:
            rows.append((button(cut("🛠 " + words, LONGEST_BUTTON), Plan("open", str(line.at_work.id))),))
        else:
            rows.append((button(cut("➕ " + words, LONGEST_BUTTON), Plan("make", code, f"{period}.{element.name}")),))
    rows.append((button("➕ " + _("Dari laporan warga"), Plan("make", code, f"{period}.report")),))
    rows.append((button("⬅️ " + _("Kembali ke hasil survei"), Results(CARD, code, period)),))
    return Screen(joined([head, *map(_proposal, lines)], "\n\n"), (*rows, home_row()))


def _proposal(line: Proposal) -> Markup:
    finding = line.finding
    nrr = Decimal(finding.total) / finding.n
    at_work = line.at_work
    what = (
        say("sedang diperbaiki: {title}", title=at_work.title)
        if at_work is not None
        else say("usul: {title}", title=proposed(finding.element))
    )
    return say(
        "{code} {name}: <b>{nrr}</b> {grade}\n{what}",
        code=finding.element.code,
        name=element_name(finding.element),
        nrr=decimal(nrr),
        grade=element_grade(nrr).value,
        what=what,
    )


def listed(works: Sequence[Work], total: int, page: int, units: dict[int, str], today: date) -> Screen:
    """One page of the improvements, unfinished ones first."""
    head = say_many("<b>Perbaikan</b> · {n} seluruhnya", "<b>Perbaikan</b> · {n} seluruhnya", total)
    if not works:
        head = say("<b>Perbaikan</b>\n\nBelum ada. Kepala unit menyusunnya dari hasil survei: /ikm")
    rows: list[tuple[Button, ...]] = [
        (button(cut(f"{SIGNS[work.row.status]} {work.row.title}", LONGEST_BUTTON), Plan("open", str(work.row.id))),)
        for work in works
    ]
    lines = [_line(work, units[work.row.unit_id], today) for work in works]
    rows += pager(Desk.IMPROVEMENTS.value, page, -(-total // PAGE))
    return Screen(joined([head, *lines], "\n\n"), (*rows, home_row()))


def _line(work: Work, unit: str, today: date) -> Markup:
    row = work.row
    return joined(
        [
            say("{sign} <b>{title}</b>", sign=SIGNS[row.status], title=row.title),
            _when(work, unit, today),
        ]
    )


def _when(work: Work, unit: str, today: date) -> Markup:
    values = {"unit": unit, "owner": work.owner, "due": show_short_day(work.row.due_on)}
    if _is_late(work.row, today):
        return say("{unit} · {owner} · <b>lewat waktu</b>, paling lambat {due}", **values)
    return say("{unit} · {owner} · paling lambat {due}", **values)


def _is_late(row: Improvement, today: date) -> bool:
    return row.status in UNFINISHED and row.due_on < today


def card(work: Work, unit: str, service: str | None, may: May, today: date) -> Screen:
    """One improvement: what, why, who until when, for whom, and what happened."""
    row = work.row
    parts = [
        say("{sign} <b>{title}</b>", sign=SIGNS[row.status], title=row.title),
        joined(
            [
                say("{unit} · {service}", unit=unit, service=service) if service else say("{unit}", unit=unit),
                _why(work),
                say("Penanggung jawab: {owner}", owner=work.owner),
                _due(row, today),
                say("Keadaan: {step}", step=_(STEPS[row.status])),
                say("Laporan warga yang dikaitkan: {n}", n=show_number(work.reports)),
            ]
        ),
        say("Hasil: {result}", result=row.result) if row.result else Markup(""),
        _history(work),
    ]
    return Screen(joined(parts, "\n\n"), _steps(row, may))


def _due(row: Improvement, today: date) -> Markup:
    values = {"due": show_short_day(row.due_on), "term": _(TERMS[row.term])}
    if _is_late(row, today):
        return say("Paling lambat: {due} ({term}), <b>sudah lewat</b>", **values)
    return say("Paling lambat: {due} ({term})", **values)


def _why(work: Work) -> Markup:
    row, finding = work.row, work.finding
    if finding is not None:
        return say(
            "Sebab: {code} {name} bernilai {nrr} pada {period} ({n} jawaban)",
            code=finding.element.code,
            name=element_name(finding.element),
            nrr=decimal(Decimal(finding.total) / finding.n),
            period=name_of(finding.period),
            n=show_number(finding.n),
        )
    if row.report_class is not None:
        return say("Sebab: laporan warga ({kind})", kind=_(CLASSES[row.report_class]))
    return Markup("")


def _history(work: Work) -> Markup:
    lines = [
        say("{moment}: {step}", moment=show_moment(event.at), step=_(STEPS[event.status_after]))
        for event in work.events
        if event.status_before is not event.status_after
    ]
    return joined([say("<b>Riwayat</b>"), *lines]) if lines else Markup("")


def _steps(row: Improvement, may: May) -> Rows:
    rows: list[tuple[Button, ...]] = []
    this = str(row.id)
    if row.status in UNFINISHED:
        if may.advance:
            begun = row.status is Step.DOING
            start = () if begun else (button("🛠 " + _("Mulai dikerjakan"), Plan("start", this)),)
            rows.append((*start, button("✅ " + _("Selesai"), Plan("finish", this))))
        if may.change:
            rows.append((button("🔗 " + _("Kaitkan laporan warga"), Plan("reports", this, "0")),))
            rows.append(
                (
                    button("✏️ " + _("Ubah isi"), Plan("title", this)),
                    button("👤 " + _("Ganti orang"), Plan("owner", this)),
                )
            )
            rows.append(
                (
                    button("📅 " + _("Ubah tanggal"), Plan("due", this)),
                    button("✖️ " + _("Batalkan"), Plan("drop", this)),
                )
            )
    rows.append((button("🛠 " + _("Semua perbaikan"), Open(Desk.IMPROVEMENTS.value)),))
    return (*rows, home_row())


def public_lines(works: Sequence[Improvement]) -> list[str]:
    """What everybody may read of improvements: the words, and where each stands."""
    return [
        label(
            "{title} ({step}, paling lambat {due})",
            title=work.title,
            step=_(STEPS[work.status]).lower(),
            due=show_short_day(work.due_on),
        )
        if work.status in UNFINISHED
        else label("{title} (selesai)", title=work.title)
        for work in works
    ]
