"""Reports of other people: offered before the own one is sent, followed, told about. Never who reported them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.callbacks import Open, Ticket
from bot.i18n import N_, Markup, _, label, say, say_many, show_moment, show_number
from bot.services.followers import Followed, Page
from bot.views.desk.queue import STATUSES
from bot.views.parts import CLASSES, Values, choices, cut, home_row, joined, moves, pager, quoted, to_reporter, where
from bot.views.screen import Button, Screen, button
from models.complaint import Complaint, ComplaintEvent
from models.rules.complaint_flow import Action, Status
from models.rules.permissions import Desk
from models.rules.redaction import mask_numbers

LIST = "followed"
UNFOLLOW = "unfollow"
SEND_MINE = "mine"
QUESTION = N_("Ikuti laporan yang sudah ada, atau tetap kirim laporan sendiri?")
LONGEST_TEXT, LONGEST_STORY, LONGEST_WORDS, LONGEST_PLACE = 160, 900, 1500, 80
MOST_STEPS = 12

#: Steps as everybody may read them.
STEPS = {
    Action.VERIFY: N_("Laporan diperiksa dan diterima."),
    Action.DISPOSE: N_("Diteruskan ke unit."),
    Action.TRANSFER: N_("Dialihkan ke unit lain."),
    Action.TAKE: N_("Petugas mulai mengerjakan."),
    Action.REPLY: N_("Petugas menjawab:"),
    Action.INFORM: N_("Kabar dari petugas:"),
    Action.PROPOSE_DONE: N_("Unit menyatakan sudah dikerjakan:"),
    Action.CONFIRM: N_("Pelapornya menyatakan selesai."),
    Action.DISPUTE: N_("Pelapornya menyatakan belum selesai."),
    Action.REOPEN: N_("Dibuka kembali oleh pelapornya."),
    Action.AUTO_CLOSE: N_("Ditutup karena sudah dikerjakan."),
    Action.WITHDRAW: N_("Ditarik oleh pelapornya."),
    Action.DECLARE_NOT_OURS: N_("Dinyatakan bukan wewenang kota."),
    Action.ARCHIVE: N_("Tidak dilanjutkan."),
    Action.MERGE: N_("Digabungkan dengan laporan lain yang sama."),
}
#: Of which the words are shown.
SPOKEN = frozenset({Action.REPLY, Action.INFORM, Action.PROPOSE_DONE})


# --- before the own report is sent ---


def offer(flow: str, nonce: str, found: Sequence[tuple[Complaint, int]]) -> Screen:
    """Reports that are perhaps the same, with the days since: follow one, or send the own one all the same."""
    head = say(
        "<b>Sudah ada laporan serupa.</b>\n\nKalau masalahnya sama, Bapak/Ibu cukup mengikutinya dan dikabari setiap "
        "perkembangannya. Kalau berbeda, tetap kirim laporan Bapak/Ibu."
    )
    lines = [_public(number, complaint, days) for number, (complaint, days) in enumerate(found, 1)]
    options = [
        (str(complaint.id), label(N_("👀 Ikuti laporan {number} ini"), number=number))
        for number, (complaint, _days) in enumerate(found, 1)
    ]
    options.append((SEND_MINE, "📝 " + _("Tetap kirim laporan saya")))
    return Screen(joined([head, *lines], "\n\n"), (*choices(flow, "similar", nonce, options), moves(nonce)))


def _public(number: int, complaint: Complaint, days: int) -> Markup:
    """What everybody may know of an open report."""
    return say(
        "<b>{number}. {kind}</b> · {what}\n{place} · {age}\n<b>Keadaan:</b> {status}\n<i>{text}</i>",
        number=number,
        kind=_(CLASSES[complaint.report_class]),
        what=complaint.service.name if complaint.service is not None else _("layanan belum ditentukan"),
        place=_place(complaint),
        age=_age(days),
        status=_(STATUSES[complaint.status]),
        text=cut(mask_numbers(complaint.text)[0], LONGEST_TEXT),
    )


def _age(days: int) -> Markup:
    return say_many("{n} hari yang lalu", "{n} hari yang lalu", days) if days else say("hari ini")


def _place(complaint: Complaint) -> str:
    area = complaint.area.kelurahan if complaint.area is not None else None
    return cut(where(area, complaint.landmark, pin=False), LONGEST_PLACE) or _("tempat tidak disebutkan")


def now_following(complaint: Complaint) -> Screen:
    """The own draft was not sent; another report is followed instead."""
    text = say(
        "👀 <b>Bapak/Ibu sekarang mengikuti laporan</b> <code>{code}</code>.\n\n"
        "Setiap perkembangannya kami kabari di sini. Isian Bapak/Ibu sendiri tidak dikirim dan sudah dihapus. "
        "Nama Bapak/Ibu tidak diketahui siapa pun, juga tidak oleh petugas.",
        code=complaint.code,
    )
    rows = (
        (button("👀 " + _("Lihat laporan yang diikuti"), Ticket(LIST, complaint.id)),),
        (button("📝 " + _("Lapor lagi"), Open(Desk.FILE.value)),),
        home_row(),
    )
    return Screen(text, rows)


# --- the list and the story ---


def listed_button(number: int) -> tuple[Button, ...]:
    """The way from the own reports to those that are followed."""
    return (button(label(N_("👀 Diikuti ({n})"), n=show_number(number)), Open(LIST)),)


def listing(page: Page) -> Screen:
    """What is followed; each opens with one press."""
    own = (button("📋 " + _("Laporan saya"), Open(Desk.MY_REPORTS.value)), *home_row())
    if not page.rows:
        return Screen(say("Bapak/Ibu tidak mengikuti laporan orang lain."), (own,))
    lines = [
        say(
            "<code>{code}</code> · {status}\n{what} · {place}",
            code=row.code,
            status=_(STATUSES[row.status]),
            what=row.service.name if row.service is not None else _(CLASSES[row.report_class]),
            place=_("tertutup") if row.record().restricted else _place(row),
        )
        for row in page.rows
    ]
    text = say("<b>Laporan yang Bapak/Ibu ikuti</b>\n\n{lines}", lines=Markup("\n\n".join(lines)))
    rows = tuple((button(f"👀 {row.code}", Ticket(LIST, row.id)),) for row in page.rows)
    return Screen(text, (*rows, *pager(LIST, page.number, page.pages), own))


def story(what: Followed) -> Screen:
    """Where it stands and what the office said; of a restricted report only where it stands."""
    complaint = what.complaint
    head = say(
        "<b>Laporan yang diikuti</b> <code>{code}</code>\n<b>Keadaan:</b> {status}",
        code=complaint.code,
        status=_(STATUSES[complaint.status]),
    )
    if what.restricted:
        shut = say("🔐 Laporan ini sekarang tertutup untuk umum; yang dikabarkan hanya keadaannya.")
        return Screen(joined([head, shut], "\n\n"), _story_rows(complaint))
    facts = say(
        "<b>Tempat:</b> {place}\n<b>Unit:</b> {unit}\n\n<blockquote>{text}</blockquote>",
        place=_place(complaint),
        unit=complaint.unit.name if complaint.unit is not None and complaint.disposed_at else _("belum ditentukan"),
        text=cut(mask_numbers(complaint.text)[0], LONGEST_STORY),
    )
    steps = [_step(event) for event in what.steps[-MOST_STEPS:]]
    first = say("• {at}: Laporan diterima.", at=show_moment(complaint.received_at))
    return Screen(joined([joined([head, facts]), joined([first, *steps])], "\n\n"), _story_rows(complaint))


def _step(event: ComplaintEvent) -> Markup:
    head = say("• {at}: {what}", at=show_moment(event.at), what=_(STEPS[event.action]))
    if event.action not in SPOKEN or not event.text:
        return head
    return joined([head, say("<i>{text}</i>", text=cut(event.text, LONGEST_STORY // 2))])


def _story_rows(complaint: Complaint) -> tuple[tuple[Button, ...], ...]:
    return (
        (button("🔕 " + _("Berhenti mengikuti"), Ticket(UNFOLLOW, complaint.id)),),
        (button("👀 " + _("Semua yang diikuti"), Open(LIST)), *home_row()),
    )


def stopped(code: str) -> Screen:
    """No more notices about it."""
    text = say("🔕 Bapak/Ibu tidak lagi mengikuti laporan <code>{code}</code>.", code=code)
    return Screen(text, ((button("👀 " + _("Semua yang diikuti"), Open(LIST)), *home_row()),))


# --- notices ---


def followed_moved(values: Values) -> Screen:
    """To a follower: where the report stands now, and what the office said to everybody."""
    parts = []
    if values["moved"]:
        status = _(STATUSES[Status(values["status"])])
        moved = say(
            "👀 Laporan yang Bapak/Ibu ikuti, <code>{code}</code>, sekarang: <b>{status}</b>.",
            code=values["code"],
            status=status,
        )
        parts.append(moved)
    else:
        parts.append(say("👀 Kabar tentang laporan <code>{code}</code> yang Bapak/Ibu ikuti:", code=values["code"]))
    parts.append(quoted(cut(values.get("text") or "", LONGEST_WORDS)))
    return _follower(joined(parts, "\n\n"), values)


def followed_delayed(values: Values) -> Screen:
    """To a follower: it is late, and who else can be asked."""
    text = say(
        "🙏 Mohon maaf, laporan <code>{code}</code> yang Bapak/Ibu ikuti belum selesai pada waktu yang dijanjikan. "
        "Petugas dan pimpinannya terus kami ingatkan.\n\nBapak/Ibu juga berhak mengadu ke {ombudsman}.",
        code=values["code"],
        ombudsman=values["ombudsman"],
    )
    return _follower(text, values)


def followed_merged(values: Values) -> Screen:
    """To a follower of a duplicate: the main report is followed from now on."""
    text = say(
        "🔗 Laporan <code>{code}</code> yang Bapak/Ibu ikuti digabungkan dengan laporan <code>{main}</code> tentang "
        "masalah yang sama. Mulai sekarang Bapak/Ibu dikabari tentang <code>{main}</code>.",
        code=values["code"],
        main=values["main"],
    )
    return _follower(text, values)


def report_merged(values: Values) -> Screen:
    """To the reporter of a duplicate: why, and what happens now."""
    text = say(
        "🔗 Terima kasih atas laporan <code>{code}</code>. Masalah yang sama sudah dilaporkan lebih dahulu, jadi "
        "laporan Bapak/Ibu kami gabungkan dengan laporan <code>{main}</code>. Bapak/Ibu tetap kami kabari setiap "
        "perkembangannya.",
        code=values["code"],
        main=values["main"],
    )
    doubt = say("Masalahnya berbeda? Silakan lapor lagi, atau hubungi {ombudsman}.", ombudsman=values["ombudsman"])
    rows = (
        (button("👀 " + _("Lihat laporan yang diikuti"), Ticket(LIST, values["main_id"])),),
        (button("📄 " + _("Lihat laporan"), Ticket("view", values["complaint_id"])),),
    )
    return Screen(joined([text, quoted(values.get("text")), doubt], "\n\n"), rows)


def report_unmerged(values: Values) -> Screen:
    """To its reporter: it is handled on its own after all."""
    text = say(
        "↩️ Laporan <code>{code}</code> ternyata bukan masalah yang sama dengan <code>{main}</code>. Penggabungannya "
        "dibatalkan, dan laporan Bapak/Ibu diperiksa lagi.",
        code=values["code"],
        main=values["main"],
    )
    return to_reporter(text, values)


def _follower(text: Markup, values: Values) -> Screen:
    return Screen(text, ((button("👀 " + _("Lihat laporan yang diikuti"), Ticket(LIST, values["complaint_id"])),),))


KINDS: dict[str, Callable[[Values], Screen]] = {
    "followed_moved": followed_moved,
    "followed_delayed": followed_delayed,
    "followed_merged": followed_merged,
    "report_merged": report_merged,
    "report_unmerged": report_unmerged,
}
