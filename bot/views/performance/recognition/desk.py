"""The desk of recognitions: the own ones, the announced ones, rules, reasons; the lists of those who decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bot.callbacks import Award, Open
from bot.i18n import N_, Markup, _, label, say, show_short_day
from bot.services.performance.recognition.announcing import Certificate, Reach
from bot.services.performance.recognition.lists import Group, Listed, Reasons
from bot.views.parts import cut, home_row, joined, moves
from bot.views.performance.evaluation.words import number
from bot.views.performance.recognition import words
from bot.views.satisfaction.periods import name_of, short_name_of
from bot.views.screen import Button, Rows, Screen, button
from models.performance.recognition import Nomination, NominationStatus, RecognitionFor, RecognitionRule
from models.rules.performance.recognition import CriterionKind, Shortfall, read_criteria
from models.rules.permissions import Desk

FLOW = "award"
LONGEST = 300
#: Verbs of the buttons.
OPEN, OWN, PAST, RULES, WHY, GROUPS, GROUP = "open", "own", "past", "rules", "why", "groups", "group"
PROPOSE, APPROVE, DECLINE, YES, NO = "propose", "approve", "decline", "yes", "no"
ANNOUNCE, PAPER = "announce", "paper"


@dataclass(frozen=True, slots=True)
class May:
    """What this reader may do with a nomination."""

    approve: bool = False
    decline: bool = False
    answer: bool = False
    paper: bool = False
    back: bool = False


def desk(*, reads: bool) -> Screen:
    """What one can do here; `reads` the lists of those who propose or approve."""
    text = say(
        "<b>Penghargaan kinerja</b>\n\nAturannya ditetapkan sebelum masanya mulai. Nama hanya diumumkan bila orangnya "
        "setuju, dan tidak ada daftar peringkat bawah."
    )
    rows = [
        (button("🏅 " + _("Penghargaan saya"), Award(OWN, 0)),),
        (button("❓ " + _("Mengapa saya belum?"), Award(WHY, 0)),),
        (button("📣 " + _("Yang sudah diumumkan"), Award(PAST, 0)),),
        (button("📜 " + _("Aturan penghargaan"), Award(RULES, 0)),),
    ]
    if reads:
        rows.insert(0, (button("🗂 " + _("Calon penerima"), Award(GROUPS, 0)),))
    return Screen(text, (*rows, home_row()))


def _back() -> tuple[Button, ...]:
    return (button("⬅️ " + _("Penghargaan kinerja"), Open(Desk.RECOGNITIONS.value)),)


def listed(title: Markup, found: Sequence[Listed], nothing: Markup, *, opens: bool) -> Screen:
    """Recognitions by name; `opens`: each can be opened."""
    lines = [
        say("{sign} <b>{name}</b>: {title}, {period}", sign="🏅", name=one.name, title=one.title, period=_period(one))
        for one in found
    ]
    text = joined([title, joined(lines) or nothing], "\n\n")
    rows: Rows = tuple(
        (button(f"🏅 {cut(one.title, 40)} · {short_name_of(one.row.period)}", Award(OPEN, one.row.id)),)
        for one in found
    )
    return Screen(text, (*(rows if opens else ()), _back(), home_row()))


def own(found: Sequence[Listed]) -> Screen:
    """The own recognitions."""
    return listed(say("<b>Penghargaan saya</b>"), found, say("Belum ada penghargaan di sini."), opens=True)


def past(found: Sequence[Listed]) -> Screen:
    """What was announced."""
    return listed(say("<b>Yang sudah diumumkan</b>"), found, say("Belum ada yang diumumkan."), opens=False)


def _period(one: Listed) -> str:
    return name_of(one.row.period)


def rules(found: Sequence[RecognitionRule]) -> Screen:
    """Every rule with its conditions."""
    head = say("<b>Aturan penghargaan</b>")
    lines = [
        joined(
            [
                say(
                    "<b>{title}</b> ({whom}, {often})",
                    title=rule.title,
                    whom=_("untuk unit") if rule.award_to is RecognitionFor.UNIT else _("untuk pegawai"),
                    often=_("setiap triwulan") if rule.period == "quarter" else _("setiap tahun"),
                ),
                words.criteria(read_criteria(rule.criteria)),
                _since(rule),
            ]
        )
        for rule in found
    ] or [say("Belum ada aturan penghargaan.")]
    return Screen(joined([head, *lines], "\n\n"), (_back(), home_row()))


def _since(rule: RecognitionRule) -> Markup:
    return say("Dihitung untuk masa yang mulai sesudah {day}.", day=show_short_day(_later(rule)))


def _later(rule: RecognitionRule) -> date:
    return max(rule.fixed_at.date(), rule.valid_from)


def why(found: Sequence[Reasons]) -> Screen:
    """The own figures against each rule; nobody else is compared or named."""
    head = say("<b>Mengapa saya belum?</b>")
    lines = [_reasons(one) for one in found]
    nothing = say("Untuk masa yang baru lewat belum ada aturan yang dihitung. Aturan berlaku untuk masa sesudahnya.")
    return Screen(joined([head, *(lines or [nothing])], "\n\n"), (_back(), home_row()))


def _reasons(one: Reasons) -> Markup:
    head = say("<b>{title}</b>, {period}", title=one.rule.title, period=name_of(one.period.code))
    if one.unit:
        head = say(
            "<b>{title}</b>, {period}, {unit}", title=one.rule.title, period=name_of(one.period.code), unit=one.unit
        )
    lines = [
        words.held(
            found.criterion.kind,
            (found.criterion.limit, found.value),
            (found.n, found.criterion.smallest),
            found.shortfall,
        )
        for found in one.verdict.findings
    ]
    if one.beyond:
        end = say("Semua syarat terpenuhi, tetapi yang dicalonkan hanya beberapa dengan angka tertinggi.")
    elif one.verdict.fulfilled:
        end = say("Semua syarat terpenuhi. Keputusannya ada pada pimpinan.")
    else:
        missing = len(one.verdict.shortfalls)
        end = say("Yang belum terpenuhi: {n} dari {all} syarat.", n=missing, all=len(lines))
    return joined([head, *lines, end])


# --- those who propose and approve ---


def groups(found: Sequence[Group]) -> Screen:
    """Rules and periods with nominations."""
    head = say("<b>Calon penerima</b>")
    lines = [] if found else [say("Belum ada calon. Calon dihitung sendiri sesudah masanya selesai.")]
    rows = tuple(
        (
            button(
                f"🗂 {cut(one.title, 36)} · {short_name_of(one.period)} ({sum(one.states.values())})",
                Award(GROUP, one.rule_id, one.period),
            ),
        )
        for one in found[:10]
    )
    return Screen(joined([head, *lines], "\n\n"), (*rows, _back(), home_row()))


def group(found: Sequence[Listed], rule_id: int, period: str, *, is_hr: bool) -> Screen:
    """Those who fulfil a rule in a period, with their states."""
    title = found[0].title if found else ""
    head = say("<b>{title}</b>, {period}", title=title, period=name_of(period))
    lines = [
        say(
            "{sign} {name}{score}: {state}",
            sign=words.SIGNS[one.row.status],
            name=one.name,
            score=Markup("") if one.row.score is None else say(" ({score})", score=number(one.row.score)),
            state=words.state(one.row.status).lower(),
        )
        for one in found
    ]
    rows: list[tuple[Button, ...]] = [
        (button(f"{words.SIGNS[one.row.status]} {cut(one.name, 40)}", Award(OPEN, one.row.id)),) for one in found
    ]
    states = {one.row.status for one in found}
    if is_hr and NominationStatus.NOMINATED in states:
        rows.append((button("📨 " + _("Ajukan daftar ini kepada pimpinan"), Award(PROPOSE, rule_id, period)),))
    if is_hr and NominationStatus.CONSENTED in states and NominationStatus.ANNOUNCED not in states:
        rows.append(
            (button("📣 " + _("Umumkan di unitnya"), Award(ANNOUNCE, rule_id, f"{period}.{Reach.UNIT.value}")),)
        )
        rows.append(
            (button("📣 " + _("Umumkan di seluruh kota"), Award(ANNOUNCE, rule_id, f"{period}.{Reach.CITY.value}")),)
        )
    rows.append((button("⬅️ " + _("Calon penerima"), Award(GROUPS, 0)),))
    return Screen(joined([head, joined(lines)], "\n\n"), (*rows, home_row()))


def card(one: Listed, may: May) -> Screen:
    """One nomination with its evidence."""
    row = one.row
    head = say(
        "🏅 <b>{title}</b>, {period}\n<b>{name}</b>\nKeadaan: {state}",
        title=one.title,
        period=name_of(row.period),
        name=one.name,
        state=words.state(row.status),
    )
    lines = [evidence(found) for found in row.evidence.get("findings", ())]
    parts = [head, joined([say("<b>Bukti</b>"), *lines])]
    if row.score is not None and may.back:
        parts.append(say("Angka urutan: {score}", score=number(row.score)))
    if row.certificate:
        parts.append(say("Nomor piagam: {number}", number=row.certificate))
    if row.reason and may.back:
        parts.append(say("Alasan: <i>{words}</i>", words=cut(row.reason, LONGEST)))
    if may.answer:
        parts.append(_question(row))
    return Screen(joined(parts, "\n\n"), _rows(row, may))


def evidence(found: dict[str, Any]) -> Markup:
    """One finding as it was stored."""
    return words.held(
        CriterionKind(found["kind"]),
        (Decimal(found["limit"]), None if found["value"] is None else Decimal(found["value"])),
        (found["n"], found["smallest"]),
        None if found["shortfall"] is None else Shortfall(found["shortfall"]),
    )


def _question(row: Nomination) -> Markup:
    if row.status is NominationStatus.APPROVED:
        return say(
            "<b>Bolehkah nama ini diumumkan?</b> Yang terlihat hanya nama, judul penghargaan, dan masanya. "
            "Jawaban bisa diubah kapan saja, dan penghargaannya tetap berlaku apa pun jawabannya."
        )
    return say("Jawaban bisa diubah kapan saja.")


def _rows(row: Nomination, may: May) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if may.approve:
        rows.append((button("✅ " + _("Setujui"), Award(APPROVE, row.id)),))
    if may.decline:
        rows.append((button("✖️ " + _("Tidak diberikan"), Award(DECLINE, row.id)),))
    if may.answer and row.status in (NominationStatus.APPROVED, NominationStatus.NOT_WANTED):
        rows.append((button("✅ " + _("Ya, boleh diumumkan"), Award(YES, row.id)),))
    if may.answer and row.status is not NominationStatus.NOT_WANTED:
        rows.append((button("🤐 " + _("Tidak, jangan diumumkan"), Award(NO, row.id)),))
    if may.paper:
        rows.append((button("📜 " + _("Unduh piagam (PDF)"), Award(PAPER, row.id)),))
    if may.back:
        rows.append((button("⬅️ " + _("Daftar calon"), Award(GROUP, row.rule_id, row.period)),))
    return (*rows, _back(), home_row())


def told(count: int) -> Screen:
    """It was announced."""
    return Screen(say("📣 Pengumuman sedang dikirim kepada {n} pegawai.", n=count), (_back(), home_row()))


def certificate(found: Certificate) -> Screen:
    """To anybody who opened the code of a certificate: it is genuine, and whose only with a consent."""
    name = found.name or _("nama tidak ditampilkan atas permintaan penerima")
    text = say(
        "✅ <b>Piagam ini sah.</b>\n\nNomor: {number}\nPenghargaan: {title}\nMasa: {period}\nPenerima: {name}",
        number=found.number,
        title=found.title,
        period=name_of(found.period),
        name=name,
    )
    return Screen(text, (home_row(),))


# --- declining ---

REASON = N_("Apa alasannya?")


def ask_reason(nonce: str, name: str, title: str) -> Screen:
    """Why not."""
    text = say(
        "<b>Apa alasannya?</b>\n\n{title} untuk {name} tidak diberikan. Alasan ini hanya dibaca pengelola kepegawaian "
        "dan pimpinan.",
        title=title,
        name=name,
    )
    return Screen(text, (moves(nonce, back=False),))


def question() -> str:
    """The open question."""
    return label(REASON)


def cancelled() -> Screen:
    """Nothing was changed."""
    return Screen(say("Baik, kita berhenti di sini. Tidak ada yang diubah."), (home_row(),))


def help_text() -> Screen:
    """How recognitions come about."""
    return Screen(
        say(
            "Calon dihitung dari aturan yang ditetapkan sebelum masanya. Pengelola kepegawaian mengajukan, pimpinan "
            "memutuskan, dan penerima menentukan apakah namanya boleh diumumkan."
        )
    )
