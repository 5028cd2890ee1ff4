"""Keeping somebody from sending: the questions, the list, and what the person is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.callbacks import Ticket
from bot.i18n import N_, _, label, say, show_moment
from bot.services.administration.bans import DAYS
from bot.views.parts import home_row, joined
from bot.views.screen import Screen, button
from models.administration.ban import Ban, BanReason

REASONS = {
    BanReason.SPAM: N_("kiriman sampah berulang"),
    BanReason.ABUSE: N_("kata-kata kasar atau ancaman"),
    BanReason.FALSE: N_("laporan palsu berulang"),
}


def ask_reason(code: str, complaint_id: int) -> Screen:
    """Why."""
    text = say(
        "<b>Batasi pengirim laporan {code}?</b>\n\nPengirimnya tidak bisa melapor atau menilai untuk sementara, dan "
        "diberi tahu alasan, batas akhir, dan alamat untuk keberatan. Namanya tidak ditampilkan. Apa alasannya?",
        code=code,
    )
    rows = tuple((button(_(words), Ticket("ban", complaint_id, reason.value)),) for reason, words in REASONS.items())
    return Screen(text, (*rows, home_row()))


def ask_days(code: str, complaint_id: int, reason: BanReason) -> Screen:
    """How long."""
    text = say(
        "<b>Berapa lama pengirim laporan {code} dibatasi?</b>\n\nAlasan: {reason}", code=code, reason=_(REASONS[reason])
    )
    row = tuple(
        button(label("{n} hari", n=days), Ticket("ban", complaint_id, f"{reason.value}-{days}")) for days in DAYS
    )
    return Screen(text, (row, home_row()))


def done(code: str, row: Ban) -> Screen:
    """It runs."""
    text = say("⛔ Pengirim laporan {code} dibatasi sampai {until}.", code=code, until=show_moment(row.until))
    return Screen(text, (home_row(),))


def listed(bans: Sequence[Ban]) -> Screen:
    """Bans that run, each with a button to lift it."""
    if not bans:
        return Screen(say("Tidak ada pengirim yang sedang dibatasi."), (home_row(),))
    lines = [
        say(
            "{number}. sejak {since}, sampai {until}: {reason}",
            number=row.id,
            since=show_moment(row.since),
            until=show_moment(row.until),
            reason=_(REASONS[row.reason]),
        )
        for row in bans
    ]
    rows = tuple((button(label("Cabut nomor {number}", number=row.id), Ticket("unban", row.id)),) for row in bans)
    return Screen(joined([say("<b>Pengirim yang sedang dibatasi</b>"), *lines], "\n\n"), (*rows, home_row()))


def lifted() -> Screen:
    """Ended early."""
    return Screen(say("Pembatasan dicabut, dan pengirimnya diberi tahu."), (home_row(),))


def banned(values: dict[str, Any]) -> Screen:
    """To the person, once."""
    return Screen(say(SENTENCE, **in_words(values)), (home_row(),))


SENTENCE = N_(
    "Untuk sementara Bapak/Ibu tidak bisa mengirim laporan atau penilaian, sampai <b>{until}</b>. Alasan: {reason}. "
    "Laporan yang sudah ada tetap bisa dilihat. Keberatan? Silakan datang atau bersurat ke: {appeal}"
)


def in_words(values: dict[str, Any]) -> dict[str, str]:
    """The ban's values for its sentence."""
    until = show_moment(datetime.fromisoformat(values["until"]))
    return {"until": until, "reason": _(REASONS[BanReason(values["reason"])]), "appeal": values["appeal"] or "-"}


def ban_lifted(_values: dict[str, Any]) -> Screen:
    """To the person: all is open again."""
    return Screen(say("Pembatasan sudah dicabut. Bapak/Ibu bisa melapor dan menilai lagi."), (home_row(),))


KINDS = {"banned": banned, "ban_lifted": ban_lifted}
