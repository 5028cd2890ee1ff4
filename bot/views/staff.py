"""Inviting civil servants, and the greeting of one whose account was just bound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.callbacks import Open
from bot.i18n import N_, Markup, _, label, say, show_moment
from bot.views import home
from bot.views.parts import choices, home_row, moves
from bot.views.screen import Button, Screen, button
from models.rules.permissions import Desk, Role

FLOW = "invite"
CREATE = "create"
#: The open questions in plain words.
WHO = N_("Siapa yang ingin diundang?")
WHICH = N_("Pegawai yang mana?")
SURE = N_("Buat undangan untuk pegawai ini?")

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


def confirm(nonce: str, card: Card) -> Screen:
    """Is it this one."""
    text = say("<b>Buat undangan untuk pegawai ini?</b>\n\n{card}", card=_card(card))
    create = choices(FLOW, "confirm", nonce, [(CREATE, "✉️ " + _("Buat undangan"))])
    return Screen(text, (*create, moves(nonce)))


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
    return Screen(say("Baik, tidak ada undangan yang dibuat."), (home_row(),))


def help_text() -> Screen:
    """What an invitation does."""
    return Screen(
        say(
            "Cari pegawainya, lalu buat undangan. Kode undangan hanya berlaku sekali dan punya batas waktu. "
            "NIP saja tidak pernah cukup untuk mengikat akun."
        )
    )
