"""Who of the civil servants a report is about: found on the roster, chosen, and asked once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.callbacks import Ticket
from bot.i18n import N_, _, label, say
from bot.views.parts import choices, cut, home_row, moves
from bot.views.screen import Screen, button

FLOW = "accuse"
SURE = "yes"
#: Step → its question in plain words.
QUESTIONS = {
    "who": N_("Siapa pegawai yang dilaporkan?"),
    "which": N_("Pegawai yang mana?"),
    "confirm": N_("Sebut pegawai ini sebagai yang dilaporkan?"),
}
LONGEST_BUTTON = 60


@dataclass(frozen=True, slots=True)
class Person:
    """A civil servant of the roster: `nip` is only its last three digits."""

    employee_id: int
    name: str
    nip: str
    unit: str
    position: str


def question(step: str) -> str:
    """The question of a step in plain words."""
    return _(QUESTIONS[step])


def ask_who(nonce: str, code: str) -> Screen:
    """Name or NIP."""
    text = say(
        "<b>Siapa pegawai yang dilaporkan dalam {code}?</b>\n\nTulis nama atau NIP-nya, contoh: <i>Siti Aminah</i>. "
        "Pegawai itu tidak akan melihat atau menerima laporan ini, dan yang menanganinya Inspektorat.",
        code=code,
    )
    return Screen(text, (moves(nonce, back=False),))


def ask_which(nonce: str, found: Sequence[Person]) -> Screen:
    """Which of those found; nobody found says how to go on."""
    if not found:
        return Screen(say("Tidak ada pegawai aktif dengan nama atau NIP itu. Silakan tulis lagi."), (moves(nonce),))
    options = [
        (
            f"e{one.employee_id}",
            cut(label("{name} ({nip}), {unit}", name=one.name, nip=one.nip, unit=one.unit), LONGEST_BUTTON),
        )
        for one in found
    ]
    text = say(
        "<b>Pegawai yang mana?</b>\n\nAngka di dalam kurung adalah tiga angka terakhir NIP. "
        "Tidak ada di daftar? Tulis nama yang lain."
    )
    return Screen(text, (*choices(FLOW, "which", nonce, options), moves(nonce)))


def confirm(nonce: str, code: str, person: Person) -> Screen:
    """It cannot be taken back: asked once."""
    text = say(
        "<b>Sebut pegawai ini sebagai yang dilaporkan dalam {code}?</b>\n\n<b>{name}</b>\nNIP {nip}\n{position}\n{unit}"
        "\n\nSetelah ini laporan ditangani Inspektorat, dan pegawai ini tidak bisa membukanya. "
        "Ini tidak bisa dibatalkan atau diganti.",
        code=code,
        name=person.name,
        nip=person.nip,
        position=person.position or "-",
        unit=person.unit,
    )
    return Screen(text, (*choices(FLOW, "confirm", nonce, [(SURE, "⚖️ " + _("Ya, sebut pegawai ini"))]), moves(nonce)))


def cancelled(complaint_id: int) -> Screen:
    """Nobody was named."""
    back = (button("📄 " + _("Kembali ke laporan"), Ticket("view", complaint_id)),)
    return Screen(say("Baik, tidak ada pegawai yang disebut."), (back, home_row()))


def help_text() -> Screen:
    """What naming somebody does."""
    return Screen(
        say(
            "Sebut pegawainya hanya bila laporan jelas menunjuk orangnya. Pegawai itu tidak diberi tahu, tidak melihat "
            "laporannya di daftar, pencarian, atau angka, dan tidak bisa diserahi. "
            "Kalau ragu, tanyakan dahulu kepada pelapor."
        )
    )
