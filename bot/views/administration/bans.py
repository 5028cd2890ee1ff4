"""Keeping somebody from sending: the questions, the list, and what the person is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.callbacks import Open, Ticket
from bot.i18n import N_, Markup, _, label, say, show_moment
from bot.views.parts import home_row, joined, pager
from bot.views.screen import Button, Screen, button
from models.administration.ban import Ban, BanReason
from models.rules.permissions import Desk

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


def ask_days(code: str, complaint_id: int, reason: BanReason, lengths: Sequence[int]) -> Screen:
    """How long."""
    text = say(
        "<b>Berapa lama pengirim laporan {code} dibatasi?</b>\n\nAlasan: {reason}", code=code, reason=_(REASONS[reason])
    )
    buttons = [
        button(label("{n} hari", n=days), Ticket("ban", complaint_id, f"{reason.value}-{days}")) for days in lengths
    ]
    return Screen(text, (*(tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3)), home_row()))


def done(code: str, row: Ban) -> Screen:
    """It runs."""
    text = say(
        "⛔ Pengirim laporan {code} dibatasi sampai {until}. Nomor pembatasan: <b>{number}</b>.",
        code=code,
        until=show_moment(row.until),
        number=row.id,
    )
    return Screen(text, (home_row(),))


def one(row: Ban) -> Screen:
    """One that runs, with the button to lift it."""
    text = joined([say("<b>Pembatasan yang sedang berjalan</b>"), _line(row)], "\n\n")
    every = (button("⛔ " + _("Semua pembatasan"), Open(Desk.BANS.value)),)
    return Screen(text, ((_lift(row),), every, home_row()))


def listed(bans: Sequence[Ban], page: int, pages: int) -> Screen:
    """A page of the bans that run, each with a button to lift it."""
    how = say(
        "Untuk membatasi pengirim sebuah laporan, tulis nomor laporannya: <code>/blokir TPI-261124-ABCD1</code>. "
        "Untuk melihat satu pembatasan, tulis nomornya: <code>/blokir 12</code>."
    )
    if not bans:
        return Screen(joined([say("Tidak ada pengirim yang sedang dibatasi."), how], "\n\n"), (home_row(),))
    text = joined([say("<b>Pengirim yang sedang dibatasi</b>"), *(_line(row) for row in bans), how], "\n\n")
    return Screen(text, (*((_lift(row),) for row in bans), *pager(Desk.BANS.value, page, pages), home_row()))


def _line(row: Ban) -> Markup:
    return say(
        "{number}. sejak {since}, sampai {until}: {reason}",
        number=row.id,
        since=show_moment(row.since),
        until=show_moment(row.until),
        reason=_(REASONS[row.reason]),
    )


def _lift(row: Ban) -> Button:
    return button(label("Cabut nomor {number}", number=row.id), Ticket("unban", row.id))


def on_card(row: Ban) -> Markup:
    """Over a report whose sender is kept out."""
    return say(
        "⛔ Pengirimnya sedang dibatasi sampai {until} (nomor pembatasan {number}).",
        until=show_moment(row.until),
        number=row.id,
    )


def lifted() -> Screen:
    """Ended early."""
    return Screen(say("Pembatasan dicabut, dan pengirimnya diberi tahu."), (home_row(),))


def banned(values: dict[str, Any]) -> Screen:
    """To the person, once."""
    return Screen(say(SENTENCE, **in_words(values)), (home_row(),))


SENTENCE = N_(
    "Untuk sementara Bapak/Ibu tidak bisa mengirim laporan atau penilaian, sampai <b>{until}</b>. Alasan: {reason}. "
    "Nomor pembatasan: <b>{number}</b>. Laporan yang sudah ada tetap bisa dilihat. "
    "Keberatan? Silakan sebutkan nomor itu kepada: {appeal}"
)


def in_words(values: dict[str, Any]) -> dict[str, str]:
    """The ban's values for its sentence."""
    until = show_moment(datetime.fromisoformat(values["until"]))
    reason = _(REASONS[BanReason(values["reason"])])
    return {"number": values.get("number", "-"), "until": until, "reason": reason, "appeal": values["appeal"] or "-"}


def ban_lifted(_values: dict[str, Any]) -> Screen:
    """To the person: all is open again."""
    return Screen(say("Pembatasan sudah dicabut. Bapak/Ibu bisa melapor dan menilai lagi."), (home_row(),))


KINDS = {"banned": banned, "ban_lifted": ban_lifted}
