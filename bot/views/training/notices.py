"""Notices about trainings: to the superior, to those who take part, to human resources."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.callbacks import Learn
from bot.i18n import Markup, _, say, say_many
from bot.views.parts import joined, moment_of
from bot.views.screen import Screen, button
from bot.views.training import calendar_file, sheet, words
from bot.views.training.desk import PASS, TAKE
from bot.views.training.needs.notices import training_suggested
from bot.views.training.outcome import certificate, rating
from bot.views.training.quiz import taking as quiz
from bot.views.training.requests import ASK, answers

Values = dict[str, Any]


def registration_asked(values: Values) -> Screen:
    """To the superior and whoever acts: decide."""
    text = say(
        "📨 {name} ingin mengikuti pelatihan <b>{title}</b>. Mohon keputusan Bapak/Ibu.",
        name=values["name"],
        title=values["title"],
    )
    number = values["registration_id"]
    return Screen(text, (answers(number), (button("👁 " + _("Lihat permohonannya"), Learn(ASK, number)),)))


def _to_owner(text: Markup, values: Values, document: tuple[str, str] | None = None) -> Screen:
    return Screen(text, (words.course_row(values["course_id"]),), document=document)


def registration_seated(values: Values) -> Screen:
    """To the participant: a seat."""
    return _to_owner(say("✅ Bapak/Ibu mendapat kursi pada pelatihan <b>{title}</b>.", title=values["title"]), values)


def registration_waiting(values: Values) -> Screen:
    """To the participant: on the waiting list."""
    text = say(
        "🕒 Kursi pelatihan <b>{title}</b> sudah penuh. Bapak/Ibu masuk daftar tunggu dan kami beri tahu bila ada "
        "kursi kosong.",
        title=values["title"],
    )
    return _to_owner(text, values)


def registration_approved(values: Values) -> Screen:
    """To the participant: approved, human resources select."""
    text = say(
        "👍 Pendaftaran Bapak/Ibu pada pelatihan <b>{title}</b> disetujui. Pesertanya dipilih oleh pengelola "
        "kepegawaian.",
        title=values["title"],
    )
    return _to_owner(text, values)


def registration_refused(values: Values) -> Screen:
    """To the participant: the superior said no, and why."""
    text = say(
        "🚫 Atasan belum menyetujui pendaftaran Bapak/Ibu pada pelatihan <b>{title}</b>.\n\nAlasan: {reason}",
        title=values["title"],
        reason=values["reason"],
    )
    return _to_owner(text, values)


def registration_cancelled(values: Values) -> Screen:
    """To the participant: given up."""
    text = say("↩️ Pendaftaran Bapak/Ibu pada pelatihan <b>{title}</b> sudah dibatalkan.", title=values["title"])
    return _to_owner(text, values)


def registration_not_selected(values: Values) -> Screen:
    """To the participant: no seat this time."""
    text = say(
        "➖ Bapak/Ibu belum terpilih untuk pelatihan <b>{title}</b>. Terima kasih sudah mendaftar; silakan ikut "
        "angkatan berikutnya.",
        title=values["title"],
    )
    return _to_owner(text, values)


def seat_offered(values: Values) -> Screen:
    """To the first on the waiting list: a seat is free."""
    text = say(
        "🎁 Ada kursi kosong untuk Bapak/Ibu pada pelatihan <b>{title}</b>.\n\nMohon dijawab paling lambat {until}. "
        "Sesudah itu kursinya ditawarkan kepada orang berikutnya.",
        title=values["title"],
        until=moment_of(values, "until"),
    )
    number = values["registration_id"]
    rows = (
        (button("✅ " + _("Ambil kursi ini"), Learn(TAKE, number)),),
        (button("✖️ " + _("Tidak jadi, berikan kepada yang lain"), Learn(PASS, number)),),
        words.course_row(values["course_id"]),
    )
    return Screen(text, rows)


def offer_lapsed(values: Values) -> Screen:
    """To whoever did not answer in time."""
    text = say(
        "⌛ Waktu untuk mengambil kursi pelatihan <b>{title}</b> sudah lewat. Bapak/Ibu kini berada di urutan akhir "
        "daftar tunggu.",
        title=values["title"],
    )
    return _to_owner(text, values)


def course_cancelled(values: Values) -> Screen:
    """To everybody registered: it does not take place."""
    text = say("🚫 Pelatihan <b>{title}</b> dibatalkan oleh penyelenggara.", title=values["title"])
    return _to_owner(text, values)


def course_changed(values: Values) -> Screen:
    """To everybody with a seat: another time or place."""
    text = say(
        "✏️ Jadwal atau tempat pelatihan <b>{title}</b> berubah. Mohon lihat lagi dan simpan jadwal yang baru.",
        title=values["title"],
    )
    return _to_owner(text, values, calendar_file.of(values["calendar"]))


def session_reminder(values: Values) -> Screen:
    """To everybody with a seat: it is soon."""
    days = values["days"]
    if days == 0:
        head = say("⏰ <b>Hari ini</b> ada pelatihan {title}.", title=values["title"])
    elif days == 1:
        head = say("⏰ <b>Besok</b> ada pelatihan {title}.", title=values["title"])
    else:
        head = say_many(
            "⏰ <b>{n} hari lagi</b> ada pelatihan {title}.",
            "⏰ <b>{n} hari lagi</b> ada pelatihan {title}.",
            days,
            title=values["title"],
        )
    place = say("📍 {place}", place=values["place"]) if values["place"] else Markup("")
    link = say("🔗 {link}", link=values["link"]) if values["link"] else Markup("")
    when = say("📅 {when}", when=moment_of(values, "starts_at"))
    hint = say("Kode hadir ditampilkan di ruangan: pindai dengan kamera ponsel, atau ketik di sini.")
    text = joined([head, joined([when, place, link]), hint], "\n\n")
    return _to_owner(text, values, calendar_file.of(values["calendar"]))


def registrations_closed(values: Values) -> Screen:
    """To human resources: nobody registers any more."""
    text = say_many(
        "🔒 Pendaftaran pelatihan <b>{title}</b> sudah ditutup, dengan {n} kursi terisi.",
        "🔒 Pendaftaran pelatihan <b>{title}</b> sudah ditutup, dengan {n} kursi terisi.",
        values["seated"],
        title=values["title"],
    )
    return Screen(text, ((button("🛠 " + _("Kelola pelatihan ini"), Learn("hr", values["course_id"])),),))


KINDS: dict[str, Callable[[Values], Screen]] = {
    "registration_asked": registration_asked,
    "registration_seated": registration_seated,
    "registration_waiting": registration_waiting,
    "registration_approved": registration_approved,
    "registration_refused": registration_refused,
    "registration_cancelled": registration_cancelled,
    "registration_not_selected": registration_not_selected,
    "seat_offered": seat_offered,
    "offer_lapsed": offer_lapsed,
    "course_cancelled": course_cancelled,
    "course_changed": course_changed,
    "session_reminder": session_reminder,
    "registrations_closed": registrations_closed,
    "course_sheet_checked": sheet.checked,
    "training_suggested": training_suggested,
    **quiz.KINDS,
    **rating.KINDS,
    **certificate.KINDS,
}
