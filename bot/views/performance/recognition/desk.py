"""The desk of recognitions: the own ones, the announced ones, rules, reasons; the lists of those who decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.callbacks import Award, Open
from bot.i18n import N_, Markup, _, label, say, show_short_day
from bot.services.performance.recognition.announcing import Certificate
from bot.services.performance.recognition.lists import Listed, Reasons
from bot.views.parts import cut, home_row, joined, moves
from bot.views.performance.recognition import words
from bot.views.satisfaction.periods import name_of, short_name_of
from bot.views.screen import Button, Rows, Screen, button
from models.performance.recognition import RecognitionFor, RecognitionRule
from models.rules.performance.recognition import read_criteria
from models.rules.permissions import Desk

FLOW = "award"
LONGEST = 300
#: Verbs of the buttons.
OPEN, OWN, PAST, RULES, WHY, GROUPS, GROUP = "open", "own", "past", "rules", "why", "groups", "group"
PROPOSE, APPROVE, DECLINE, YES, NO = "propose", "approve", "decline", "yes", "no"
ANNOUNCE, PAPER = "announce", "paper"


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


def back_row() -> tuple[Button, ...]:
    """The way back to the desk."""
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
    return Screen(text, (*(rows if opens else ()), back_row(), home_row()))


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
    return Screen(joined([head, *lines], "\n\n"), (back_row(), home_row()))


def _since(rule: RecognitionRule) -> Markup:
    return say("Dihitung untuk masa yang mulai sesudah {day}.", day=show_short_day(_later(rule)))


def _later(rule: RecognitionRule) -> date:
    return max(rule.fixed_at.date(), rule.valid_from)


def why(found: Sequence[Reasons]) -> Screen:
    """The own figures against each rule; nobody else is compared or named."""
    head = say("<b>Mengapa saya belum?</b>")
    lines = [_reasons(one) for one in found]
    nothing = say("Untuk masa yang baru lewat belum ada aturan yang dihitung. Aturan berlaku untuk masa sesudahnya.")
    drawn = any(part.criterion.prior and part.n for one in found for part in one.verdict.findings)
    note = say("Angka dari sedikit data sudah ditarik ke rata-rata kota, supaya adil.") if drawn else Markup("")
    return Screen(joined([head, *(lines or [nothing]), note], "\n\n"), (back_row(), home_row()))


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
