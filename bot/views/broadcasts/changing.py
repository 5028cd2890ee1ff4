"""The short talks about a broadcast: other words for what was sent, and why it is given back."""

from __future__ import annotations

from bot.i18n import _, label, say, show_number
from bot.views.home import LANGUAGE_NAMES
from bot.views.parts import home_row, moves
from bot.views.screen import Screen
from models.broadcasts.broadcast import Broadcast

FLOW = "recast"


def ask_text(nonce: str, row: Broadcast, language: str, longest: int) -> Screen:
    """The new words in this language."""
    text = say(
        "<b>Tulis pengumuman yang baru dalam bahasa {language}.</b>\n\nTulisan ini menggantikan <b>{title}</b> di "
        "obrolan semua yang sudah menerimanya; berkas dan tombolnya tetap. Paling banyak {most} huruf.",
        language=LANGUAGE_NAMES[language],
        title=row.title,
        most=show_number(longest),
    )
    return Screen(text, (moves(nonce, back=False),))


def text_question(language: str) -> str:
    """The same in plain words."""
    return label("Tulis pengumuman yang baru dalam bahasa {language}.", language=LANGUAGE_NAMES[language])


def ask_reason(nonce: str, row: Broadcast) -> Screen:
    """Why it is given back."""
    text = say(
        "<b>Apa yang perlu diperbaiki pada {title}?</b>\n\nPenulisnya membaca alasan ini. "
        "Contoh: <i>Jamnya belum sesuai surat edaran.</i>",
        title=row.title,
    )
    return Screen(text, (moves(nonce, back=False),))


def reason_question() -> str:
    """The same in plain words."""
    return _("Apa yang perlu diperbaiki?")


def given_back(row: Broadcast) -> Screen:
    """Done."""
    return Screen(say("↩️ <b>{title}</b> dikembalikan kepada penulisnya.", title=row.title), (home_row(),))


def cancelled() -> Screen:
    """Nothing changed."""
    return Screen(say("Isian dihentikan; tidak ada yang berubah."), (home_row(),))


def help_text() -> Screen:
    """What the talk is for."""
    return Screen(say("Tulis saja di sini. Tidak ada yang berubah sebelum tulisannya dikirim."))
