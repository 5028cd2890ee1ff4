"""Words for what is made after the answer: being prepared, and not to be had."""

from __future__ import annotations

from bot.i18n import _, say
from bot.views.parts import home_row
from bot.views.screen import Button, Screen


def preparing() -> str:
    """Over the chat while something is made."""
    return _("Sedang disiapkan, mohon tunggu sebentar…")


def not_made() -> Screen:
    """It failed, and it is not the reader's fault."""
    return Screen(say("Maaf, berkas itu belum bisa disiapkan sekarang. Silakan coba lagi nanti."), (home_row(),))


def below_picture(back: Button) -> Screen:
    """Below a picture: short, so that the picture stays in sight."""
    return Screen(say("📊 Gambarnya di atas, dengan angka yang sama dalam kata-kata."), ((back,), home_row()))
