"""The resident's verdict: solved with a score, not solved, why; and coming back after the closing."""

from __future__ import annotations

from bot.callbacks import Ticket
from bot.i18n import _, say, show_moment
from bot.views.parts import SCORES, choices, home_row, moves
from bot.views.screen import Button, Rows, Screen, button
from models.complaint import Complaint
from models.rules.complaint_flow import Status

FLOW = "verdict"
SKIP = "skip"


def ask_score(complaint: Complaint) -> Screen:
    """Solved: how good was it?"""
    text = say(
        "<b>Syukurlah. Bagaimana penanganan laporan</b> <code>{code}</code><b>?</b>\n\n"
        "Dengan menilai, Bapak/Ibu menutup laporan ini.",
        code=complaint.code,
    )
    scores = tuple(
        (button(f"{score} · {_(name)}", Ticket("score", complaint.id, str(score))),)
        for score, name in reversed(list(enumerate(SCORES, start=1)))
    )
    return Screen(text, (*scores, (button("⬅️ " + _("Tidak jadi"), Ticket("view", complaint.id)),)))


def thanks(complaint: Complaint, *, is_low: bool, survey: Rows = ()) -> Screen:
    """Closed with a score; a low one is asked why and may come back once. `survey` may offer the nine questions."""
    if not is_low:
        text = say(
            "🙏 Terima kasih. Laporan <code>{code}</code> selesai, nilai Bapak/Ibu kami catat.", code=complaint.code
        )
        return Screen(text, (*survey, _view(complaint), home_row()))
    text = say(
        "🙏 Terima kasih atas kejujuran Bapak/Ibu. Laporan <code>{code}</code> ditutup dengan nilai {score} dari 4.\n\n"
        "Mau memberi tahu apa yang kurang? "
        "Kalau masalahnya sebenarnya belum selesai, laporan masih bisa dibuka kembali.",
        code=complaint.code,
        score=complaint.score,
    )
    rows = [(button("✏️ " + _("Tulis apa yang kurang"), Ticket("low", complaint.id)),)]
    if not complaint.reopened:
        rows.append((button("🔁 " + _("Belum selesai, buka kembali"), Ticket("reopen", complaint.id)),))
    return Screen(text, (*rows, *survey, _view(complaint), home_row()))


def ask_why(nonce: str, code: str) -> Screen:
    """What is still wrong."""
    text = say(
        "<b>Apa yang belum selesai pada laporan</b> <code>{code}</code><b>?</b>\n\n"
        "Contoh: <i>Lampunya menyala dua malam, lalu mati lagi.</i>\n\n"
        "Jawaban Bapak/Ibu membantu petugas memperbaikinya. Boleh juga dilewati.",
        code=code,
    )
    return Screen(text, (*choices(FLOW, "why", nonce, [(SKIP, _("Lewati"))]), moves(nonce, back=False)))


def ask_reason(nonce: str) -> Screen:
    """Why the score is low."""
    text = say(
        "<b>Apa yang kurang dari penanganannya?</b>\n\n"
        "Contoh: <i>Lama sekali, dan petugas tidak memberi kabar.</i>\n\n"
        "Kami bertanya supaya pelayanan berikutnya lebih baik. Boleh juga dilewati."
    )
    return Screen(text, (*choices(FLOW, "reason", nonce, [(SKIP, _("Lewati"))]), moves(nonce, back=False)))


def judged(complaint: Complaint, ombudsman: str) -> Screen:
    """Back on the desk with a shorter clock, or closed as not solved with another door."""
    if complaint.status is Status.REOPENED:
        text = say(
            "🔁 Laporan <code>{code}</code> dibuka kembali dan pimpinan unit diberi tahu. "
            "Paling lambat <b>{due}</b> Bapak/Ibu menerima jawabannya.",
            code=complaint.code,
            due=show_moment(complaint.settle_due_at),
        )
    else:
        text = say(
            "Laporan <code>{code}</code> kami tutup sebagai <b>belum selesai</b>, dan kami minta maaf. "
            "Bapak/Ibu berhak mengadu ke {ombudsman}.",
            code=complaint.code,
            ombudsman=ombudsman,
        )
    return Screen(text, (_view(complaint), home_row()))


def reason_taken() -> Screen:
    """The words reached the officer."""
    return Screen(say("🙏 Terima kasih, penjelasan Bapak/Ibu kami sampaikan kepada petugas."), (home_row(),))


def reason_skipped() -> Screen:
    """No words; the score stands."""
    return Screen(say("Baik, tidak apa-apa. Nilai Bapak/Ibu sudah kami catat."), (home_row(),))


def cancelled() -> Screen:
    """Nothing was changed by this talk."""
    return Screen(say("Baik, dibatalkan. Keadaan laporan tidak berubah."), (home_row(),))


def help_text() -> Screen:
    """How this talk works."""
    return Screen(
        say(
            "Tulis jawabannya dalam satu pesan, atau tekan <b>Lewati</b>. "
            "Tekan <b>Batal</b> supaya tidak ada yang berubah."
        )
    )


def _view(complaint: Complaint) -> tuple[Button, ...]:
    return (button("📄 " + _("Lihat laporan"), Ticket("view", complaint.id)),)


def why() -> str:
    """The open question after "not solved", in plain words."""
    return _("Apa yang belum selesai?")


def what_lacked() -> str:
    """The open question after a low score, in plain words."""
    return _("Apa yang kurang?")
