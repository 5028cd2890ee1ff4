"""What a superior sees of those who want to take part, and the talk in which one is refused."""

from __future__ import annotations

from collections.abc import Sequence

from bot.callbacks import Learn
from bot.i18n import N_, _, label, say, say_many, show_moment
from bot.services.training.asking import Request
from bot.views.parts import cut, home_row, joined, moves
from bot.views.screen import Button, Rows, Screen, button
from bot.views.training import words
from models.training.registration import RegistrationStatus

FLOW = "trainno"
ASKED, ASK, YES, NO = "asked", "ask", "yes", "no"
PAGE = 8
REASON = N_("Mengapa tidak disetujui?")


def waiting(found: Sequence[Request], page: int) -> Screen:
    """Those that are not decided."""
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 0), pages - 1)
    here = found[PAGE * page : PAGE * (page + 1)]
    head = say_many(
        "<b>Permohonan bawahan</b>\n\n{n} permohonan menunggu keputusan Bapak/Ibu.",
        "<b>Permohonan bawahan</b>\n\n{n} permohonan menunggu keputusan Bapak/Ibu.",
        len(found),
    )
    if not found:
        head = say("<b>Permohonan bawahan</b>\n\nTidak ada permohonan yang menunggu.")
    lines = [say("👤 {name}: {title}", name=one.name, title=one.course.title) for one in here]
    rows: Rows = tuple(
        (button(f"👤 {cut(one.name, 24)}: {cut(one.course.title, 30)}", Learn(ASK, one.row.id)),) for one in here
    )
    return Screen(joined([head, joined(lines)], "\n\n"), (*rows, *words.page_row(ASKED, page, pages), words.desk_row()))


def card(one: Request) -> Screen:
    """One request, and what was decided."""
    when = show_moment(one.starts_at) if one.starts_at is not None else _("jadwal menyusul")
    text = say(
        "<b>{name}</b> ingin mengikuti <b>{title}</b>.\n\n📅 {when}\nLama: {hours} JP\nKeadaan: {state}",
        name=one.name,
        title=one.course.title,
        when=when,
        hours=one.course.hours,
        state=words.state(one.row.status),
    )
    rows: Rows = ()
    if one.row.status is RegistrationStatus.INTERESTED:
        rows = (answers(one.row.id),)
    return Screen(
        text,
        (*rows, words.course_row(one.course.id), (button("📨 " + _("Permohonan lain"), Learn(ASKED, 0)),), home_row()),
    )


def answers(registration_id: int) -> tuple[Button, ...]:
    """Yes or no."""
    return (
        button("✅ " + _("Setujui"), Learn(YES, registration_id)),
        button("🚫 " + _("Tidak setuju"), Learn(NO, registration_id)),
    )


def ask_reason(nonce: str, one: Request) -> Screen:
    """Why not."""
    text = say(
        "<b>Mengapa tidak disetujui?</b>\n\n{name}: {title}\n\nAlasan ini dibaca oleh {name}. Contoh: <i>Minggu itu "
        "ada pelayanan keliling, mohon ikut angkatan berikutnya</i>.",
        name=one.name,
        title=one.course.title,
    )
    return Screen(text, (moves(nonce, back=False),))


def question() -> str:
    """The open question."""
    return label(REASON)


def cancelled() -> Screen:
    """Nothing was decided."""
    return Screen(say("Baik, kita berhenti di sini. Permohonannya tetap menunggu keputusan."), (words.desk_row(),))


def help_text() -> Screen:
    """What refusing means."""
    return Screen(say("Tulis alasan singkat. Pegawainya diberi tahu, dan boleh mendaftar lagi di lain waktu."))
