"""The talk that adds words and files to an own report."""

from __future__ import annotations

from bot.i18n import _, label, say
from bot.views.parts import choices, cut, home_row, moves
from bot.views.screen import Screen

FLOW = "addition"
SEND = "send"


def ask_words(nonce: str, code: str, text: str, files: int) -> Screen:
    """What to add; once there is something, how it will arrive."""
    if not text and not files:
        question = say(
            "<b>Apa yang ingin ditambahkan ke laporan</b> <code>{code}</code><b>?</b>\n\n"
            "Tulis pesan, atau kirim foto, video, pesan suara, atau dokumen. "
            "Contoh: <i>Lampunya di tiang ketiga dari simpang.</i>\n\nMohon jangan kirim foto KTP atau KK.",
            code=code,
        )
        return Screen(question, (moves(nonce, back=False),))
    check = say(
        "<b>Tambahan untuk laporan</b> <code>{code}</code>\n\n<b>Isi:</b> {text}\n<b>Foto/berkas:</b> {files}\n\n"
        "Kirim lagi bila masih ada, atau tekan Kirim tambahan.",
        code=code,
        text=cut(text, 2500) or "-",
        files=files,
    )
    return Screen(
        check, (*choices(FLOW, "words", nonce, [(SEND, "✅ " + _("Kirim tambahan"))]), moves(nonce, back=False))
    )


def cancelled() -> Screen:
    """The addition is thrown away; the report stays."""
    return Screen(
        say("Baik, tambahan yang belum dikirim sudah dihapus. Laporannya sendiri tidak berubah."), (home_row(),)
    )


def help_text() -> Screen:
    """How this talk works."""
    return Screen(
        say(
            "Tulis atau kirim yang ingin ditambahkan, lalu tekan <b>Kirim tambahan</b>. "
            "<b>Batal</b> menghapus tambahan ini; laporannya tetap ada."
        )
    )


def question(code: str) -> str:
    """The open question, in plain words."""
    return label("Apa yang ingin ditambahkan ke {code}?", code=code)
