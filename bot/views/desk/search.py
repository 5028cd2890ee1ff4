"""Finding a report: what to type, and what was found."""

from __future__ import annotations

from datetime import datetime

from bot.i18n import N_, _, say, say_many
from bot.services.desk.queues import Page
from bot.views.desk.queue import first, line, rows_of
from bot.views.parts import choices, home_row, joined, moves
from bot.views.screen import Screen
from models.rules.working_time import WorkCalendar

FLOW = "search"
#: Step → its question in plain words.
QUESTIONS = {"words": N_("Laporan apa yang dicari?"), "found": N_("Cari laporan lain? Tulis kata atau nomornya.")}


def question(step: str) -> str:
    """The question of a step in plain words."""
    return _(QUESTIONS[step])


def ask_words(nonce: str) -> Screen:
    """What to type."""
    text = say(
        "<b>Laporan apa yang dicari?</b>\n\nTulis nomornya, boleh sebagian dan tanpa tanda hubung, atau beberapa kata: "
        "isi laporan, patokan, layanan, kelurahan. Contoh: <i>7K4M</i> atau <i>lampu sei jang</i>."
    )
    return Screen(text, (moves(nonce, back=False),))


def found(nonce: str, words: str, page: Page, calendar: WorkCalendar, now: datetime) -> Screen:
    """A page of what was found; other words may be typed right away."""
    if not page.rows:
        text = say("Tidak ada laporan dengan <b>{words}</b> yang boleh Bapak/Ibu lihat. Tulis kata lain.", words=words)
        return Screen(text, (moves(nonce),))
    head = say_many(
        "<b>{n} laporan</b> dengan <b>{words}</b>", "<b>{n} laporan</b> dengan <b>{words}</b>", page.total, words=words
    )
    lines = [line(number, row, calendar, now) for number, row in enumerate(page.rows, first(page))]
    again = say("Cari lagi? Tulis kata lain.")
    turning = [(str(page.number - 1), "◀️ " + _("Sebelumnya"))] if page.number > 0 else []
    turning += [(str(page.number + 1), _("Berikutnya") + " ▶️")] if page.number < page.pages - 1 else []
    rows = (*rows_of(page), *choices(FLOW, "found", nonce, turning, per_row=2), moves(nonce))
    return Screen(joined([head, *lines, again], "\n\n"), rows)


def cancelled() -> Screen:
    """The search is over."""
    return Screen(say("Baik, pencarian selesai."), (home_row(),))


def help_text() -> Screen:
    """How the search works."""
    return Screen(
        say(
            "Semua kata harus ada di laporan itu, huruf besar dan kecil sama saja. Yang dicari hanya laporan yang "
            "boleh Bapak/Ibu lihat; nama pelapor tidak ikut dicari."
        )
    )
