"""Being present: the code on the screen of the room, the list, and what a participant sees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from bot.callbacks import Learn
from bot.i18n import N_, _, label, say, say_many, show_moment
from bot.services.training.attending import Meeting, Roll
from bot.views.parts import cut, joined, moves
from bot.views.screen import Button, Rows, Screen, button
from bot.views.training import nearness, words
from models.rules.training.attendance_code import STEP_SECONDS, Code
from models.training.course import Course, CourseSession

FLOW = "trainroom"
SESSIONS, QR, STOP, ROLL, TICK, UNTICK = "sess", "qr", "noqr", "roll", "tick", "untick"
#: Of a title below a picture.
LONGEST_TITLE = 150
CODE = N_("Berapa kode yang tampil di ruangan?")


def sessions(course: Course, found: Sequence[CourseSession]) -> Screen:
    """Of which meeting."""
    text = say("<b>Kehadiran</b>\n\n{title}\n\nPilih pertemuannya.", title=course.title)
    rows: Rows = tuple(
        (
            button("🔳 " + label("Kode hadir {day}", day=_short(one)), Learn(QR, one.id)),
            button("📋 " + _("Daftar hadir"), Learn(ROLL, 0, str(one.id))),
        )
        for one in found
    )
    return Screen(text, (*rows, manage_row(course.id)))


def _short(session: CourseSession) -> str:
    """The day and hour without the year's rest."""
    return show_moment(session.starts_at).split(", ", 1)[-1].rsplit(" ", 1)[0]


def manage_row(course_id: int) -> tuple[Button, ...]:
    """The way back to the course."""
    return (button("🛠 " + _("Kelola pelatihan ini"), Learn("hr", course_id)),)


def room(found: Meeting, code: Code, show_id: int, until: datetime) -> Screen:
    """Below the picture: the digits, until when it is renewed, and how to stop it."""
    text = say(
        "🔳 <b>Kode hadir {title}</b>\n{when}\n\nPindai dengan kamera ponsel, atau ketik di bot: "
        "<code>{digits}</code>\nBerganti sendiri setiap {seconds} detik, sampai {until}.",
        title=cut(found.course.title, LONGEST_TITLE),
        when=show_moment(found.session.starts_at),
        digits=code.digits,
        seconds=STEP_SECONDS,
        until=show_moment(until),
    )
    rows = (
        (button("⏹ " + _("Berhenti menampilkan"), Learn(STOP, show_id, str(found.session.id))),),
        (button("📋 " + _("Daftar hadir"), Learn(ROLL, 0, str(found.session.id))),),
        manage_row(found.course.id),
    )
    return Screen(text, rows)


def shown() -> str:
    """Over the chat: where to look."""
    return _("Kode hadir ada di bawah dan berganti sendiri.")


def ended(session_id: int, course_id: int, title: str) -> Screen:
    """It is not shown any more; once more?"""
    rows = (
        (button("🔳 " + _("Tampilkan lagi"), Learn(QR, session_id)),),
        (button("📋 " + _("Daftar hadir"), Learn(ROLL, 0, str(session_id))),),
        manage_row(course_id),
    )
    return Screen(say("🔳 Kode hadir {title} tidak ditampilkan lagi.", title=title), rows)


def told_ended(values: dict[str, Any]) -> Screen:
    """The same as a notice: its time was over."""
    return ended(values["session"], values["course"], values["title"])


def doors_closed(found: Meeting) -> Screen:
    """No code outside of the time."""
    text = say(
        "Kode hadir bisa ditampilkan mulai 30 menit sebelum pertemuan sampai pertemuan selesai.\n\n{when}",
        when=show_moment(found.session.starts_at),
    )
    return Screen(text, (manage_row(found.course.id),))


def arrived(found: Meeting, *, given: bool = False) -> Screen:
    """To the participant: counted; where the room has a point, the place may be added, or was `given`."""
    text = say(
        "✅ <b>Kehadiran Bapak/Ibu tercatat.</b>\n\n{title}\n{when}",
        title=found.course.title,
        when=show_moment(found.session.starts_at),
    )
    spot = nearness.spot_rows(found.session.id, given=given) if found.session.point is not None else ()
    return Screen(text, (*spot, words.course_row(found.course.id), words.desk_row()))


def ask_code(nonce: str, title: str) -> Screen:
    """The digits."""
    text = say(
        "<b>Berapa kode yang tampil di ruangan?</b>\n\n{title}\n\nKetik enam angkanya, contoh: <i>123456</i>. Kode "
        "berganti setiap {seconds} detik.",
        title=title,
        seconds=STEP_SECONDS,
    )
    return Screen(text, (moves(nonce, back=False),))


def question() -> str:
    """The open question."""
    return label(CODE)


def cancelled() -> Screen:
    """Nothing was written down."""
    return Screen(say("Baik, kehadiran belum dicatat."), (words.desk_row(),))


def help_text() -> Screen:
    """Where the code is."""
    return Screen(
        say("Kodenya ada di layar ruangan, di bawah gambar QR. Kalau tidak bisa, mintalah dicatat pada daftar hadir.")
    )


def roll(found: Roll) -> Screen:
    """Who was there, how far from the room those were who said so; a name is ticked or unticked by pressing it."""
    head = say_many(
        "<b>Daftar hadir</b>\n\n{title}\n{when}\n\nHadir: {there} dari {n} peserta. Tekan nama untuk menandai.",
        "<b>Daftar hadir</b>\n\n{title}\n{when}\n\nHadir: {there} dari {n} peserta. Tekan nama untuk menandai.",
        found.seated,
        title=found.meeting.course.title,
        when=show_moment(found.meeting.session.starts_at),
        there=found.there,
    )
    session_id = found.meeting.session.id
    extra = f"{session_id}.{found.page}"
    rows: Rows = tuple(
        (
            button(
                ("✅ " if one.was_there else "⬜ ") + cut(f"{one.name} ({one.unit})", 50),
                Learn(UNTICK if one.was_there else TICK, one.registration_id, extra),
            ),
        )
        for one in found.lines
    )
    foot = say("{page}", page=words.page_words(found.page, found.pages))
    pages = words.page_row(ROLL, found.page, found.pages, str(session_id))
    ways = (nearness.point_row(found), manage_row(found.meeting.course.id))
    return Screen(joined([head, nearness.distances(found), foot], "\n\n"), (*rows, *pages, *ways))


KINDS: dict[str, Callable[[dict[str, Any]], Screen]] = {"room_code_ended": told_ended}
