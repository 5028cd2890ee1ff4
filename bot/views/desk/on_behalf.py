"""Writing a report down for somebody else, and handing them the link to it."""

from __future__ import annotations

from datetime import datetime

from bot.callbacks import Meet, Ticket
from bot.i18n import N_, Markup, _, say, show_day
from bot.views.forums.desk import RECORD
from bot.views.forums.words import forum_row
from bot.views.parts import choices, home_row, moves
from bot.views.screen import Button, Screen, button
from models.complaint import Complaint, Source

#: Where a report for somebody else can come from.
SOURCES = {
    Source.FORUM: N_("🗣 Forum dialog"),
    Source.SOCIAL: N_("🌐 Media sosial"),
    Source.PHONE: N_("☎️ Telepon"),
    Source.COUNTER: N_("🏢 Datang langsung"),
}
NO_LINK = "none"
WHERE = N_("Dari mana laporan warga ini?")
LINK = N_("Apa tautan kirimannya?")


def ask_source(nonce: str, flow: str) -> Screen:
    """Where it comes from."""
    text = say(
        "<b>Dari mana laporan warga ini?</b>\n\n"
        "Laporan dicatat atas nama warga, bukan atas nama Bapak/Ibu. Di akhir ada tautan untuk warga itu, "
        "supaya bisa mengikuti laporannya sendiri."
    )
    rows = choices(flow, "source", nonce, [(source.value, _(words)) for source, words in SOURCES.items()], per_row=2)
    return Screen(text, (*rows, moves(nonce, back=False)))


def ask_link(nonce: str, flow: str) -> Screen:
    """The post's address."""
    text = say(
        "<b>Apa tautan kirimannya?</b>\n\nTempel tautannya di sini, contoh: <i>https://contoh.id/kiriman/123</i>. "
        "Isi kirimannya ditanyakan sesudah ini."
    )
    return Screen(text, (*choices(flow, "link", nonce, [(NO_LINK, _("Tidak ada tautan"))]), moves(nonce)))


def no_link_in_it() -> Screen:
    """The words held no address."""
    return Screen(say("Itu bukan tautan. Tautan dimulai dengan https://"))


def recorded(complaint: Complaint, link: str, expires_at: datetime, forum_id: int | None = None) -> Screen:
    """Written down: the number, and the link to pass on; at a public event the next one is a press away."""
    text = say(
        "✅ <b>Laporan warga dicatat.</b>\n\nNomor laporan: <code>{code}</code>\n\n"
        "Berikan tautan ini kepada warganya. Siapa yang membukanya pertama kali menjadi pelapornya, "
        "menerima kabar, dan menilai hasilnya. Berlaku sampai {day}.\n\n{link}",
        code=complaint.code,
        day=show_day(expires_at.date()),
        link=link,
    )
    copy = (Button(_("Salin tautan"), copies=link),)
    if forum_id is not None:
        following = (button("🖊 " + _("Catat laporan berikutnya"), Meet(RECORD, forum_id)),)
        return Screen(text, (copy, following, forum_row(forum_id), home_row()))
    return Screen(text, (copy, (button(_("Lihat laporan ini"), Ticket("view", complaint.id)),), home_row()))


def recorded_before(complaint_code: str) -> Screen:
    """The same talk was sent twice."""
    return Screen(say("Laporan ini sudah dicatat tadi: <code>{code}</code>.", code=complaint_code), (home_row(),))


def claimed(complaint: Complaint) -> Screen:
    """To the resident who opened the link."""
    text = say(
        "Laporan <code>{code}</code> dicatat petugas untuk Bapak/Ibu, dan sekarang bisa diikuti di sini. "
        "Setiap perkembangan kami kabari.",
        code=complaint.code,
    )
    return Screen(text, ((button(_("Lihat laporan ini"), Ticket("view", complaint.id)),), home_row()))


def origin(complaint: Complaint) -> Markup:
    """On the card: where a report for somebody else came from, and whether they have taken it over."""
    if complaint.source not in SOURCES:
        return Markup("")
    source = _(SOURCES[complaint.source])
    if complaint.source_link:
        return say("<b>Sumber:</b> {source}, {link}", source=source, link=complaint.source_link)
    return say("<b>Sumber:</b> {source}", source=source)
