"""Reports that are perhaps the same: the list with its reasons in words, the question, and what a card says of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.callbacks import Ticket
from bot.i18n import N_, Markup, _, label, say, say_many, show_number
from bot.services.desk.reading import Company
from bot.services.desk.similar import Similar
from bot.views.desk.clocks import age
from bot.views.desk.queue import STATUSES
from bot.views.parts import cut, joined
from bot.views.screen import Button, Screen, button
from models.complaint import Complaint
from models.rules.complaint_flow import Action, possible
from models.rules.desk.similarity import Likeness
from models.rules.working_time import WorkCalendar

SURE = "yes"
LONGEST_TEXT = 160
#: Words as alike as this are called by these names, from the top.
WORDS_ALIKE = ((0.75, N_("kata-katanya hampir sama")), (0.4, N_("kata-katanya mirip")), (0.0, N_("sebagian kata sama")))


def similar(complaint: Complaint, found: Sequence[Similar], calendar: WorkCalendar, now: datetime) -> Screen:
    """What is perhaps the same, and why; what can be merged with a press."""
    back = (button("📄 " + _("Kembali ke laporan"), Ticket("view", complaint.id)),)
    if not found:
        text = say(
            "Tidak ada laporan terbuka yang mirip dengan <code>{code}</code> dalam waktu dan tempat yang dekat.",
            code=complaint.code,
        )
        return Screen(text, (back,))
    head = say("<b>Laporan yang mirip dengan</b> <code>{code}</code>", code=complaint.code)
    lines = [_line(number, one, calendar, now) for number, one in enumerate(found, 1)]
    rows = [_row(number, complaint, one.complaint) for number, one in enumerate(found, 1)]
    return Screen(joined([head, *lines], "\n\n"), (*rows, back))


def _line(number: int, one: Similar, calendar: WorkCalendar, now: datetime) -> Markup:
    other = one.complaint
    return say(
        "<b>{number}.</b> <code>{code}</code> · {status}, {age}\n<i>{text}</i>\n↳ {reasons}",
        number=number,
        code=other.code,
        status=_(STATUSES[other.status]),
        age=age(other.received_at, calendar, now),
        text=cut(other.text, LONGEST_TEXT),
        reasons=reasons(one.likeness),
    )


def reasons(likeness: Likeness) -> str:
    """Why it seems the same, in words."""
    parts = [_(next(name for least, name in WORDS_ALIKE if likeness.words >= least))]
    if likeness.metres is not None:
        parts.append(label(N_("jarak {metres} m"), metres=show_number(likeness.metres)))
    elif likeness.same_area:
        parts.append(_("kelurahan yang sama"))
    if likeness.same_service:
        parts.append(_("layanan yang sama"))
    if likeness.days == 0:
        parts.append(_("hari yang sama"))
    else:
        parts.append(label(N_("selisih {days} hari"), days=show_number(likeness.days)))
    return ", ".join(parts)


def _row(number: int, complaint: Complaint, other: Complaint) -> tuple[Button, ...]:
    """Look at it; merge the later one into the earlier, but never what is being worked on into anything."""
    row = [button(label(N_("📄 Buka {number}"), number=number), Ticket("view", other.id))]
    is_later = other.id < complaint.id or not possible(Action.MERGE, other.status)
    if is_later and possible(Action.MERGE, complaint.status):
        ticket = Ticket(Action.MERGE.value, complaint.id, str(other.id))
        row.append(button(label(N_("🔗 Gabungkan ke {number}"), number=number), ticket))
    elif possible(Action.MERGE, other.status):
        ticket = Ticket(Action.MERGE.value, other.id, str(complaint.id))
        row.append(button(label(N_("🔗 Gabungkan {number} ke sini"), number=number), ticket))
    return tuple(row)


def sure_to_merge(complaint: Complaint, main: Complaint, text: str | None) -> Screen:
    """It puts the report away: asked once, with the words that its reporter will read."""
    question = say(
        "<b>Gabungkan</b> <code>{code}</code> <b>ke</b> <code>{main}</code><b>?</b>\n\n"
        "<code>{code}</code> diarsipkan sebagai laporan yang sama. Pelapornya diberi tahu dan ikut dikabari setiap "
        "perkembangan <code>{main}</code>. Selama <code>{main}</code> belum selesai, ini bisa dibatalkan.",
        code=complaint.code,
        main=main.code,
    )
    words = say("Penjelasan untuk pelapor:\n<blockquote>{text}</blockquote>", text=text) if text else Markup("")
    yes = Ticket(Action.MERGE.value, complaint.id, f"{main.id}.{SURE}")
    rows = (
        (button("🔗 " + _("Ya, gabungkan"), yes),),
        (button("📄 " + _("Tidak, kembali ke laporan"), Ticket("view", complaint.id)),),
    )
    return Screen(joined([question, words], "\n\n"), rows)


def sure_to_unmerge(complaint: Complaint, main: Complaint) -> Screen:
    """The duplicate becomes a report of its own again."""
    text = say(
        "<b>Batalkan penggabungan</b> <code>{code}</code><b>?</b>\n\nLaporan ini menunggu diperiksa lagi dengan batas "
        "waktunya yang semula, dan pelapornya diberi tahu. <code>{main}</code> tidak berubah.",
        code=complaint.code,
        main=main.code,
    )
    rows = (
        (button("↩️ " + _("Ya, batalkan penggabungan"), Ticket(Action.UNMERGE.value, complaint.id, SURE)),),
        (button("📄 " + _("Tidak, kembali ke laporan"), Ticket("view", complaint.id)),),
    )
    return Screen(text, rows)


def company(what: Company) -> list[Markup]:
    """What a card says of the reports that it belongs to."""
    lines = []
    if what.main is not None:
        lines.append(say("🔗 Digabungkan ke <code>{main}</code>.", main=what.main))
    if what.occurrence is not None:
        lines.append(say("🧩 Bagian dari kejadian <code>{code}</code>.", code=what.occurrence))
    if what.followers:
        lines.append(say_many("👀 Diikuti {n} orang lain.", "👀 Diikuti {n} orang lain.", what.followers))
    if what.improvement is not None:
        lines.append(say("🛠 Dikaitkan ke perbaikan: {title}", title=what.improvement))
    return lines
