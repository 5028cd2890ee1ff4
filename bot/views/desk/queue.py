"""The desks' lists: what waits, the most urgent first, each row a button that opens the card."""

from __future__ import annotations

from datetime import datetime

from bot.callbacks import Ticket
from bot.i18n import N_, Markup, label, say, say_many, show_moment
from bot.services.complaints import is_late
from bot.services.desk.reading import Page
from bot.views.parts import home_row, joined, pager
from bot.views.screen import Screen, button
from models.complaint import Complaint
from models.rules.complaint_flow import Status
from models.rules.permissions import Desk

TITLES = {
    Desk.VERIFIER_QUEUE: N_("<b>Laporan yang menunggu diperiksa</b>"),
    Desk.UNIT_QUEUE: N_("<b>Laporan unit Bapak/Ibu</b>"),
    Desk.OVERSIGHT: N_("<b>Laporan yang lewat waktu, seluruh kota</b>"),
}
EMPTY = {
    Desk.VERIFIER_QUEUE: N_("Tidak ada laporan yang menunggu diperiksa."),
    Desk.UNIT_QUEUE: N_("Tidak ada laporan yang menunggu dikerjakan unit Bapak/Ibu."),
    Desk.OVERSIGHT: N_("Tidak ada laporan yang lewat waktu."),
}
#: What a status is called at the desks.
STATUSES = {
    Status.RECEIVED: N_("Baru, menunggu diperiksa"),
    Status.INCOMPLETE: N_("Menunggu kelengkapan dari pelapor"),
    Status.VERIFIED: N_("Sudah diperiksa, menunggu diteruskan"),
    Status.DISPOSED: N_("Diteruskan ke unit, belum diambil"),
    Status.IN_PROGRESS: N_("Sedang dikerjakan"),
    Status.FOLLOWED_UP: N_("Sudah dikerjakan, menunggu penilaian pelapor"),
    Status.REOPENED: N_("Dibuka kembali oleh pelapor"),
    Status.CLOSED: N_("Selesai"),
    Status.NOT_OURS: N_("Bukan wewenang Pemerintah Kota"),
    Status.ARCHIVED: N_("Diarsipkan"),
    Status.WITHDRAWN: N_("Ditarik oleh pelapor"),
}


def queue(desk: Desk, page: Page, employee_id: int | None, now: datetime) -> Screen:
    """One page of a list; the marks say in words what they mean."""
    if not page.rows:
        return Screen(say(EMPTY[desk]), (home_row(),))
    lines = [_line(row, employee_id, now) for row in page.rows]
    count = say_many("{n} laporan.", "{n} laporan.", page.total)
    text = joined([joined([say(TITLES[desk]), count], " "), *lines], "\n\n")
    rows = tuple((button(_row(row, now), Ticket("view", row.id)),) for row in page.rows)
    return Screen(text, (*rows, *pager(desk.value, page.number, page.pages), home_row()))


def _line(row: Complaint, employee_id: int | None, now: datetime) -> Markup:
    facts = [
        say("<b>{code}</b> {what}", code=row.code, what=_what(row)),
        say(STATUSES[row.status]),
        age(row.received_at, now),
    ]
    if row.unit is not None:
        facts.append(say("Unit {unit}", unit=row.unit.short_name))
    if row.area is not None:
        facts.append(say("Kelurahan {kelurahan}", kelurahan=row.area.kelurahan))
    if employee_id is not None and row.officer_id == employee_id:
        facts.append(say("🙋 Bapak/Ibu yang memegang"))
    facts.append(clock_words(row, now))
    return joined(facts, " · ")


def clock_words(row: Complaint, now: datetime) -> Markup:
    """The running promise in words: overdue, waiting, or until when; empty when nothing is promised."""
    if row.paused_at is not None:
        return say("⏸ menunggu pelapor sejak {moment}", moment=show_moment(row.paused_at))
    if row.due_at is None:
        return Markup("")
    if is_late(row, now):
        return say("⏰ <b>lewat waktu</b> sejak {moment}", moment=show_moment(row.due_at))
    return say("batas {moment}", moment=show_moment(row.due_at))


def age(received_at: datetime, now: datetime) -> Markup:
    """How long it has been here."""
    days = (now - received_at).days
    return say_many("sudah {n} hari", "sudah {n} hari", days) if days else say("masuk hari ini")


def _what(row: Complaint) -> str:
    return row.service.name if row.service is not None else row.text[:40]


def _row(row: Complaint, now: datetime) -> str:
    mark = "⏰ " if is_late(row, now) else "⏸ " if row.paused_at is not None else ""
    return mark + label("{code} · {what}", code=row.code, what=_what(row))
