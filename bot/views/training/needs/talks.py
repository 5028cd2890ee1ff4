"""The talks about a need: why it is out of the way and until when, and to whom a course is suggested."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bot.i18n import N_, _, label, say, say_many
from bot.services.training.needs.suggesting import Candidate
from bot.views.parts import choices, cut, joined, moves
from bot.views.screen import Rows, Screen
from bot.views.training.needs import words
from bot.views.training.needs.screens import list_row, need_row

DECIDING, SUGGESTING = "trainneed", "trainsug"
SEND, EVERYBODY, NOBODY, TOGGLE, TO_PAGE = "send", "all", "none", "+", ">"
PAGE = 8
#: So many months ahead are offered.
MONTHS = (1, 3, 6)
QUESTIONS = {
    "until": N_("Ditunda sampai kapan?"),
    "reason": N_("Apa alasannya?"),
    "people": N_("Kepada siapa pelatihan ini diusulkan?"),
}


def question(step: str) -> str:
    """The open question."""
    return label(QUESTIONS[step])


def ask_until(nonce: str, why: Mapping[str, Any]) -> Screen:
    """Until when it waits."""
    text = say(
        "<b>Ditunda sampai kapan?</b>\n\n{need}\n\nTulis tanggalnya, contoh: <i>31 Desember 2026</i>, paling lama satu "
        "tahun lagi. Pada hari itu kebutuhan ini tampil kembali.",
        need=words.reason(why),
    )
    options = [(f"{months}", say_many("{n} bulan lagi", "{n} bulan lagi", months)) for months in MONTHS]
    return Screen(text, (*choices(DECIDING, "until", nonce, options, 3), moves(nonce, back=False)))


def ask_reason(nonce: str, why: Mapping[str, Any], *, back: bool) -> Screen:
    """Why it is out of the way."""
    text = say(
        "<b>Apa alasannya?</b>\n\n{need}\n\nAlasan ini dibaca atasan di unit itu. Contoh: <i>Bimtek sudah dianggarkan "
        "bulan Januari</i>.",
        need=words.reason(why),
    )
    return Screen(text, (moves(nonce, back=back),))


def no_day() -> Screen:
    """The day could not be read."""
    return Screen(say("Tanggal itu belum bisa dibaca. Contoh yang benar: <i>31 Desember 2026</i>."))


def not_decided() -> Screen:
    """Nothing was decided."""
    return Screen(say("Baik, kebutuhan ini tetap dihitung."), (list_row(),))


def deciding_help() -> Screen:
    """What a decision does."""
    return Screen(
        say(
            "Kebutuhan yang sudah ditangani tidak dihitung lagi sampai masa berikutnya menunjukkannya kembali. Yang "
            "ditunda tampil lagi pada tanggalnya. Angkanya sendiri tidak berubah."
        )
    )


# --- to whom a course is suggested ---


def ask_people(nonce: str, title: str, found: Sequence[Candidate], chosen: Collection[int], page: int) -> Screen:
    """Which of the own people; those who know already cannot be chosen."""
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 0), pages - 1)
    here = found[PAGE * page : PAGE * (page + 1)]
    text = say_many(
        "<b>Kepada siapa pelatihan ini diusulkan?</b>\n\n{title}\nDipilih: {n} orang.\n\nTekan nama bawahan langsung "
        "Bapak/Ibu. Masing-masing menerima satu pesan dengan tombol untuk mendaftar.",
        "<b>Kepada siapa pelatihan ini diusulkan?</b>\n\n{title}\nDipilih: {n} orang.\n\nTekan nama bawahan langsung "
        "Bapak/Ibu. Masing-masing menerima satu pesan dengan tombol untuk mendaftar.",
        len(chosen),
        title=title,
    )
    if not any(one.able for one in found):
        text = say("<b>{title}</b>\n\nTidak ada bawahan langsung yang masih bisa diberi usulan ini.", title=title)
    notes = [say("{name}: {state}", name=one.name, state=_state(one)) for one in here if not one.able]
    options = [
        (f"{TOGGLE}{one.id}", ("☑️ " if one.id in chosen else "⬜ ") + cut(one.name, 50)) for one in here if one.able
    ]
    turns = [(f"{TO_PAGE}{page - 1}", "◀️ " + _("Sebelumnya"))] if page else []
    if page < pages - 1:
        turns.append((f"{TO_PAGE}{page + 1}", _("Berikutnya") + " ▶️"))
    rows = (
        *choices(SUGGESTING, "people", nonce, options),
        *choices(SUGGESTING, "people", nonce, turns, 2),
        *_all_or_none(nonce, found, chosen),
    )
    return Screen(joined([text, joined(notes)], "\n\n"), (*rows, moves(nonce, back=False)))


def _all_or_none(nonce: str, found: Sequence[Candidate], chosen: Collection[int]) -> Rows:
    rows: list[tuple[str, str]] = []
    if any(one.able and one.id not in chosen for one in found):
        rows.append((EVERYBODY, _("Pilih semua")))
    if chosen:
        rows.append((NOBODY, _("Kosongkan pilihan")))
        rows.append((SEND, "✅ " + _("Kirim usulan")))
    return choices(SUGGESTING, "people", nonce, rows)


def _state(one: Candidate) -> str:
    if one.registered:
        return _("sudah mendaftar")
    return _("sudah pernah diberi usulan ini") if one.told else _("belum memakai bot ini")


def suggested(title: str, told: int, unit_id: int, token: str) -> Screen:
    """How many were told."""
    text = say_many(
        "✅ Usulan pelatihan <b>{title}</b> dikirim kepada {n} orang.",
        "✅ Usulan pelatihan <b>{title}</b> dikirim kepada {n} orang.",
        told,
        title=title,
    )
    return Screen(text, (need_row(unit_id, token), list_row()))


def not_suggested() -> Screen:
    """Nobody was told."""
    return Screen(say("Baik, belum ada yang diberi usulan."), (list_row(),))


def suggesting_help() -> Screen:
    """What suggesting does."""
    return Screen(
        say(
            "Usulan bukan perintah. Pegawai mendaftar sendiri lewat tombolnya, lalu Bapak/Ibu menyetujui bila "
            "diperlukan."
        )
    )
