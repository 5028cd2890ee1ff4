"""Praise and advice: to whom, which of both, the words; the lists of notes."""

from __future__ import annotations

from collections.abc import Sequence

from bot.callbacks import Open, Review
from bot.i18n import N_, Markup, _, label, say, show_moment
from bot.services.performance.evaluation.feedback import PAGE, Note
from bot.views.parts import choices, cut, home_row, joined, moves
from bot.views.performance.evaluation import words
from bot.views.screen import Screen, button
from models.performance.evaluation import FeedbackKind
from models.rules.permissions import Desk

FLOW = "feedback"
SEND, NO_LINE = "send", "0"
LONGEST, LONGEST_BUTTON, MOST_LINES = 600, 50, 10
QUESTIONS = {
    "who": N_("Untuk siapa catatannya?"),
    "kind": N_("Pujian atau saran?"),
    "line": N_("Tentang pekerjaan yang mana?"),
    "words": N_("Apa catatannya?"),
    "check": N_("Kirim catatan ini?"),
}


def question(step: str) -> str:
    """The open question."""
    return _(QUESTIONS[step])


def ask_who(nonce: str, people: Sequence[tuple[int, str]], page: int, pages: int) -> Screen:
    """One of the subordinates of today."""
    if not people:
        return Screen(say("Hari ini tidak ada bawahan Bapak/Ibu dalam data kepegawaian."), (moves(nonce, back=False),))
    rows = choices(FLOW, "who", nonce, [(str(number), name) for number, name in people])
    turns = [(f"p{page - 1}", "◀️ " + _("Sebelumnya"))] if page > 0 else []
    turns += [(f"p{page + 1}", _("Berikutnya") + " ▶️")] if page < pages - 1 else []
    more = choices(FLOW, "who", nonce, turns, per_row=2)
    return Screen(say("<b>Untuk siapa catatannya?</b>"), (*rows, *more, moves(nonce, back=False)))


def ask_kind(nonce: str, name: str, *, back: bool) -> Screen:
    """Praise or advice."""
    text = say("<b>Catatan untuk {name}</b>\n\nPujian atau saran? Catatan ini dibaca pegawai.", name=name)
    options = [(kind.value, f"{words.NOTE_SIGNS[kind]} {_(words.NOTES[kind])}") for kind in FeedbackKind]
    return Screen(text, (*choices(FLOW, "kind", nonce, options, per_row=2), moves(nonce, back=back)))


def ask_line(nonce: str, lines: Sequence[tuple[int, str]]) -> Screen:
    """One line of the plan, or the work as a whole."""
    options = [(NO_LINE, _("Pekerjaan secara umum"))]
    options += [(str(number), cut(name, LONGEST_BUTTON)) for number, name in lines[:MOST_LINES]]
    text = say("<b>Tentang pekerjaan yang mana?</b>")
    return Screen(text, (*choices(FLOW, "line", nonce, options), moves(nonce)))


def ask_words(nonce: str, name: str, kind: FeedbackKind) -> Screen:
    """The words."""
    if kind is FeedbackKind.PRAISE:
        text = say(
            "<b>Apa yang baik dari pekerjaan {name}?</b>\n\nContoh: <i>Terima kasih, laporan lampu jalan di Sei Jang "
            "selesai dalam satu hari.</i>",
            name=name,
        )
    else:
        text = say(
            "<b>Apa saran untuk {name}?</b>\n\nContoh: <i>Mohon foto sesudah perbaikan selalu dilampirkan.</i>",
            name=name,
        )
    return Screen(text, (moves(nonce),))


def check(nonce: str, name: str, kind: FeedbackKind, said: str, line: str | None) -> Screen:
    """The note before it is sent."""
    about = say("Tentang: {line}", line=line) if line else Markup("")
    text = joined(
        [
            say("<b>Kirim catatan ini kepada {name}?</b>", name=name),
            joined([say("{sign} {kind}", sign=words.NOTE_SIGNS[kind], kind=_(words.NOTES[kind])), about]),
            say("<i>{words}</i>", words=cut(said, LONGEST * 2)),
        ],
        "\n\n",
    )
    options = [(SEND, "📨 " + _("Kirim catatan")), ("words", "✏️ " + _("Ubah kata-katanya"))]
    return Screen(text, (*choices(FLOW, "check", nonce, options), moves(nonce)))


def given(name: str) -> Screen:
    """It is stored, and the employee is told."""
    text = say("Catatan untuk {name} sudah dikirim. Catatan ini ikut tampil pada penilaian berikutnya.", name=name)
    return Screen(text, ((button("⬅️ " + _("Penilaian kinerja"), Open(Desk.EVALUATIONS.value)),), home_row()))


def notes(found: Sequence[Note], total: int, page: int, *, written: bool, leads: bool) -> Screen:
    """A page of notes about oneself, or of those one wrote."""
    head = say("<b>Catatan yang saya tulis</b>") if written else say("<b>Catatan untuk saya</b>")
    lines = [_note(one, written=written) for one in found] or [say("Belum ada catatan.")]
    which, pages, row = "notes", -(-total // PAGE), []
    extra = "w" if written else ""
    if page > 0:
        row.append(button("◀️ " + _("Sebelumnya"), Review(which, page - 1, extra)))
    if page < pages - 1:
        row.append(button(_("Berikutnya") + " ▶️", Review(which, page + 1, extra)))
    rows = [tuple(row)] if row else []
    if leads:
        other = _("Catatan untuk saya") if written else _("Catatan yang saya tulis")
        rows.append((button("🗒 " + other, Review(which, 0, "" if written else "w")),))
    rows.append((button("⬅️ " + _("Penilaian kinerja"), Open(Desk.EVALUATIONS.value)),))
    return Screen(joined([head, *lines], "\n\n"), (*rows, home_row()))


def _note(one: Note, *, written: bool) -> Markup:
    head = say(
        "{sign} <b>{who}</b>, {moment}",
        sign=words.NOTE_SIGNS[one.row.kind],
        who=one.employee if written else one.author,
        moment=show_moment(one.row.at),
    )
    about = say("Tentang: {line}", line=cut(one.line, LONGEST_BUTTON * 2)) if one.line else Markup("")
    return joined([head, about, say("{words}", words=cut(one.row.text, LONGEST))])


def cancelled() -> Screen:
    """No note was sent."""
    return Screen(say("Baik, kita berhenti di sini. Tidak ada catatan yang dikirim."), (home_row(),))


def help_text() -> Screen:
    """What notes are for."""
    return Screen(
        say(
            "Catatan pujian atau saran bisa diberikan kapan saja kepada bawahan. Pegawai langsung membacanya, dan "
            "catatan itu ikut tampil pada penilaian masa ini."
        )
    )


def name_label(name: str, position: str) -> str:
    """A subordinate on a button."""
    return cut(label("{name}, {position}", name=name, position=position) if position else name, LONGEST_BUTTON)
