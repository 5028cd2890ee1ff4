"""Inviting civil servants, and the greeting of one whose account was just bound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.callbacks import Open
from bot.i18n import N_, Markup, _, label, say, show_moment
from bot.views import home
from bot.views.parts import choices, home_row, joined, moves
from bot.views.screen import Button, Screen, button
from models.rules.permissions import Desk, Role

FLOW = "invite"
CREATE = "create"
RELEASING = "release"
#: The open questions in plain words.
WHO = N_("Siapa yang ingin diundang?")
WHICH = N_("Pegawai yang mana?")
SURE = N_("Buat undangan untuk pegawai ini?")
RELEASE = N_("Lepaskan akun pegawai ini?")

ROLES = {
    Role.OFFICER: N_("petugas unit"),
    Role.VERIFIER: N_("pemeriksa laporan"),
    Role.INSPECTOR: N_("pengawas"),
    Role.HEAD: N_("kepala unit"),
    Role.HR: N_("pengelola kepegawaian"),
    Role.ADMIN: N_("administrator"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """An employee as others may see them: `nip` is only its last three digits."""

    name: str
    nip: str
    unit: str
    position: str


def ask_who(nonce: str) -> Screen:
    """Whom to invite."""
    text = say(
        "<b>Siapa yang ingin diundang?</b>\n\n"
        "Tulis nama atau NIP-nya, contoh: <i>Siti Aminah</i>. "
        "Undangan mengikat akun Telegram pegawai itu ke data kepegawaian."
    )
    return Screen(text, (moves(nonce, back=False),))


def ask_which(nonce: str, found: Sequence[tuple[str, Card]]) -> Screen:
    """Which of those found; nobody found says how to go on."""
    if not found:
        text = say("Tidak ada pegawai aktif dengan nama atau NIP itu. Silakan tulis lagi.")
        return Screen(text, (moves(nonce),))
    options = [(value, label("{name} ({nip})", name=card.name, nip=card.nip)) for value, card in found]
    return Screen(
        say("<b>Pegawai yang mana?</b>\n\nAngka di dalam kurung adalah tiga angka terakhir NIP."),
        (*choices(FLOW, "which", nonce, options), moves(nonce)),
    )


def confirm(nonce: str, card: Card, *, released: bool = False) -> Screen:
    """Is it this one; `released`: the account before was just taken off."""
    text = say("<b>Buat undangan untuk pegawai ini?</b>\n\n{card}", card=_card(card))
    if released:
        done = say("🔓 Akun lama sudah dilepas, dan pemegangnya diberi tahu.")
        text = joined([done, text], "\n\n")
    create = choices(FLOW, "confirm", nonce, [(CREATE, "✉️ " + _("Buat undangan"))])
    return Screen(text, (*create, moves(nonce)))


def has_account(nonce: str, card: Card) -> Screen:
    """An account is bound already: what can be done."""
    text = say(
        "{card}\n\nPegawai ini sudah terikat dengan satu akun Telegram. "
        "Kalau HP-nya hilang, atau akunnya milik orang lain, lepaskan dahulu akun itu.",
        card=_card(card),
    )
    options = choices(FLOW, "confirm", nonce, [(RELEASING, "🔓 " + _("Lepaskan akun"))])
    return Screen(text, (*options, moves(nonce)))


def ask_release(nonce: str, card: Card) -> Screen:
    """What follows from releasing the account: sure?"""
    text = say(
        "<b>Lepaskan akun pegawai ini?</b>\n\n{card}\n\n"
        "Akun itu tidak bisa lagi membuka laporan dan meja kerja, dan pemegangnya diberi tahu. "
        "Laporan yang sedang dikerjakan tetap atas nama pegawai ini. Sesudahnya undangan baru bisa dibuat.",
        card=_card(card),
    )
    options = choices(FLOW, "release", nonce, [(RELEASING, "🔓 " + _("Ya, lepaskan akun"))])
    return Screen(text, (*options, moves(nonce)))


def account_released(values: dict[str, Any]) -> Screen:
    """To whoever holds the account: it is no civil servant's any more."""
    text = say(
        "🔓 Akun Telegram ini sudah dilepas dari data pegawai {name}. Bagian petugas tidak bisa dibuka lagi dari sini. "
        "Melapor dan menilai layanan tetap bisa. Kalau ini keliru, mohon hubungi pengelola kepegawaian.",
        name=values["name"],
    )
    return Screen(text, (home_row(),))


KINDS = {"account_released": account_released}


def _card(card: Card) -> Markup:
    return say(
        "<b>{name}</b>\nNIP {nip}\n{position}\n{unit}",
        name=card.name,
        nip=card.nip,
        position=card.position or "-",
        unit=card.unit,
    )


def invited(card: Card, code: str, link: str, expires_at: datetime) -> Screen:
    """The code, shown once."""
    text = say(
        "✉️ <b>Undangan untuk {name}</b> (NIP {nip})\n\n"
        "Kode: <code>{code}</code>\nTautan: {link}\n\n"
        "Serahkan langsung kepada orangnya. Kode berlaku sekali, sampai {until}, dan tidak bisa dilihat lagi; "
        "undangan sebelumnya untuk pegawai ini tidak berlaku.",
        name=card.name,
        nip=card.nip,
        code=code,
        link=link,
        until=show_moment(expires_at),
    )
    rows = (
        (Button(_("Salin tautan"), copies=link),),
        (button("✉️ " + _("Undang lagi"), Open(Desk.INVITE.value)),),
        home_row(),
    )
    return Screen(text, rows)


def bound(card: Card, roles: Sequence[tuple[Role, str]], desks: Sequence[Desk]) -> Screen:
    """Welcome; the roles as (role, unit or nothing for the whole city), and the menu they open."""
    lines = [
        say("• {role}, {unit}", role=_(ROLES[role]), unit=unit or _("seluruh kota"))
        for role, unit in roles
        if role in ROLES
    ]
    text = say(
        "🤝 <b>Selamat datang, {name}.</b>\n\nAkun Telegram ini sekarang terikat dengan data pegawai NIP {nip}, {unit}."
        "\n\nTugas Bapak/Ibu:\n{roles}",
        name=card.name,
        nip=card.nip,
        unit=card.unit,
        roles=Markup("\n".join(lines)) if lines else _("belum ada; hubungi pengelola kepegawaian"),
    )
    return Screen(text, home.menu(desks).rows)


def cancelled() -> Screen:
    """No invitation was made."""
    return Screen(say("Baik, kita berhenti di sini. Tidak ada undangan yang dibuat."), (home_row(),))


def help_text() -> Screen:
    """What an invitation does."""
    return Screen(
        say(
            "Cari pegawainya, lalu buat undangan. Kode undangan hanya berlaku sekali dan punya batas waktu. "
            "NIP saja tidak pernah cukup untuk mengikat akun. HP hilang atau akun keliru? Cari pegawainya, "
            "lalu lepaskan akunnya."
        )
    )
