"""The talk in which human resources select participants."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.i18n import N_, _, label, say, say_many
from bot.services.training.participants import Participant
from bot.views.parts import choices, cut, joined, moves
from bot.views.screen import Rows, Screen
from bot.views.training import words
from bot.views.training.attendance import manage_row

FLOW = "trainsel"
GIVE, TOGGLE, TO_PAGE = "give", "+", ">"
PAGE = 8
QUESTION = N_("Siapa yang mendapat kursi?")


def ask(nonce: str, title: str, found: Sequence[Participant], chosen: Collection[int], left: int, page: int) -> Screen:
    """Who gets a seat; several can be chosen."""
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 0), pages - 1)
    here = found[PAGE * page : PAGE * (page + 1)]
    text = say_many(
        "<b>Siapa yang mendapat kursi?</b>\n\n{title}\nKursi kosong: {left}. Dipilih: {n}.\n\nUrutannya menurut waktu "
        "mendaftar. Tekan nama untuk memilih.",
        "<b>Siapa yang mendapat kursi?</b>\n\n{title}\nKursi kosong: {left}. Dipilih: {n}.\n\nUrutannya menurut waktu "
        "mendaftar. Tekan nama untuk memilih.",
        len(chosen),
        title=title,
        left=left,
    )
    if not found:
        text = say("<b>{title}</b>\n\nTidak ada yang menunggu untuk dipilih.", title=title)
    options = [
        (f"{TOGGLE}{one.id}", ("☑️ " if one.id in chosen else "⬜ ") + cut(f"{one.name} ({one.unit})", 50))
        for one in here
    ]
    turns = [(f"{TO_PAGE}{page - 1}", "◀️ " + _("Sebelumnya"))] if page else []
    if page < pages - 1:
        turns.append((f"{TO_PAGE}{page + 1}", _("Berikutnya") + " ▶️"))
    give: Rows = choices(FLOW, "pick", nonce, [(GIVE, "✅ " + _("Berikan kursi"))]) if chosen else ()
    rows = (*choices(FLOW, "pick", nonce, options), *choices(FLOW, "pick", nonce, turns, 2), *give)
    return Screen(text, (*rows, moves(nonce, back=False)))


def question() -> str:
    """The open question."""
    return label(QUESTION)


def given(course_id: int, title: str, seated: int, asked: int) -> Screen:
    """How many got one; the rest found no seat."""
    text = say("✅ {n} dari {all} orang mendapat kursi pada <b>{title}</b>.", n=seated, all=asked, title=title)
    if seated < asked:
        text = joined([text, say("Yang lain belum: kursi atau bagian unitnya sudah penuh.")], "\n\n")
    return Screen(text, (manage_row(course_id), words.desk_row()))


def cancelled() -> Screen:
    """Nobody was selected."""
    return Screen(say("Baik, belum ada yang dipilih."), (words.desk_row(),))


def help_text() -> Screen:
    """What selecting does."""
    return Screen(
        say("Tandai nama, lalu tekan Berikan kursi. Yang dipilih langsung diberi tahu; yang lain tetap menunggu.")
    )
