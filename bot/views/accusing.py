"""A report about an officer or an office: the questions that are asked otherwise then."""

from __future__ import annotations

from collections.abc import Sequence

from bot.i18n import N_, _, say
from bot.views.filing import FLOW, VISIBILITIES
from bot.views.parts import choices, moves
from bot.views.screen import Screen

#: Not asked yet, and the answers.
UNASKED, OFFICER, OFFICE, NOBODY = "", "officer", "office", "no"
ABOUT = {
    OFFICER: N_("Ya, tentang petugasnya"),
    OFFICE: N_("Ya, tentang kantornya"),
    NOBODY: N_("Tidak, tentang hal lain"),
}
#: Such a report is confidential: what is left to choose, and what an earlier choice becomes.
CLOSED = ("confidential", "both")
AT_LEAST_CLOSED = {"open": "confidential", "anonymous": "both", "confidential": "confidential", "both": "both"}


def ask_about(nonce: str) -> Screen:
    """Is somebody of the city accused? Then the report takes another way."""
    text = say(
        "<b>Apakah laporan ini tentang petugas atau kantor tertentu?</b>\n\n"
        "Kalau ya, laporan ini rahasia: kantor dan petugas itu tidak menerimanya, dan langsung diperiksa Inspektorat."
    )
    options = [(value, _(name)) for value, name in ABOUT.items()]
    return Screen(text, (*choices(FLOW, "about", nonce, options), moves(nonce)))


def ask_unit(nonce: str, suggestions: Sequence[tuple[str, str]]) -> Screen:
    """Which office is accused: suggestions from the words (value, label), or unsure."""
    text = say(
        "<b>Kantor mana yang dilaporkan?</b>\n\n"
        "Pilih salah satu, atau tulis namanya. Kantor itu tidak menerima laporan ini."
    )
    options = [*suggestions, ("-", _("Belum tahu, biar Inspektorat yang menentukan"))]
    return Screen(text, (*choices(FLOW, "unit", nonce, options), moves(nonce)))


def ask_visibility(nonce: str) -> Screen:
    """Whether the inspectorate knows the name; the report itself is confidential."""
    text = say(
        "<b>Siapa yang boleh tahu?</b>\n\n"
        "Laporan tentang petugas atau kantor selalu rahasia dan hanya dibaca Inspektorat.\n"
        "<b>Rahasia</b>: Inspektorat tahu nama Bapak/Ibu.\n"
        "<b>Anonim dan rahasia</b>: Inspektorat pun tidak tahu; bot tetap mengirim jawabannya ke sini."
    )
    options = [(value, _(VISIBILITIES[value])) for value in CLOSED]
    return Screen(text, (*choices(FLOW, "visible", nonce, options), moves(nonce)))
