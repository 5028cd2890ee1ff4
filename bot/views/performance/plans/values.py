"""What is expected of the behaviour: the seven core values, each with a sentence that can be taken or rewritten."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import _, say
from bot.views.parts import choices, joined, moves
from bot.views.performance.plans.talk import FLOW
from bot.views.performance.plans.words import VALUES
from bot.views.screen import Screen
from models.performance.plan import CoreValue

ALL, BACK, TAKE = "all", "back", "take"


def values(nonce: str, known: Mapping[CoreValue, str]) -> Screen:
    """All seven: what is set, what is not."""
    head = say(
        "<b>Perilaku kerja yang diharapkan (BerAKHLAK)</b>\n\nPakai kalimat baku untuk semuanya dengan satu sentuhan, "
        "atau pilih satu nilai untuk menulisnya sendiri."
    )
    lines = [
        say("✅ <b>{value}</b>: {words}", value=_(VALUES[value]), words=known[value])
        if value in known
        else say("▫️ <b>{value}</b>: belum diisi", value=_(VALUES[value]))
        for value in CoreValue
    ]
    options = [(value.value, _(VALUES[value])) for value in CoreValue]
    rest = [(ALL, "✅ " + _("Pakai kalimat baku"))] if len(known) < len(CoreValue) else []
    rows = (
        *choices(FLOW, "values", nonce, rest),
        *choices(FLOW, "values", nonce, options, per_row=2),
        *choices(FLOW, "values", nonce, [(BACK, "✅ " + _("Ke ringkasan"))]),
    )
    return Screen(joined([head, joined(lines)], "\n\n"), (*rows, moves(nonce)))


def ask_expectation(nonce: str, value: CoreValue, present: str | None, standard: str) -> Screen:
    """What is expected of one value."""
    text = say(
        "<b>{value}</b>\n\nSekarang: <i>{present}</i>\nKalimat baku: <i>{standard}</i>\n\n"
        "Tulis harapan Bapak/Ibu, atau pakai kalimat bakunya.",
        value=_(VALUES[value]),
        present=present or "-",
        standard=standard,
    )
    take = choices(FLOW, "expectation", nonce, [(TAKE, "✅ " + _("Pakai kalimat baku"))])
    return Screen(text, (*take, moves(nonce)))
