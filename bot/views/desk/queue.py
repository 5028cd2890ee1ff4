"""The desks' lists: short numbered lines, a row of numbers that open the cards, filters with their counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.callbacks import Open, Queue, Ticket
from bot.i18n import N_, Markup, _, fill, say, show_number
from bot.services.complaints import is_late
from bot.services.desk.queues import Filter, Listed, Page, Row
from bot.views.desk.clocks import age, clock_words
from bot.views.parts import cut, home_row, joined
from bot.views.screen import Button, Rows, Screen, button
from models.complaint import Complaint
from models.rules.complaint_flow import OPEN, Status
from models.rules.permissions import Desk
from models.rules.working_time import WorkCalendar

LONGEST_WORDS = 40
#: A narrow button is cut at its end, where the count stands.
FILTERS_A_ROW = 2
TITLES = {
    Desk.VERIFIER_QUEUE: N_("<b>Laporan masuk</b>"),
    Desk.UNIT_QUEUE: N_("<b>Laporan unit Bapak/Ibu</b>"),
    Desk.OVERSIGHT: N_("<b>Laporan seluruh kota</b>"),
}
#: Filter → its button, before the count.
FILTERS = {
    Filter.WORK: N_("Unit"),
    Filter.MINE: N_("🙋 Saya"),
    Filter.UNASSIGNED: N_("Belum dibagi"),
    Filter.SOON: N_("⏳ Segera"),
    Filter.OVERDUE: N_("⏰ Terlambat"),
    Filter.WAITING: N_("⏸ Menunggu"),
    Filter.RESTRICTED: N_("🔐 Rahasia"),
    Filter.HELD: N_("⛔ Ditahan"),
    Filter.SPAM: N_("🗑 Sampah"),
    Filter.ALL: N_("Semua"),
}
TO_CHECK = N_("Perlu diperiksa")
#: Filter → how much it shows, under the title.
SHOWN = {
    Filter.WORK: N_("{n} laporan yang menunggu dikerjakan"),
    Filter.MINE: N_("{n} laporan yang Bapak/Ibu pegang"),
    Filter.UNASSIGNED: N_("{n} laporan yang belum dipegang siapa pun"),
    Filter.SOON: N_("{n} laporan yang batas waktunya sudah dekat"),
    Filter.OVERDUE: N_("{n} laporan yang terlambat"),
    Filter.WAITING: N_("{n} laporan yang menunggu jawaban pelapor"),
    Filter.RESTRICTED: N_("{n} laporan yang rahasia atau menyangkut pegawai"),
    Filter.HELD: N_("{n} laporan yang penutupannya ditahan"),
    Filter.SPAM: N_("{n} laporan yang diarsipkan sebagai sampah"),
    Filter.ALL: N_("{n} laporan seluruhnya"),
}
SHOWN_TO_CHECK = N_("{n} laporan yang menunggu diperiksa")
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
#: The same in a line of a list.
BRIEF = {
    Status.RECEIVED: N_("baru"),
    Status.INCOMPLETE: N_("belum lengkap"),
    Status.VERIFIED: N_("sudah diperiksa"),
    Status.DISPOSED: N_("belum diambil"),
    Status.IN_PROGRESS: N_("dikerjakan"),
    Status.FOLLOWED_UP: N_("menunggu penilaian"),
    Status.REOPENED: N_("dibuka kembali"),
    Status.CLOSED: N_("selesai"),
    Status.NOT_OURS: N_("bukan wewenang kota"),
    Status.ARCHIVED: N_("diarsipkan"),
    Status.WITHDRAWN: N_("ditarik"),
}


def queue(what: Listed, calendar: WorkCalendar, now: datetime, *, searches: bool, shares: bool) -> Screen:
    """One page of a list; `searches` and `shares` say whether this person may search, and share work out."""
    head = _head(what)
    lines = [line(number, row, calendar, now) for number, row in enumerate(what.page.rows, first(what.page))]
    rows = [numbers(what.page), pages(what), *_filters(what), _ways_on(searches=searches, shares=shares)]
    return Screen(joined([head, *lines], "\n\n"), tuple(row for row in rows if row))


def _head(what: Listed) -> Markup:
    shown = SHOWN_TO_CHECK if _checks(what.desk, what.filter) else SHOWN[what.filter]
    count = say(shown, n=show_number(what.page.total)) if what.page.total else say("Tidak ada laporan di daftar ini.")
    return joined([say(TITLES[what.desk]), count])


def first(page: Page) -> int:
    """The number of the first line of a page; each page counts from one."""
    return 1 if page.rows else 0


def line(number: int, row: Row, calendar: WorkCalendar, now: datetime) -> Markup:
    """A report in three short lines: what and where; its deadline (else its age) and status; its number and officer."""
    complaint = row.complaint
    place = complaint.area.kelurahan if complaint.area is not None else ""
    top = fill(
        "<b>{number}.</b> {mark}<b>{what}</b>{place}",
        number=number,
        mark=_mark(complaint, now),
        what=what_about(complaint),
        place=f", {place}" if place else "",
    )
    clock = clock_words(complaint, calendar, now) if complaint.status in OPEN else Markup("")
    old = age(complaint.received_at, calendar, now) if complaint.status in OPEN and not clock else Markup("")
    state = joined([clock, say(BRIEF[complaint.status]), old], " · ")
    known = fill("{code} · {officer}", code=complaint.code, officer=row.officer) if row.officer else complaint.code
    return joined([Markup(top), state, Markup(known)])


def what_about(complaint: Complaint) -> str:
    """The service, or the first words."""
    return complaint.service.name if complaint.service is not None else cut(complaint.text, LONGEST_WORDS)


def _mark(complaint: Complaint, now: datetime) -> str:
    late = "⏰ " if is_late(complaint, now) else "⏸ " if complaint.paused_at is not None else ""
    return late + ("🔐 " if complaint.record().restricted else "")


def numbers(page: Page) -> tuple[Button, ...]:
    """A button for each line, which opens its card."""
    return tuple(
        button(str(number), Ticket("view", row.complaint.id)) for number, row in enumerate(page.rows, first(page))
    )


def pages(what: Listed) -> tuple[Button, ...]:
    """Earlier and later pages under the same filter."""
    page = what.page
    row: list[Button] = []
    if page.number > 0:
        row.append(button("◀️ " + _("Sebelumnya"), Queue(what.desk.value, what.filter.value, page.number - 1)))
    if page.number < page.pages - 1:
        row.append(button(_("Berikutnya") + " ▶️", Queue(what.desk.value, what.filter.value, page.number + 1)))
    return tuple(row)


def _filters(what: Listed) -> Sequence[tuple[Button, ...]]:
    """The filters with their counts; what is restricted is named only to who sees some of it."""
    shown = [one for one in what.counts if one is not Filter.RESTRICTED or what.counts[one]]
    buttons = [button(_filter_label(what, one), Queue(what.desk.value, one.value, 0)) for one in shown]
    return [tuple(buttons[start : start + FILTERS_A_ROW]) for start in range(0, len(buttons), FILTERS_A_ROW)]


def _filter_label(what: Listed, one: Filter) -> str:
    name = TO_CHECK if _checks(what.desk, one) else FILTERS[one]
    chosen = "• " if one is what.filter else ""
    return f"{chosen}{_(name)} {show_number(what.counts[one])}"


def _checks(desk: Desk, one: Filter) -> bool:
    return desk is Desk.VERIFIER_QUEUE and one is Filter.WORK


def _ways_on(*, searches: bool, shares: bool) -> tuple[Button, ...]:
    row: list[Button] = []
    if searches:
        row.append(button("🔍 " + _("Cari"), Open(Desk.SEARCH.value)))
    if shares:
        row.append(button("👥 " + _("Bagi tugas"), Open(Desk.SHARING.value)))
    return (*row, *home_row())


def rows_of(page: Page) -> Rows:
    """The numbers as rows, for screens that have their own buttons below."""
    return (numbers(page),) if page.rows else ()
