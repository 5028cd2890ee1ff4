"""The superior gives a plan back: a note to what is to change, a word for the whole."""

from __future__ import annotations

from collections.abc import Mapping

from bot.callbacks import YearPlan
from bot.i18n import N_, Markup, _, say
from bot.services.performance.plans.reading import Whole
from bot.views.parts import choices, cut, home_row, joined, moves
from bot.views.performance.plans.words import LONGEST_BUTTON, code_of
from bot.views.screen import Button, Screen, button

FLOW = "skpback"
OVERALL, SEND = "overall", "send"
#: Step → its question in plain words.
QUESTIONS = {
    "parts": N_("Bagian mana yang perlu diperbaiki?"),
    "note": N_("Apa yang perlu diperbaiki?"),
}


def question(step: str) -> str:
    """The question of a step in plain words."""
    return _(QUESTIONS[step])


def parts(nonce: str, plan: Whole, notes: Mapping[str, str]) -> Screen:
    """Every result and item; those with a note say it."""
    head = say(
        "<b>Kembalikan rencana kerja {name}</b>\n\nPilih bagian yang perlu diperbaiki, lalu tulis catatannya. Belum "
        "ada yang dikirim sebelum Bapak/Ibu menekan Kirim.",
        name=plan.owner.name,
    )
    options, lines = [], []
    for key, words in _all(plan):
        note = notes.get(key)
        options.append((key, cut(f"{'💬' if note else '▫️'} {words}", LONGEST_BUTTON)))
        lines += [say("💬 {part}: <i>{note}</i>", part=cut(words, 80), note=note)] if note else []
    whole = notes.get(OVERALL)
    lines += [say("💬 Catatan umum: <i>{note}</i>", note=whole)] if whole else []
    rows = (
        *choices(FLOW, "parts", nonce, options),
        *choices(FLOW, "parts", nonce, [(OVERALL, "📝 " + _("Catatan umum"))]),
        *(choices(FLOW, "parts", nonce, [(SEND, "↩️ " + _("Kirim kembali"))]) if notes else ()),
        moves(nonce, back=False),
    )
    return Screen(joined([head, joined(lines)], "\n\n"), rows)


def _all(plan: Whole) -> list[tuple[str, str]]:
    found = []
    for number, one in enumerate(plan.results, start=1):
        found.append((f"r{one.row.id}", f"{number}. {one.row.title}"))
        found += [(f"i{item.id}", f"{code_of(item)} {item.name}") for item in one.items]
    return found


def ask_note(nonce: str, plan: Whole, key: str, present: str | None) -> Screen:
    """What is to change there."""
    words = dict(_all(plan)).get(key, "")
    head = (
        say("<b>Apa yang perlu diperbaiki?</b>\n{part}", part=words)
        if words
        else say("<b>Apa yang perlu diperbaiki?</b>")
    )
    now = say("Sekarang: <i>{note}</i>", note=present) if present else Markup("")
    hint = say("Tulis satu atau dua kalimat, contoh: <i>Targetnya disamakan dengan indikator kota</i>.")
    return Screen(joined([head, now, hint], "\n\n"), (moves(nonce),))


def gone() -> Screen:
    """It was decided meanwhile, or taken back."""
    return Screen(say("Rencana ini sudah tidak menunggu keputusan Bapak/Ibu."), (_team_row(), home_row()))


def cancelled() -> Screen:
    """Nothing was sent."""
    text = say("Baik, rencana itu tidak dikembalikan. Catatan yang tadi ditulis dihapus.")
    return Screen(text, (_team_row(), home_row()))


def help_text() -> Screen:
    """How a plan is given back."""
    return Screen(
        say(
            "Tekan bagian yang perlu diperbaiki dan tulis catatannya. Sesudah semua tertulis, tekan Kirim kembali: "
            "pegawai menerima catatannya, memperbaiki rencananya, dan mengajukannya lagi."
        )
    )


def _team_row() -> tuple[Button, ...]:
    return (button("👥 " + _("Rencana bawahan"), YearPlan("team", 0)),)
