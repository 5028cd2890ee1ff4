"""Which service: by its name, or by its office; for every talk that is about one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.i18n import N_, Markup, _, say
from bot.views.parts import choices, moves
from bot.views.screen import Rows, Screen

PAGE = 8
#: The open questions in plain words.
WHICH_SERVICE = N_("Layanan mana yang ingin Bapak/Ibu nilai?")
WHICH_FOUND = N_("Layanan yang mana?")

Options = Sequence[tuple[str, str]]


def ask_service(flow: str, nonce: str, units: Options, page: int) -> Screen:
    """Type a name, or choose an office: (value, name), one page of them."""
    text = say(
        "<b>Layanan mana yang ingin Bapak/Ibu nilai?</b>\n\n"
        "Tulis namanya, contoh: <i>bikin KTP</i>. Atau pilih kantornya di bawah ini."
    )
    return Screen(text, (*_page(flow, "service", nonce, units, page), moves(nonce, back=False)))


def ask_service_of(flow: str, nonce: str, unit: str, services: Options, page: int) -> Screen:
    """Choose among the services of one office."""
    text = say("<b>{unit}: layanan mana yang dinilai?</b>", unit=unit)
    return Screen(text, (*_page(flow, "unit", nonce, services, page), moves(nonce)))


def found(flow: str, nonce: str, services: Options) -> Screen:
    """What the typed words may mean; nothing found says how to go on."""
    if not services:
        return Screen(_nothing(), (moves(nonce),))
    text = say("<b>Layanan yang mana?</b>\n\nPilih salah satu, atau tulis nama lain.")
    return Screen(text, (*choices(flow, "found", nonce, services), moves(nonce)))


def _nothing() -> Markup:
    return say(
        "Layanan dengan nama itu belum kami temukan. Coba tulis dengan kata lain, contoh: <i>akta kelahiran</i>, "
        "atau tekan Kembali untuk memilih kantornya."
    )


def _page(flow: str, step: str, nonce: str, options: Options, page: int) -> Rows:
    shown = options[page * PAGE : (page + 1) * PAGE]
    turns = []
    if page > 0:
        turns.append((f"p{page - 1}", "◀️ " + _("Sebelumnya")))
    if (page + 1) * PAGE < len(options):
        turns.append((f"p{page + 1}", _("Berikutnya") + " ▶️"))
    return (
        *choices(flow, step, nonce, shown),
        *choices(flow, step, nonce, turns, per_row=2),
    )
