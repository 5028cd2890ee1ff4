"""What the steps of the desk tell others: the reporter about the own report."""

from __future__ import annotations

from collections.abc import Callable

from bot.callbacks import Ticket
from bot.i18n import _, say
from bot.views.desk.queue import STATUSES
from bot.views.parts import Values, files_of, moment_of, to_reporter
from bot.views.screen import Screen, button
from models.rules.complaint_flow import Status


def report_verified(values: Values) -> Screen:
    """To the reporter: complete and ours, with the date promised."""
    text = say(
        "✅ Laporan <code>{code}</code> sudah diperiksa dan diterima. "
        "Paling lambat <b>{due}</b> Bapak/Ibu menerima jawabannya.",
        code=values["code"],
        due=moment_of(values, "due_at"),
    )
    return to_reporter(text, values)


def report_taken(values: Values) -> Screen:
    """To the reporter: somebody works on it now."""
    return to_reporter(say("🛠 Laporan <code>{code}</code> mulai dikerjakan oleh petugas.", code=values["code"]), values)


def completion_asked(values: Values) -> Screen:
    """To the reporter: something is missing."""
    text = say(
        "✏️ Laporan <code>{code}</code> perlu dilengkapi:\n\n<blockquote>{text}</blockquote>\n\n"
        "Tekan Lengkapi, lalu tulis atau kirim yang diminta.",
        code=values["code"],
        text=values["text"],
    )
    return Screen(text, ((button("✏️ " + _("Lengkapi"), Ticket("answer", values["complaint_id"])),),))


def report_not_ours(values: Values) -> Screen:
    """To the reporter: who is competent, and why not the city."""
    text = say(
        "Laporan <code>{code}</code> bukan wewenang Pemerintah Kota.\n\n<blockquote>{text}</blockquote>\n\n"
        "Silakan sampaikan kepada <b>{addressee}</b>: {contact}",
        code=values["code"],
        text=values["text"],
        addressee=values["addressee"],
        contact=values["contact"] or "-",
    )
    return to_reporter(text, values)


def report_archived(values: Values) -> Screen:
    """To the reporter: put away, and why; the Ombudsman's door stays open."""
    reasons = {"duplicate": _("sudah pernah dilaporkan"), "spam": _("bukan laporan layanan")}
    text = say(
        "Laporan <code>{code}</code> tidak kami lanjutkan: {reason}.\n\n<blockquote>{text}</blockquote>\n\n"
        "Tidak puas dengan keputusan ini? {ombudsman}",
        code=values["code"],
        reason=reasons.get(values["reason"], values["reason"]),
        text=values["text"],
        ombudsman=values["ombudsman"],
    )
    return to_reporter(text, values)


def report_restored(values: Values) -> Screen:
    """To the reporter: it was no junk after all."""
    return to_reporter(
        say(
            "♻️ Laporan <code>{code}</code> kami ambil kembali dan kami periksa lagi. Maaf atas kekeliruan ini.",
            code=values["code"],
        ),
        values,
    )


def report_disposed(values: Values) -> Screen:
    """To the reporter: which unit has it, until when it is settled."""
    text = say(
        "📤 Laporan <code>{code}</code> sudah diteruskan ke <b>{unit}</b>. "
        "Paling lambat <b>{due}</b> Bapak/Ibu menerima jawabannya.",
        code=values["code"],
        unit=values["unit"],
        due=moment_of(values, "due_at"),
    )
    return to_reporter(text, values)


def question_asked(values: Values) -> Screen:
    """To the reporter: the unit asks."""
    text = say(
        "❔ Petugas bertanya tentang laporan <code>{code}</code>:\n\n<blockquote>{text}</blockquote>\n\n"
        "Waktu penyelesaian berhenti sampai Bapak/Ibu menjawab.",
        code=values["code"],
        text=values["text"],
    )
    rows = ((button("💬 " + _("Jawab pertanyaan"), Ticket("answer", values["complaint_id"])),),)
    return Screen(text, rows, files_of(values))


def unit_replied(values: Values) -> Screen:
    """To the reporter: the unit's words, with proof."""
    text = say(
        "💬 Jawaban petugas untuk laporan <code>{code}</code>:\n\n<blockquote>{text}</blockquote>",
        code=values["code"],
        text=values["text"],
    )
    return to_reporter(text, values)


def done_proposed(values: Values) -> Screen:
    """To the reporter: is it solved? What silence leads to."""
    text = say(
        "🏁 Petugas menyatakan laporan <code>{code}</code> sudah dikerjakan:\n\n<blockquote>{text}</blockquote>\n\n"
        "<b>Apakah masalahnya sudah selesai?</b> Tanpa jawaban sampai {until}, laporan ditutup dengan sendirinya.",
        code=values["code"],
        text=values["text"],
        until=moment_of(values, "until"),
    )
    rows = (
        (button("👍 " + _("Sudah selesai"), Ticket("solved", values["complaint_id"])),),
        (button("👎 " + _("Belum selesai"), Ticket("not_solved", values["complaint_id"])),),
    )
    return Screen(text, rows, files_of(values))


def same_report_moved(values: Values) -> Screen:
    """To whoever reported the same: how far the report is that theirs was merged into."""
    text = say(
        "🔁 Kabar untuk laporan <code>{code}</code>: laporan lain tentang masalah yang sama sekarang <b>{status}</b>.",
        code=values["code"],
        status=_(STATUSES[Status(values["status"])]),
    )
    return to_reporter(text, values)


KINDS: dict[str, Callable[[Values], Screen]] = {
    "report_verified": report_verified,
    "report_taken": report_taken,
    "completion_asked": completion_asked,
    "report_not_ours": report_not_ours,
    "report_archived": report_archived,
    "report_restored": report_restored,
    "report_disposed": report_disposed,
    "question_asked": question_asked,
    "unit_replied": unit_replied,
    "done_proposed": done_proposed,
    "same_report_moved": same_report_moved,
}
